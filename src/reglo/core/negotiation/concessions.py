"""Concessions from cheapest to dearest for what they give the other side, and what may be asked for in return."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.money import round_half_up
from reglo.core.negotiation.levers import Lever
from reglo.core.negotiation.zone import Point
from reglo.core.terms.figures import amount_text, number_text

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Move:
    """One lever moved from where it is today, and who pays for it. EUR a year."""

    lever: Lever
    point: Point
    cost: Decimal  #: to the side that gives; below zero if it gains too
    gives: Decimal  #: to the side that gets, over 0

    @property
    def ratio(self) -> Decimal | None:
        """What a euro given up gives the other side; None where it costs nothing."""
        return round_half_up(self.gives / self.cost, 2) if self.cost > 0 else None

    @property
    def why(self) -> Text:
        """In a sentence."""
        gives, cost = amount_text(self.gives), amount_text(abs(self.cost))
        if self.ratio is None:
            return Text(
                fr=f"Donne {gives.fr} par an à l'autre partie et en rapporte {cost.fr} à qui l'accorde.",
                en=f"Gives the other side {gives.en} a year and gains {cost.en} for the side that gives.",
            )
        ratio = number_text(self.ratio)
        return Text(
            fr=f"Coûte {cost.fr} par an et donne {gives.fr} à l'autre partie\N{NO-BREAK SPACE}: {ratio.fr} pour 1.",
            en=f"Costs {cost.en} a year and gives the other side {gives.en}: {ratio.en} for 1.",
        )


def concessions_of(moves: Iterable[tuple[Lever, Point]]) -> tuple[Move, ...]:
    """What we can give, cheapest first: what costs nothing, then by what a euro of ours gives them."""
    return _ranked(Move(lever, point, -point.ours, point.theirs) for lever, point in moves if point.theirs > 0)


def requests_of(moves: Iterable[tuple[Lever, Point]]) -> tuple[Move, ...]:
    """What we can ask for, cheapest for them first."""
    return _ranked(Move(lever, point, -point.theirs, point.ours) for lever, point in moves if point.ours > 0)


def _ranked(moves: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(sorted(moves, key=_dearness))


def _dearness(move: Move) -> tuple[bool, Decimal, Decimal]:
    """Cost of a euro given; of what costs nothing, what gives most comes first."""
    if move.cost <= 0:
        return False, _ZERO, -move.gives
    return True, move.cost / move.gives, -move.gives
