from hypothesis import given
from hypothesis import strategies as st

from reglo.rules.fec.numbering import Seen, Spans, split_number


@given(st.lists(st.integers(0, 40), max_size=60))
def test_spans_remember_what_a_set_would(numbers: list[int]) -> None:
    spans, naive = Spans(), set[int]()
    for number in numbers:
        expected = Seen.AGAIN if number in naive else Seen.NEXT if number > max(naive, default=-1) else Seen.LATE
        assert spans.add(number) is expected
        naive.add(number)
    missing = {number for first, last in spans.gaps() for number in range(first, last + 1)}
    assert missing == (set(range(min(naive), max(naive) + 1)) - naive if naive else set())
    assert len(spans) == len([number for number in naive if number + 1 not in naive])


def test_a_number_is_what_its_last_digits_count() -> None:
    assert split_number("118") == ("", 118)
    assert split_number("VE-2026/0012") == ("VE-2026/", 12)
    assert split_number("VE12a") == ("VE12a", None)
    assert split_number("") == ("", None)
    assert split_number("9" * 30) == ("", None)
