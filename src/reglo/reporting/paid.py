"""What was paid, and when: invoices with nothing left open, and payments by how late they came. From the ledger alone.

A receivable counts once money settled it: what was only credited, written off or moved to the doubtful ones says
nothing of how one pays. Allocations that were taken back, and those that took them back, count as never made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from reglo.core.accounting import EventKind
from reglo.core.habit import Settled
from reglo.core.money import from_minor
from reglo.ledger.models import Allocation, OpenItem, Side
from reglo.organisations.models import Organisation

ASKING = (EventKind.DOCUMENT, EventKind.DOUBTFUL)
"""Kinds of entries whose debit items ask for the money of a document. Penalties have a report of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidItem:
    """A receivable that was paid in full, by whom it is now, where customers were merged."""

    pk: int
    customer_id: int
    customer: str
    settled: Settled  #: its amount is what was paid, credit notes and discounts taken off


def asking_items(organisation: Organisation, currency: str) -> QuerySet[OpenItem]:
    """All receivables of documents, paid or not, that have a due date."""
    rows = OpenItem.objects.of(organisation).filter(side=Side.DEBIT, kind__in=ASKING, currency=currency)
    return rows.filter(due_date__isnull=False)


def with_payment(items: QuerySet[OpenItem]) -> QuerySet:
    """Receivables with `paid_on`, the day of the last payment, `paid_minor`, and `moved`, what became doubtful."""
    live = Q(debit_allocations__reverses=None, debit_allocations__reversal=None)
    money = live & Q(debit_allocations__credit_item__kind=EventKind.PAYMENT)
    doubt = live & Q(debit_allocations__credit_item__kind=EventKind.DOUBTFUL)
    return items.annotate(
        paid_on=Max("debit_allocations__on", filter=money),
        paid_minor=Sum("debit_allocations__amount_minor", filter=money, default=0),
        moved=Sum("debit_allocations__amount_minor", filter=doubt, default=0),
    )


def paid_items(organisation: Organisation, *, currency: str, start: date, end: date) -> Iterator[PaidItem]:
    """What was paid in full, its last payment between two days, both included."""
    rows = with_payment(asking_items(organisation, currency).filter(open_minor=0))
    rows = rows.filter(paid_on__range=(start, end), moved=0).order_by("due_date", "pk")
    values = rows.values_list(
        "pk",
        Coalesce("customer__merged_into", "customer"),
        Coalesce("customer__merged_into__name", "customer__name"),
        "due_date",
        "paid_on",
        "paid_minor",
    )
    for pk, customer_id, customer, due, paid, amount in values.iterator(chunk_size=2000):
        settled = Settled(due=due, paid=paid, amount=from_minor(amount, currency))
        yield PaidItem(pk=pk, customer_id=customer_id, customer=customer, settled=settled)


def payments_by_delay(organisation: Organisation, *, currency: str, start: date, end: date) -> list[Settled]:
    """The money that settled receivables between two days, added up by due date and by day on which it came."""
    rows = Allocation.objects.of(organisation).filter(
        on__range=(start, end),
        reverses=None,
        reversal=None,
        credit_item__kind=EventKind.PAYMENT,
        debit_item__kind__in=ASKING,
        debit_item__currency=currency,
        debit_item__due_date__isnull=False,
    )
    sums = rows.order_by().values_list("debit_item__due_date", "on").annotate(sum=Sum("amount_minor"))
    return [Settled(due=due, paid=paid, amount=from_minor(amount, currency)) for due, paid, amount in sums]
