"""From templates and facts to the subject, the text and the HTML of a message: pure, the same for preview and sending.

The address of the portal is a secret of its contact, so what is stored carries `PORTAL` in its place; the true address
is put in at the moment of sending, and nowhere else.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.delivery.models import REMINDERS, Message, MessageKind, MessageTemplate
from reglo.delivery.variables import TABLE, fill
from reglo.delivery.wording import WORDINGS
from reglo.formats.pdf.look import accent_of
from reglo.organisations.models import Organisation

PORTAL = "https://portal.invalid/"
"""Stands in stored messages where the address of the portal will be (a name that exists nowhere, RFC 2606)."""

_PARAGRAPHS = re.compile(r"\n\s*\n")
_LONGEST_SUBJECT = 200


class BadWording(DomainError):
    """A subject or body that cannot be sent."""

    code = "bad-wording"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A message as it will be received, but for the address of the portal."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is due, row by row, as it is written: document, date, due date, lateness, amount.

    The e-mail shows them in three columns, which a telephone has room for.
    """

    headings: tuple[str, str, str, str, str]
    rows: tuple[tuple[str, str, str, str, str], ...]
    total: tuple[str, str]  #: its name and the amount

    def as_text(self) -> str:
        """For the plain text: a few lines for each row, so that it can be read on a phone."""
        rows = [" · ".join(cell for cell in row if cell) for row in self.rows]
        return "\n".join([*rows, " · ".join(self.total)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Subject and body as typed, with {variables}."""

    subject: str
    body: str


def words_of(organisation: Organisation, kind: MessageKind, language: str) -> Words:
    """The organisation's own template, else ours."""
    own = MessageTemplate.objects.of(organisation).filter(kind=kind, language=language).first()
    if own is not None:
        return Words(subject=own.subject, body=own.body)
    return standard_words(kind, language)


def standard_words(kind: MessageKind, language: str) -> Words:
    """The words of Réglo."""
    wording = WORDINGS[kind]
    return Words(subject=wording.subject.in_language(language), body=wording.body.in_language(language))


def compose(
    words: Words,
    *,
    kind: MessageKind,
    organisation: Organisation,
    language: str,
    values: Mapping[str, str],
    address: str = PORTAL,
    table: Table | None = None,
) -> Composed:
    """The message that `words` make with `values`. Raises UnknownVariable or BadWording, naming the field.

    address: where the button leads. table: of what is due; where the words name it, else after them.
    """
    refuse_bad_words(words)
    subject = one_line(fill(words.subject, kind, {name: one_line(value) for name, value in values.items()}))
    body = fill(words.body.replace("\r\n", "\n"), kind, values).strip()
    body = _with_table_apart(body, table)
    said = body.replace(TABLE, table.as_text()) if table else body
    button = WORDINGS[kind].button.in_language(language)
    return Composed(
        subject=subject[:_LONGEST_SUBJECT],
        text=f"{said}\n\n{button}{_colon(language)} {address}\n\n{signature_of(organisation)}\n",
        html=_html(
            subject, body, button=button, address=address, organisation=organisation, language=language, table=table
        ),
    )


def _with_table_apart(body: str, table: Table | None) -> str:
    """`body` with the place of the table in a paragraph of its own; at the end where the words name none."""
    if table is None:
        return body.replace(TABLE, "")
    if TABLE not in body:
        return f"{body}\n\n{TABLE}"
    return re.sub(rf"\s*{TABLE}\s*", f"\n\n{TABLE}\n\n", body).strip()


def notice(subject: str, body: str, *, organisation: Organisation, language: str, path: str) -> Composed:
    """A message to a person of the organisation about what happened; its button leads into Réglo.

    path: below the pages of the organisation, "quotes/3/".
    """
    address = f"{settings.PUBLIC_URL.rstrip('/')}/o/{organisation.slug}/{path}"
    button = WORDINGS[MessageKind.NOTICE].button.in_language(language)
    return Composed(
        subject=one_line(subject)[:_LONGEST_SUBJECT],
        text=f"{body}\n\n{button}{_colon(language)} {address}\n",
        html=_html(subject, body, button=button, address=address, organisation=organisation, language=language),
    )


def sample_table(kind: MessageKind, language: str) -> Table | None:
    """A table to try the words of a reminder with; None for kinds that have none."""
    if kind not in REMINDERS:
        return None
    if language == "en":
        return Table(
            headings=("Invoice", "Date", "Due", "Late", "Amount"),
            rows=(
                ("F2026-0042", "24 Oct 2026", "12 Nov 2026", "12 days", "€1,440"),
                ("F2026-0047", "2 Nov 2026", "17 Nov 2026", "7 days", "€600"),
            ),
            total=("Total", "€2,040"),
        )
    return Table(
        headings=("Facture", "Date", "Échéance", "Retard", "Montant"),
        rows=(
            ("F2026-0042", "24/10/2026", "12/11/2026", "12 jours", "1 440 €"),
            ("F2026-0047", "02/11/2026", "17/11/2026", "7 jours", "600 €"),
        ),
        total=("Total", "2 040 €"),
    )


def refuse_bad_words(words: Words) -> None:
    """Raise BadWording for an empty subject or body, or a subject of several lines (which could smuggle a header)."""
    if not words.subject.strip():
        raise BadWording(Text(fr="Indiquez un objet.", en="Give a subject."), field="subject")
    if has_control(words.subject):
        raise BadWording(
            Text(fr="L'objet tient sur une seule ligne.", en="The subject is a single line."), field="subject"
        )
    if not words.body.strip():
        raise BadWording(Text(fr="Écrivez un message.", en="Write a message."), field="body")


def has_control(text: str) -> bool:
    """Whether `text` has line breaks or other signs that one does not see."""
    return any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text)


def one_line(text: str) -> str:
    """`text` without line breaks and control characters: safe in a header."""
    shown = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    return " ".join("".join(shown).split())


def signature_of(organisation: Organisation) -> str:
    """Who writes, in a line: name, place, SIREN."""
    place = " ".join(part for part in (organisation.post_code, organisation.city) if part)
    siren = f"SIREN {organisation.siren}" if organisation.siren else ""
    address = ", ".join(part for part in (organisation.line_1, place) if part)
    return " · ".join(part for part in (organisation.name, address, siren) if part)


def with_portal(text: str, address: str) -> str:
    """`text` with the true address of the portal."""
    return text.replace(PORTAL, address)


def as_sent(message: Message, address: str) -> Composed:
    """A stored message with the true address of the portal."""
    return Composed(
        subject=message.subject,
        text=with_portal(message.text, address),
        html=with_portal(message.html, address),
    )


def _colon(language: str) -> str:
    return ":" if language == "en" else "\N{NO-BREAK SPACE}:"


def _html(
    subject: str,
    body: str,
    *,
    button: str,
    address: str,
    organisation: Organisation,
    language: str,
    table: Table | None = None,
) -> str:
    accent = accent_of(organisation.accent)
    with translation.override(language):
        return render_to_string(
            "delivery/email.html",
            {
                "subject": subject,
                "paragraphs": [each.split("\n") for each in _PARAGRAPHS.split(body)],
                "table": table,
                "table_mark": TABLE,
                "button": button,
                "address": address,
                "organisation_name": organisation.trading_name or organisation.name,
                "signature": signature_of(organisation),
                "language": language,
                "fill": accent.fill,
                "ink": accent.ink,
            },
        )
