from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.dates import is_business_day
from reglo.core.plans import (
    Instalment,
    InvalidPlan,
    Payment,
    Plan,
    PlanLimits,
    PlanState,
    equal_plan,
    judge_plan,
    missing_instalment,
    require_plan,
    suggested_plan,
)

TODAY = date(2026, 3, 2)
amounts = st.decimals("10.00", "1000000", places=2)


@settings(max_examples=60)
@given(amounts, st.integers(1, 24), st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_instalments_add_up_to_the_cent_and_fall_on_days_when_banks_work(
    amount: Decimal, count: int, first: date
) -> None:
    plan = equal_plan(amount, count=count, first=first)
    assert plan.total == amount
    assert len(plan.instalments) == count
    assert all(is_business_day(each.on) for each in plan.instalments)
    assert max(each.amount for each in plan.instalments) - min(each.amount for each in plan.instalments) < Decimal(
        "0.25"
    )
    require_plan(plan, amount=amount, today=first)


def test_a_plan_in_yen_has_no_cents() -> None:
    plan = equal_plan(Decimal(1000), count=3, first=TODAY, currency="JPY")
    assert [each.amount for each in plan.instalments] == [Decimal(334), Decimal(333), Decimal(333)]


@pytest.mark.parametrize(("amount", "count"), [("0.02", 3), ("100.001", 2), ("NaN", 2), ("100", 0), ("-5", 1)])
def test_what_cannot_be_divided_is_refused(amount: str, count: int) -> None:
    with pytest.raises(InvalidPlan):
        equal_plan(Decimal(amount), count=count, first=TODAY)


@settings(max_examples=60)
@given(amounts, st.integers(1, 6))
def test_a_suggested_plan_is_within_the_limits_or_refused(amount: Decimal, count: int) -> None:
    limits = PlanLimits(first_share=Decimal("0.30"))
    try:
        plan = suggested_plan(amount, count=count, today=TODAY, limits=limits)
    except InvalidPlan:
        assert amount / count < 150  # instalments too small, since all else was chosen to fit
        return
    require_plan(plan, amount=amount, today=TODAY, limits=limits)
    assert plan.instalments[0].amount * 10 >= amount * 3 - Decimal("0.05")


def a_plan(*parts: tuple[date, str]) -> Plan:
    """A plan of these days and amounts."""
    return Plan(instalments=tuple(Instalment(day, Decimal(amount)) for day, amount in parts))


@pytest.mark.parametrize(
    "plan",
    [
        Plan(instalments=()),
        a_plan((date(2026, 3, 9), "400"), (date(2026, 4, 9), "500")),  # does not add up
        a_plan((date(2026, 3, 9), "1100"), (date(2026, 4, 9), "-100")),
        a_plan((date(2026, 4, 9), "500"), (date(2026, 3, 9), "500")),  # out of order
        a_plan((date(2026, 2, 9), "500"), (date(2026, 3, 9), "500")),  # begins in the past
        a_plan((date(2026, 3, 8), "500"), (date(2026, 4, 9), "500")),  # a Sunday
        a_plan((date(2026, 3, 9), "50"), (date(2026, 4, 9), "950")),  # too little
        a_plan((date(2026, 3, 9), "150"), (date(2026, 4, 9), "850")),  # too little first
        a_plan((date(2026, 3, 9), "500"), (date(2026, 10, 9), "500")),  # too long
        a_plan((date(2026, 4, 9), "500"), (date(2026, 5, 11), "500")),  # too late
    ],
)
def test_a_plan_outside_the_limits_is_refused(plan: Plan) -> None:
    with pytest.raises(InvalidPlan):
        require_plan(plan, amount=Decimal(1000), today=TODAY, limits=PlanLimits())


def test_a_person_may_agree_to_what_the_limits_do_not_allow() -> None:
    plan = a_plan((date(2026, 3, 9), "50"), (date(2027, 4, 9), "950"))
    require_plan(plan, amount=Decimal(1000), today=TODAY)
    with pytest.raises(InvalidPlan):
        require_plan(plan, amount=Decimal(1000), today=TODAY, limits=PlanLimits())


PLAN = a_plan((date(2026, 3, 9), "500"), (date(2026, 4, 9), "300"), (date(2026, 5, 11), "200"))


@pytest.mark.parametrize(
    ("paid", "today", "state"),
    [
        ("0", date(2026, 3, 9), PlanState.RESPECTED),
        ("499.99", date(2026, 3, 10), PlanState.LATE),
        ("499.99", date(2026, 3, 12), PlanState.LATE),
        ("499.99", date(2026, 3, 13), PlanState.BROKEN),
        ("500", date(2026, 4, 9), PlanState.RESPECTED),
        ("800", date(2026, 5, 11), PlanState.RESPECTED),  # paid ahead or on time
        ("1000", date(2026, 3, 10), PlanState.COMPLETED),
        ("1000", date(2027, 3, 10), PlanState.COMPLETED),
    ],
)
def test_a_plan_is_judged_by_what_was_paid(paid: str, today: date, state: PlanState) -> None:
    payments = [Payment(date(2026, 3, 1), Decimal(paid))]
    assert judge_plan(PLAN, payments=payments, today=today) is state


def test_what_is_paid_later_does_not_count_yet() -> None:
    payments = [Payment(date(2026, 3, 20), Decimal(1000))]
    assert judge_plan(PLAN, payments=payments, today=date(2026, 3, 19)) is PlanState.BROKEN
    assert judge_plan(PLAN, payments=payments, today=date(2026, 3, 20)) is PlanState.COMPLETED


@given(st.decimals("0", "1000", places=2), st.integers(0, 120))
def test_paying_more_never_makes_a_plan_worse(paid: Decimal, days: int) -> None:
    order = [PlanState.BROKEN, PlanState.LATE, PlanState.RESPECTED, PlanState.COMPLETED]
    today = TODAY + timedelta(days=days)
    less, more = (
        judge_plan(PLAN, payments=[Payment(TODAY, amount)], today=today) for amount in (paid, paid + Decimal(50))
    )
    assert order.index(less) <= order.index(more)


def test_what_is_missing_is_told_with_its_day() -> None:
    assert missing_instalment(PLAN, Decimal(650)) == Instalment(date(2026, 4, 9), Decimal(150))
    assert missing_instalment(PLAN, Decimal(1000)) is None
