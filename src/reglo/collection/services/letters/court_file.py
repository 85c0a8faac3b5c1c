"""The file for an order to pay (*injonction de payer*, CPC 1405 ff.): exhibits, account, invoices, terms, exchange.

One PDF. The court decides by documents alone, so each is there and each has its number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf

from reglo.billing.models import FileKind, Invoice
from reglo.collection.models import Note, StepTaken
from reglo.collection.queries.penalties import late_items, penalties_of
from reglo.collection.services.letters.parts import paper, working
from reglo.core.collection import Tone
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.delivery.attachments import invoice_file
from reglo.delivery.composing import PORTAL
from reglo.delivery.models import Message, MessageState
from reglo.delivery.services.values import amount_text
from reglo.formats.pdf import figures, render_paper
from reglo.formats.pdf.papers import Block, Grid, Heading, Small
from reglo.ledger.models import OpenItem
from reglo.ledger.queries import statement_of
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.queries import today_of
from reglo.terms.queries import binding_agreement

_NBSP = "\N{NO-BREAK SPACE}"
_BEGINNING = date(2000, 1, 1)
_MOST_MESSAGES = 200


@dataclass(frozen=True, slots=True)
class _Exhibit:
    """A document of the file."""

    title: str
    pdf: bytes


def court_file(customer: Customer, *, now: datetime) -> bytes:
    """The whole file as one PDF, in French, the language of the court."""
    today = today_of(customer.organisation, now)
    items = list(late_items(customer, until=today))
    exhibits = list(_exhibits(customer, items, today, now))
    merged = pikepdf.new()
    parts = [_cover(customer, items, exhibits, today), *(each.pdf for each in exhibits)]
    with merged.open_outline() as outline:
        for title, content in zip(["Requête", *(each.title for each in exhibits)], parts, strict=True):
            first = len(merged.pages)
            with _opened(content, title, customer, today) as part:
                merged.pages.extend(part.pages)
            outline.root.append(pikepdf.OutlineItem(title, first))
    merged.docinfo["/Title"] = f"Injonction de payer{_NBSP}: {customer.name}"
    written = BytesIO()
    merged.save(written, compress_streams=True)
    return written.getvalue()


def _opened(content: bytes, title: str, customer: Customer, today: date) -> pikepdf.Pdf:
    """A part of the file. What is no readable PDF, such as conditions under a password, leaves a page that says so."""
    try:
        return pikepdf.open(BytesIO(content))
    except pikepdf.PdfError:
        missing = ["Cette pièce ne peut pas être lue. Joignez-la à part."]
        return pikepdf.open(BytesIO(_made(customer, title, missing, today).pdf))


def _exhibits(customer: Customer, items: Sequence[OpenItem], today: date, now: datetime) -> Iterator[_Exhibit]:
    yield _account(customer, today)
    for invoice in _invoices(items):
        yield _Exhibit(f"Facture {invoice.number}", invoice_file(invoice, FileKind.PDF, now=now))
    yield from _terms(customer, today)
    notices = StepTaken.objects.filter(customer=customer, tone=Tone.FORMAL_NOTICE, letter__isnull=False)
    for step in notices.order_by("pk"):
        posted = f", recommandé {step.tracking}" if step.tracking else ""
        yield _Exhibit(f"Mise en demeure du {figures.day(step.day, 'fr')}{posted}", bytes(step.letter or b""))
    penalties = penalties_of(customer, items, until=today)
    if penalties:
        title = f"Pénalités de retard et indemnités au {figures.day(today, 'fr')}"
        yield _made(customer, title, list(working(penalties, "fr")), today)
    yield from _exchange(customer, today)


def _cover(customer: Customer, items: Sequence[OpenItem], exhibits: Sequence[_Exhibit], today: date) -> bytes:
    """Who claims what from whom, and the numbered list of what proves it (CPC 1407)."""
    penalties = penalties_of(customer, items, until=today)
    rows = [("Principal", _sum(sum(each.open_minor for each in items), items))]
    if penalties:
        rows += [
            ("Pénalités de retard (C. com. L441-10)", _sum(sum(each.interest_minor for each in penalties), items)),
            ("Indemnités forfaitaires (C. com. D441-5)", _sum(sum(each.indemnity_minor for each in penalties), items)),
        ]
    place = f"{customer.line_1}, {customer.post_code} {customer.city}"
    siren = f" (SIREN {customer.siren})" if customer.siren else ""
    blocks: list[Block] = [
        f"Débiteur{_NBSP}: {customer.name}{siren}, {place}.",
        Heading("Sommes réclamées"),
        Grid(headings=("Nature", "Montant"), rows=tuple(rows), figures=frozenset({1})),
        Heading("Pièces"),
        Grid(
            headings=("Pièce", "N°"),
            rows=tuple((each.title, str(place)) for place, each in enumerate(exhibits, 1)),
            figures=frozenset({1}),
        ),
        Small(
            "Pièces réunies par Réglo pour une requête en injonction de payer (CPC art. 1405 à 1407). La requête "
            "elle-même se dépose auprès du tribunal compétent, avec ces pièces."
        ),
    ]
    title = f"Dossier pour une injonction de payer{_NBSP}: {customer.name}"
    return render_paper(
        paper(customer.organisation, language="fr", title=title, subject=title, written=today, blocks=blocks),
        written=today,
    )


def _sum(minor: int, items: Sequence[OpenItem]) -> str:
    return amount_text(minor, items[0].currency if items else "EUR", "fr")


def _account(customer: Customer, today: date) -> _Exhibit:
    statement = statement_of(customer, currency="EUR", start=_BEGINNING, end=today)
    rows = [
        (
            each.line.entry.label or each.line.entry.reference,
            figures.short_day(each.line.date, "fr"),
            amount_text(each.line.debit_minor, "EUR", "fr") if each.line.debit_minor else "",
            amount_text(each.line.credit_minor, "EUR", "fr") if each.line.credit_minor else "",
            amount_text(each.balance_minor, "EUR", "fr"),
        )
        for each in statement.rows
    ]
    closing = ("Solde", figures.short_day(today, "fr"), "", "", amount_text(statement.closing_minor, "EUR", "fr"))
    grid = Grid(
        headings=("Écriture", "Date", "Débit", "Crédit", "Solde"),
        rows=(*rows, closing),
        figures=frozenset({2, 3, 4}),
        totals=1,
    )
    return _made(customer, f"Relevé de compte au {figures.day(today, 'fr')}", [grid], today)


def _invoices(items: Sequence[OpenItem]) -> Iterator[Invoice]:
    ids = [each.origin.source_id for each in items if each.origin.source_kind == DOCUMENT_SOURCE]
    yield from Invoice.objects.filter(pk__in=ids).defer("document").order_by("issue_date", "pk")


def _terms(customer: Customer, today: date) -> Iterator[_Exhibit]:
    agreement = binding_agreement(customer)
    if agreement is None:
        return
    answer = agreement.answers.filter(accepted=True).order_by("pk").last()
    proof = (
        f"Accepté le {answer.at:%d/%m/%Y} par {answer.name}. Empreinte SHA-256 du texte{_NBSP}: {answer.text_sha256}."
        if answer
        else ""
    )
    blocks: list[Block] = [*agreement.text_fr.split("\n\n"), Small(proof)]
    yield _made(customer, f"Accord de règlement, version {agreement.version}", blocks, today)
    conditions = agreement.conditions
    if conditions is not None and conditions.file:
        yield _Exhibit(f"{conditions.title}, version {conditions.version}", bytes(conditions.file))


def _exchange(customer: Customer, today: date) -> Iterator[_Exhibit]:
    """What was written and said, in order."""
    zone = ZoneInfo(customer.organisation.time_zone)
    family = family_of(customer)
    sent = Message.objects.filter(customer__in=family, state__in=(MessageState.SENT, MessageState.DELIVERED))
    notes = Note.objects.filter(customer__in=family, deleted_at=None)
    told: list[tuple[datetime, str, str]] = [
        (each.sent_at or each.created_at, f"{each.subject} → {each.to}", each.text.replace(PORTAL, "(portail)"))
        for each in sent.order_by("-created_at")[:_MOST_MESSAGES]
    ]
    told += [
        (each.happened_at, each.subject or each.with_whom or "Note", each.text)
        for each in notes.order_by("-happened_at")[:_MOST_MESSAGES]
    ]
    blocks: list[Block] = []
    for at, head, text in sorted(told, key=lambda each: each[0]):
        blocks += [Heading(f"{at.astimezone(zone):%d/%m/%Y %H:%M} · {head}"), *text.strip().split("\n\n")]
    if blocks:
        yield _made(customer, "Échanges", blocks, today)


def _made(customer: Customer, title: str, blocks: Sequence[Block], today: date) -> _Exhibit:
    made = paper(customer.organisation, language="fr", title=title, subject=title, blocks=blocks)
    return _Exhibit(title, render_paper(made, written=today))
