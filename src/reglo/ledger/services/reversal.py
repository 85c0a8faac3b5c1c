"""Correcting the ledger: an entry is reversed (*contrepassée*), never changed."""

from collections.abc import Sequence
from datetime import date, datetime

from reglo.core.accounting import AccountRole, EntryLine, EventKind, VatPart, reversed_lines
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.journal.services import Actor
from reglo.ledger.models import Allocation, Entry, LedgerHead, OpenItem, Side
from reglo.ledger.services.allocation import allocate_items, undo_held
from reglo.ledger.services.head import locked_head
from reglo.ledger.services.posting import Event, Source, write_entry
from reglo.organisations.models import Organisation

#: What follows from something else, and goes back with it.
_NOT_BY_ITSELF = frozenset({EventKind.DOCUMENT, EventKind.REPLACEMENT, EventKind.ALLOCATION, EventKind.REVERSAL})


class CannotReverse(DomainError):
    """This entry goes back with what it comes from, not by itself."""

    code = "cannot-reverse"


def reverse_entry(*, organisation: Organisation, entry_id: int, on: date, by: Actor, now: datetime) -> Entry:
    """Take an entry back by its mirror image, within the caller's transaction.

    What its items were allocated to is open again, with the VAT that had become due. Once: reversed again, it gives the
    same. Raises CannotReverse for documents (credit them), VAT (undo the allocation) and reversals (book it anew).
    """
    head = locked_head(organisation.pk)
    entry = Entry.objects.of(organisation).get(pk=entry_id)
    if EventKind(entry.kind) in _NOT_BY_ITSELF:
        raise CannotReverse(
            Text(
                fr="Cette écriture vient d'un document, d'un lettrage ou d'une autre écriture\N{NO-BREAK SPACE}: "
                "faites un avoir, annulez le lettrage, ou comptabilisez de nouveau.",
                en="This entry comes from a document, an allocation or another entry: make a credit note, undo the "
                "allocation, or book it anew.",
            )
        )
    return reverse_held(head, entry, EventKind.REVERSAL, on=on, by=by, now=now)[0]


def reverse_held(
    head: LedgerHead, entry: Entry, kind: EventKind, *, on: date, by: Actor, now: datetime
) -> tuple[Entry, Sequence[Allocation]]:
    """Reverse within a write that holds the head; also the allocations that were undone for it."""
    done = Entry.objects.filter(reverses=entry).first()
    if done is not None:
        return done, ()
    undone = _undo_allocations(head, entry, on=on, by=by, now=now)
    items = list(OpenItem.objects.filter(entry=entry).select_related("customer").order_by("pk"))
    event = Event(
        kind=kind,
        on=on,
        label=f"Annulation {entry.label}",
        source=Source(entry.source_kind, entry.source_id),
        currency=entry.currency,
        key=f"reverse:{entry.pk}",
        reference=entry.reference,
        reference_date=entry.reference_date,
        customer=items[0].customer if items else None,
        origin_id=items[0].origin_id if items else None,
        reverses=entry,
    )
    reversal = write_entry(head, event, reversed_lines(_lines(entry)), by=by, now=now)
    _settle(head, items, reversal, on=on, by=by, now=now)
    return reversal, undone


def _undo_allocations(head: LedgerHead, entry: Entry, *, on: date, by: Actor, now: datetime) -> list[Allocation]:
    """All that still holds of an entry's items, the last one first; what carries a receivable on is reversed whole."""
    live = Allocation.objects.filter(organisation_id=head.organisation_id, reverses=None, reversal=None)
    of_entry = live.filter(debit_item__entry=entry) | live.filter(credit_item__entry=entry)
    undone: list[Allocation] = []
    for allocation in of_entry.select_related("debit_item", "credit_item").order_by("-pk"):
        carrier = _carrier(entry, allocation)
        if carrier is not None:
            undone += reverse_held(head, carrier, EventKind.REVERSAL, on=on, by=by, now=now)[1]
        else:
            undo_held(head, allocation, on=on, by=by, now=now)
            undone.append(allocation)
    return undone


def _carrier(entry: Entry, allocation: Allocation) -> Entry | None:
    """The entry by which a receivable goes on elsewhere (doubtful), where an allocation is part of it."""
    debit_item, credit_item = allocation.debit_item, allocation.credit_item
    if debit_item.origin_id != credit_item.origin_id:
        return None
    other = credit_item if debit_item.entry_id == entry.pk else debit_item
    return None if other.entry_id == other.origin_id else other.entry


def _lines(entry: Entry) -> list[EntryLine]:
    """The lines of an entry, as values."""
    return [
        EntryLine(
            role=AccountRole(line.role),
            amount=line.amount_minor,
            vat=None
            if line.vat_rate is None
            else VatPart(line.vat_category, line.vat_rate, line.base_minor, -line.amount_minor),
        )
        for line in entry.lines.order_by("place")
    ]


def _settle(
    head: LedgerHead, items: Sequence[OpenItem], reversal: Entry, *, on: date, by: Actor, now: datetime
) -> None:
    """Allocate each item of the reversed entry, which is open whole, to its mirror image."""
    mirrors = OpenItem.objects.filter(entry=reversal).order_by("pk")
    for item, mirror in zip(items, mirrors, strict=True):
        pair = (item, mirror) if item.side == Side.DEBIT else (mirror, item)
        key = f"reverse:{item.pk}"
        allocate_items(head, *pair, item.open_minor, on=on, key=key, by=by, now=now)
