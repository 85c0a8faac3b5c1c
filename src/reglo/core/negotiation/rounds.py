"""The rounds of a negotiation: who offered what, when, and what each gains by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.findings import Finding
from reglo.core.negotiation.deal import Deal, Offer, Side
from reglo.core.negotiation.fence import fence_of
from reglo.core.negotiation.limits import Limit, Stand, stands
from reglo.core.negotiation.sums import Sums, money
from reglo.core.negotiation.zone import Point


@dataclass(frozen=True, slots=True)
class Round:
    """One offer that was made."""

    on: date
    by: Side
    offer: Offer


@dataclass(frozen=True, slots=True)
class JudgedRound:
    """A round and what it means."""

    round: Round
    point: Point  #: gains against today's terms
    stand: Stand  #: against our own limits
    bars: tuple[Finding, ...]  #: why it may not be agreed
    moved: Decimal | None  #: by how much our gain rose since the last offer of that side; None for its first


def gains_of(offers: Iterable[Offer], deal: Deal) -> tuple[Point, ...]:
    """What each side gains by each offer against today's terms, EUR a year."""
    sums = Sums(deal)
    today, points = sums.position(deal.current), list[Point]()
    for offer in offers:
        at = sums.position(offer)
        points.append(Point(offer, money(at.own_worth - today.own_worth), money(at.their_worth - today.their_worth)))
    return tuple(points)


def judge_rounds(rounds: Iterable[Round], deal: Deal, limits: Sequence[Limit] = ()) -> tuple[JudgedRound, ...]:
    """Each round with its gains, in the order of days."""
    in_order = sorted(rounds, key=lambda round_: round_.on)
    last, judged = dict[Side, Decimal](), list[JudgedRound]()
    for each, point in zip(in_order, gains_of((each.offer for each in in_order), deal), strict=True):
        moved = point.ours - last[each.by] if each.by in last else None
        last[each.by] = point.ours
        judged.append(
            JudgedRound(
                round=each,
                point=point,
                stand=stands(each.offer, limits, deal),
                bars=fence_of(each.offer, deal).bars,
                moved=moved,
            )
        )
    return tuple(judged)


def gap_of(judged: Sequence[JudgedRound]) -> Decimal | None:
    """How far apart the last offers of the two sides are, in our gain a year; None until both have offered."""
    last = {each.round.by: each.point.ours for each in judged}
    return last[Side.OURS] - last[Side.THEIRS] if len(last) == len(Side) else None
