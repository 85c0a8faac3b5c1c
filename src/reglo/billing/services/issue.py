"""Issuing: a draft becomes a document with a number that never changes again.

Why in this order, and what is locked when: docs/decisions/ ("Issuing").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from reglo.billing.content import Missing, examine
from reglo.billing.models import Draft, Invoice, NumberSeries, PageLook, SealKind
from reglo.billing.numbering import next_number
from reglo.billing.seals import look_digest, sha256
from reglo.billing.services.files import keep_files, readable_xml
from reglo.billing.services.follow_ups.room import require_room
from reglo.billing.services.numbering import TakenNumber, default_series, locked_series, take_number
from reglo.billing.services.posting import post_issued
from reglo.billing.services.sealing import add_seal, locked_chain
from reglo.core.composition import creditor_reference
from reglo.core.document import Invoice as Document
from reglo.core.document import Totals
from reglo.core.errors import DomainError
from reglo.core.findings import Severity, Text
from reglo.core.folding import folded
from reglo.core.money import minor_amount
from reglo.core.terms import Instalment
from reglo.formats.data import write_json
from reglo.formats.detect import read_xml
from reglo.jobs.services import schedule
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.organisations.queries import look_of, today_of
from reglo.rules.check import check_document
from reglo.terms.models import TermsAgreement

MAKE_FILES = "make-invoice-files"
#: How long the safety net waits for the files that are made right after issuing.
_SAFETY_NET = timedelta(minutes=2)


class NotLegal(DomainError):
    """Something is missing or wrong that forbids issuing; `missing` says what, why and where to mend it."""

    code = "not-legal"

    def __init__(self, missing: Sequence[Missing]) -> None:
        first = missing[0]
        rest = len(missing) - 1
        more = Text(fr=f" (et {rest} de plus)", en=f" (and {rest} more)") if rest else Text(fr="", en="")
        super().__init__(
            Text(
                fr=f"Ce document ne peut pas être émis\N{NO-BREAK SPACE}: {first.message.fr} {first.fix.fr}{more.fr}",
                en=f"This document cannot be issued: {first.message.en} {first.fix.en}{more.en}",
            ),
            field=first.field or None,
        )
        self.missing = tuple(missing)


class DraftNotThere(DomainError):
    """The draft was deleted; restored, it can be issued."""

    code = "draft-deleted"


class DraftChanged(DomainError):
    """Somebody went on writing the draft while it was being issued."""

    code = "draft-changed"


def issue_draft(
    *, draft_id: int, organisation: Organisation, by: Actor, now: datetime, issue_date: date | None = None
) -> Invoice:
    """Give a draft its number, seal it, and make its files. A draft is issued once: again, it gives the same invoice.

    issue_date: instead of the one in the draft. Raises NotLegal with what forbids it, DateNotPossible, DraftNotThere,
    DraftChanged; then nothing is written and no number is used.
    """
    invoice, is_new = _number(draft_id, organisation, by=by, now=now, issue_date=issue_date)
    if is_new or not invoice.files.exists():
        keep_files(invoice, now=now)
    return invoice


def number_draft(
    *, draft_id: int, organisation: Organisation, by: Actor, now: datetime, issue_date: date | None = None
) -> Invoice:
    """`issue_draft` without the files, which the job then makes: for batches."""
    return _number(draft_id, organisation, by=by, now=now, issue_date=issue_date)[0]


def _number(
    draft_id: int, organisation: Organisation, *, by: Actor, now: datetime, issue_date: date | None
) -> tuple[Invoice, bool]:
    """The invoice of a draft, and whether it was made now."""
    draft = Draft.objects.of(organisation).select_related("customer", "series").get(pk=draft_id)
    draft.organisation = organisation
    if draft.issued_at is not None:
        return draft.invoice, False
    _require_there(draft)
    today = today_of(organisation, now)
    prepared = _prepared(draft, organisation, today=today, issue_date=issue_date)
    with transaction.atomic(durable=True):
        if not _claim(draft, now):
            return _issued_meanwhile(draft), False
        require_room(draft, prepared.document)
        return _issued(draft, prepared, by=by, now=now, today=today), True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """What is settled before anything is locked."""

    document: Document  #: with the number that it would get now
    issue_date: date
    language: str
    agreement: TermsAgreement | None  #: that it follows
    look: PageLook
    instalments: tuple[Instalment, ...]


def _claim(draft: Draft, now: datetime) -> bool:
    """Hold a draft and call it issued if it is as it was checked; of two who try at once, the second gets nothing."""
    as_checked = Draft.objects.filter(
        pk=draft.pk, content_version=draft.content_version, issued_at=None, deleted_at=None
    )
    return bool(as_checked.update(issued_at=now))


def _issued_meanwhile(draft: Draft) -> Invoice:
    """The invoice that somebody else made of a draft while it was checked. Raises DraftNotThere, DraftChanged."""
    draft.refresh_from_db(fields=["issued_at", "deleted_at"])
    if draft.issued_at is not None:
        return draft.invoice
    _require_there(draft)
    raise DraftChanged(
        Text(
            fr="Ce brouillon a changé entre-temps\N{NO-BREAK SPACE}: relisez-le avant de l'émettre.",
            en="This draft changed meanwhile: read it again before you issue it.",
        )
    )


def _require_there(draft: Draft) -> None:
    if draft.deleted_at is not None:
        raise DraftNotThere(
            Text(
                fr="Ce brouillon est supprimé\N{NO-BREAK SPACE}: restaurez-le pour l'émettre.",
                en="This draft is deleted: restore it to issue it.",
            )
        )


def _prepared(draft: Draft, organisation: Organisation, *, today: date, issue_date: date | None) -> _Prepared:
    """The document, checked as draft and as XML. Raises NotLegal."""
    series = draft.series or default_series(organisation)
    content: dict[str, Any] = dict(draft.content)
    if issue_date is not None:
        content["issue_date"] = issue_date.isoformat()
    examination = examine(
        content,
        kind=draft.kind,
        organisation=organisation,
        customer=draft.customer,
        number=next_number(series, issue_date or today),
        today=today,
        series=series,
    )
    fatal = [each for each in examination.missing if each.is_fatal]
    document = examination.invoice
    if fatal or document is None or document.issue_date is None:
        raise NotLegal(fatal)
    _rehearse(document)
    return _Prepared(
        document=document,
        issue_date=document.issue_date,
        language=examination.language,
        agreement=None if examination.differs_from_agreement else examination.agreement,
        look=_page_look(organisation),
        instalments=examination.due_dates,
    )


def _rehearse(document: Document) -> None:
    """Write the XML once before a number is used: it reads back as it was written, and the rules accept it."""
    found = check_document(read_xml(readable_xml(document))).findings
    fatal = [each for each in found if each.severity is Severity.FATAL]
    if fatal:
        raise NotLegal(
            [
                Missing(
                    severity=each.severity,
                    message=each.message,
                    fix=each.fix,
                    source=each.source,
                    rule=each.rule,
                    field="",
                )
                for each in fatal
            ]
        )


def _issued(draft: Draft, prepared: _Prepared, *, by: Actor, now: datetime, today: date) -> Invoice:
    """Number, document, ledger entry, seal, job, journal entry.

    Locked in this order: draft, series, head of the ledger, chain, head of the journal.
    """
    series = locked_series(draft.organisation, series_id=draft.series_id)
    taken = take_number(series, prepared.issue_date, today=today)
    invoice = _row(draft, prepared, series, taken, by=by, now=now)
    invoice.save(force_insert=True)
    post_issued(invoice, prepared.document, prepared.instalments, by=by, now=now)
    add_seal(locked_chain(draft.organisation_id), invoice, SealKind.DOCUMENT, invoice.document_sha256, at=now)
    schedule(
        MAKE_FILES,
        subject_id=invoice.pk,
        organisation_id=invoice.organisation_id,
        key=f"{MAKE_FILES}:{invoice.pk}",
        due_at=now + _SAFETY_NET,
        now=now,
    )
    record(
        "invoice-issued",
        organisation_id=invoice.organisation_id,
        subject=invoice,
        by=by,
        at=now,
        customer_id=invoice.customer_id,
        after={
            "number": invoice.number,
            "gross_minor": invoice.gross_minor,
            "currency": invoice.currency,
            "sha256": invoice.document_sha256,
        },
    )
    return invoice


def _numbered(document: Document, number: str) -> Document:
    """The document with its number, which payers repeat in their transfers. Nothing else hangs on it."""
    payment = document.payment
    if payment is not None:
        payment = replace(payment, remittance_information=creditor_reference(number) or number)
    return replace(document, number=number, payment=payment)


def _row(
    draft: Draft, prepared: _Prepared, series: NumberSeries, taken: TakenNumber, *, by: Actor, now: datetime
) -> Invoice:
    assert draft.customer is not None
    document = _numbered(prepared.document, taken.number)
    totals = document.totals or Totals()
    currency = document.currency or "EUR"
    written = write_json(document)
    return Invoice(
        organisation=draft.organisation,
        series=series,
        sequence=taken.sequence,
        sequence_year=taken.year,
        number=taken.number,
        kind=draft.kind,
        issue_date=prepared.issue_date,
        due_date=document.due_date,
        customer=draft.customer,
        customer_name=draft.customer.name,
        currency=currency,
        net_minor=minor_amount(totals.net, currency),
        vat_minor=minor_amount(totals.vat, currency),
        gross_minor=minor_amount(totals.gross, currency),
        due_minor=minor_amount(totals.due, currency),
        document=written,
        document_sha256=sha256(written),
        language=prepared.language,
        look=prepared.look,
        draft=draft,
        quote_id=draft.quote_id,
        corrects_id=draft.corrects_id,
        agreement=prepared.agreement,
        search=_search(document, draft),
        issued_at=now,
        issued_by_id=by.user_id,
    )


def _page_look(organisation: Organisation) -> PageLook:
    """Logo and colour as they are now, shared by all invoices that look alike."""
    look = look_of(organisation)
    found, _ = PageLook.objects.get_or_create(
        organisation=organisation,
        sha256=look_digest(look.logo, look.accent),
        defaults={"logo": look.logo, "accent": look.accent},
    )
    return found


def _search(document: Document, draft: Draft) -> str:
    """What an invoice is found by."""
    assert draft.customer is not None
    texts = (
        document.number,
        draft.customer.name,
        draft.customer.trading_name,
        draft.customer.siren,
        document.purchase_order,
        document.contract,
        document.project,
        str(draft.content.get("title") or ""),
    )
    return folded(" ".join(each for each in texts if each))[:400]
