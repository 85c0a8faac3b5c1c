"""On which days money comes: the firm's own weekdays and parts of the month, as far as its history shows them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reglo.core.dates import end_of_month

#: Before anything is known: banks book on weekdays, and now and then somebody pays otherwise.
_ASSUMED_WEEKDAYS = (1.36, 1.36, 1.36, 1.36, 1.36, 0.1, 0.1)
_ASSUMED_PARTS = (1.0, 1.0, 1.0)
_BELIEVE_WEEKDAYS_HALF = 20  #: payments after which half of what they show is believed
_BELIEVE_PARTS_HALF = 100  #: more, since a few months are a few chances only
_FIRST_DAYS, _LAST_DAYS = 5, 3  #: of a month


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How much more often than on any day money comes on days of a kind; 1 is neither more nor less."""

    weekdays: tuple[float, ...]  #: Monday to Sunday
    parts: tuple[float, ...]  #: first days of a month, its middle, its last days

    def weights(self, first: date, count: int) -> list[float]:
        """Of `count` days from `first` on."""
        days = (first + timedelta(days=each) for each in range(count))
        return [self.weekdays[each.weekday()] * self.parts[_part(each)] for each in days]


def learn_rhythm(paid_on: Sequence[date]) -> Rhythm:
    """The rhythm of payments that came on these days."""
    if not paid_on:
        return Rhythm(_ASSUMED_WEEKDAYS, _ASSUMED_PARTS)
    first = min(paid_on)
    days = [first + timedelta(days=each) for each in range((max(paid_on) - first).days + 1)]
    return Rhythm(
        _shown(date.weekday, days, paid_on, _ASSUMED_WEEKDAYS, _BELIEVE_WEEKDAYS_HALF),
        _shown(_part, days, paid_on, _ASSUMED_PARTS, _BELIEVE_PARTS_HALF),
    )


def _shown(
    kind: Callable[[date], int],
    days: Sequence[date],
    paid_on: Sequence[date],
    assumed: Sequence[float],
    believe_half: int,
) -> tuple[float, ...]:
    """For each kind, payments over those that would come if all days were alike, mixed with what is assumed."""
    there, came = Counter(map(kind, days)), Counter(map(kind, paid_on))
    found = list[float]()
    for each, before in enumerate(assumed):
        chance = there[each] / len(days) * len(paid_on)
        ghost = there[each] / len(days) * believe_half
        found.append((came[each] + before * ghost) / (chance + ghost) if chance else before)
    return tuple(found)


def _part(day: date) -> int:
    if day.day <= _FIRST_DAYS:
        return 0
    return 2 if (end_of_month(day) - day).days < _LAST_DAYS else 1
