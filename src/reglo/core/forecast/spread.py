"""How far reality falls from what was expected: past errors, in units of their customer's own spread.

The errors are those that would have been made without the payment itself (leave-one-out). Open invoices count as "at
least so far" (Kaplan and Meier 1958). The result is 256 equally likely errors, whatever their shape: no bell curve is
assumed, and a band that held in the past is a band that held.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from reglo.core.forecast.effects import Effects

LEVELS = 256  #: equally likely outcomes that a distribution is made of: one a byte, see draws.py
_NORMAL = [NormalDist().inv_cdf((place + 0.5) / LEVELS) for place in range(LEVELS)]
#: A bell curve counts as this many errors, which smooths a short history and is nothing in a long one.
_ASSUMED = [NormalDist().inv_cdf((place + 0.5) / 10) for place in range(10)]
_BELIEVE_HALF = 20  #: payments after which half of a customer's own spread is believed
_LEAST_OWN = 0.3  #: what at least remains of an error when its own weight is taken out
_FARTHEST = 4.0  #: deviations beyond which an error counts as so far for the spread of its customer


@dataclass(frozen=True, slots=True)
class Case:
    """An invoice and how far it is from what is expected of it."""

    customer: str
    error: float  #: days after what was expected; of an open invoice, at least so many
    is_paid: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """The errors to expect."""

    deviation: float  #: days, of all customers together
    own: dict[str, float]  #: customer → its deviation over that of all
    errors: tuple[float, ...]  #: 256 equally likely ones in order, in deviations
    of_paid: tuple[float, ...]  #: the error of each payment, in deviations, in the order of the cases

    def scale(self, customer: str, effects: Effects) -> float:
        """Days that one deviation is for this customer, doubt about its habit included."""
        return self.deviation * self.own.get(customer, 1.0) * effects.doubt(effects.known_of(customer))


def learn_spread(cases: Sequence[Case], effects: Effects) -> Spread:
    """The spread behind `cases`."""
    fair = [_without_itself(each, effects) for each in cases]
    squares = defaultdict[str, list[float]](list)
    far = _FARTHEST * effects.deviation
    for case, error in zip(cases, fair, strict=True):
        if case.is_paid:
            squares[case.customer].append(min(abs(error), far) ** 2)
    count = sum(map(len, squares.values()))
    variance = (sum(map(sum, squares.values())) + len(_ASSUMED) * effects.deviation**2) / (count + len(_ASSUMED))
    own = {customer: _own(found, variance) for customer, found in squares.items()}
    deviation = sqrt(variance)
    scaled = [error / (deviation * own.get(case.customer, 1.0)) for case, error in zip(cases, fair, strict=True)]
    told = [(error, case.is_paid) for case, error in zip(cases, scaled, strict=True)]
    paid = tuple(error for error, is_paid in told if is_paid)
    return Spread(deviation, own, _equally_likely(told), paid)


def _without_itself(case: Case, effects: Effects) -> float:
    """The error had this invoice not been known, in units in which doubt about the habit is taken out."""
    count, strength = effects.known_of(case.customer), effects.strengths[0]
    if not case.is_paid:
        return case.error / effects.doubt(count)
    rest = max(1 - 1 / (count + strength), _LEAST_OWN) if count else 1.0
    return case.error / rest / effects.doubt(max(count - 1, 0))


def _own(squares: Sequence[float], variance: float) -> float:
    return sqrt((sum(squares) / variance + _BELIEVE_HALF) / (len(squares) + _BELIEVE_HALF))


def _equally_likely(told: Sequence[tuple[float, bool]]) -> tuple[float, ...]:
    """The quantiles of errors of which some are only known to be larger than a figure."""
    known = sorted([*told, *((each, True) for each in _ASSUMED)], key=lambda each: (each[0], not each[1]))
    errors, remaining, chance = list[float](), 1.0, list[float]()
    for place, (error, is_paid) in enumerate(known):
        if is_paid:
            remaining *= 1 - 1 / (len(known) - place)
            errors.append(error)
            chance.append(1 - remaining)
    # What no payment ever reached lies where the last one was; an invoice later than that is a matter of waiting.
    found, place = list[float](), 0
    for level in range(LEVELS):
        while place < len(errors) - 1 and chance[place] < (level + 0.5) / LEVELS:
            place += 1
        found.append(errors[place])
    return tuple(found)
