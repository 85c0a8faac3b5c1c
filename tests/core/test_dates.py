from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.dates import (
    HalfYear,
    Region,
    add_months,
    end_of_decade,
    end_of_month,
    is_business_day,
    next_business_day,
    on_or_after,
)

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(days)
def test_the_day_after_the_end_of_a_month_is_the_first_of_the_next(day: date) -> None:
    after = end_of_month(day) + timedelta(days=1)
    assert after.day == 1
    assert end_of_month(day) >= day


@given(days, st.integers(-600, 600))
def test_months_move_the_month_and_keep_the_day_where_they_can(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == min(day.day, end_of_month(moved).day)


@given(days, st.integers(1, 31))
def test_a_day_of_the_month_is_the_first_one_that_has_not_passed(day: date, number: int) -> None:
    found = on_or_after(day, number)
    assert found >= day
    assert found.day == min(number, end_of_month(found).day)
    assert not any(
        on.day == min(number, end_of_month(on).day)
        for on in (day + timedelta(days=n) for n in range((found - day).days))
    )


@pytest.mark.parametrize(
    ("day", "end"),
    [(date(2026, 3, 1), 10), (date(2026, 3, 10), 10), (date(2026, 3, 11), 20), (date(2026, 3, 21), 31)],
)
def test_a_month_has_three_decades(day: date, end: int) -> None:
    assert end_of_decade(day) == date(2026, 3, end)


def test_good_friday_and_saint_stephen_are_days_off_in_alsace_moselle_only() -> None:
    for day in (date(2026, 4, 3), date(2025, 12, 26)):
        assert is_business_day(day)
        assert not is_business_day(day, Region.ALSACE_MOSELLE)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 1), date(2026, 5, 4)),  # Labour Day, a Friday
        (date(2026, 5, 14), date(2026, 5, 15)),  # Ascension, a Thursday
        (date(2026, 5, 25), date(2026, 5, 26)),  # Whit Monday
        (date(2026, 7, 14), date(2026, 7, 15)),
        (date(2026, 7, 15), date(2026, 7, 15)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_a_day_off_gives_way_to_the_next_business_day(day: date, expected: date) -> None:
    assert next_business_day(day) == expected


@given(days)
def test_half_years_follow_each_other_without_a_gap(day: date) -> None:
    half_year = HalfYear.of(day)
    assert half_year.first_day <= day <= half_year.last_day
    assert half_year.last_day + timedelta(days=1) == half_year.following.first_day
    assert half_year < half_year.following
    assert HalfYear.parse(str(half_year)) == half_year


@pytest.mark.parametrize("text", ["2026", "2026-3", "2026-0", "x-1", ""])
def test_what_is_no_half_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        HalfYear.parse(text)
