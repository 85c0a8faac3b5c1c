from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.negotiation import (
    Deal,
    Lateness,
    UnusableDeal,
    discount_band,
    discount_band_of,
    their_worth_of,
    worth_of,
)
from reglo.core.parties import VatRegime
from reglo.core.terms import DiscountTier, Share, annual_cost
from tests.core.negotiation.builders import a_deal, an_offer, band, deals

rates = st.integers(1, 3000).map(lambda cents: Decimal(cents) / 100)


def a_band(days: int, own: str, their: str) -> tuple[Decimal, Decimal]:
    found = discount_band(Decimal(days), own_money_percent=Decimal(own), their_money_percent=Decimal(their))
    return found.least, found.most


def test_the_band_lies_between_the_two_costs_of_money() -> None:
    # 1 − 1.03 ^ (−30/365) and 1 − 1.06 ^ (−30/365)
    assert a_band(30, own="6", their="3") == (Decimal("0.2427"), Decimal("0.4778"))


@given(rates, st.integers(1, 365))
def test_the_band_closes_where_money_costs_both_the_same(rate: Decimal, days: int) -> None:
    found = discount_band(Decimal(days), own_money_percent=rate, their_money_percent=rate)
    assert found.least == found.most
    assert not found.is_open


@given(rates, rates, st.integers(1, 365))
def test_the_band_is_open_where_our_money_is_the_dearer(own: Decimal, their: Decimal, days: int) -> None:
    found = discount_band(Decimal(days), own_money_percent=own, their_money_percent=their)
    assert found.least <= found.most if own >= their else found.least >= found.most


@given(rates, st.integers(1, 365))
def test_the_band_says_what_the_yearly_cost_of_a_discount_says(rate: Decimal, days: int) -> None:
    most = discount_band(Decimal(days), own_money_percent=rate, their_money_percent=Decimal(0)).most
    if most > Decimal("0.1"):
        yearly = annual_cost(DiscountTier(percent=most, days=0), days=days).compounded
        assert abs(yearly - rate) < rate / 100 + Decimal("0.05")


@settings(max_examples=40, deadline=None)
@given(rates, rates, st.integers(1, 120), st.integers(1, 60))
def test_without_tax_the_sums_of_the_year_agree_with_the_closed_form(
    own: Decimal, their: Decimal, within: int, later: int
) -> None:
    offer = an_offer(within + later)
    deal = a_deal(own_money_percent=own, their_money=band(str(their)), vat_regime=VatRegime.FRANCHISE, current=offer)
    closed = discount_band(Decimal(later), own_money_percent=own, their_money_percent=their)
    assert discount_band_of(offer, deal, within_days=within) == replace(closed, days=Decimal(later))


@settings(max_examples=60, deadline=None)
@given(deals, st.integers(0, 20), st.integers(1, 60), st.integers(-200, 400))
def test_a_discount_within_the_band_helps_both_and_one_outside_does_not(
    deal: Deal, within: int, later: int, place: int
) -> None:
    """place: percent of the way from the least to the most."""
    plain = an_offer(within + later + 11)
    deal = replace(deal, current=plain, default_percent=Decimal(0), penalties_paid_percent=Decimal(0))
    deal = replace(deal, take_up_percent=Decimal(100), vat_regime=VatRegime.DEBITS, yearly_net=Decimal(10) ** 9)
    found = discount_band_of(plain, deal, within_days=within)
    percent = found.least + (found.most - found.least) * place / 100
    on_the_edge = min(abs(percent - found.least), abs(percent - found.most)) < Decimal("0.001")
    if on_the_edge or not 0 < percent < 100:
        return
    offer = an_offer(within + later + 11, discount=(str(percent), within))
    assert (worth_of(offer, deal).gain > 0) == (percent < found.most)
    assert (their_worth_of(offer, deal).gain > 0) == (percent > found.least)


def test_tax_and_habit_widen_what_early_payment_is_worth() -> None:
    late = a_deal(lateness=Lateness(days=Decimal(20), is_known=True))
    assert discount_band_of(an_offer(30), a_deal(), within_days=0).most == Decimal("0.5727")
    assert discount_band_of(an_offer(30), late, within_days=0).days == 50
    assert discount_band_of(an_offer(30), a_deal(), within_days=0).why.fr.startswith(
        "Pour 30 jours gagnés, un escompte"
    )


def test_a_deposit_leaves_less_for_a_discount_to_bring_forward() -> None:
    deal = a_deal(lead_days=10)
    half = an_offer(30, deposit=Share(percent=Decimal(50)))
    assert discount_band_of(half, deal, within_days=0).most < discount_band_of(an_offer(30), deal, within_days=0).most


def test_a_closed_band_says_so() -> None:
    found = discount_band(Decimal(30), own_money_percent=Decimal(2), their_money_percent=Decimal(8))
    assert found.why.en.endswith("no discount helps both.")


@pytest.mark.parametrize("days", ["0", "-3", "NaN", "99999"])
def test_payment_that_is_not_earlier_has_no_band(days: str) -> None:
    with pytest.raises(UnusableDeal):
        discount_band(Decimal(days), own_money_percent=Decimal(6), their_money_percent=Decimal(3))


@pytest.mark.parametrize("rate", ["NaN", "-100", "1000"])
def test_a_rate_that_cannot_be_has_no_band(rate: str) -> None:
    with pytest.raises(UnusableDeal):
        discount_band(Decimal(30), own_money_percent=Decimal(rate), their_money_percent=Decimal(3))


def test_payment_no_earlier_than_expected_has_no_band() -> None:
    with pytest.raises(UnusableDeal) as refused:
        discount_band_of(an_offer(30), a_deal(), within_days=30)
    assert refused.value.field == "within_days"


def test_payment_that_the_tax_outweighs_has_no_band() -> None:
    deal = a_deal(own_money_percent=Decimal(200), vat_percent=Decimal(100))
    with pytest.raises(UnusableDeal):
        discount_band_of(an_offer(2000), deal, within_days=1900)
