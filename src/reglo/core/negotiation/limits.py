"""One's own needs and limits, written down first, and how far an offer stands from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reglo.core.findings import Text
from reglo.core.negotiation.deal import Deal, Offer, UnusableDeal
from reglo.core.negotiation.sums import Sums, rounded
from reglo.core.negotiation.worth import Worth, own_worth
from reglo.core.terms.figures import amount_text, number_text, percent_text


class Wish(StrEnum):
    """How one stands to a limit."""

    NEED = "need"  #: what I need: without it the offer is not good enough yet
    CAN_GIVE = "can-give"  #: what I can give: beyond it I stretch
    WILL_NOT = "will-not"  #: what I will not: beyond it I walk away (*point de rupture*)


class Measure(StrEnum):
    """What a limit is about."""

    GAIN = "gain"  #: EUR a year against today; at least
    DAYS = "days"  #: expected from invoice to payment; at most
    PRICE = "price"  #: change in percent; at least
    DISCOUNT = "discount"  #: expected, in percent of what is invoiced; at most
    DEPOSIT = "deposit"  #: percent of an order; at least
    CASH_NEED = "cash-need"  #: EUR on average; at most
    EXPOSURE = "exposure"  #: EUR at the peak; at most
    LOWEST_CASH = "lowest-cash"  #: EUR, of the cash of this deal; at least

    @property
    def is_floor(self) -> bool:
        """Whether more is better for us."""
        return self in (Measure.GAIN, Measure.PRICE, Measure.DEPOSIT, Measure.LOWEST_CASH)


@dataclass(frozen=True, slots=True)
class Limit:
    """One line of what I need, can give or will not."""

    wish: Wish
    measure: Measure
    value: Decimal  #: in the unit of the measure

    def __post_init__(self) -> None:
        if not self.value.is_finite():
            raise UnusableDeal(Text(fr="Une limite est un nombre.", en="A limit is a number."), field="limits")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an offer stands to one limit."""

    limit: Limit
    actual: Decimal
    room: Decimal  #: how far within; below zero is beyond

    @property
    def is_held(self) -> bool:
        """Whether the offer is within the limit; on the line is within."""
        return self.room >= 0

    @property
    def why(self) -> Text:
        """In a sentence."""
        name, measure = _NAMES[self.limit.measure], self.limit.measure
        actual, room = _figure(self.actual, measure), _figure(abs(self.room), measure)
        where = _WITHIN if self.is_held else _BEYOND[self.limit.wish]
        return Text(
            fr=f"{name.fr}\N{NO-BREAK SPACE}: {actual.fr}, {room.fr} {where.fr}.",
            en=f"{name.en}: {actual.en}, {room.en} {where.en}.",
        )


class Verdict(StrEnum):
    """What one's own limits say of an offer, from good to bad."""

    WITHIN = "within"  #: all that is needed, and no more than can be given
    STRETCH = "stretch"  #: more than can easily be given
    SHORT = "short"  #: something needed is missing
    WALK_AWAY = "walk-away"  #: beyond what one will not


@dataclass(frozen=True, slots=True)
class Stand:
    """How far an offer stands from all limits."""

    standings: tuple[Standing, ...]  #: in the order of the limits

    @property
    def verdict(self) -> Verdict:
        """The worst that a limit says."""
        crossed = {each.limit.wish for each in self.standings if not each.is_held}
        if Wish.WILL_NOT in crossed:
            return Verdict.WALK_AWAY
        if Wish.NEED in crossed:
            return Verdict.SHORT
        return Verdict.STRETCH if Wish.CAN_GIVE in crossed else Verdict.WITHIN

    @property
    def room(self) -> Decimal | None:
        """Euros a year to the walk-away line; below zero is beyond, None if no line in euros was drawn."""
        lines = (each for each in self.standings if each.limit.wish is Wish.WILL_NOT)
        return min((each.room for each in lines if each.limit.measure is Measure.GAIN), default=None)


def stands(offer: Offer, limits: Iterable[Limit], deal: Deal) -> Stand:
    """How far `offer` stands from one's own limits."""
    sums = Sums(deal)
    position = sums.position(offer)
    worth = own_worth(position, sums.position(deal.current), deal)
    plain = sums.mix(offer.terms, position.gross / position.orders, takes_discounts=False)
    return stand_of(offer, worth, rounded((1 - plain.may_be_late) * 100, 2), limits)


def stand_of(offer: Offer, worth: Worth, deposit_percent: Decimal, limits: Iterable[Limit]) -> Stand:
    """The same from a worth that is there already."""
    actual = _actual(offer, worth, deposit_percent)
    return Stand(tuple(_standing(limit, actual[limit.measure]) for limit in limits))


def _standing(limit: Limit, actual: Decimal) -> Standing:
    room = actual - limit.value if limit.measure.is_floor else limit.value - actual
    return Standing(limit, actual, room)


def _actual(offer: Offer, worth: Worth, deposit_percent: Decimal) -> Mapping[Measure, Decimal]:
    return {
        Measure.GAIN: worth.gain,
        Measure.DAYS: worth.expected_days,
        Measure.PRICE: offer.price_percent,
        Measure.DISCOUNT: worth.discount_percent,
        Measure.DEPOSIT: deposit_percent,
        Measure.CASH_NEED: worth.cash_need.after.average,
        Measure.EXPOSURE: worth.exposure.after.peak,
        Measure.LOWEST_CASH: worth.lowest_after.amount,
    }


def _figure(value: Decimal, measure: Measure) -> Text:
    if measure in (Measure.PRICE, Measure.DISCOUNT, Measure.DEPOSIT):
        return percent_text(value)
    if measure is not Measure.DAYS:
        amount, sign = amount_text(abs(value)), "−" if value < 0 else ""
        return Text(fr=f"{sign}{amount.fr}", en=f"{sign}{amount.en}")
    days = number_text(value)
    return Text(fr=f"{days.fr}\N{NO-BREAK SPACE}jours", en=f"{days.en} days")


_NAMES = {
    Measure.GAIN: Text(fr="Gain par an", en="Gain a year"),
    Measure.DAYS: Text(fr="Délai attendu", en="Expected delay"),
    Measure.PRICE: Text(fr="Changement de prix", en="Change of price"),
    Measure.DISCOUNT: Text(fr="Escompte attendu", en="Expected discount"),
    Measure.DEPOSIT: Text(fr="Acompte", en="Deposit"),
    Measure.CASH_NEED: Text(fr="Besoin de trésorerie moyen", en="Average cash need"),
    Measure.EXPOSURE: Text(fr="Encours maximal", en="Peak exposure"),
    Measure.LOWEST_CASH: Text(fr="Point bas de trésorerie", en="Lowest point of cash"),
}
_WITHIN = Text(fr="de réserve", en="to spare")
_BEYOND = {
    Wish.NEED: Text(fr="encore à obtenir", en="still to be obtained"),
    Wish.CAN_GIVE: Text(fr="au-delà de ce que l'on peut donner", en="beyond what can be given"),
    Wish.WILL_NOT: Text(fr="au-delà du point de rupture", en="beyond the walk-away line"),
}
