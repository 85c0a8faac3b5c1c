"""What stands in a cell, and what a whole column tells of how its numbers and dates are written.

"1.234" is a thousand in one file and a little more than one in another. A cell that says it clearly ("1.234,50",
"0.5", "12,5") speaks for its column, then for the file; where nobody speaks, the cell is refused rather than guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from reglo.core.findings import Text
from reglo.formats.data.faults import shown
from reglo.formats.data.scalars import BadValue, calendar_day, read_number

#: A cell as CSV (always text) or XLSX gives it; "" is an empty cell.
Cell = str | Decimal | date | bool

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})")
#: Spaces, no-break spaces or apostrophes between thousands; the signs that people type beside an amount.
_SPACED = re.compile(r"([+-]?[0-9]{1,3}(?:[ \u00a0\u202f\u2009'’][0-9]{3})+)([.,][0-9]*)?")
_NO_DIGIT = re.compile(r"[^0-9+-]")
_SIGNS = re.compile(r"^€|(€|eur|%)$", re.IGNORECASE)
_LOWEST_RATE = Decimal("0.5")
_DIGITS = re.compile(r"[+-]?[0-9.,]*[0-9][0-9.,]*")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the numbers and dates of a column, or of a file, are written."""

    decimal_marks: frozenset[str] = frozenset()  #: the marks that some cell uses beyond doubt
    month_first: bool = False  #: some date reads only as month/day/year
    above_one: bool = False  #: some number of the spreadsheet is more than 1

    def after_number(self, cell: Cell) -> "Habits":
        """What is known after one more cell of a column of numbers."""
        if isinstance(cell, Decimal):
            return self if self.above_one or cell <= 1 else replace(self, above_one=True)
        mark = certain_mark(cell) if isinstance(cell, str) and cell else None
        if mark is None or mark in self.decimal_marks:
            return self
        return replace(self, decimal_marks=self.decimal_marks | {mark})

    def after_date(self, cell: Cell) -> "Habits":
        """What is known after one more cell of a column of dates."""
        if self.month_first or not isinstance(cell, str):
            return self
        found = _DAY_FIRST.fullmatch(cell.strip())
        if found is None or not int(found.group(1)) <= 12 < int(found.group(3)):
            return self
        return replace(self, month_first=True)


def habits_of_all(columns: Iterable[Habits]) -> Habits:
    """The habits of a file, from those of its columns."""
    marks = frozenset(mark for column in columns for mark in column.decimal_marks)
    return Habits(marks)


def certain_mark(text: str) -> str | None:
    """The decimal mark of a number, where it leaves no doubt."""
    number = _stripped(text)
    if not _DIGITS.fullmatch(number):
        return None
    points, commas = number.count("."), number.count(",")
    if points and commas:
        return "." if number.rfind(".") > number.rfind(",") else ","
    if not points and not commas:
        return None
    mark, other = (".", ",") if points else (",", ".")
    if points + commas > 1:
        return other
    return None if _GROUPED.fullmatch(number) else mark


def number_in(cell: Cell, column: Habits, file: Habits) -> Decimal:
    """The exact number in a cell. Raises BadValue."""
    if isinstance(cell, Decimal):
        return read_number(cell)
    if not isinstance(cell, str):
        raise _no_number(str(cell))
    number = _stripped(cell)
    if not _DIGITS.fullmatch(number):
        raise _no_number(cell)
    mark = certain_mark(cell) or (_mark_by_habit(cell, column, file) if _GROUPED.fullmatch(number) else ".")
    other = "," if mark == "." else "."
    whole, _, decimals = number.rpartition(mark) if mark in number else (number, "", "")
    if not _well_grouped(whole, other) or other in decimals or mark in whole:
        raise _no_number(cell)
    return read_number(f"{whole.replace(other, '')}.{decimals}".rstrip("."))


def is_word(cell: Cell) -> bool:
    """Whether a cell names a reason ("export") instead of a rate."""
    return isinstance(cell, str) and not _stripped(cell)[:1].isdigit()


def as_rate(number: Decimal, cell: Cell) -> Decimal:
    """A VAT rate in percent. A spreadsheet stores a cell formatted as 20 % as 0.2, and no rate is under 0.5 %."""
    return number * 100 if isinstance(cell, Decimal) and 0 < number < _LOWEST_RATE else number


def as_discount(number: Decimal, cell: Cell, column: Habits) -> Decimal:
    """A discount in percent. A spreadsheet stores a cell formatted as 10 % as 0.1, and nothing in it says so.

    A column whose numbers are all under 1 holds such cells. Where others are above 1, or the number is 1, it could be
    either, and a discount of 1 % is not one of 100 %. Raises BadValue.
    """
    if not isinstance(cell, Decimal) or not 0 < number <= 1:
        return number
    if number < 1 and not column.above_one:
        return number * 100
    raise BadValue(
        Text(
            fr=f"« {shown(str(number))} » se lit {number.normalize():f} % ou {(number * 100).normalize():f} %.",
            en=f'"{shown(str(number))}" reads as {number.normalize():f} % or {(number * 100).normalize():f} %.',
        ),
        Text(
            fr="Écrivez la remise en toutes lettres dans la cellule (format Texte), par exemple 10 %.",
            en="Write the discount as text in the cell (format Text), such as 10 %.",
        ),
    )


def _mark_by_habit(cell: str, column: Habits, file: Habits) -> str:
    for marks in (column.decimal_marks, file.decimal_marks):
        if len(marks) == 1:
            return next(iter(marks))
        if marks:
            break
    value = _stripped(cell)
    raise BadValue(
        Text(
            fr=f"« {shown(cell)} » se lit de deux façons ({value[:-4]} mille ou {value[:-4]} virgule).",
            en=f'"{shown(cell)}" reads in two ways (thousands or decimals).',
        ),
        Text(
            fr=f"Écrivez {value.replace('.', '').replace(',', '')},00 ou {value.replace('.', ',')}0.",
            en=f"Write {value.replace('.', '').replace(',', '')}.00 or {value.replace(',', '.')}0.",
        ),
    )


def _well_grouped(whole: str, separator: str) -> bool:
    first, *groups = whole.split(separator)
    return not groups or (0 < len(first.lstrip("+-")) <= 3 and all(len(group) == 3 for group in groups))


def _stripped(text: str) -> str:
    number = _SIGNS.sub("", text.strip()).strip()
    if spaced := _SPACED.fullmatch(number):
        return _NO_DIGIT.sub("", spaced[1]) + (spaced[2] or "")
    return number


def _no_number(cell: str) -> BadValue:
    return BadValue(
        Text(fr=f"« {shown(cell)} » n'est pas un nombre.", en=f'"{shown(cell)}" is not a number.'),
        Text(fr="Écrivez par exemple 2400,00 ou 2400.00.", en="Write 2400,00 or 2400.00, say."),
    )


def date_in(cell: Cell, column: Habits) -> date:
    """The day in a cell: a date of the spreadsheet, ISO, or day/month/year. Raises BadValue."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = cell.strip() if isinstance(cell, str) else str(cell)
    if found := _ISO.fullmatch(text):
        return calendar_day(*map(int, found.groups()), shown_as=text)
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        raise BadValue(
            Text(fr=f"« {shown(text)} » n'est pas une date.", en=f'"{shown(text)}" is not a date.'),
            Text(fr="Écrivez 15/09/2026 ou 2026-09-15.", en="Write 15/09/2026 or 2026-09-15."),
        )
    day, month, year = int(found.group(1)), int(found.group(3)), int(found.group(4))
    if column.month_first and day <= 12:
        raise _unclear_order(text)
    return calendar_day(year + 2000 if year < 100 else year, month, day, shown_as=text)


def _unclear_order(text: str) -> BadValue:
    return BadValue(
        Text(
            fr=f"« {shown(text)} » : cette colonne contient des dates écrites mois/jour/année.",
            en=f'"{shown(text)}": this column has dates written month/day/year.',
        ),
        Text(fr="Écrivez jour/mois/année, ou 2026-09-15.", en="Write day/month/year, or 2026-09-15."),
    )


def text_in(cell: Cell) -> str:
    """The text in a cell; a number of the spreadsheet as it shows there (a SIREN, a postcode)."""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()
