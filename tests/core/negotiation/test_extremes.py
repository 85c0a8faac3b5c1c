"""Whatever is asked, the answer is a figure or a refusal that names the field: never NaN, never a crash."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.errors import DomainError
from reglo.core.negotiation import (
    Band,
    Deal,
    Lateness,
    Lever,
    Levers,
    Limit,
    Measure,
    Offer,
    Wish,
    discount_band_of,
    negotiate,
    stands,
    three_scenarios,
    tornado,
    usual_levers,
    worth_of,
)
from reglo.core.parties import VatRegime
from reglo.core.terms import Delay, DiscountTier, Part, PaymentTerms, Share
from tests.core.negotiation.builders import a_deal, an_offer

ends = st.sampled_from
offers = st.builds(
    Offer,
    terms=st.builds(
        PaymentTerms,
        delay=st.builds(Delay, days=ends((0, 1, 3650))),
        deposit=ends((None, Share(amount=Decimal("0.01")), Share(amount=Decimal("1e11")), Share(percent=Decimal(49)))),
        instalments=ends(((), (Part(share=Share(percent=Decimal(50)), delay=Delay(days=3650)),))),
        discounts=ends(((), tuple(DiscountTier(percent=Decimal(each), days=3650) for each in ("0.01", "99.99")))),
    ),
    price_percent=ends((Decimal("-99.99"), Decimal(0), Decimal(1000))),
    volume=ends((None, Decimal("0.01"), Decimal(10) ** 12)),
    minimum_order=ends((None, Decimal("0.01"), Decimal(10) ** 12)),
)
money = ends((Decimal(-50), Decimal(0), Decimal(200)))
deals = st.builds(
    Deal,
    yearly_net=ends((Decimal("0.01"), Decimal(10) ** 12)),
    from_day=ends((date(1990, 1, 1), date(2024, 2, 29), date(9900, 12, 31))),
    margin_percent=ends((Decimal(-100), Decimal(0), Decimal(100))),
    own_money_percent=money,
    their_money=st.lists(money, min_size=3, max_size=3).map(lambda three: Band(*sorted(three))),
    orders=ends((1, 100_000)),
    order_cost=ends((Decimal(0), Decimal(10) ** 12)),
    lead_days=ends((0, 730)),
    vat_percent=ends((Decimal(0), Decimal(100))),
    vat_regime=ends(VatRegime),
    lateness=st.builds(
        Lateness, days=ends((Decimal(-365), Decimal(0), Decimal(3650))), spread=ends((Decimal(0), Decimal(3650)))
    ),
    default_percent=ends((Decimal(0), Decimal(100))),
    penalties_paid_percent=ends((Decimal(0), Decimal(100))),
    take_up_percent=ends((None, Decimal(0), Decimal(100))),
    current=offers,
)
FEW = Levers(delays=(Delay(days=0), Delay(days=60)), prices=(Decimal(-1),))


def figures(value: object) -> Iterator[Decimal]:
    """Every figure within a value."""
    if isinstance(value, Decimal):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from figures(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from figures(getattr(value, field.name))


@settings(max_examples=60, deadline=None)
@given(deals, offers)
def test_extremes_give_a_figure_or_a_refusal(deal: Deal, offer: Offer) -> None:
    limits = [Limit(Wish.WILL_NOT, measure, Decimal(0)) for measure in Measure]
    try:
        answer = negotiate(deal, offer, FEW)
        found = (answer, stands(offer, limits, deal), tornado(offer, deal), three_scenarios(offer, deal))
    except DomainError as refused:
        if refused.field != "rates":  # of 1990, which penalties would need
            raise
        return
    assert all(each.is_finite() for each in figures(found))
    assert answer.why.fr
    assert answer.ours.why.en


@settings(max_examples=40, deadline=None)
@given(deals, offers, ends((0, 10, 3650)))
def test_the_band_of_extremes_is_a_figure_or_a_refusal(deal: Deal, offer: Offer, within: int) -> None:
    try:
        found = discount_band_of(offer, deal, within_days=within)
    except DomainError as refused:
        if refused.field not in ("within_days", "rates"):
            raise
        return
    assert found.least.is_finite()
    assert found.most.is_finite()
    assert found.why.fr


@settings(max_examples=20, deadline=None)
@given(deals)
def test_the_usual_levers_of_extremes_can_be_moved(deal: Deal) -> None:
    try:
        levers = usual_levers(deal)
        answer = negotiate(deal, deal.current, levers)
    except DomainError as refused:
        if refused.field != "rates":
            raise
        return
    assert {move.lever for move in answer.concessions} <= set(Lever)


@pytest.mark.parametrize("months", [(Decimal(1), *(Decimal(0),) * 11), (*(Decimal(0),) * 11, Decimal("0.001"))])
def test_a_year_that_is_one_month_has_its_invoices_there(months: tuple[Decimal, ...]) -> None:
    deal = a_deal(months=months, orders=60)
    assert worth_of(an_offer(60), deal).cost == worth_of(an_offer(60), a_deal()).cost
    assert worth_of(an_offer(30), deal).exposure.after.peak > 100_000
