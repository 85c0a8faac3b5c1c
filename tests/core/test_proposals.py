from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.dates import next_business_day
from reglo.core.plans import equal_plan
from reglo.core.proposals import (
    Debt,
    InvalidProposal,
    cost_of,
    discount_proposal,
    later_date_proposal,
    plan_proposal,
    split_proposal,
    waiver_proposal,
)
from reglo.core.terms import BuyerKind, PaymentTerms, Penalty, PenaltyBasis

TODAY = date(2026, 3, 2)
EXPECTED = date(2026, 4, 1)  # 30 days from today
TWELVE = PaymentTerms(penalty=Penalty(basis=PenaltyBasis.FIXED, value=Decimal(12)))
DEBT = Debt(amount=Decimal("1200.00"), vat=Decimal("200.00"), due=date(2026, 2, 2), expected_on=EXPECTED, terms=TWELVE)
TEN = Decimal(10)


def test_a_discount_for_payment_now_costs_the_discount_without_its_tax_and_gains_time() -> None:
    proposal = discount_proposal(DEBT, percent=Decimal(2), by=date(2026, 3, 6), today=TODAY)
    cost = cost_of(proposal, DEBT, money_percent=TEN)
    assert [each.amount for each in proposal.payments] == [Decimal("1176.00")]
    assert cost.discount == Decimal("20.00")  # 2 % of 1,000, the tax on it comes back
    assert cost.time_value == Decimal("-8.38")  # 1,176 × 10 % × 26 days ÷ 365
    assert cost.days == -26
    assert cost.penalties == Decimal("52.62")  # 40 €, and 1,200 × 12 % × 32 days ÷ 365
    assert cost.total == Decimal("64.24")


def test_a_plan_costs_the_time_of_each_instalment() -> None:
    plan = equal_plan(DEBT.amount, count=3, first=EXPECTED)  # 1 April, 4 May (1 May is a holiday), 1 June
    cost = cost_of(plan_proposal(plan), DEBT, money_percent=TEN)
    assert cost.time_value == Decimal("10.30")  # 400 × 10 % × (0 + 33 + 61) ÷ 365
    assert (cost.discount, cost.penalties) == (0, 0)
    assert cost.days == Decimal("31.3")
    assert cost.why.fr == "Coûte 10,30\N{NO-BREAK SPACE}€\N{NO-BREAK SPACE}; l'argent vient 31,3 jours plus tard."


def test_the_undisputed_part_now_brings_money_earlier() -> None:
    proposal = split_proposal(DEBT, disputed=Decimal(200), by=date(2026, 3, 6), today=TODAY)
    cost = cost_of(proposal, DEBT, money_percent=TEN)
    assert cost.time_value == Decimal("-7.12")  # 1,000 × 10 % × 26 ÷ 365
    assert cost.why.en.startswith("Gains €7.12")


def test_a_later_date_without_a_waiver_gives_up_no_penalties() -> None:
    kept = later_date_proposal(DEBT, on=EXPECTED, today=TODAY)
    waived = later_date_proposal(DEBT, on=EXPECTED, today=TODAY, waives_penalties=True)
    assert cost_of(kept, DEBT, money_percent=TEN).total == 0
    assert cost_of(waived, DEBT, money_percent=TEN).total == Decimal("62.88")  # 40 €, and 58 days of 12 %


def test_a_consumer_owes_no_such_penalties_so_that_nothing_is_given_up() -> None:
    consumer = Debt(amount=Decimal(100), due=TODAY, expected_on=EXPECTED, buyer_kind=BuyerKind.CONSUMER)
    cost = cost_of(waiver_proposal(consumer, by=EXPECTED, today=TODAY), consumer, money_percent=TEN)
    assert cost.penalties == 0


def test_a_rate_that_is_not_known_yet_makes_the_cost_provisional() -> None:
    debt = Debt(amount=Decimal(100), due=date(2029, 1, 1), expected_on=date(2029, 3, 1))
    proposal = waiver_proposal(debt, by=date(2029, 3, 1), today=date(2029, 2, 1))
    assert cost_of(proposal, debt, money_percent=TEN).is_provisional


@pytest.mark.parametrize("percent", ["0", "-1", "100", "NaN"])
def test_a_discount_of_nothing_or_everything_is_refused(percent: str) -> None:
    with pytest.raises(InvalidProposal):
        discount_proposal(DEBT, percent=Decimal(percent), by=date(2026, 3, 6), today=TODAY)


@pytest.mark.parametrize("disputed", ["0", "1200", "NaN"])
def test_a_split_needs_two_parts(disputed: str) -> None:
    with pytest.raises(InvalidProposal):
        split_proposal(DEBT, disputed=Decimal(disputed), by=date(2026, 3, 6), today=TODAY)


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 8), date(2026, 4, 6)])
def test_a_day_that_is_past_or_without_banks_is_refused(day: date) -> None:
    with pytest.raises(InvalidProposal):
        later_date_proposal(DEBT, on=day, today=TODAY)


@settings(max_examples=50)
@given(
    st.decimals("100", "100000", places=2), st.integers(1, 12), st.integers(0, 200), st.decimals("0", "20", places=1)
)
def test_money_that_comes_later_never_costs_less(amount: Decimal, count: int, days: int, percent: Decimal) -> None:
    debt = Debt(amount=amount, due=TODAY, expected_on=TODAY)
    costs = [
        cost_of(plan_proposal(equal_plan(amount, count=count, first=first)), debt, money_percent=percent)
        for first in (next_business_day(TODAY + timedelta(days=days)), next_business_day(TODAY + timedelta(days=250)))
    ]
    assert costs[0].time_value <= costs[1].time_value
    assert costs[0].days <= costs[1].days
    assert costs[0].time_value >= 0
