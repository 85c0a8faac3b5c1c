"""The traits of an invoice that may move the day of its payment, each as a level: this customer, this month."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import quantiles

from reglo.core.forecast.facts import Owed, PaidInvoice

_SAME_TERM = 15  #: days of term that count as alike
_LONGEST_TERM = 6
_LEAST_YEARS = 2  #: years in which a month was seen: else it is chance, not season
_LEAST_FOR_SIZES = 8


class Trait(StrEnum):
    """What kinds of levels there are. The customer is the first: its habit is learnt from its own payments."""

    CUSTOMER = "customer"
    SEGMENT = "segment"
    CHANNEL = "channel"
    MONTH = "month"  #: of the due date
    TERM = "term"  #: how long the customer may wait
    SIZE = "size"  #: which quarter of all amounts


TRAITS = tuple(Trait)
Levels = tuple[str | int | None, ...]  #: one a trait, in their order; None does not count


@dataclass(frozen=True, slots=True)
class Traits:
    """How invoices are sorted into levels; learnt from the history, the same for all invoices of a forecast."""

    seasons: frozenset[int]  #: months that were seen in two years
    sizes: tuple[Decimal, ...]  #: amounts between the quarters

    def levels(self, owed: Owed) -> Levels:
        """The level of `owed` for each trait."""
        term = (owed.due - owed.issued).days // _SAME_TERM
        return (
            owed.customer,
            owed.segment,
            owed.channel,
            owed.due.month if owed.due.month in self.seasons else None,
            min(term, _LONGEST_TERM),
            bisect_right(self.sizes, owed.amount),
        )


def learn_traits(history: Sequence[PaidInvoice]) -> Traits:
    """Seasons and sizes of `history`."""
    years = defaultdict[int, set[int]](set)
    for each in history:
        years[each.due.month].add(each.due.year)
    seasons = frozenset(month for month, found in years.items() if len(found) >= _LEAST_YEARS)
    if len(history) < _LEAST_FOR_SIZES:
        return Traits(seasons, ())
    return Traits(seasons, tuple(quantiles([each.amount for each in history], n=4)))
