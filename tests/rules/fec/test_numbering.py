from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reglo.rules.fec.numbering import NumberSet, Seen, split_number


@given(st.lists(st.integers(0, 40) | st.integers(1000, 1050) | st.integers(10**9, 10**9 + 5), max_size=60))
def test_numbers_are_remembered_as_a_set_would(numbers: list[int]) -> None:
    seen, naive = NumberSet(), set[int]()
    for number in numbers:
        expected = Seen.AGAIN if number in naive else Seen.NEXT if number > max(naive, default=-1) else Seen.LATE
        assert seen.add(number) is expected
        naive.add(number)
    held = sorted(naive)
    assert list(seen.gaps()) == [(one + 1, two - 1) for one, two in pairwise(held) if two > one + 1]


def test_numbers_in_whatever_order_take_little_memory() -> None:
    numbers = NumberSet()
    for number in [*range(1, 200_000, 2), *range(2, 200_000, 2)]:
        numbers.add(number)
    assert len(numbers) == 196
    assert list(numbers.gaps()) == []


def test_a_number_is_what_its_last_digits_count() -> None:
    assert split_number("118") == ("", 118)
    assert split_number("VE-2026/0012") == ("VE-2026/", 12)
    assert split_number("VE12a") == ("VE12a", None)
    assert split_number("") == ("", None)
    assert split_number("9" * 30) == ("", None)
