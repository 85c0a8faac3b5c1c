"""Cents shared out."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from reglo.core.accounting import shared_out


@given(st.integers(-(10**9), 10**9), st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=20))
def test_the_parts_come_to_the_whole_and_none_is_off_by_more_than_a_cent(amount: int, weights: list[Decimal]) -> None:
    total = sum(weights, Decimal(0))
    assume(total > 0)
    parts = shared_out(amount, weights)
    assert sum(parts) == amount
    assert all(abs(part - amount * each / total) <= 1 for part, each in zip(parts, weights, strict=True))


def test_a_line_that_takes_back_has_a_part_that_takes_back() -> None:
    assert shared_out(90, [Decimal(100), Decimal(-10)]) == (100, -10)
