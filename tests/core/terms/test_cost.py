from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.terms import DiscountTier, NothingGained, annual_cost
from tests.core.terms.strategies import tiers


def test_two_percent_for_twenty_days_costs_more_than_any_bank() -> None:
    cost = annual_cost(DiscountTier(percent=Decimal(2), days=10), days=30)
    assert round(cost.simple, 2) == Decimal("37.24")
    assert round(cost.compounded, 2) == Decimal("44.59")


@given(tiers, st.integers(1, 365))
def test_compounding_costs_at_least_as_much_within_a_year(tier: DiscountTier, gained: int) -> None:
    cost = annual_cost(tier, days=tier.days + gained)
    assert cost.compounded >= cost.simple * (1 - Decimal("1e-12"))
    assert cost.simple > 0


@given(tiers, st.integers(1, 300))
def test_a_discount_costs_less_the_more_days_it_gains(tier: DiscountTier, gained: int) -> None:
    shorter, longer = (annual_cost(tier, days=tier.days + each) for each in (gained, gained + 1))
    assert longer.simple < shorter.simple
    assert longer.compounded < shorter.compounded


@pytest.mark.parametrize("days", [0, 9, 10])
def test_a_discount_that_gains_no_day_has_no_cost(days: int) -> None:
    with pytest.raises(NothingGained):
        annual_cost(DiscountTier(percent=Decimal(2), days=10), days=days)
