"""How a customer pays: how late, how regularly, whether it gets better or worse, and in which months."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from statistics import median, quantiles

_LEAST = 3  # payments to speak of a habit at all
_LEAST_FOR_TREND = 8
_LEAST_A_MONTH = 3
_LEAST_YEARS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A receivable that was paid in full."""

    due: date
    paid: date  #: day of the last payment
    amount: Decimal  #: with tax

    @property
    def delay(self) -> int:
        """Days late; below zero is early."""
        return (self.paid - self.due).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """A payment habit. All delays are calendar days from the due date; below zero is early."""

    count: int  #: receivables it is made from
    median: Decimal
    weighted: Decimal  #: mean by amount: what the delay of an average euro is
    lower: Decimal  #: first quartile
    upper: Decimal  #: third quartile
    trend: Decimal | None  #: median of the later half less that of the earlier; None with too few
    months: Mapping[int, Decimal]  #: month of the due date → its median less the whole median; only months that recur

    @property
    def spread(self) -> Decimal:
        """Between the quartiles (interquartile range)."""
        return self.upper - self.lower


def habit_of(settled: Iterable[Settled]) -> Habit | None:
    """The habit behind `settled`, or None where there are fewer than three."""
    known = sorted(settled, key=lambda each: (each.due, each.paid))
    if len(known) < _LEAST:
        return None
    delays = [each.delay for each in known]
    lower, _, upper = quantiles(delays, n=4, method="inclusive")
    middle = _median(delays)
    return Habit(
        count=len(known),
        median=middle,
        weighted=_weighted(known),
        lower=Decimal(str(lower)),
        upper=Decimal(str(upper)),
        trend=_trend(delays),
        months=_months(known, middle),
    )


def _median(delays: Sequence[int]) -> Decimal:
    return Decimal(str(median(delays)))


def _weighted(known: Sequence[Settled]) -> Decimal:
    total = sum((each.amount for each in known), Decimal(0))
    if total <= 0:
        return Decimal(sum(each.delay for each in known)) / len(known)
    return sum((each.amount * each.delay for each in known), Decimal(0)) / total


def _trend(delays: Sequence[int]) -> Decimal | None:
    if len(delays) < _LEAST_FOR_TREND:
        return None
    half = len(delays) // 2
    return _median(delays[-half:]) - _median(delays[:half])


def _months(known: Sequence[Settled], middle: Decimal) -> dict[int, Decimal]:
    """Months of which there are enough receivables, in two years at least: else it is chance, not season."""
    found: dict[int, Decimal] = {}
    for month, group in groupby(sorted(known, key=lambda each: each.due.month), key=lambda each: each.due.month):
        of_month = list(group)
        if len(of_month) >= _LEAST_A_MONTH and len({each.due.year for each in of_month}) >= _LEAST_YEARS:
            found[month] = _median([each.delay for each in of_month]) - middle
    return found
