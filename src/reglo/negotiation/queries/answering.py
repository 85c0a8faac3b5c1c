"""All that the page of a negotiation shows for one position of the sliders; every figure is the core's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.negotiation import (
    Answer,
    Deal,
    DiscountBand,
    JudgedRound,
    Limit,
    Offer,
    Point,
    Stand,
    TornadoRow,
    UnusableDeal,
    Worked,
    discount_band_of,
    gains_of,
    gap_of,
    judge_rounds,
    negotiate,
    side_by_side,
    stands,
    three_scenarios,
    tornado,
)
from reglo.forecast.queries import likely_balances
from reglo.negotiation.in_play import levers_of
from reglo.negotiation.models import Negotiation, Round
from reglo.negotiation.queries.treasury import FirmLow, firm_low
from reglo.negotiation.stored import deal_of, in_play_of, limits_of, made_of, offer_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What lies on the table: an offer, its answer, how it stands to our limits, the band of a discount."""

    deal: Deal
    offer: Offer
    answer: Answer
    limits: tuple[Limit, ...]
    stand: Stand
    band: DiscountBand | None  #: None where payment cannot come earlier, for the reason below
    no_band: Text | None
    firm: FirmLow | None  #: lowest point of the whole firm's treasury; None where none is foreseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """How sure the answer is: which guess matters most, and three scenarios."""

    tornado: tuple[TornadoRow, ...]
    scenarios: tuple[Worked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The rounds, judged, in the order of their days."""

    rounds: tuple[tuple[Round, JudgedRound], ...]
    withdrawn: tuple[Round, ...]
    gap: Decimal | None  #: between the last offers of both sides, in our gain a year

    @property
    def points(self) -> tuple[Point, ...]:
        """What each round gains both."""
        return tuple(judged.point for _, judged in self.rounds)


def table_of(row: Negotiation, offer: Offer, *, today: date) -> Table:
    """The answer to `offer`. Raises UnusableDeal."""
    deal, limits = deal_of(row), limits_of(row)
    band, reason = _band(offer, deal, in_play_of(row).discount_days)
    return Table(
        deal=deal,
        offer=offer,
        answer=negotiate(deal, offer, levers_of(in_play_of(row), deal)),
        limits=limits,
        stand=stands(offer, limits, deal),
        band=band,
        no_band=reason,
        firm=firm_low(likely_balances(row.organisation, today=today), offer, deal),
    )


def doubts_of(row: Negotiation, offer: Offer) -> Doubts:
    """How much hangs on guesses."""
    deal = deal_of(row)
    return Doubts(tornado=tornado(offer, deal), scenarios=side_by_side(three_scenarios(offer, deal)))


def story_of(row: Negotiation) -> Story:
    """The rounds of a negotiation whose facts are given."""
    rows = list(row.rounds.select_related("agreement").order_by("on", "pk"))
    counted = [each for each in rows if each.withdrawn_at is None]
    judged = judge_rounds([made_of(each) for each in counted], deal_of(row), limits_of(row))
    return Story(
        rounds=tuple(zip(counted, judged, strict=True)),
        withdrawn=tuple(each for each in rows if each.withdrawn_at is not None),
        gap=gap_of(judged),
    )


def points_of(row: Negotiation) -> tuple[Point, ...]:
    """What each round gains both, as `story_of` has it, and nothing else of them."""
    return gains_of(
        [offer_of(each) for each in row.rounds.filter(withdrawn_at=None).order_by("on", "pk")], deal_of(row)
    )


def _band(offer: Offer, deal: Deal, usual_days: int) -> tuple[DiscountBand | None, Text | None]:
    """The band for the days of the offer's first discount, or for the usual ones."""
    tiers: Sequence[int] = [tier.days for tier in offer.terms.discounts] or [usual_days]
    try:
        return discount_band_of(offer, deal, within_days=tiers[0]), None
    except UnusableDeal as error:
        return None, error.message
