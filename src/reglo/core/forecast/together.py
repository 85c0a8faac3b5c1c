"""How much customers are late together: one factor for all of them, one for each.

Two errors of the same shock are alike by ρ, the mean of their products. All customers share a factor (a crisis, a
strike, a holiday), the invoices of a customer another (a payment run, its cash, our doubt about its habit).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import pstdev

from reglo.core.forecast.facts import PaidInvoice

#: What is assumed, and how many pairs of invoices it counts as: shocks to all are rare and a calm year shows none.
_ASSUMED_ALL, _PAIRS_ALL = 0.05, 2000
_ASSUMED_CUSTOMER, _PAIRS_CUSTOMER = 0.30, 50
_MOST_ALL, _MOST_CUSTOMER = 0.5, 0.45
_FAR = 3.0  #: deviations beyond which an error counts as so far


@dataclass(frozen=True, slots=True)
class Together:
    """Shares of the variance of an error; what they leave is the invoice's own."""

    all: float  #: common to all customers
    customer: float  #: common to the invoices of a customer


def learn_together(history: Sequence[PaidInvoice], errors: Sequence[float]) -> Together:
    """Both shares, from the errors of payments in units of their spread. Alike means due in the same week or month."""
    size = pstdev(errors) or 1.0 if errors else 1.0
    capped = [min(max(each / size, -_FAR), _FAR) for each in errors]
    weeks = (_week(each.due) for each in history)
    months = ((each.customer, each.due.year, each.due.month) for each in history)
    everybody = _alike(weeks, capped, _ASSUMED_ALL, _PAIRS_ALL, _MOST_ALL)
    customer = _alike(months, capped, _ASSUMED_CUSTOMER, _PAIRS_CUSTOMER, _MOST_CUSTOMER)
    return Together(all=everybody, customer=max(customer - everybody, 0.0))


def _week(day: date) -> int:
    return day.toordinal() // 7


def _alike(groups: Iterable[Hashable], errors: Sequence[float], assumed: float, pairs: int, most: float) -> float:
    sums, squares, counts = (
        defaultdict[Hashable, float](float),
        defaultdict[Hashable, float](float),
        defaultdict[Hashable, int](int),
    )
    for group, error in zip(groups, errors, strict=True):
        sums[group] += error
        squares[group] += error * error
        counts[group] += 1
    products = sum((sums[group] ** 2 - squares[group]) / 2 for group in sums)
    found = sum(count * (count - 1) / 2 for count in counts.values())
    return min(max((products + assumed * pairs) / (found + pairs), 0.0), most)
