"""What the books say on the last day of each month and between; in a fixed number of queries, however many months."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.db.models import Case, Count, F, Q, Sum, When

from reglo.collection.models import Promise
from reglo.core.accounting import CUSTOMER_ROLES, EventKind
from reglo.core.dates import add_months
from reglo.core.habit import Settled
from reglo.core.metrics import PeriodSales
from reglo.core.money import from_minor
from reglo.ledger.models import Allocation, Line, OpenItem, Side
from reglo.organisations.models import Organisation
from reglo.reporting.disputed import disputed_at
from reglo.reporting.paid import payments_by_delay
from reglo.reporting.periods import Period, months_within
from reglo.reporting.report import Asked

REACH = 36  #: months that counting back may go back


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand at the end of a day, with tax."""

    owed: Decimal  #: balance of the customers' accounts
    late: Decimal  #: open and past its due date
    disputed: Decimal

    @property
    def not_due(self) -> Decimal:
        """What is owed and not late; credits that nothing is settled by lessen it, as in the aged balance."""
        return self.owed - self.late


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """What was billed with tax, credit notes deducted, as a running total: any days are one subtraction."""

    days: Sequence[date]  #: on which something was billed, in order
    totals: Sequence[Decimal]  #: billed before the first of them, then until the end of each

    def between(self, start: date, end: date) -> Decimal:
        """Sales of some days, both included."""
        return self.totals[bisect_right(self.days, end)] - self.totals[bisect_left(self.days, start)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All that the figures are made from."""

    months: Sequence[Period]
    sales: Sales
    standings: Mapping[date, Standing]  #: on the day before the first month, and at the end of each
    payments: Sequence[Settled]
    promises: Mapping[date, tuple[int, int]]  #: kept and broken, by the day that was promised

    def sales_back_from(self, end: date) -> list[PeriodSales]:
        """Sales of the month that ends with a day, then of the whole months before, the latest first."""
        months = reversed(months_within(add_months(end.replace(day=1), 1 - REACH), end))
        return [
            PeriodSales(self.sales.between(each.start, each.end), (each.end - each.start).days + 1) for each in months
        ]

    def payments_of(self, start: date, end: date) -> list[Settled]:
        """The money that came on some days."""
        return [each for each in self.payments if start <= each.paid <= end]

    def promises_of(self, start: date, end: date) -> tuple[int, int]:
        """Promises that fell due on some days: how many were kept, how many were not."""
        judged = [found for day, found in self.promises.items() if start <= day <= end]
        return sum(kept for kept, _ in judged), sum(broken for _, broken in judged)


def books_of(organisation: Organisation, asked: Asked) -> Books:
    """The books of a period."""
    months = months_within(asked.start, asked.end)
    ends = [asked.start - timedelta(days=1), *(month.end for month in months)]
    first = add_months(asked.start.replace(day=1), 1 - REACH)
    return Books(
        months=months,
        sales=_sales(organisation, asked.currency, first, asked.end),
        standings=_standings(organisation, asked.currency, ends),
        payments=payments_by_delay(organisation, currency=asked.currency, start=asked.start, end=asked.end),
        promises=_promises(organisation, asked),
    )


def _sales(organisation: Organisation, currency: str, start: date, end: date) -> Sales:
    items = OpenItem.objects.of(organisation).filter(
        kind__in=(EventKind.DOCUMENT, EventKind.REPLACEMENT), currency=currency, date__range=(start, end)
    )
    signed = Case(When(side=Side.DEBIT, then=F("amount_minor")), default=-F("amount_minor"))
    sums = list(items.order_by("date").values_list("date").annotate(sum=Sum(signed)))
    amounts = (from_minor(amount, currency) for _, amount in sums)
    return Sales(days=[day for day, _ in sums], totals=list(accumulate(amounts, initial=Decimal(0))))


def _standings(organisation: Organisation, currency: str, ends: Sequence[date]) -> dict[date, Standing]:
    """Three aggregates with a sum for each day."""
    lines = Line.objects.of(organisation).filter(role__in=CUSTOMER_ROLES, currency=currency)
    items = OpenItem.objects.of(organisation).filter(side=Side.DEBIT, currency=currency, due_date__lt=ends[-1])
    settled = Allocation.objects.of(organisation).filter(
        debit_item__currency=currency, debit_item__due_date__lt=ends[-1]
    )
    owed = lines.aggregate(**_at(ends, F("debit_minor") - F("credit_minor"), lambda end: Q(date__lte=end)))
    asked = items.aggregate(**_at(ends, F("amount_minor"), lambda end: Q(date__lte=end, due_date__lt=end)))
    paid = settled.aggregate(**_at(ends, F("amount_minor"), lambda end: Q(on__lte=end, debit_item__due_date__lt=end)))
    disputed = disputed_at(organisation, currency, ends)
    return {
        end: Standing(
            owed=from_minor(owed[_name(end)], currency),
            late=from_minor(asked[_name(end)] - paid[_name(end)], currency),
            disputed=from_minor(disputed[end], currency),
        )
        for end in ends
    }


def _at(ends: Iterable[date], amount: Any, within: Callable[[date], Q]) -> dict[str, Sum]:
    return {_name(end): Sum(amount, filter=within(end), default=0) for end in ends}


def _name(end: date) -> str:
    return f"at_{end:%Y%m%d}"


def _promises(organisation: Organisation, asked: Asked) -> dict[date, tuple[int, int]]:
    rows = Promise.objects.of(organisation).filter(
        by__range=(asked.start, asked.end), currency=asked.currency, withdrawn_at=None
    )
    counted = rows.order_by().values_list("by").annotate(kept=Count("kept_at"), broken=Count("broken_at"))
    return {day: (kept, broken) for day, kept, broken in counted}
