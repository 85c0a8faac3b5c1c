"""What each customer owed at the end of a day, by how late it was: sums made by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When

from reglo.core.metrics.ageing import USUAL_BOUNDS
from reglo.ledger.models import Allocation, OpenItem, Side
from reglo.organisations.models import Organisation

CREDIT = -1
"""The bucket of what is the customer's: payments and credit notes that settle nothing yet."""


@dataclass(frozen=True, slots=True)
class AgedSum:
    """What a customer owes in one bucket; minor units, less than zero for credits."""

    customer_id: int
    bucket: int  #: 0 is not late, 1 the first of the late ones, CREDIT what is the customer's
    amount_minor: int


def aged_sums(
    organisation: Organisation, *, on: date, currency: str, bounds: Sequence[int] = USUAL_BOUNDS
) -> list[AgedSum]:
    """The aged balance of a day, by customer and bucket, as `core.metrics.age` counts days.

    Three statements whatever the size: what is open now, and on either side what was allocated since that day.
    """
    items = OpenItem.objects.of(organisation).filter(open_minor__gt=0, date__lte=on, currency=currency)
    since = Allocation.objects.filter(organisation=organisation, on__gt=on)
    sums: dict[tuple[int, int], int] = {}
    for customer, bucket, amount in _summed(items, "", "open_minor", on, bounds):
        sums[customer, bucket] = sums.get((customer, bucket), 0) + amount
    for name in ("debit_item__", "credit_item__"):
        rows = since.filter(**{f"{name}date__lte": on, f"{name}currency": currency})
        for customer, bucket, amount in _summed(rows, name, "amount_minor", on, bounds):
            sums[customer, bucket] = sums.get((customer, bucket), 0) + amount
    return [
        AgedSum(customer, bucket, -amount if bucket == CREDIT else amount)
        for (customer, bucket), amount in sums.items()
        if amount
    ]


def _summed(
    rows: QuerySet, item: str, amount: str, on: date, bounds: Sequence[int]
) -> QuerySet[OpenItem, tuple[int, int, int]]:
    """Customer, bucket and sum; item: the way from a row to its open item."""
    bucketed = rows.order_by().annotate(aged=_bucket(item, on, bounds), whose=F(f"{item}customer"))
    return bucketed.values("whose", "aged").annotate(sum=Sum(amount)).values_list("whose", "aged", "sum")


def _bucket(item: str, on: date, bounds: Sequence[int]) -> Case:
    late = [
        When(Q(**{f"{item}due_date__gte": on - timedelta(days=last)}), then=Value(place))
        for place, last in enumerate((0, *bounds))
    ]
    return Case(
        When(Q(**{f"{item}side": Side.CREDIT}), then=Value(CREDIT)),
        When(Q(**{f"{item}due_date": None}), then=Value(0)),
        *late,
        default=Value(len(bounds) + 1),
        output_field=IntegerField(),
    )
