"""Which offers leave both sides better off, which cannot be bettered, and which are fair."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reglo.core.findings import Text
from reglo.core.negotiation.deal import Offer
from reglo.core.terms.figures import amount_text


@dataclass(frozen=True, slots=True)
class Point:
    """An offer and what each side gains by it, EUR a year against today's terms."""

    offer: Offer
    ours: Decimal
    theirs: Decimal

    @property
    def helps_both(self) -> bool:
        """Whether neither side is worse off than today."""
        return self.ours >= 0 and self.theirs >= 0


class Fairness(StrEnum):
    """What one may mean by fair."""

    EQUAL = "equal"  #: both gain as nearly the same as can be
    NASH = "nash"  #: the product of the gains is largest


@dataclass(frozen=True, slots=True)
class FairPoint:
    """An offer that is fair in one meaning of the word."""

    kind: Fairness
    point: Point
    meaning: Text


def frontier_of(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points that no other betters for one side without cost to the other, by our gain, highest first.

    Of points that come to the same for both, the first is kept.
    """
    kept, best = list[Point](), None
    for point in sorted(points, key=lambda each: (each.ours, each.theirs), reverse=True):
        if best is None or point.theirs > best:
            kept.append(point)
            best = point.theirs
    return tuple(kept)


def zone_of(points: Iterable[Point]) -> tuple[Point, ...]:
    """The zone of possible agreement: points at which neither side is worse off than today."""
    return tuple(point for point in points if point.helps_both)


def fair_points(frontier: Sequence[Point]) -> tuple[FairPoint, ...]:
    """The fair points of a frontier, none if no point of it helps both."""
    mutual = zone_of(frontier)
    if not mutual:
        return ()
    equal = max(mutual, key=lambda each: (min(each.ours, each.theirs), each.ours + each.theirs))
    nash = max(mutual, key=lambda each: (each.ours * each.theirs, each.ours + each.theirs))
    return (
        FairPoint(Fairness.EQUAL, equal, _equal_meaning(equal)),
        FairPoint(Fairness.NASH, nash, _nash_meaning(nash)),
    )


def _equal_meaning(point: Point) -> Text:
    ours, theirs = amount_text(point.ours), amount_text(point.theirs)
    return Text(
        fr=(
            f"Gains égaux\N{NO-BREAK SPACE}: {ours.fr} par an pour nous, {theirs.fr} pour le client\N{NO-BREAK SPACE}; "
            "celui qui gagne le moins ne peut gagner davantage."
        ),
        en=f"Equal gains: {ours.en} a year for us, {theirs.en} for the customer; who gains least cannot gain more.",
    )


def _nash_meaning(point: Point) -> Text:
    ours, theirs = amount_text(point.ours), amount_text(point.theirs)
    return Text(
        fr=(
            f"Partage de Nash\N{NO-BREAK SPACE}: {ours.fr} par an pour nous, {theirs.fr} pour le client"
            "\N{NO-BREAK SPACE}; ailleurs, l'un perdrait en proportion plus que l'autre ne gagnerait."
        ),
        en=(
            f"Nash division: {ours.en} a year for us, {theirs.en} for the customer; anywhere else one would lose more "
            "in proportion than the other would gain."
        ),
    )
