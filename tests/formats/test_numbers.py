"""Numbers of XML documents: what is one, what is none, and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.formats.numbers import MAX_DIGITS, format_number, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("100.00", "100.00"), (" 7 ", "7"), ("+5", "5"), ("-.5", "-0.5"), ("5.", "5"), ("0" * 20 + "1", "1")],
)
def test_what_xml_schema_calls_a_decimal_is_a_number(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", " ", ".", "+", "1e3", "NaN", "INF", "2400,00", "1 000", "1.2.3", "١", "--1"])
def test_what_it_does_not_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_absurdly_long_numbers_are_none() -> None:
    assert parse_number("9" * MAX_DIGITS) == Decimal("9" * MAX_DIGITS)
    assert parse_number("9" * (MAX_DIGITS + 1)) is None
    assert parse_number("9" * 10_000_000) is None
    assert parse_number(" " * 1000 + "9") == 9


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20))
def test_a_number_comes_back_equal_and_zero_has_no_sign(number: Decimal) -> None:
    text = format_number(number)
    assert parse_number(text) == number
    assert "E" not in text
    assert number != 0 or not text.startswith("-")
