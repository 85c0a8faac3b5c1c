"""How each trait moves the delay: additive effects, each shrunk toward none by as much as its trait tells little.

A level with n payments keeps n / (n + k) of what its own payments say. k is not chosen: it is how much payments vary
within levels over how much levels differ (empirical Bayes; Robinson 1991, "That BLUP is a good thing"). A trait that
means nothing gets a large k and vanishes.

Invoices that are still open are heard too: each counts with the delay it is to be expected to end with, given that it
is unpaid today (expectation-maximisation, as in a Tobit regression). Without them, the quick payers of last month
would speak for all.

Delays beyond three deviations count as three (Huber), so that one invoice paid after two years moves nobody's habit.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt
from statistics import median

from reglo.core.forecast.traits import TRAITS, Levels, Trait

#: What is assumed before anything is known: payment a week late, give or take two. It counts as this many payments.
_ASSUMED_DELAY, _ASSUMED_DEVIATION, _ASSUMED_COUNT = 7.0, 14.0, 4
_SWEEPS = 8  #: after which days no longer change
_FIRST_STRENGTH = 3.0
_LEAST_STRENGTH, _MOST_STRENGTH = 0.01, 1000.0
_FAR = 3.0  #: deviations beyond which a delay counts as so far
_LEAST_DEVIATION = 0.5  #: days: nobody is known better than that


@dataclass(frozen=True, slots=True)
class Effect:
    """What a level adds to the delay."""

    days: float
    count: int  #: payments that it is learnt from


@dataclass(frozen=True, slots=True)
class Effects:
    """The delay that is to be expected of any invoice."""

    start: float  #: days late of an invoice of which nothing is known
    deviation: float  #: days, of single payments around what is expected
    by_trait: tuple[dict[str | int | None, Effect], ...]  #: one a trait, in their order
    strengths: tuple[float, ...]  #: k of each trait: how many payments it takes to believe a level half

    def delay(self, levels: Levels) -> float:
        """Expected days after the due date."""
        days = self.start
        for known, level in zip(self.by_trait, levels, strict=True):
            if level in known:
                days += known[level].days
        return days

    def of(self, levels: Levels) -> dict[Trait, Effect]:
        """What each level of an invoice adds, for those that are known."""
        pairs = zip(TRAITS, self.by_trait, levels, strict=True)
        return {trait: known[level] for trait, known, level in pairs if level in known}

    def known_of(self, customer: str) -> int:
        """Payments of this customer that its effect is learnt from."""
        found = self.by_trait[0].get(customer)
        return found.count if found else 0

    def doubt(self, count: int) -> float:
        """How much wider than single payments vary the error is of who is known by `count` of them; 1 or more."""
        return sqrt(1 + 1 / (count + self.strengths[0]))


def learn_effects(paid: Sequence[tuple[Levels, int]], still_open: Sequence[tuple[Levels, int]]) -> Effects:
    """Effects behind the delays of `paid`, and behind the open invoices that are late at least so many days."""
    learning = _Learning(paid, still_open)
    for _ in range(_SWEEPS):
        learning.sweep()
    return learning.effects()


class _Learning:
    """The sums of one fit, by coordinate descent over traits."""

    def __init__(self, paid: Sequence[tuple[Levels, int]], still_open: Sequence[tuple[Levels, int]]) -> None:
        self.delays = [float(days) for _, days in paid]
        self.at_least = [float(days) for _, days in still_open]
        self.start = median(self.delays) if paid else _ASSUMED_DELAY
        self.deviation = _rough_deviation(self.delays, self.start)
        # Of each invoice, paid ones first: its delay as it is listened to, and what is expected of it.
        self.heard = [*self.delays, *self.at_least]
        self.expected = [self.start] * len(self.heard)
        self.traits = [
            _Levels([levels[place] for levels, _ in (*paid, *still_open)], settled=len(paid))
            for place in range(len(TRAITS))
        ]
        # What all invoices have alike is in the start.
        self.telling = [each for each in self.traits if len(each.names) > 1]

    def sweep(self) -> None:
        """Move start, each trait, the deviation, and what open invoices are expected to end with."""
        self._move_start()
        for trait in self.telling:
            steps = trait.move(self.heard, self.expected)
            self.expected = [days + steps[place] for days, place in zip(self.expected, trait.places, strict=True)]
        self._listen()
        for trait in self.telling:
            trait.weigh(self.deviation)

    def effects(self) -> Effects:
        """What was learnt."""
        return Effects(
            start=self.start,
            deviation=self.deviation,
            by_trait=tuple(each.effects() for each in self.traits),
            strengths=tuple(each.strength for each in self.traits),
        )

    def _move_start(self) -> None:
        left = sum(self.heard) - sum(self.expected) + (_ASSUMED_DELAY - self.start) * _ASSUMED_COUNT
        step = left / (len(self.heard) + _ASSUMED_COUNT)
        self.start += step
        self.expected = [days + step for days in self.expected]

    def _listen(self) -> None:
        """Hear each payment, no farther than three deviations, then each open invoice by what payments say of it."""
        far = _FAR * self.deviation
        # `expected` is longer, by the open invoices.
        errors = [min(max(days - each, -far), far) for days, each in zip(self.delays, self.expected, strict=False)]
        self.deviation = _deviation(errors)
        waiting = self.expected[len(errors) :]
        errors += self._errors_to_come(errors, waiting)
        self.heard = [each + error for each, error in zip(self.expected, errors, strict=True)]

    def _errors_to_come(self, errors: Sequence[float], waiting: Sequence[float]) -> list[float]:
        """Of an open invoice: the mean error of the payments that took at least as long."""
        known = sorted(errors)
        above = [*accumulate(reversed(known))][::-1]
        far, found = _FAR * self.deviation, list[float]()
        for at_least, expected in zip(self.at_least, waiting, strict=True):
            first = bisect_left(known, at_least - expected)
            # Later than any: so far, then; and as expected, where no payment is known at all.
            mean = above[first] / (len(known) - first) if first < len(known) else max(at_least - expected, 0.0)
            found.append(min(max(mean, -far), far))
        return found


class _Levels:
    """The levels of one trait."""

    def __init__(self, levels: Sequence[str | int | None], *, settled: int) -> None:
        self.names = [each for each in dict.fromkeys(levels) if each is not None]
        numbers = {name: place for place, name in enumerate(self.names)}
        # The last number is of those that do not count: its effect stays nothing.
        self.places = [numbers.get(each, len(numbers)) if each is not None else len(numbers) for each in levels]
        self.counts = _counted(self.places, len(numbers))
        self.settled = _counted(self.places[:settled], len(numbers))
        self.days = [0.0] * len(numbers)
        self.strength = _FIRST_STRENGTH

    def move(self, heard: Sequence[float], expected: Sequence[float]) -> list[float]:
        """Set each effect by what is left of its invoices; return by how much each moved."""
        sums = [0.0] * (len(self.names) + 1)
        for place, delay, known in zip(self.places, heard, expected, strict=True):
            sums[place] += delay - known
        before = self.days
        self.days = [
            (total + count * days) / (count + self.strength)
            for total, count, days in zip(sums, self.counts, before, strict=False)  # the last sum does not count
        ]
        return [*(after - days for after, days in zip(self.days, before, strict=True)), 0.0]

    def weigh(self, deviation: float) -> None:
        """Set the strength by how much levels differ."""
        variance = deviation**2
        doubt = sum(variance / (count + self.strength) for count in self.counts)
        differ = (sum(days * days for days in self.days) + doubt) / len(self.names)
        self.strength = min(max(variance / differ, _LEAST_STRENGTH), _MOST_STRENGTH)

    def effects(self) -> dict[str | int | None, Effect]:
        """What was learnt of each level."""
        learnt = zip(self.names, self.days, self.settled, strict=True)
        return {name: Effect(days, count) for name, days, count in learnt}


def _counted(places: Sequence[int], most: int) -> list[int]:
    counts = Counter(places)
    return [counts[place] for place in range(most)]


def _deviation(errors: Sequence[float]) -> float:
    """Of errors, mixed with what is assumed as a ratio is: two weeks must not drown habits that are kept to the day."""
    if not errors:
        return _ASSUMED_DEVIATION
    found = max(sqrt(sum(error * error for error in errors) / len(errors)), _LEAST_DEVIATION)
    share = len(errors) / (len(errors) + _ASSUMED_COUNT)
    return float(found**share * _ASSUMED_DEVIATION ** (1 - share))


def _rough_deviation(delays: Sequence[float], middle: float) -> float:
    """From the median of distances, which no single invoice can spoil."""
    if not delays:
        return _ASSUMED_DEVIATION
    return max(1.4826 * median(abs(each - middle) for each in delays), 1.0)
