"""What the tests of the ledger do after booking."""

from datetime import date
from itertools import count
from typing import Any

from reglo.core.accounting import Reason
from reglo.ledger.models import Allocation, Entry, OpenItem
from reglo.ledger.services import Source, allocate, mark_doubtful, reverse_entry, settle_item, undo_allocation
from tests.ledger.facts import LATER
from tests.site import INES, NOW

_numbers = count(1)


def allocated(debit_item: OpenItem, credit_item: OpenItem, amount: int, **changes: Any) -> Allocation:
    """So much of two items is settled by each other; both are read anew."""
    values: dict[str, Any] = {"on": LATER, "key": f"test:{next(_numbers)}"}
    allocation = allocate(
        organisation=debit_item.organisation,
        debit_item_id=debit_item.pk,
        credit_item_id=credit_item.pk,
        amount_minor=amount,
        by=INES,
        now=NOW,
        **values | changes,
    )
    debit_item.refresh_from_db()
    credit_item.refresh_from_db()
    return allocation


def undone(allocation: Allocation, on: date = LATER) -> Allocation:
    """An allocation is taken back."""
    return undo_allocation(organisation=allocation.organisation, allocation_id=allocation.pk, on=on, by=INES, now=NOW)


def settled(item: OpenItem, reason: Reason, amount: int) -> Entry:
    """So much of a receivable is settled without money; the item is read anew."""
    entry = settle_item(
        organisation=item.organisation,
        item_id=item.pk,
        reason=reason,
        amount_minor=amount,
        on=LATER,
        source=Source("decision", next(_numbers)),
        by=INES,
        now=NOW,
    )
    item.refresh_from_db()
    return entry


def doubtful(item: OpenItem) -> Entry:
    """A receivable becomes doubtful."""
    return mark_doubtful(
        organisation=item.organisation,
        item_id=item.pk,
        on=LATER,
        source=Source("decision", next(_numbers)),
        by=INES,
        now=NOW,
    )


def reversed_(entry: Entry) -> Entry:
    """An entry is taken back."""
    return reverse_entry(organisation=entry.organisation, entry_id=entry.pk, on=LATER, by=INES, now=NOW)
