"""Writing an entry: lines first, then their open items, then the entry that closes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reglo.core.accounting import CUSTOMER_ROLES, AccountRole, EntryLine, EventKind, JournalCode, require_balanced
from reglo.customers.models import Customer
from reglo.journal.services import Actor
from reglo.ledger.models import Entry, LedgerHead, Line, OpenItem, Side
from reglo.ledger.services.head import account_in, next_in

_OF_MONEY = {
    AccountRole.BANK: JournalCode.BANK,
    AccountRole.CHEQUES: JournalCode.BANK,
    AccountRole.CARDS: JournalCode.BANK,
    AccountRole.TRANSFERS: JournalCode.BANK,
    AccountRole.CASH: JournalCode.CASH,
}
_OF_SALES = frozenset({EventKind.DOCUMENT, EventKind.REPLACEMENT, EventKind.PENALTY})


@dataclass(frozen=True, slots=True)
class Source:
    """The row that causes an entry, as a fact: the ledger knows no room above it."""

    kind: str  #: model name, "invoice", "payment"
    id: int

    @property
    def key(self) -> str:
        """What makes its entry unique."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What an entry says beside its lines."""

    kind: EventKind
    on: date
    label: str
    source: Source
    currency: str
    key: str
    reference: str = ""
    reference_date: date | None = None  #: of the document; the entry's own where there is none
    customer: Customer | None = None
    due_dates: Sequence[date | None] = ()  #: by part of the lines of customers
    origin_id: int | None = None  #: the entry whose VAT the new items carry; their own where None
    reverses: Entry | None = None


def write_entry(head: LedgerHead, event: Event, lines: Sequence[EntryLine], *, by: Actor, now: datetime) -> Entry:
    """Add an entry to the ledger whose head is held. Raises Unbalanced."""
    moving = require_balanced(lines)
    id_, sequence, number = next_in(head, event.on.year)
    entry = Entry(
        id=id_,
        organisation_id=head.organisation_id,
        sequence=sequence,
        year=event.on.year,
        number=number,
        journal=_journal(event.kind, moving),
        kind=event.kind,
        date=event.on,
        reference=event.reference[:60],
        reference_date=event.reference_date or event.on,
        label=event.label[:200],
        currency=event.currency,
        source_kind=event.source.kind,
        source_id=event.source.id,
        key=event.key,
        reverses=event.reverses,
        posted_at=now,
        by_id=by.user_id,
        by_name=by.name[:200],
    )
    rows = Line.objects.bulk_create([_row(head, entry, event, place, line) for place, line in enumerate(moving)])
    if event.kind is not EventKind.ALLOCATION:
        items = [_item(entry, event, row, line) for row, line in zip(rows, moving, strict=True) if row.customer_id]
        OpenItem.objects.bulk_create(items)
    entry.save(force_insert=True)
    return entry


def existing_entry(head: LedgerHead, key: str) -> Entry | None:
    """The entry that an earlier call with this key wrote."""
    return Entry.objects.filter(organisation_id=head.organisation_id, key=key).first()


def _journal(kind: EventKind, lines: Sequence[EntryLine]) -> JournalCode:
    """Sales where a document is booked, bank or cash where money moves, else the book of other operations."""
    if kind in _OF_SALES:
        return JournalCode.SALES
    moved = [_OF_MONEY[line.role] for line in lines if line.role in _OF_MONEY]
    return moved[0] if moved else JournalCode.OTHER


def _row(head: LedgerHead, entry: Entry, event: Event, place: int, line: EntryLine) -> Line:
    vat = line.vat
    return Line(
        organisation_id=entry.organisation_id,
        entry_id=entry.id,
        place=place,
        date=entry.date,
        role=line.role,
        account=account_in(head, line.role).number,
        customer=_customer_of(event) if line.role in CUSTOMER_ROLES else None,
        debit_minor=max(line.amount, 0),
        credit_minor=max(-line.amount, 0),
        currency=event.currency,
        vat_category=vat.category if vat else "",
        vat_rate=vat.rate if vat else None,
        base_minor=vat.base if vat else 0,
    )


def _customer_of(event: Event) -> Customer:
    if event.customer is None:
        raise ValueError("a line on a customer's account needs a customer")
    return event.customer


def _item(entry: Entry, event: Event, row: Line, line: EntryLine) -> OpenItem:
    amount = abs(line.amount)
    due = event.due_dates[line.part] if line.part < len(event.due_dates) else None
    return OpenItem(
        organisation_id=entry.organisation_id,
        line_id=row.pk,
        entry_id=entry.id,
        origin_id=event.origin_id or entry.id,
        customer_id=_customer_of(event).pk,
        side=Side.DEBIT if line.amount > 0 else Side.CREDIT,
        role=line.role,
        kind=event.kind,
        reference=entry.reference,
        document_date=entry.reference_date,
        date=entry.date,
        due_date=due,
        currency=event.currency,
        amount_minor=amount,
        open_minor=amount,
    )
