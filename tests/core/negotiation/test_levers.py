"""The levers, and the offers that they make together."""

from decimal import Decimal

from reglo.core.negotiation import Levers, Offer, offers_of
from reglo.core.terms import Delay, DiscountTier, EndOfMonth, PaymentTerms

TIER = DiscountTier(percent=Decimal(2), days=10)


def test_a_discount_is_offered_only_for_paying_before_it_is_due() -> None:
    base = Offer(terms=PaymentTerms(delay=Delay(days=30)))
    month = Delay(days=0, end_of_month=EndOfMonth.AFTER_DAYS)
    levers = Levers(delays=(Delay(days=0), Delay(days=10), Delay(days=15), month), discounts=((), (TIER,)))
    made = {(offer.terms.delay, bool(offer.terms.discounts)) for offer in offers_of(levers, base)}
    assert {delay.days for delay, has_discount in made if has_discount and delay != month} == {15, 30}
    assert (month, True) in made
    assert {delay for delay, has_discount in made if not has_discount} == {*levers.delays, base.terms.delay}
