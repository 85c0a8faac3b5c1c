"""The gains of an offer by brute force: every invoice, every euro, day by day, from the schedule of the terms alone.

It shares with the code the days of the representative invoices and nothing else of the sums.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import floor

from reglo.core.interest.penalties import applied_rate, penalty_owed
from reglo.core.negotiation import Deal, Offer
from reglo.core.negotiation.year import invoice_days
from reglo.core.parties import VatRegime
from reglo.core.terms import due_dates


@dataclass(frozen=True)
class Paid:
    """A part of an invoice as it is paid."""

    on: date
    amount: float  #: with tax
    is_late: bool  #: may be late


def gains(offer: Offer, deal: Deal) -> tuple[float, float]:
    """Ours and theirs a year, against today's terms."""
    after, before = _worths(offer, deal), _worths(deal.current, deal)
    return after[0] - before[0], after[1] - before[1]


def _worths(offer: Offer, deal: Deal) -> tuple[float, float]:
    net = float(max(deal.yearly_net, offer.volume or deal.yearly_net))
    orders = deal.orders
    if offer.minimum_order is not None:
        orders = max(1, min(orders, floor(net / float(offer.minimum_order))))
    days = invoice_days(deal, deal.orders)
    price = 1 + float(offer.price_percent) / 100
    tax = 0.0 if deal.vat_regime is VatRegime.FRANCHISE else float(deal.vat_percent) / 100
    gross = net * price * (1 + tax) / len(days)
    options = [[_plain(offer, deal, day, gross) for day in days]]
    options += [
        [_early(options[0][place], tier.days, float(tier.percent) / 100 * gross, day) for place, day in enumerate(days)]
        for tier in offer.terms.discounts
    ]
    each = [_of_option(option, days, gross, tax, deal) for option in options]
    ours, theirs = _taken(each, deal)
    late_days, late = _lateness(deal)
    ours += net * price - net * (1 - float(deal.margin_percent) / 100) - orders * float(deal.order_cost)
    tax_borne = 1 if deal.deducts_vat else 1 + tax
    theirs -= net * (price - 1) * tax_borne
    beyond = net - float(deal.yearly_net)
    theirs -= float(deal.their_money.likely) / 100 * (beyond / 2 + net / orders / 2) * tax_borne
    if deal.penalties_paid_percent:
        claimed = float(deal.penalties_paid_percent) / 100
        rate = float(applied_rate(penalty_owed(offer.terms.penalty, deal.buyer_kind), deal.from_day).percent) / 100
        may_be_late = _taken_late(options, each, deal)
        penalties = claimed * (rate * may_be_late * late_days / 365)
        if may_be_late > 0:
            penalties += claimed * late * float(offer.terms.indemnity or 40) * orders
        ours, theirs = ours + penalties, theirs - penalties
    return ours, theirs


def _lateness(deal: Deal) -> tuple[float, float]:
    days, half = float(deal.lateness.days), float(deal.lateness.spread) / 2
    points = [days - half, days, days, days + half]
    return sum(max(0.0, point) for point in points) / 4, sum(point > 0 for point in points) / 4


def _plain(offer: Offer, deal: Deal, day: date, gross: float) -> list[Paid]:
    """Amounts as the schedule has them, scaled up so that its rounding to the cent does not show."""
    scale = 10**6
    late = timedelta(days=floor(float(deal.lateness.days) + 0.5))
    planned = due_dates(
        offer.terms,
        invoice_date=day,
        gross=Decimal(str(round(gross * scale))),
        order_date=day - timedelta(days=deal.lead_days),
    )
    paid = []
    for place, each in enumerate(planned):
        amount = float(each.amount or 0) / scale
        if place == 0 and offer.terms.deposit is not None:
            paid.append(Paid(each.date, amount, is_late=False))
        else:
            paid.append(Paid(max(day, each.date + late), amount, is_late=True))
    return paid


def _early(plain: list[Paid], days: int, discount: float, day: date) -> list[Paid]:
    last = day + timedelta(days=days)
    *before, balance = [Paid(min(each.on, last), each.amount, is_late=False) for each in plain]
    return [*before, Paid(balance.on, balance.amount - min(discount, balance.amount), is_late=False)]


def _of_option(
    option: list[list[Paid]], days: tuple[date, ...], gross: float, tax: float, deal: Deal
) -> tuple[float, float, float]:
    """Ours and theirs against payment of all on the invoice, and what it costs the buyer."""
    ours = theirs = liking = 0.0
    for day, parts in zip(days, option, strict=True):
        vat_share = tax / (1 + tax)
        deducted = vat_share if deal.deducts_vat else 0.0
        net_paid = 0.0
        for paid in parts:
            net_paid += paid.amount * (1 - vat_share)
            own = _discounted(paid, vat_share, day, float(deal.own_money_percent) / 100, deal)
            their = _discounted(paid, deducted, day, float(deal.their_money.likely) / 100, deal)
            ours += own - paid.amount * (1 - vat_share)
            theirs -= their - paid.amount * (1 - deducted)
            liking -= their
            exposed = max(0, (paid.on - day).days)
            ours -= float(deal.default_percent) / 100 * paid.amount * (1 - vat_share) * exposed / 365
        given = gross * (1 - vat_share) - net_paid
        ours, theirs = ours - given, theirs + given / (1 - vat_share) * (1 - deducted)
    return ours, theirs, liking


def _discounted(paid: Paid, vat_share: float, day: date, rate: float, deal: Deal) -> float:
    """A payment less the tax in it, on the day of the invoice."""
    due = paid.on if deal.vat_regime is VatRegime.RECEIPTS else min(day, paid.on)
    month = due.month % 12 + 1
    settled = date(due.year + (due.month == 12), month, deal.vat_day)
    gross = paid.amount * (1 + rate) ** (-(paid.on - day).days / 365)
    return gross - paid.amount * vat_share * (1 + rate) ** (-(settled - day).days / 365)


def _taken(each: list[tuple[float, float, float]], deal: Deal) -> tuple[float, float]:
    plain, early = each[0], each[1:]
    if not early:
        return plain[0], plain[1]
    best = max(early, key=lambda option: option[2])
    weight = _weight(best[2], plain[2], deal)
    return plain[0] + weight * (best[0] - plain[0]), plain[1] + weight * (best[1] - plain[1])


def _weight(best: float, plain: float, deal: Deal) -> float:
    if deal.take_up_percent is not None:
        return float(deal.take_up_percent) / 100
    return float(best > plain)


def _taken_late(options: list[list[list[Paid]]], each: list[tuple[float, float, float]], deal: Deal) -> float:
    """Euros a year to which lateness applies."""
    late = [sum(paid.amount for parts in option for paid in parts if paid.is_late) for option in options]
    if len(options) == 1:
        return late[0]
    best = max(range(1, len(options)), key=lambda place: each[place][2])
    return late[0] + _weight(each[best][2], each[0][2], deal) * (late[best] - late[0])
