from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.forecast.rhythm import learn_rhythm
from tests.core.forecast.builders import TODAY

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
YEAR = [TODAY + timedelta(days=each) for each in range(364)]


def test_before_anything_is_known_weekends_are_rare() -> None:
    rhythm = learn_rhythm([])
    assert rhythm.weekdays[SATURDAY] < 0.2 < rhythm.weekdays[MONDAY]


def test_who_is_paid_at_weekends_is_expected_to_be() -> None:
    rhythm = learn_rhythm(YEAR)
    assert all(0.85 < each < 1.15 for each in rhythm.weekdays)


def test_a_firm_whose_customers_pay_on_mondays_expects_mondays() -> None:
    rhythm = learn_rhythm([each for each in YEAR if each.weekday() == MONDAY] * 4)
    assert rhythm.weekdays[MONDAY] > 5
    assert max(rhythm.weekdays[1:]) < 0.3


def test_money_of_the_end_of_the_month_is_expected_there() -> None:
    month_ends = [each for each in YEAR if each.day >= 28]
    rhythm = learn_rhythm(month_ends * 5)
    assert rhythm.parts[2] > 2 > 1 > rhythm.parts[1]


@settings(max_examples=30)
@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 6, 1)), max_size=60))
def test_no_day_is_impossible_or_negative(paid_on: list[date]) -> None:
    assert all(0 < each < 100 for each in learn_rhythm(paid_on).weights(TODAY, 60))
