"""What an offer is worth to each side in a year, as sums of few parts. Floats: `money` rounds them, once, on leaving.

An offer is a mix of ways to pay (`Leg`), so that its worth is linear in shares, price and volume: what a slider asks
for is added up from sums that are kept, and no day is counted twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import floor

from reglo.core.interest.penalties import applied_rate, penalty_owed
from reglo.core.negotiation.deal import Deal, Offer
from reglo.core.negotiation.year import DAYS_A_YEAR, Leg, Year, invoice_days
from reglo.core.parties import VatRegime
from reglo.core.terms import RECOVERY_INDEMNITY, BuyerKind, DiscountTier, PaymentTerms, Share

_SURE_TO_BE_BETTER = 1e-12
_HALF_A_YEAR = 0.5


@dataclass(frozen=True, slots=True)
class Mix:
    """One euro invoiced with tax, as it is expected to be paid: shares of ways to pay, less a discount."""

    parts: tuple[tuple[float, Leg], ...]  #: shares add up to 1 less `discount`
    discount: float  #: expected share that is given up
    may_be_late: float  #: share to which the habit applies: neither deposit nor paid early for a discount

    def sum_of(self, figure: str) -> float:
        """The sum over all shares of a figure of their legs."""
        return float(sum(share * getattr(leg, figure) for share, leg in self.parts))


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums of one euro of a mix, which every price and volume share."""

    days: float  #: euro-days from invoice to payment
    exposed: float  #: euro-days on which it is owed
    waiting_own: float  #: what waiting for it takes from its worth, at our cost of money; below zero is a loss
    waiting_their: float
    vat_days: float
    vat_own: float  #: the same of a euro of tax
    vat_their: float


class Cause(StrEnum):
    """Why an offer is worth what it is."""

    SALES = "sales"  #: what is sold, at the prices of the offer
    COSTS = "costs"  #: of what is sold
    PRICE = "price"
    VOLUME = "volume"
    DISCOUNT = "discount"
    WAITING = "waiting"  #: for money
    VAT = "vat"  #: tax that is advanced, or kept for a while
    PENALTIES = "penalties"
    HANDLING = "handling"  #: of orders
    LOSS = "loss"  #: expected, if the customer fails
    STOCK = "stock"  #: what the customer buys ahead of its need


@dataclass(frozen=True, slots=True)
class Position:
    """An offer in figures for a year."""

    mix: Mix  #: on the days of the deal's own orders, so that nothing but the offer makes a difference
    drawn: Mix  #: on the days of the offer's orders, for what depends on how large one is
    figures: Figures
    orders: int
    net: float  #: volume at the prices of the deal
    price: float  #: change as a fraction
    gross: float  #: invoiced, with tax
    vat: float  #: of it
    their_net: float  #: what `net` costs them: with the tax, if they do not get it back
    ours: Mapping[Cause, float]
    theirs: Mapping[Cause, float]
    own_worth: float  #: all that we get
    their_worth: float  #: all that they get, against buying the same at the prices of the deal, paid on the invoice


@dataclass(frozen=True, slots=True)
class _Mixed:
    """What the terms of an offer come to, whatever the price."""

    mix: Mix
    drawn: Mix
    figures: Figures
    interest: float  #: penalties a year on a euro invoiced
    indemnities: float  #: EUR a year


class Sums:
    """The sums of a deal, made when first asked for.

    days: of real invoices, in place of those of the representative year.
    """

    def __init__(self, deal: Deal, days: tuple[date, ...] | None = None) -> None:
        self.deal = deal
        self._days = days
        self._vat_share = _vat_share(deal)
        self._deducted = self._vat_share if deal.deducts_vat else 0.0
        self._margin = float(deal.margin_percent) / 100
        self._their_money = float(deal.their_money.likely) / 100
        self._default = float(deal.default_percent) / 100
        self._years: dict[int, Year] = {}
        self._mixes: dict[tuple[PaymentTerms, int, float | None], _Mixed] = {}

    def year(self, orders: int) -> Year:
        """The representative year with so many orders."""
        if orders not in self._years:
            self._years[orders] = Year(self.deal, self._days or invoice_days(self.deal, orders))
        return self._years[orders]

    def position(self, offer: Offer) -> Position:
        """The offer in figures."""
        deal = self.deal
        net = float(max(offer.volume or deal.yearly_net, deal.yearly_net))
        orders = _orders(deal, offer, net)
        price = float(offer.price_percent) / 100
        sold = net * (1 + price)
        gross = sold / (1 - self._vat_share)
        vat = gross * self._vat_share
        mixed = self._mixed(offer.terms, orders, gross / orders)
        mix, figures = mixed.mix, mixed.figures
        given = gross * mix.discount * (1 - self._vat_share)
        penalties = gross * mixed.interest + mixed.indemnities
        beyond = net - float(deal.yearly_net)
        their_net = net / (1 - self._vat_share) * (1 - self._deducted)
        ours = {
            Cause.SALES: sold,
            Cause.COSTS: -net * (1 - self._margin),
            Cause.DISCOUNT: -given,
            Cause.WAITING: gross * figures.waiting_own,
            Cause.VAT: -vat * figures.vat_own,
            Cause.PENALTIES: penalties,
            Cause.HANDLING: -orders * float(deal.order_cost),
            Cause.LOSS: -self._default * gross * (1 - self._vat_share) * figures.exposed / DAYS_A_YEAR,
        }
        theirs = {
            Cause.PRICE: -their_net * price,
            Cause.DISCOUNT: gross * mix.discount * (1 - self._deducted),
            Cause.WAITING: -gross * figures.waiting_their,
            Cause.VAT: gross * self._deducted * figures.vat_their,
            Cause.PENALTIES: -penalties,
            Cause.STOCK: -self._their_money * their_net / net * (beyond * _HALF_A_YEAR + net / orders / 2),
        }
        worths = sum(ours.values()), sum(theirs.values())
        return Position(mix, mixed.drawn, figures, orders, net, price, gross, vat, their_net, ours, theirs, *worths)

    def mix(
        self, terms: PaymentTerms, invoice: float, *, orders: int | None = None, takes_discounts: bool = True
    ) -> Mix:
        """How an invoice of so much with tax is expected to be paid. orders: whose days count, if not the deal's."""
        year = self.year(orders or self.deal.orders)
        plain = plain_mix(terms, year, invoice)
        if not (terms.discounts and takes_discounts):
            return plain
        early = [early_mix(tier, terms, year, invoice) for tier in terms.discounts]
        best = max(early, key=self._their_liking)
        if self.deal.take_up_percent is not None:
            return _blend(best, plain, float(self.deal.take_up_percent) / 100)
        return best if self._their_liking(best) > self._their_liking(plain) + _SURE_TO_BE_BETTER else plain

    def figures(self, mix: Mix) -> Figures:
        """The sums of a mix."""
        paid = 1 - mix.discount
        return Figures(
            days=mix.sum_of("days"),
            exposed=mix.sum_of("exposed"),
            waiting_own=mix.sum_of("own") - paid,
            waiting_their=mix.sum_of("their") - paid,
            vat_days=mix.sum_of("vat_days"),
            vat_own=mix.sum_of("vat_own") - paid,
            vat_their=mix.sum_of("vat_their") - paid,
        )

    def _mixed(self, terms: PaymentTerms, orders: int, invoice: float) -> _Mixed:
        key = (terms, orders, invoice if _has_amounts(terms) else None)
        if key not in self._mixes:
            mix = self.mix(terms, invoice)
            drawn = mix if orders == self.deal.orders else self.mix(terms, invoice, orders=orders)
            self._mixes[key] = _Mixed(mix, drawn, self.figures(mix), *self._penalties(terms, mix, orders))
        return self._mixes[key]

    def _their_liking(self, mix: Mix) -> float:
        """Minus what a euro invoiced costs the buyer, less the tax that it deducts."""
        return -mix.sum_of("their") + self._deducted * mix.sum_of("vat_their")

    def _penalties(self, terms: PaymentTerms, mix: Mix, orders: int) -> tuple[float, float]:
        deal = self.deal
        claimed = float(deal.penalties_paid_percent) / 100
        if not claimed or deal.buyer_kind is BuyerKind.CONSUMER:
            return 0.0, 0.0
        rate = float(applied_rate(penalty_owed(terms.penalty, deal.buyer_kind), deal.from_day).percent) / 100
        indemnity = RECOVERY_INDEMNITY if terms.indemnity is None else terms.indemnity
        late_days, late = _late(deal)
        interest = claimed * rate * mix.may_be_late * late_days / DAYS_A_YEAR
        return interest, claimed * late * float(indemnity) * orders if mix.may_be_late > 0 else 0.0


def money(value: float) -> Decimal:
    """An amount to the cent, halves away from zero: the only place where the sums of a negotiation are rounded."""
    return rounded(value, 2)


def rounded(value: float, places: int) -> Decimal:
    """A figure to so many decimals, halves away from zero, never −0.

    A float nearest to a half is taken for the half: a millionth of the last place is below what a float sum can say.
    """
    scaled = floor(abs(value) * 10**places + 0.5 + 1e-6)
    return Decimal(scaled if value > 0 else -scaled).scaleb(-places) if scaled else Decimal(0).scaleb(-places)


def _vat_share(deal: Deal) -> float:
    """Tax in a euro with tax."""
    if deal.vat_regime is VatRegime.FRANCHISE:
        return 0.0
    return float(deal.vat_percent / (100 + deal.vat_percent))


def _orders(deal: Deal, offer: Offer, net: float) -> int:
    """Orders a year: as many as today, or as the minimum allows, and one at least."""
    if offer.minimum_order is None:
        return deal.orders
    return max(1, min(deal.orders, floor(net / float(offer.minimum_order))))


def _late(deal: Deal) -> tuple[float, float]:
    """Expected days late and probability of being late: the quartiles stand for a quarter each, the middle for half."""
    days, half = float(deal.lateness.days), float(deal.lateness.spread) / 2
    points = ((0.25, days - half), (0.5, days), (0.25, days + half))
    return sum(weight * max(0.0, late) for weight, late in points), sum(weight for weight, late in points if late > 0)


def _has_amounts(terms: PaymentTerms) -> bool:
    shares = (terms.deposit, *(part.share for part in terms.instalments))
    return any(share is not None and share.amount is not None for share in shares)


def plain_mix(terms: PaymentTerms, year: Year, invoice: float, within: int | None = None) -> Mix:
    """Without a discount: deposit, instalments, balance; none takes more than is left.

    within: so many days after the invoice at the latest, what was due earlier as it was.
    """
    region, left = terms.next_business_day, 1.0
    parts: list[tuple[float, Leg]] = []
    deposit = 0.0
    if terms.deposit is not None:
        deposit = min(_fraction(terms.deposit, invoice), left)
        parts.append((deposit, year.at_order()))
        left -= deposit
    for part in terms.instalments:
        share = min(_fraction(part.share, invoice), left)
        parts.append((share, year.after(part.delay, region, within)))
        left -= share
    parts.append((left, year.after(terms.delay, region, within)))
    return Mix(tuple(parts), discount=0.0, may_be_late=1 - deposit if within is None else 0.0)


def early_mix(tier: DiscountTier, terms: PaymentTerms, year: Year, invoice: float) -> Mix:
    """On the last day that earns the discount, which is on the whole and taken off the balance."""
    *kept, (balance, leg) = plain_mix(terms, year, invoice, tier.days).parts
    discount = min(float(tier.percent) / 100, balance)
    return Mix((*kept, (balance - discount, leg)), discount, may_be_late=0.0)


def _blend(one: Mix, other: Mix, weight: float) -> Mix:
    parts = (
        *((share * weight, leg) for share, leg in one.parts),
        *((share * (1 - weight), leg) for share, leg in other.parts),
    )
    late = one.may_be_late * weight + other.may_be_late * (1 - weight)
    return Mix(parts, one.discount * weight + other.discount * (1 - weight), late)


def _fraction(share: Share, invoice: float) -> float:
    return float(share.amount) / invoice if share.amount is not None else float(share.fraction)
