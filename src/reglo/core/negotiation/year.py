"""A representative year of invoices, and when the money and the tax of each move.

All invoices are of equal size. Their days follow the season: the first is made when half of the first share of the
year's volume is sold, the next a share later. More than 60 a year are stood for by 60.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP

from reglo.core.dates import Region, end_of_month
from reglo.core.negotiation.deal import Deal
from reglo.core.parties import VatRegime
from reglo.core.terms import Delay
from reglo.core.terms.schedule import end_of_delay, moved

DAYS_A_YEAR = 365
_MOST_INVOICES = 60


@dataclass(frozen=True, slots=True)
class Payment:
    """When an invoice is made and paid, and its tax settled. Ordinals of days."""

    invoiced: int
    paid: int
    vat: int  #: settled with the state by the seller, got back from it by the buyer


@dataclass(frozen=True, slots=True)
class Leg:
    """A way to pay, averaged over the invoices of the year. Days count from the invoice; worths are of one euro.

    The worth of a euro is what it is worth on the day of its invoice: (1 + rate) to the power of −days ÷ 365.
    """

    days: float  #: to payment; below zero is before the invoice
    exposed: float  #: days on which it is owed; never below zero
    own: float  #: worth of a euro paid, at our cost of money
    their: float  #: and at theirs
    vat_days: float  #: to the settlement of tax
    vat_own: float  #: worth of a euro of tax settled
    vat_their: float
    payments: tuple[Payment, ...]


def invoice_days(deal: Deal, orders: int) -> tuple[date, ...]:
    """The days of the representative invoices when there are so many `orders` a year."""
    count = min(orders, _MOST_INVOICES)
    stretches = list(_stretches(deal))
    total = sum(weight for _, _, weight in stretches)
    return tuple(_day_of(stretches, (place + 0.5) / count * total) for place in range(count))


def paid_after(delay: Delay, region: Region | None, lateness: int, invoiced: date) -> date:
    """The expected day of payment: after the due date as is the habit, never before the invoice."""
    due = moved(end_of_delay(delay, invoiced), region)
    return max(invoiced, due + timedelta(days=lateness))


def settled_on(deal: Deal, invoiced: date, paid: date) -> date:
    """When the tax of a payment is settled: with the return of the month in which it fell due.

    Debits: on the invoice, or on a payment before it; receipts: on payment (CGI 269 2).
    """
    due = paid if deal.vat_regime is VatRegime.RECEIPTS else min(paid, invoiced)
    return end_of_month(due) + timedelta(days=deal.vat_day)


def expected_lateness(deal: Deal) -> int:
    """Whole days after the due date, halves up."""
    return int(deal.lateness.days.to_integral_value(ROUND_HALF_UP))


class Year:
    """The invoices of a year, one on each of `days`; remembers each way to pay that was asked for."""

    def __init__(self, deal: Deal, days: tuple[date, ...]) -> None:
        self._deal = deal
        self._days = days
        self._own = 1 + float(deal.own_money_percent) / 100
        self._their = 1 + float(deal.their_money.likely) / 100
        self._lateness = expected_lateness(deal)
        self._after: dict[tuple[Delay, Region | None, int | None], Leg] = {}
        self._at_order: Leg | None = None

    def after(self, delay: Delay, region: Region | None, within: int | None = None) -> Leg:
        """Paid after a delay, and as late as is the habit; within: days after the invoice that earn a discount."""
        key = (delay, region, within)
        if key not in self._after:
            paid = [paid_after(delay, region, self._lateness, day) for day in self._days]
            if within is not None:
                last = timedelta(days=within)
                paid = [min(each, day + last) for day, each in zip(self._days, paid, strict=True)]
            self._after[key] = self._leg(paid)
        return self._after[key]

    def at_order(self) -> Leg:
        """Paid with the order, which is not begun before."""
        if self._at_order is None:
            lead = timedelta(days=self._deal.lead_days)
            self._at_order = self._leg([day - lead for day in self._days])
        return self._at_order

    def _leg(self, paid: list[date]) -> Leg:
        payments = [
            Payment(day.toordinal(), each.toordinal(), settled_on(self._deal, day, each).toordinal())
            for day, each in zip(self._days, paid, strict=True)
        ]
        count = len(payments)
        waits = [each.paid - each.invoiced for each in payments]
        vat_waits = [each.vat - each.invoiced for each in payments]
        return Leg(
            days=sum(waits) / count,
            exposed=sum(max(0, days) for days in waits) / count,
            own=_mean_worth(self._own, waits),
            their=_mean_worth(self._their, waits),
            vat_days=sum(vat_waits) / count,
            vat_own=_mean_worth(self._own, vat_waits),
            vat_their=_mean_worth(self._their, vat_waits),
            payments=tuple(payments),
        )


def _mean_worth(growth: float, waits: list[int]) -> float:
    return sum(worth_after(growth, days) for days in waits) / len(waits)


def worth_after(growth: float, days: float) -> float:
    """What a euro in `days` is worth today; growth: 1 and the yearly rate as a fraction."""
    return float(growth ** (-days / DAYS_A_YEAR))


def _day_of(stretches: list[tuple[date, date, float]], sold: float) -> date:
    """The day on which so much of the weights of the year is sold."""
    for first, last, weight in stretches:
        if sold <= weight and weight:
            return first + timedelta(days=int((last - first).days * sold / weight))
        sold -= weight
    return stretches[-1][1] - timedelta(days=1)  # the last share, of which rounding left a crumb


def _stretches(deal: Deal) -> Iterator[tuple[date, date, float]]:
    """The parts of the year that lie in one month: first day, day after the last, and weight.

    A year that begins within a month ends within it: the month's weight is shared out by days.
    """
    first, end = deal.from_day, deal.from_day + timedelta(days=DAYS_A_YEAR)
    while first < end:
        last = min(end_of_month(first) + timedelta(days=1), end)
        length = end_of_month(first).day
        yield first, last, float(deal.months[first.month - 1]) * (last - first).days / length
        first = last
