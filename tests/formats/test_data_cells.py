"""Cells of tables: numbers and dates as people write them, and what a column tells of the unclear ones."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.formats.data.scalars import BadValue
from reglo.formats.data.table.cells import Cell, Habits, certain_mark, date_in, habits_of_all, number_in, text_in

_NOBODY_SAYS = Habits()
_COMMA = Habits(frozenset(","))
_POINT = Habits(frozenset("."))


def _number(cell: Cell, column: Habits = _NOBODY_SAYS, file: Habits = _NOBODY_SAYS) -> Decimal:
    return number_in(cell, column, file)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("2400", "2400"),
        ("2400,00", "2400.00"),
        ("2400.00", "2400.00"),
        ("2 400,00", "2400.00"),
        ("2\u00a0400,00 €", "2400.00"),
        ("2\u202f400,5", "2400.5"),
        ("2.400,00", "2400.00"),
        ("2,400.00", "2400.00"),
        ("1.234.567", "1234567"),
        ("1'234.50", "1234.50"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("-12,5", "-12.5"),
        ("20 %", "20"),
        ("5,5%", "5.5"),
        ("1234.567", "1234.567"),
        (Decimal("12.30"), "12.30"),
    ],
)
def test_a_number_that_leaves_no_doubt_is_read(cell: Cell, number: str) -> None:
    assert _number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["1.234", "1,234", "-12.500"])
def test_a_number_that_reads_in_two_ways_is_refused_where_nothing_tells(cell: str) -> None:
    with pytest.raises(BadValue, match="two ways"):
        _number(cell)


def test_the_column_tells_then_the_file() -> None:
    assert _number("1.234", column=_COMMA) == 1234
    assert _number("1.234", column=_POINT) == Decimal("1.234")
    assert _number("1,234", column=_COMMA) == Decimal("1.234")
    assert _number("1.234", file=_COMMA) == 1234
    assert _number("1.234", column=_POINT, file=_COMMA) == Decimal("1.234")


def test_a_column_that_contradicts_itself_tells_nothing() -> None:
    with pytest.raises(BadValue, match="two ways"):
        _number("1.234", column=Habits(frozenset(",.")), file=_COMMA)


@pytest.mark.parametrize(
    "cell", ["abc", "12a", ",5", "12 34", "1,2,3", "12..5", "1.23.456", "1e5", "NaN", "--5", "", True, "9" * 60]
)
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    with pytest.raises(BadValue):
        _number(cell)


@settings(deadline=None)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_french_and_english_writing_give_the_same_number(number: Decimal) -> None:
    english = f"{number:,.2f}"
    french = english.replace(",", "\u202f").replace(".", ",")
    german = english.replace(",", "'").replace(".", ",")
    assert _number(english) == _number(french) == _number(german) == number


@settings(deadline=None)
@given(st.text("0123456789.,- €%\u202f", max_size=12))
def test_any_cell_is_a_number_or_refused_with_a_reason(cell: str) -> None:
    try:
        number = _number(cell)
    except BadValue:
        return
    assert number.is_finite()


@settings(deadline=None)
@given(st.text("0123456789.,", min_size=1, max_size=9))
def test_evidence_and_reading_agree(cell: str) -> None:
    mark = certain_mark(cell)
    if mark is None:
        return
    try:
        alone = _number(cell)
    except BadValue:
        return
    assert alone == _number(cell, column=_COMMA) == _number(cell, column=_POINT)


def test_a_file_knows_what_its_columns_know() -> None:
    learnt = Habits().after_number("12").after_number("12,5").after_number(Decimal("1.5"))
    assert learnt.decimal_marks == {","}
    assert habits_of_all([Habits(), learnt]).decimal_marks == {","}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-09-15", date(2026, 9, 15)),
        ("2026-09-15 00:00:00", date(2026, 9, 15)),
        ("15/09/2026", date(2026, 9, 15)),
        ("1/9/2026", date(2026, 9, 1)),
        ("15.09.2026", date(2026, 9, 15)),
        ("15-09-26", date(2026, 9, 15)),
        ("09/01/2026", date(2026, 1, 9)),
        (date(2026, 9, 15), date(2026, 9, 15)),
        (datetime(2026, 9, 15, 0, 0), date(2026, 9, 15)),
    ],
)
def test_dates_are_iso_or_day_month_year(cell: Cell, day: date) -> None:
    assert date_in(cell, Habits()) == day


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "2026-02-31", "31 février 2026", "46280", "15/09", "9/15/2026", Decimal(46280)]
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(BadValue):
        date_in(cell, Habits())


def test_unclear_dates_are_refused_where_the_column_is_written_month_first() -> None:
    column = Habits().after_date("03/04/2026").after_date("09/15/2026")
    with pytest.raises(BadValue, match="month/day/year"):
        date_in("03/04/2026", column)
    assert date_in("2026-04-03", column) == date(2026, 4, 3)


def test_a_number_cell_is_text_as_it_shows() -> None:
    assert text_in(Decimal("69001")) == "69001"
    assert text_in("  Atelier ") == "Atelier"
