"""When regular reports go out, and over which days each one speaks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.reporting.rhythm import Rhythm, first_day_after, period_before

_DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("rhythm", "day", "following", "period"),
    [
        (Rhythm.WEEK, date(2026, 11, 25), date(2026, 11, 30), (date(2026, 11, 23), date(2026, 11, 29))),
        (Rhythm.MONTH, date(2026, 11, 3), date(2026, 12, 3), (date(2026, 11, 1), date(2026, 11, 30))),
        (Rhythm.MONTH, date(2026, 12, 31), date(2027, 1, 3), (date(2026, 12, 1), date(2026, 12, 31))),
        (Rhythm.QUARTER, date(2026, 11, 25), date(2027, 1, 3), (date(2026, 10, 1), date(2026, 12, 31))),
        (Rhythm.YEAR, date(2027, 1, 2), date(2027, 1, 3), (date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_a_report_goes_out_days_after_the_end_of_what_it_speaks_of(
    rhythm: Rhythm, day: date, following: date, period: tuple[date, date]
) -> None:
    assert first_day_after(rhythm, day, days_in=2) == following
    assert period_before(rhythm, following) == period


@given(st.sampled_from(Rhythm), _DAYS, st.integers(0, 27))
def test_the_periods_of_a_regular_report_follow_each_other_without_gap(rhythm: Rhythm, day: date, days_in: int) -> None:
    first = first_day_after(rhythm, day, days_in=days_in)
    second = first_day_after(rhythm, first, days_in=days_in)
    assert day < first < second
    assert period_before(rhythm, second)[0] == period_before(rhythm, first)[1] + timedelta(days=1)
    assert period_before(rhythm, first)[1] < first
