"""Deals and offers for tests, in words and at random."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from reglo.core.negotiation import Band, Deal, Lateness, Offer
from reglo.core.parties import VatRegime
from reglo.core.terms import Delay, DiscountTier, EndOfMonth, Part, PaymentTerms, Share

NEW_YEAR = date(2026, 1, 1)


def band(likely: str, low: str | None = None, high: str | None = None) -> Band:
    """A cost of money, known for sure unless low and high are given."""
    return Band(Decimal(low or likely), Decimal(likely), Decimal(high or likely))


def an_offer(days: int = 30, *, discount: tuple[str, int] | None = None, price: str = "0", **terms: Any) -> Offer:
    """So many days net; discount: percent and days."""
    tiers = (DiscountTier(percent=Decimal(discount[0]), days=discount[1]),) if discount else ()
    written = PaymentTerms(delay=Delay(days=days), discounts=tiers, **terms)
    return Offer(terms=written, price_percent=Decimal(price))


def a_deal(**given: Any) -> Deal:
    """120,000 EUR a year, 20 % VAT on debits, 25 % margin, our money at 6 % and theirs at 3 %, 30 days today."""
    usual: dict[str, Any] = {
        "yearly_net": Decimal(120_000),
        "from_day": NEW_YEAR,
        "margin_percent": Decimal(25),
        "own_money_percent": Decimal(6),
        "their_money": band("3", "2", "5"),
        "current": an_offer(30),
    }
    return Deal(**(usual | given))


percents = st.integers(-300, 3000).map(lambda cents: Decimal(cents) / 100)
delays = st.builds(Delay, days=st.integers(0, 120), end_of_month=st.sampled_from(EndOfMonth))
shares = st.integers(1, 30).map(lambda percent: Share(percent=Decimal(percent)))
tiers = st.builds(DiscountTier, percent=st.integers(1, 500).map(lambda c: Decimal(c) / 100), days=st.integers(0, 40))
terms = st.builds(
    PaymentTerms,
    delay=delays,
    deposit=st.none() | shares,
    instalments=st.lists(st.builds(Part, share=shares, delay=delays), max_size=2).map(tuple),
    discounts=st.lists(tiers, max_size=2).map(tuple),
)
offers = st.builds(
    Offer,
    terms=terms,
    price_percent=st.integers(-10, 10).map(Decimal),
    volume=st.none() | st.integers(50_000, 300_000).map(Decimal),
    minimum_order=st.none() | st.integers(1_000, 60_000).map(Decimal),
)
bands = st.lists(percents, min_size=3, max_size=3).map(lambda three: Band(*sorted(three)))
lateness = st.builds(
    Lateness, days=st.integers(-10, 60).map(Decimal), spread=st.integers(0, 30).map(Decimal), is_known=st.just(True)
)
deals = st.builds(
    Deal,
    yearly_net=st.integers(1_000, 1_000_000).map(Decimal),
    from_day=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    margin_percent=st.integers(-20, 100).map(Decimal),
    own_money_percent=percents,
    their_money=bands,
    months=st.lists(st.integers(0, 9).map(Decimal), min_size=12, max_size=12).filter(any).map(tuple),
    orders=st.integers(1, 30),
    order_cost=st.integers(0, 80).map(Decimal),
    lead_days=st.integers(0, 90),
    vat_percent=st.sampled_from((Decimal(20), Decimal(10), Decimal("5.5"), Decimal(0))),
    vat_regime=st.sampled_from(VatRegime),
    deducts_vat=st.booleans(),
    lateness=lateness,
    default_percent=st.integers(0, 10).map(Decimal),
    penalties_paid_percent=st.sampled_from((Decimal(0), Decimal(0), Decimal(30))),
    take_up_percent=st.none() | st.integers(0, 100).map(Decimal),
    current=st.builds(Offer, terms=terms),
)
