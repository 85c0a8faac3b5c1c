import doctest
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.habit import Settled
from reglo.core.metrics import (
    OpenAmount,
    PeriodSales,
    age,
    ageing,
    average_days_late,
    best_possible_dso,
    collecting,
    collection_effectiveness,
    count_back_dso,
    disputed_share,
    outstanding,
    promises_kept,
    simple_dso,
)

TODAY = date(2026, 3, 31)
amounts = st.integers(0, 10**10).map(lambda cents: Decimal(cents).scaleb(-2))
any_amounts = st.integers(-(10**10), 10**10).map(lambda cents: Decimal(cents).scaleb(-2))
days_of = st.dates(date(2024, 1, 1), date(2028, 1, 1))
open_amounts = st.lists(st.builds(OpenAmount, any_amounts, st.none() | days_of), max_size=20)
periods = st.lists(st.builds(PeriodSales, any_amounts, st.integers(1, 92)), max_size=15)


@pytest.mark.parametrize("module", [ageing, collecting, outstanding])
def test_the_worked_examples_are_right(module: object) -> None:
    outcome = doctest.testmod(module)  # type: ignore[arg-type]  # a module
    assert outcome.attempted > 0
    assert outcome.failed == 0


@pytest.mark.parametrize(
    ("late", "place"), [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)]
)
def test_a_bucket_holds_its_last_day(late: int, place: int) -> None:
    buckets = age([OpenAmount(Decimal(7), TODAY - timedelta(days=late))], TODAY)
    assert [bucket.count for bucket in buckets] == [int(each == place) for each in range(5)]


def test_buckets_say_what_they_are() -> None:
    assert [(bucket.first, bucket.last) for bucket in age([], TODAY)] == [
        (None, None),
        (1, 30),
        (31, 60),
        (61, 90),
        (91, None),
    ]
    assert [(bucket.first, bucket.last) for bucket in age([], TODAY, ())] == [(None, None), (1, None)]


@pytest.mark.parametrize("bounds", [(0, 30), (30, 30), (60, 30), (-1,)])
def test_bounds_grow(bounds: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="grow"):
        age([], TODAY, bounds)


@given(open_amounts, st.lists(st.integers(1, 400), unique=True, max_size=6).map(sorted))
def test_buckets_come_to_what_is_owed(them: list[OpenAmount], bounds: list[int]) -> None:
    buckets = age(them, TODAY, bounds)
    assert len(buckets) == len(bounds) + 2
    assert sum(bucket.amount for bucket in buckets) == sum(each.amount for each in them)
    assert sum(bucket.count for bucket in buckets) == len(them)


@given(open_amounts)
def test_what_is_not_late_is_the_first_bucket(them: list[OpenAmount]) -> None:
    assert age(them, TODAY)[0].amount == sum(each.amount for each in them if each.due is None or each.due >= TODAY)


@given(any_amounts, any_amounts, st.integers(-1, 400))
def test_dso_is_none_without_sales_and_never_below_zero(owed: Decimal, sales: Decimal, days: int) -> None:
    dso = simple_dso(owed, sales, days)
    assert (dso is None) == (sales <= 0 or days <= 0)
    assert dso is None or dso >= 0


@given(any_amounts, periods)
def test_counting_back_ends_within_the_periods(owed: Decimal, sales: list[PeriodSales]) -> None:
    dso = count_back_dso(owed, sales)
    assert (dso is None) == (owed > sum(max(period.amount, Decimal(0)) for period in sales))
    assert dso is None or 0 <= dso <= sum(period.days for period in sales)


@given(amounts, amounts, st.lists(st.builds(PeriodSales, amounts, st.integers(1, 92)), max_size=15))
def test_more_owed_is_never_fewer_days(owed: Decimal, more: Decimal, sales: list[PeriodSales]) -> None:
    before, after = count_back_dso(owed, sales), count_back_dso(owed + more, sales)
    assert after is None or (before is not None and before <= after)


@given(st.integers(1, 10**6), st.lists(st.integers(1, 92), min_size=1, max_size=12), st.fractions(0, 1))
def test_with_even_sales_both_methods_agree(a_day: int, lengths: list[int], part: object) -> None:
    sales = [PeriodSales(Decimal(a_day * days), days) for days in lengths]
    whole = sum(lengths)
    owed = Decimal(int(part * a_day * whole))  # type: ignore[operator]  # a fraction
    simple, counted = simple_dso(owed, Decimal(a_day * whole), whole), count_back_dso(owed, sales)
    assert simple is not None
    assert counted is not None
    assert abs(simple - counted) < Decimal("0.000001")


def test_a_strong_last_month_does_not_raise_the_count_back() -> None:
    """All that was sold last month is open and nothing else: 31 days, whatever the size of the month."""
    quiet, strong = PeriodSales(Decimal(100), 31), PeriodSales(Decimal(500), 31)
    before = [PeriodSales(Decimal(100), 30)] * 2
    assert count_back_dso(Decimal(100), [quiet, *before]) == count_back_dso(Decimal(500), [strong, *before]) == 31
    assert simple_dso(Decimal(500), Decimal(700), 91) > simple_dso(Decimal(100), Decimal(300), 91)  # type: ignore[operator]  # both have sales


@given(amounts, amounts, amounts.filter(bool))
def test_the_best_possible_dso_is_no_more_than_the_dso(not_due: Decimal, late: Decimal, sales: Decimal) -> None:
    best, dso = best_possible_dso(not_due, sales, 90), simple_dso(not_due + late, sales, 90)
    assert best is not None
    assert dso is not None
    assert best <= dso


settled = st.lists(st.builds(Settled, due=days_of, paid=days_of, amount=amounts), max_size=20)


@given(settled)
def test_days_late_are_between_none_and_the_latest(them: list[Settled]) -> None:
    late = average_days_late(them)
    assert (late is None) == (not any(each.amount for each in them))
    assert late is None or 0 <= late <= max(0, *(each.delay for each in them), 0)


@given(amounts, amounts, amounts, amounts)
def test_the_cei_is_one_where_nothing_is_late(before: Decimal, sales: Decimal, not_due: Decimal, late: Decimal) -> None:
    index = collection_effectiveness(owed_before=before, sales=sales, owed_after=not_due + late, not_due_after=not_due)
    assert (index is None) == (before + sales <= not_due)
    if index is not None:
        assert index <= 1
        assert late or index == 1


def test_shares_of_nothing_are_none() -> None:
    assert disputed_share(Decimal(5), Decimal(0)) is None
    assert disputed_share(Decimal(0), Decimal(-3)) is None
    assert promises_kept(0, 0) is None
    assert promises_kept(0, 4) == 0
    assert average_days_late([]) is None
    assert count_back_dso(Decimal(1), []) is None
    assert count_back_dso(Decimal(0), []) == 0


def test_a_month_of_credit_notes_counts_with_all_its_days() -> None:
    months = [PeriodSales(Decimal(-50), 30), PeriodSales(Decimal(100), 31)]
    assert count_back_dso(Decimal(100), months) == 61
