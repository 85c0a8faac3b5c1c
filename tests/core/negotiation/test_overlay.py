"""A deal laid over the treasury of the firm."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reglo.core.negotiation import Flow, FlowKind, lowest_with

FIRST = date(2026, 1, 1)
amounts = st.decimals(-(10**9), 10**9, places=2)
flows = st.builds(
    Flow, st.dates(FIRST - timedelta(days=5), FIRST + timedelta(days=20)), amounts, st.sampled_from(FlowKind)
)


def _curve(*balances: int) -> list[tuple[date, Decimal]]:
    return [(FIRST + timedelta(days=place), Decimal(each)) for place, each in enumerate(balances)]


def _flow(place: int, amount: int) -> Flow:
    return Flow(FIRST + timedelta(days=place), Decimal(amount), FlowKind.PAYMENT)


def test_what_comes_later_makes_the_lowest_point_lower() -> None:
    curve = _curve(100, 40, 60, 90)
    before, after = lowest_with(curve, [_flow(0, -30), _flow(2, 80)]), lowest_with(curve, [_flow(0, -30), _flow(3, 80)])
    assert before is not None
    assert after is not None
    assert (before.day, before.amount) == (FIRST + timedelta(days=1), Decimal(10))
    assert before.working.en == "€40 foreseen on that day − €30 that the deal brings or takes until then"
    assert after.amount == Decimal(10)
    later = lowest_with(curve, [_flow(0, -30), _flow(1, -25)])
    assert later is not None
    assert later.amount == Decimal(-15)


@given(st.lists(amounts, min_size=1, max_size=10), st.lists(flows, max_size=8))
def test_it_is_the_lowest_of_all_days_worked_out_one_by_one(balances: list[Decimal], moved: list[Flow]) -> None:
    curve = [(FIRST + timedelta(days=place), each) for place, each in enumerate(balances)]
    low = lowest_with(curve, moved)
    assert low is not None
    assert low.amount == min(
        balance + sum((each.amount for each in moved if each.day <= day), Decimal(0)) for day, balance in curve
    )


def test_where_nothing_is_foreseen_there_is_no_lowest_point() -> None:
    assert lowest_with([], [_flow(0, 1)]) is None
