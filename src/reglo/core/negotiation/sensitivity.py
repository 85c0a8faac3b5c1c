"""Which guess matters most (tornado), and scenarios side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from reglo.core.findings import Text
from reglo.core.negotiation.deal import LEAST_MONEY, MOST_EUROS, MOST_MONEY, Band, Deal, Offer
from reglo.core.negotiation.fence import Fence, fairness, fence_of
from reglo.core.negotiation.sums import Sums, money
from reglo.core.negotiation.worth import TheirWorth, Worth, own_worth, their_worth

_HUNDRED = Decimal(100)
_MONEY_STEP = Decimal(2)  # points of one's own cost of money, up and down
_MARGIN_STEP = Decimal(5)
_VOLUME_STEP = Decimal("0.2")
_LEAST_VOLUME = Decimal("0.01")


class Guess(StrEnum):
    """An input that one does not know for sure."""

    THEIR_MONEY = "their-money"  #: percent a year
    OWN_MONEY = "own-money"  #: percent a year
    LATENESS = "lateness"  #: days
    VOLUME = "volume"  #: EUR a year, without tax
    MARGIN = "margin"  #: percent
    DEFAULT = "default"  #: percent a year
    TAKE_UP = "take-up"  #: percent


@dataclass(frozen=True, slots=True)
class Range:
    """Between what a guess may lie."""

    guess: Guess
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class TornadoRow:
    """What an offer gains each side, EUR a year, at both ends of one guess, the others as they are."""

    range: Range
    ours_low: Decimal  #: our gain at the low end of the range
    ours_high: Decimal
    theirs_low: Decimal
    theirs_high: Decimal

    @property
    def swing(self) -> Decimal:
        """By how much our gain depends on it."""
        return abs(self.ours_high - self.ours_low)

    @property
    def their_swing(self) -> Decimal:
        """By how much theirs does."""
        return abs(self.theirs_high - self.theirs_low)


def usual_ranges(deal: Deal) -> tuple[Range, ...]:
    """How far a guess is usually off: the band given, two points of money, the quartiles of the habit, a fifth of the
    volume, five points of margin, half or twice the risk, a discount never or always taken.
    """
    lateness, half = deal.lateness.days, deal.lateness.spread / 2
    fifth = deal.yearly_net * _VOLUME_STEP
    return (
        Range(Guess.THEIR_MONEY, deal.their_money.low, deal.their_money.high),
        _around(Guess.OWN_MONEY, deal.own_money_percent, _MONEY_STEP, LEAST_MONEY, MOST_MONEY),
        _around(Guess.LATENESS, lateness, half, Decimal(-365), Decimal(3650)),
        _around(Guess.VOLUME, deal.yearly_net, fifth, _LEAST_VOLUME, MOST_EUROS),
        _around(Guess.MARGIN, deal.margin_percent, _MARGIN_STEP, -_HUNDRED, _HUNDRED),
        Range(Guess.DEFAULT, deal.default_percent / 2, min(deal.default_percent * 2, _HUNDRED)),
        Range(Guess.TAKE_UP, Decimal(0), _HUNDRED),
    )


def tornado(offer: Offer, deal: Deal, ranges: Iterable[Range] | None = None) -> tuple[TornadoRow, ...]:
    """What each guess moves, the one that moves our gain most first."""
    asked = usual_ranges(deal) if ranges is None else ranges
    rows = (_row(offer, deal, each) for each in asked)
    return tuple(sorted(rows, key=lambda row: (row.swing, row.their_swing), reverse=True))


def with_guess(deal: Deal, guess: Guess, value: Decimal) -> Deal:
    """`deal` with another guess. Raises UnusableDeal for a value that cannot be."""
    if guess is Guess.THEIR_MONEY:
        band = deal.their_money
        return replace(deal, their_money=Band(min(band.low, value), value, max(band.high, value)))
    if guess is Guess.LATENESS:
        return replace(deal, lateness=replace(deal.lateness, days=value))
    if guess is Guess.OWN_MONEY:
        return replace(deal, own_money_percent=value)
    if guess is Guess.VOLUME:
        return replace(deal, yearly_net=value)
    if guess is Guess.MARGIN:
        return replace(deal, margin_percent=value)
    if guess is Guess.DEFAULT:
        return replace(deal, default_percent=value)
    return replace(deal, take_up_percent=value)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A deal as one imagines it, and an offer within it."""

    name: Text
    deal: Deal
    offer: Offer


@dataclass(frozen=True, slots=True)
class Worked:
    """A scenario worked out."""

    scenario: Scenario
    ours: Worth
    theirs: TheirWorth
    fence: Fence


def side_by_side(scenarios: Iterable[Scenario]) -> tuple[Worked, ...]:
    """Scenarios worked out, to stand in columns."""
    return tuple(_worked(each) for each in scenarios)


def three_scenarios(offer: Offer, deal: Deal) -> tuple[Scenario, ...]:
    """The same offer if things go badly, as expected, and well: lateness at its quartiles, a fifth less and more
    volume, twice and half the risk.
    """
    ranges = {each.guess: each for each in usual_ranges(deal)}
    late, volume, risk = ranges[Guess.LATENESS], ranges[Guess.VOLUME], ranges[Guess.DEFAULT]
    bad = _with_all(deal, {Guess.LATENESS: late.high, Guess.VOLUME: volume.low, Guess.DEFAULT: risk.high})
    good = _with_all(deal, {Guess.LATENESS: late.low, Guess.VOLUME: volume.high, Guess.DEFAULT: risk.low})
    return (
        Scenario(Text(fr="Prudent", en="Cautious"), bad, offer),
        Scenario(Text(fr="Attendu", en="Expected"), deal, offer),
        Scenario(Text(fr="Favorable", en="Favourable"), good, offer),
    )


def _with_all(deal: Deal, guesses: dict[Guess, Decimal]) -> Deal:
    for guess, value in guesses.items():
        deal = with_guess(deal, guess, value)
    return deal


def _worked(scenario: Scenario) -> Worked:
    sums = Sums(scenario.deal)
    after, before = sums.position(scenario.offer), sums.position(scenario.deal.current)
    ours, theirs = own_worth(after, before, scenario.deal), their_worth(after, before, scenario.deal)
    fence = fence_of(scenario.offer, scenario.deal)
    return Worked(scenario, ours, theirs, Fence(fence.bars, (*fence.warnings, *fairness(ours.gain, theirs.gain))))


def _row(offer: Offer, deal: Deal, asked: Range) -> TornadoRow:
    low, high = (tuple(_gains(offer, with_guess(deal, asked.guess, value))) for value in (asked.low, asked.high))
    return TornadoRow(asked, low[0], high[0], low[1], high[1])


def _gains(offer: Offer, deal: Deal) -> Iterator[Decimal]:
    sums = Sums(deal)
    after, before = sums.position(offer), sums.position(deal.current)
    yield money(after.own_worth - before.own_worth)
    yield money(after.their_worth - before.their_worth)


def _around(guess: Guess, value: Decimal, step: Decimal, least: Decimal, most: Decimal) -> Range:
    return Range(guess, max(least, value - step), min(most, value + step))
