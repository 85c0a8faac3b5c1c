"""The levers: what may be moved in a negotiation, and the offers that they make together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from itertools import product
from math import prod
from typing import TypeVar

from reglo.core.findings import Text
from reglo.core.negotiation.deal import Deal, Offer, UnusableDeal
from reglo.core.negotiation.discount import discount_band_of
from reglo.core.terms import Delay, DiscountTier, EndOfMonth, Part, Penalty, Share

_T = TypeVar("_T")

_MOST_OFFERS = 5_000  # what a slider can wait for
_USUAL_TIER_DAYS = 10


class Lever(StrEnum):
    """One thing that may be moved."""

    DELAY = "delay"
    DEPOSIT = "deposit"
    INSTALMENTS = "instalments"
    DISCOUNT = "discount"
    PENALTY = "penalty"
    PRICE = "price"
    VOLUME = "volume"
    MINIMUM_ORDER = "minimum-order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Levers:
    """The settings to try of each lever; none at all leaves it as it is."""

    delays: tuple[Delay, ...] = ()
    deposits: tuple[Share | None, ...] = ()
    instalments: tuple[tuple[Part, ...], ...] = ()
    discounts: tuple[tuple[DiscountTier, ...], ...] = ()
    penalties: tuple[Penalty, ...] = ()
    prices: tuple[Decimal, ...] = ()  #: change in percent
    volumes: tuple[Decimal | None, ...] = ()
    minimum_orders: tuple[Decimal | None, ...] = ()

    def __post_init__(self) -> None:
        count = prod(len(getattr(self, each.name)) + 1 for each in fields(self))
        if count > _MOST_OFFERS:
            raise UnusableDeal(
                Text(
                    fr=f"Trop de combinaisons ({count})\N{NO-BREAK SPACE}: retirez des leviers ou des valeurs.",
                    en=f"Too many combinations ({count}): take levers or settings away.",
                ),
                field="levers",
            )


def offers_of(levers: Levers, base: Offer) -> Iterator[Offer]:
    """`base`, then every combination of the settings, terms outermost: those that differ in price alone come together.

    A combination that cannot be (deposit and instalments that leave no balance) or that says nothing (a discount for
    paying by a day that is due anyway) is left out.
    """
    yield base
    delays = _with(levers.delays, base.terms.delay)
    deposits = _with(levers.deposits, base.terms.deposit)
    instalments = _with(levers.instalments, base.terms.instalments)
    discounts = _with(levers.discounts, base.terms.discounts)
    penalties = _with(levers.penalties, base.terms.penalty)
    beside = list(
        product(
            _with(levers.prices, base.price_percent),
            _with(levers.volumes, base.volume),
            _with(levers.minimum_orders, base.minimum_order),
        )
    )
    for delay, deposit, parts, tiers, penalty in product(delays, deposits, instalments, discounts, penalties):
        if not _leaves_a_balance(deposit, parts) or not _asks_for_early_payment(delay, tiers):
            continue
        terms = replace(base.terms, delay=delay, deposit=deposit, instalments=parts, discounts=tiers, penalty=penalty)
        for price, volume, minimum in beside:
            offer = Offer(terms=terms, price_percent=price, volume=volume, minimum_order=minimum)
            if offer != base:
                yield offer


def single_moves(levers: Levers, base: Offer) -> Iterator[tuple[Lever, Offer]]:
    """`base` with one lever moved, for each of the other settings of each lever."""
    terms = base.terms
    moves: tuple[tuple[Lever, Iterable[Offer]], ...] = (
        (Lever.DELAY, (replace(base, terms=replace(terms, delay=each)) for each in levers.delays)),
        (Lever.DEPOSIT, _split(base, ((each, terms.instalments) for each in levers.deposits))),
        (Lever.INSTALMENTS, _split(base, ((terms.deposit, each) for each in levers.instalments))),
        (Lever.DISCOUNT, (replace(base, terms=replace(terms, discounts=each)) for each in levers.discounts)),
        (Lever.PENALTY, (replace(base, terms=replace(terms, penalty=each)) for each in levers.penalties)),
        (Lever.PRICE, (replace(base, price_percent=each) for each in levers.prices)),
        (Lever.VOLUME, (replace(base, volume=each) for each in levers.volumes)),
        (Lever.MINIMUM_ORDER, (replace(base, minimum_order=each) for each in levers.minimum_orders)),
    )
    for lever, offers in moves:
        yield from ((lever, offer) for offer in offers if offer != base)


def moved_levers(offer: Offer, base: Offer) -> tuple[Lever, ...]:
    """The levers in which two offers differ."""
    pairs = {
        Lever.DELAY: (offer.terms.delay, base.terms.delay),
        Lever.DEPOSIT: (offer.terms.deposit, base.terms.deposit),
        Lever.INSTALMENTS: (offer.terms.instalments, base.terms.instalments),
        Lever.DISCOUNT: (offer.terms.discounts, base.terms.discounts),
        Lever.PENALTY: (offer.terms.penalty, base.terms.penalty),
        Lever.PRICE: (offer.price_percent, base.price_percent),
        Lever.VOLUME: (offer.volume, base.volume),
        Lever.MINIMUM_ORDER: (offer.minimum_order, base.minimum_order),
    }
    return tuple(lever for lever, (one, other) in pairs.items() if one != other)


def with_lever(base: Offer, offer: Offer, lever: Lever) -> Offer | None:
    """`base` with one lever set as in `offer`; None where that leaves no balance."""
    terms, new = base.terms, offer.terms
    if lever in (Lever.DEPOSIT, Lever.INSTALMENTS):
        split = (new.deposit, terms.instalments) if lever is Lever.DEPOSIT else (terms.deposit, new.instalments)
        return next(_split(base, (split,)), None)
    if lever is Lever.PRICE:
        return replace(base, price_percent=offer.price_percent)
    if lever is Lever.VOLUME:
        return replace(base, volume=offer.volume)
    if lever is Lever.MINIMUM_ORDER:
        return replace(base, minimum_order=offer.minimum_order)
    if lever is Lever.DELAY:
        return replace(base, terms=replace(terms, delay=new.delay))
    if lever is Lever.DISCOUNT:
        return replace(base, terms=replace(terms, discounts=new.discounts))
    return replace(base, terms=replace(terms, penalty=new.penalty))


def usual_levers(deal: Deal) -> Levers:
    """Where one begins: usual delays and deposits, discounts across the band, small changes of price.

    The discounts are for payment within ten days, at a quarter, the half and three quarters of the band, where it is
    open.
    """
    month = Delay(days=30, end_of_month=EndOfMonth.AFTER_DAYS)
    return Levers(
        delays=(*(Delay(days=days) for days in (0, 15, 30, 45, 60)), month, replace(month, days=45)),
        deposits=(None, *(Share(percent=Decimal(percent)) for percent in (20, 30, 50))),
        discounts=((), *((tier,) for tier in _tiers_across(deal))),
        prices=tuple(Decimal(percent) for percent in (-2, -1, 0, 1, 2)),
    )


def _tiers_across(deal: Deal) -> Iterator[DiscountTier]:
    try:
        band = discount_band_of(deal.current, deal, within_days=_USUAL_TIER_DAYS)
    except UnusableDeal:
        return  # paid as early as that already
    if not band.is_open:
        return
    seen = set[Decimal]()
    for quarter in (1, 2, 3):
        percent = (band.least + (band.most - band.least) * quarter / 4).quantize(Decimal("0.01"))
        if 0 < percent < 100 and percent not in seen:
            seen.add(percent)
            yield DiscountTier(percent=percent, days=_USUAL_TIER_DAYS)


def _with(settings: tuple[_T, ...], own: _T) -> tuple[_T, ...]:
    """The settings, and the one that the base has."""
    return settings if own in settings else (own, *settings)


def _split(base: Offer, splits: Iterable[tuple[Share | None, tuple[Part, ...]]]) -> Iterator[Offer]:
    """`base` with other deposits and instalments."""
    for deposit, parts in splits:
        if _leaves_a_balance(deposit, parts):
            yield replace(base, terms=replace(base.terms, deposit=deposit, instalments=parts))


def _asks_for_early_payment(delay: Delay, tiers: tuple[DiscountTier, ...]) -> bool:
    """Whether each discount is for paying before it is due; to the end of a month there is always room."""
    return delay.end_of_month is not EndOfMonth.NO or all(tier.days < delay.days for tier in tiers)


def _leaves_a_balance(deposit: Share | None, parts: tuple[Part, ...]) -> bool:
    shares = (deposit, *(part.share for part in parts))
    return sum(share.fraction for share in shares if share is not None) < 1
