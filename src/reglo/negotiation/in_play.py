"""The levers that one puts into play, as one types them: lists of days and percentages instead of core values."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from reglo.core.negotiation import Deal, Levers, usual_levers
from reglo.core.terms import Delay, DiscountTier, EndOfMonth, Part, Penalty, PenaltyBasis, Share

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class InPlay:
    """Which settings of each lever are tried; none leaves the lever as it is today."""

    delays: tuple[int, ...] = (0, 15, 30, 45, 60)  #: days from the invoice
    end_of_month: tuple[int, ...] = (30, 45)  #: days, then to the end of the month
    deposits: tuple[Decimal, ...] = (_ZERO, Decimal(20), Decimal(30), Decimal(50))  #: percent; 0 is none
    parts: tuple[int, ...] = ()  #: equal parts in which an invoice is paid, a month apart; 1 is at once
    discounts: tuple[Decimal, ...] = ()  #: percent; 0 is none; where empty, across the band between the costs of money
    discount_days: int = 10
    penalty_points: tuple[Decimal, ...] = ()  #: above the rate of the ECB
    prices: tuple[Decimal, ...] = (Decimal(-2), Decimal(-1), _ZERO, Decimal(1), Decimal(2))  #: change in percent
    volumes: tuple[Decimal, ...] = ()  #: committed a year, EUR without tax; 0 is none
    minimum_orders: tuple[Decimal, ...] = ()  #: EUR without tax; 0 is none


def levers_of(in_play: InPlay, deal: Deal) -> Levers:
    """The levers of the core. Raises UnusableDeal for too many combinations, InvalidTerms for what cannot be."""
    settings = Levers(
        delays=tuple(_delays(in_play)),
        deposits=tuple(_share(each) for each in in_play.deposits),
        instalments=tuple(_equal_parts(each, deal) for each in in_play.parts),
        discounts=tuple(_tiers(each, in_play.discount_days) for each in in_play.discounts),
        penalties=tuple(Penalty(PenaltyBasis.ECB, each) for each in in_play.penalty_points),
        prices=in_play.prices,
        volumes=tuple(each or None for each in in_play.volumes),
        minimum_orders=tuple(each or None for each in in_play.minimum_orders),
    )
    return settings if in_play.discounts else replace(settings, discounts=usual_levers(deal).discounts)


def _delays(in_play: InPlay) -> Iterator[Delay]:
    yield from (Delay(days=days) for days in in_play.delays)
    yield from (Delay(days=days, end_of_month=EndOfMonth.AFTER_DAYS) for days in in_play.end_of_month)


def _share(percent: Decimal) -> Share | None:
    return Share(percent=percent) if percent else None


def _tiers(percent: Decimal, days: int) -> tuple[DiscountTier, ...]:
    return (DiscountTier(percent=percent, days=days),) if percent else ()


def _equal_parts(count: int, deal: Deal) -> tuple[Part, ...]:
    """All parts but the last, which is the balance: the first at once, the next a month later."""
    start = deal.current.terms.delay.start
    share = Share(one_in=count) if count > 1 else None
    return (
        ()
        if share is None
        else tuple(Part(share=share, delay=Delay(days=30 * place, start=start)) for place in range(count - 1))
    )
