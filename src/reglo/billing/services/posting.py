"""Booking what is issued: from a document to what the ledger needs to know of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import structlog
from django.db import transaction
from django.db.models import Sum

from reglo.billing.content import examine
from reglo.billing.models import Invoice
from reglo.billing.queries.follow_ups import deposits_in
from reglo.billing.queries.issued import document_of
from reglo.billing.queries.posting import unposted
from reglo.core.accounting import DocumentFacts, VatPart, parts_within
from reglo.core.composition import DocumentKind
from reglo.core.document import Invoice as Document
from reglo.core.document import Totals
from reglo.core.mentions import Nature
from reglo.core.money import minor_amount
from reglo.core.parties import VatRegime
from reglo.core.terms import Instalment
from reglo.jobs.services import schedule
from reglo.journal.services import REGLO, Actor
from reglo.ledger.models import Entry
from reglo.ledger.services import IssuedDocument, post_document
from reglo.organisations.models import Organisation

log = structlog.get_logger("reglo.billing")

POST_EARLIER = "post-earlier-documents"
"""The job that books what was issued before there was a ledger."""
_AT_ONCE = 2000


def post_issued(
    invoice: Invoice, document: Document, instalments: Sequence[Instalment], *, by: Actor, now: datetime
) -> Entry | None:
    """Write the ledger entry of an issued document, within the transaction that issues it; None for one of nothing.

    Other documents are only read for credit notes, corrective invoices and deducted deposits.
    """
    facts = facts_of(invoice, document)
    parts = _due_parts(invoice, facts.receivable, instalments)
    issued = IssuedDocument(
        id=invoice.pk,
        number=invoice.number,
        issue_date=invoice.issue_date,
        currency=invoice.currency,
        label=invoice.customer_name,
        facts=replace(facts, instalments=tuple(amount for _, amount in parts)),
        due_dates=tuple(day for day, _ in parts),
        corrects_id=invoice.corrects_id,
    )
    return post_document(issued, organisation=invoice.organisation, customer=invoice.customer, by=by, now=now)


def post_earlier(*, organisation: Organisation, now: datetime) -> None:
    """Book some thousand of the documents that were issued before there was a ledger; what is left is a job of its own.

    Each in its own transaction, oldest first; what is booked already is not booked again. One that fails does not hold
    up the others; then the whole is tried again later.
    """
    failed = 0
    for invoice_id in list(unposted(organisation)[:_AT_ONCE]):
        try:
            _post_earlier(invoice_id, now=now)
        except Exception:  # the outermost loop: recorded, and on with the next
            failed += 1
            log.exception("posting_failed", invoice=invoice_id)
    if failed:
        raise RuntimeError(f"{failed} issued documents could not be booked")
    if unposted(organisation).exists():
        key = f"{POST_EARLIER}:{organisation.pk}:{now.isoformat()}"
        schedule(POST_EARLIER, subject_id=organisation.pk, organisation_id=organisation.pk, key=key, due_at=now)


def _post_earlier(invoice_id: int, *, now: datetime) -> None:
    rows = Invoice.objects.select_related("organisation", "customer", "draft__customer", "corrects__draft")
    invoice = rows.get(pk=invoice_id)
    instalments = examine(
        invoice.draft.content,
        kind=invoice.kind,
        organisation=invoice.organisation,
        customer=invoice.customer,
        number=invoice.number,
        today=invoice.issue_date,
    ).due_dates
    with transaction.atomic(durable=True):
        post_issued(invoice, document_of(invoice), instalments, by=REGLO, now=now)


def facts_of(invoice: Invoice, document: Document) -> DocumentFacts:
    """What of a document is booked, all due at once."""
    deducted = _deducted(invoice, document)
    totals = document.totals or Totals()
    return DocumentFacts(
        kind=DocumentKind(invoice.kind),
        nature=Nature((document.business_process or Nature.MIXED)[:1]),
        regime=VatRegime(invoice.organisation.vat_regime),
        vat=_vat(document),
        rounding=minor_amount(totals.rounding, invoice.currency) - deducted.rounding,
        deposits=deducted.vat,
        is_of_deposit=invoice.corrects is not None and invoice.corrects.kind == DocumentKind.DEPOSIT,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deducted:
    """What is taken from earlier deposit invoices."""

    vat: tuple[VatPart, ...] = ()
    rounding: int = 0


def _vat(document: Document) -> tuple[VatPart, ...]:
    return tuple(
        VatPart(
            each.category or "",
            each.rate or Decimal(0),
            minor_amount(each.taxable, document.currency),
            minor_amount(each.tax, document.currency),
        )
        for each in document.vat_breakdown
    )


def _deducted(invoice: Invoice, document: Document) -> _Deducted:
    """The deposits that an invoice deducts; for a credit note that undoes an invoice, those that are free again."""
    whole = invoice.corrects if invoice.kind == DocumentKind.CREDIT_NOTE else invoice
    if whole is None or (whole is not invoice and not _gives_back_the_rest(invoice, whole)):
        return _Deducted()
    content = whole.draft.content
    # What is paid already counts as paid in full, whatever deposits are typed beside it.
    amounts = {} if content.get("paid_on") else deposits_in(content)
    if not amounts:
        return _Deducted()
    document = document if whole is invoice else document_of(whole)
    found = [_within(whole, document, number, amount) for number, amount in amounts.items()]
    return _Deducted(
        vat=tuple(part for each in found for part in each.vat), rounding=sum(each.rounding for each in found)
    )


def _gives_back_the_rest(note: Invoice, invoice: Invoice) -> bool:
    """Whether a credit note is the one with which an invoice was given back whole, which sets its deposits free."""
    notes = invoice.corrections.filter(kind=DocumentKind.CREDIT_NOTE, pk__lte=note.pk)
    credited = notes.aggregate(sum=Sum("gross_minor"))["sum"] or 0
    return bool(invoice.gross_minor) and credited >= invoice.gross_minor


def _within(invoice: Invoice, document: Document, number: str, amount: Decimal) -> _Deducted:
    """What of a deposit's VAT is deducted with `amount`.

    A deposit that another program invoiced is taken to be taxed as the invoice that deducts it.
    """
    deposit = Invoice.objects.filter(
        organisation_id=invoice.organisation_id, number=number, kind=DocumentKind.DEPOSIT
    ).first()
    taxed = document_of(deposit) if deposit is not None else document
    rounding = minor_amount((taxed.totals or Totals()).rounding, invoice.currency)
    vat, rounded = parts_within(_vat(taxed), rounding, minor_amount(amount, invoice.currency))
    return _Deducted(vat=vat, rounding=rounded)


def _due_parts(
    invoice: Invoice, receivable: int, instalments: Sequence[Instalment]
) -> tuple[tuple[date | None, int], ...]:
    """Due dates with their amounts: those of the terms where they come to what is owed, else one."""
    parts = tuple((each.date, minor_amount(each.amount, invoice.currency)) for each in instalments)
    if len(parts) < 2 or sum(amount for _, amount in parts) != receivable or min(amount for _, amount in parts) <= 0:
        return ((invoice.due_date, receivable),)
    return parts
