"""Months of a period, and their labels below a drawing."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reglo.reporting.periods import chart_labels, months_within

_DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(_DAYS, _DAYS)
def test_months_follow_each_other_and_cover_just_the_period(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    months = months_within(start, end)
    assert (months[0].start, months[-1].end) == (start, end)
    assert all((after.start - before.end).days == 1 for before, after in pairwise(months))
    assert all(month.start.replace(day=1) == month.end.replace(day=1) for month in months)


@given(_DAYS, st.integers(0, 3000))
def test_at_most_twelve_months_are_named_below_a_drawing_the_last_one_always(start: date, days: int) -> None:
    labels = chart_labels(months_within(start, date.fromordinal(start.toordinal() + days)))
    assert labels[-1]
    assert 1 <= sum(bool(label) for label in labels) <= 12
