from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.forecast import InvalidChance, Outlook
from reglo.core.forecast.outlook import in_rhythm, promised, still_possible
from reglo.core.forecast.spread import LEVELS
from tests.core.forecast.builders import TODAY

days_ahead = st.lists(st.integers(0, 500), min_size=8, max_size=LEVELS).map(sorted)
errors = st.lists(st.floats(-6, 30), min_size=LEVELS, max_size=LEVELS).map(sorted)


@settings(max_examples=30)
@given(days_ahead, st.lists(st.floats(0.01, 5), min_size=300, max_size=300))
def test_a_distribution_is_256_of_the_possible_days_in_order(days: list[int], weights: list[float]) -> None:
    found = in_rhythm(days, weights)
    assert len(found) == LEVELS
    assert list(found) == sorted(found)
    assert set(found) <= set(days)


@settings(max_examples=30)
@given(days_ahead)
def test_chances_add_up_to_one_and_rise_with_the_days(days: list[int]) -> None:
    outlook = Outlook(TODAY, in_rhythm(days, []))
    chances = outlook.chances()
    assert sum(chances.values()) == 1
    assert list(chances) == sorted(chances)
    assert outlook.by_chance(0.1) <= outlook.expected_day <= outlook.by_chance(0.9)
    assert outlook.chance_by(max(chances)) == 1
    assert outlook.chance_by(TODAY - timedelta(days=1)) == 0


@pytest.mark.parametrize("chance", [0, 1, -0.5, 2, float("nan")])
def test_a_chance_that_is_none_is_refused(chance: float) -> None:
    with pytest.raises(InvalidChance):
        Outlook(TODAY, (0,) * LEVELS).by_chance(chance)


@settings(max_examples=50)
@given(errors, st.floats(-5000, 5000), st.floats(0.5, 200), st.integers(-60, 6000), st.booleans())
def test_what_is_over_is_not_possible_whatever_the_past(
    told: list[float], middle: float, scale: float, late: int, is_new: bool
) -> None:
    left, _ = still_possible(told, middle=middle, scale=scale, days_late=late, is_new=is_new)
    assert left
    assert left == sorted(left)
    assert 0 <= left[0] <= left[-1] <= 3650


def test_the_later_it_is_the_longer_it_may_still_take() -> None:
    told = [place / 100 for place in range(-128, 128)]
    middle = {
        late: still_possible(told, middle=-late, scale=10, days_late=late, is_new=False)[0][128] for late in (60, 600)
    }
    assert 15 < middle[60] < 30
    assert 150 < middle[600] < 300


@settings(max_examples=50)
@given(days_ahead, st.integers(0, 100), st.floats(0, 1))
def test_a_promise_moves_mass_to_its_day(days: list[int], on: int, kept: float) -> None:
    before = in_rhythm(days, [])
    after = promised(before, on=on, kept=kept)
    assert len(after) == LEVELS
    assert list(after) == sorted(after)
    assert after.count(on) >= round(kept * LEVELS)
    assert set(after) <= {*before, on}


def test_a_promise_surely_kept_leaves_nothing_else_and_one_never_kept_changes_nothing() -> None:
    before = tuple(range(LEVELS))
    assert promised(before, on=3, kept=1) == (3,) * LEVELS
    assert promised(before, on=3, kept=0) == before


def test_a_day_without_weight_gets_nothing() -> None:
    found = in_rhythm(list(range(10)), [1, 1, 0, 1, 1, 1, 1, 1, 1, 1])
    assert 2 not in found
    assert {found.count(day) for day in (0, 1, 3, 9)} <= {28, 29}
