from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reglo.core.habit import Settled, habit_of


def settled(delays: list[int], first: date = date(2024, 1, 15), apart: int = 30, amount: str = "100") -> list[Settled]:
    """Invoices so many days apart, each paid so many days late."""
    days = [first + timedelta(days=apart * place) for place in range(len(delays))]
    return [
        Settled(due=day, paid=day + timedelta(days=delay), amount=Decimal(amount))
        for day, delay in zip(days, delays, strict=True)
    ]


def test_two_payments_are_no_habit() -> None:
    assert habit_of(settled([3, 4])) is None


def test_a_habit_is_the_median_and_the_quartiles() -> None:
    habit = habit_of(settled([0, 10, 20, 30, 400]))
    assert habit is not None
    assert (habit.median, habit.lower, habit.upper, habit.spread) == (20, 10, 30, 20)
    assert habit.trend is None


def test_large_amounts_weigh_more_in_the_delay_of_a_euro() -> None:
    habit = habit_of([*settled([0, 0, 0]), *settled([40], amount="900")])
    assert habit is not None
    assert (habit.median, habit.weighted) == (0, 30)


def test_a_delay_that_grows_is_a_trend() -> None:
    habit = habit_of(settled([0, 1, 0, 1, 20, 21, 20, 21]))
    assert habit is not None
    assert habit.trend == 20


def test_a_month_that_is_slow_every_year_is_a_season_and_once_is_chance() -> None:
    augusts = [each for year in (2023, 2024) for each in settled([30, 31], date(year, 8, 1), apart=5)]
    once = settled([90, 90, 90], date(2024, 12, 1), apart=2)
    others = [each for year in (2023, 2024) for each in settled([0] * 5, date(year, 3, 1), apart=3)]
    habit = habit_of([*augusts, *once, *others])
    assert habit is not None
    assert set(habit.months) == {3, 8}
    assert habit.months[8] - habit.months[3] == Decimal("30.5")


@given(st.lists(st.integers(-60, 400), min_size=3, max_size=40), st.randoms())
def test_a_habit_does_not_depend_on_the_order_and_lies_within_what_was_seen(delays: list[int], random) -> None:  # type: ignore[no-untyped-def]  # random.Random
    known = settled(delays)
    habit = habit_of(known)
    random.shuffle(known)
    assert habit == habit_of(known)
    assert habit is not None
    assert min(delays) <= habit.lower <= habit.median <= habit.upper <= max(delays)
    assert min(delays) - 1 < habit.weighted < max(delays) + 1
