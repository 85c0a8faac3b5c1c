"""The entry of an issued document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reglo.core.accounting import DocumentFacts, EventKind, document_lines
from reglo.core.composition import DocumentKind
from reglo.customers.models import Customer
from reglo.journal.services import Actor
from reglo.ledger.models import Entry, LedgerHead, OpenItem, Side
from reglo.ledger.services.allocation import allocate_items
from reglo.ledger.services.head import locked_head
from reglo.ledger.services.posting import Event, Source, existing_entry, write_entry
from reglo.ledger.services.reversal import reverse_held
from reglo.organisations.models import Organisation

DOCUMENT_SOURCE = "invoice"
"""Kind of source of entries of issued documents: the model of `billing` in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """What of an issued document the ledger keeps beside its amounts.

    due_dates: one for each of `facts.instalments`. corrects_id: the document that a credit note gives back, or in whose
    place a corrective invoice stands.
    """

    id: int
    number: str
    issue_date: date
    currency: str
    label: str
    facts: DocumentFacts
    due_dates: tuple[date | None, ...] = ()
    corrects_id: int | None = None


def post_document(
    document: IssuedDocument, *, organisation: Organisation, customer: Customer, by: Actor, now: datetime
) -> Entry | None:
    """Book an issued document, within the transaction that issues it; None for one of nothing.

    A credit note settles what is open of the document that it is about; a corrective invoice takes the entry of the
    other back, and keeps what was paid on it. A document that is booked already gives its entry.
    """
    lines = document_lines(document.facts)
    if not lines:
        return None
    head = locked_head(organisation.pk)
    source = Source(DOCUMENT_SOURCE, document.id)
    existing = existing_entry(head, source.key)
    if existing is not None:
        return existing
    freed = _take_back(head, document, by=by, now=now)
    entry = write_entry(head, _event(document, source, customer), lines, by=by, now=now)
    for debit_item, credit_item in _pairs(head, document, entry, freed):
        amount = min(debit_item.open_minor, credit_item.open_minor)
        key = f"{source.key}:{debit_item.pk}:{credit_item.pk}"
        if amount:
            allocate_items(head, debit_item, credit_item, amount, on=document.issue_date, key=key, by=by, now=now)
    return entry


def _event(document: IssuedDocument, source: Source, customer: Customer) -> Event:
    return Event(
        kind=EventKind.DOCUMENT,
        on=document.issue_date,
        label=document.label,
        source=source,
        currency=document.currency,
        key=source.key,
        reference=document.number,
        customer=customer,
        due_dates=document.due_dates,
    )


def _take_back(head: LedgerHead, document: IssuedDocument, *, by: Actor, now: datetime) -> list[OpenItem]:
    """Reverse the entry in whose place a corrective invoice stands; the payments that this sets free."""
    replaced = _corrected(head, document) if document.facts.kind is DocumentKind.CORRECTIVE else None
    if replaced is None:
        return []
    _, undone = reverse_held(head, replaced, EventKind.REPLACEMENT, on=document.issue_date, by=by, now=now)
    freed = {each.credit_item_id: None for each in undone}
    held = OpenItem.objects.filter(pk__in=freed).select_for_update().order_by("pk")
    return [item for item in held if item.open_minor]


def _corrected(head: LedgerHead, document: IssuedDocument) -> Entry | None:
    if document.corrects_id is None:
        return None
    return existing_entry(head, Source(DOCUMENT_SOURCE, document.corrects_id).key)


def _pairs(
    head: LedgerHead, document: IssuedDocument, entry: Entry, freed: Sequence[OpenItem]
) -> Iterator[tuple[OpenItem, OpenItem]]:
    """What the new items settle, or are settled by: oldest first."""
    if document.facts.kind is DocumentKind.CORRECTIVE and freed:
        items = list(OpenItem.objects.filter(entry=entry, side=Side.DEBIT).order_by("pk"))
        yield from ((debit_item, credit_item) for credit_item in freed for debit_item in items)
    corrected = _corrected(head, document) if document.facts.kind is DocumentKind.CREDIT_NOTE else None
    if corrected is None:
        return
    owed = OpenItem.objects.filter(origin=corrected, side=Side.DEBIT, open_minor__gt=0).select_for_update()
    debit_items = list(owed.order_by("pk"))
    credit_items = list(OpenItem.objects.filter(entry=entry, side=Side.CREDIT).order_by("pk"))
    yield from ((debit_item, credit_item) for credit_item in credit_items for debit_item in debit_items)
