"""When a sum will come: 256 equally likely days, in order. Every question about it is a place in that list."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import log

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.forecast.spread import LEVELS

_LEAST_LEFT = 8  #: of 256 outcomes: with fewer, the past no longer tells how long it may still take
_LEAST_WAIT = 7.0  #: days
_LONGEST_WAIT = 3650  #: days: ten years, and nobody would believe more
_MIDDLES = [place + 0.5 for place in range(LEVELS)]
_WAITS = [-log(1 - place / LEVELS) for place in _MIDDLES]  #: exponential, of mean 1


class InvalidChance(DomainError):
    """A quantile that is none."""

    code = "invalid-chance"


@dataclass(frozen=True, slots=True)
class Outlook:
    """The distribution of the day on which a sum is paid."""

    today: date
    ahead: tuple[int, ...]  #: 256 equally likely days from today on, in order; 0 is today

    def by_chance(self, chance: float) -> date:
        """The day by which it has come with this probability, over 0 and under 1."""
        if not 0 < chance < 1:
            raise InvalidChance(
                Text(
                    fr=f"Une probabilité est entre 0 et 1, et {chance} ne l'est pas.",
                    en=f"A probability is between 0 and 1, and {chance} is not.",
                ),
                field="chance",
            )
        return self.today + timedelta(days=self.ahead[int(chance * LEVELS)])

    @property
    def expected_day(self) -> date:
        """The median: as likely before as after. It is the day whose error is smallest on average."""
        return self.by_chance(0.5)

    def chance_by(self, day: date) -> float:
        """The probability that it has come by the end of `day`."""
        return bisect_right(self.ahead, (day - self.today).days) / LEVELS

    def chances(self) -> dict[date, float]:
        """The probability of each day that may be the one, in order; they add up to 1."""
        counts = Counter(self.ahead)
        return {self.today + timedelta(days=each): count / LEVELS for each, count in counts.items()}


def still_possible(
    errors: Sequence[float], *, middle: float, scale: float, days_late: int, is_new: bool
) -> tuple[list[int], bool]:
    """Days ahead that are not over yet, in order, and whether the past still tells how long it may take.

    errors: in order, in units of `scale` days, around the day that is `middle` days ahead. Where next to nothing of
    them is left, it is later than payments have been: then the longer it has been late, the longer it may still take
    (half as long again on average), with a chance that is the same every day.

    is_new: issued today; what would have come before comes at once, as it did with those that the errors are from.
    """
    over = bisect_left(errors, -middle / scale)
    left = [*[0] * (over if is_new else 0), *[int(middle + scale * error) for error in errors[over:]]]
    if len(left) >= _LEAST_LEFT:
        return [min(each, _LONGEST_WAIT) for each in left] if left[-1] > _LONGEST_WAIT else left, True
    mean = max(days_late / 2, _LEAST_WAIT)
    return [min(int(mean * each), _LONGEST_WAIT) for each in _WAITS], False


def in_rhythm(left: Sequence[int], weights: Sequence[float]) -> tuple[int, ...]:
    """256 equally likely days out of the days `left`, in order, each as likely as its weight makes it.

    weights: of today and the days after it; days beyond have the weight 1.
    """
    end = len(weights)
    if left[-1] < end:
        heaped = [*accumulate(map(weights.__getitem__, left))]
    else:
        heaped = [*accumulate(weights[each] if each < end else 1.0 for each in left)]
    step = heaped[-1] / LEVELS
    return tuple([left[bisect_left(heaped, place * step)] for place in _MIDDLES])


def promised(ahead: Sequence[int], *, on: int, kept: float) -> tuple[int, ...]:
    """What a promise makes of `ahead`: with the chance `kept` it comes `on` that day, else as it would have."""
    certain = round(kept * LEVELS)
    rest = LEVELS - certain
    others = [ahead[(2 * place + 1) * LEVELS // (2 * rest)] for place in range(rest)] if rest else []
    return tuple(sorted([*others, *[on] * certain]))
