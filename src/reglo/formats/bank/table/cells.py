"""Cells of a bank's table: dates whose order the whole file decides, signed amounts in every writing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from reglo.core.findings import Text
from reglo.formats.bank.amounts import bank_day
from reglo.formats.bank.table.mapping import DateOrder
from reglo.formats.data.faults import shown
from reglo.formats.data.scalars import BadValue
from reglo.formats.data.table.cells import Cell, Habits, number_in

_TIME = re.compile(r"[T ]+[0-9]{1,2}:[0-9]{2}.*", re.DOTALL)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_CURRENCY = re.compile(r"\s*(?:[A-Z]{3}|[€$£])\s*$|^\s*(?:[A-Z]{3}|[€$£])\s*")
_PARENTHESES = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class DateHabit:
    """What the dates of a column tell of their order."""

    order: DateOrder
    is_certain: bool  #: False where every date reads both ways


def date_habit(cells: Iterable[Cell]) -> DateHabit:
    """The order of the dates of a column. Raises BadValue where some read only day first, others only month first."""
    sure: dict[DateOrder, str] = {}
    doubtful = False
    for cell in cells:
        found = _YEAR_LAST.fullmatch(_without_time(cell)) if isinstance(cell, str) else None
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            sure.setdefault(DateOrder.DAY_FIRST, str(cell))
        elif second > 12 >= first:
            sure.setdefault(DateOrder.MONTH_FIRST, str(cell))
        doubtful = doubtful or first != second
    if len(sure) > 1:
        raise _both_ways(sure[DateOrder.DAY_FIRST], sure[DateOrder.MONTH_FIRST])
    order = next(iter(sure), DateOrder.DAY_FIRST)
    return DateHabit(order, is_certain=bool(sure) or not doubtful)


def _both_ways(day_first: str, month_first: str) -> BadValue:
    return BadValue(
        Text(
            fr=f"« {shown(day_first)} » se lit jour/mois et « {shown(month_first)} » mois/jour.",
            en=f'"{shown(day_first)}" reads day/month and "{shown(month_first)}" month/day.',
        ),
        Text(fr="Écrivez toutes les dates de la même façon.", en="Write all dates the same way."),
    )


def day_in(cell: Cell, order: DateOrder) -> date:
    """The day in a cell. Raises BadValue."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return bank_day(cell.year, cell.month, cell.day, shown_as=cell.isoformat())
    text = _without_time(cell)
    if found := _YEAR_FIRST.fullmatch(text):
        return bank_day(int(found[1]), int(found[3]), int(found[4]), shown_as=text)
    if found := _COMPACT.fullmatch(text):
        return bank_day(int(found[1]), int(found[2]), int(found[3]), shown_as=text)
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        raise BadValue(
            Text(fr=f"« {shown(text)} » n'est pas une date.", en=f'"{shown(text)}" is not a date.'),
            Text(fr="Écrivez 15/09/2026 ou 2026-09-15.", en="Write 15/09/2026 or 2026-09-15."),
        )
    day, month = int(found[1]), int(found[3])
    if order is DateOrder.MONTH_FIRST:
        day, month = month, day
    year = int(found[4])
    return bank_day(year + 2000 if year < 100 else year, month, day, shown_as=text)


def _without_time(cell: Cell) -> str:
    return _TIME.sub("", str(cell).strip()[:60])


def plain_number(cell: Cell) -> Cell:
    """A number without the signs that banks put around it: −1 234,50 €, 12,00-, (12.00), EUR 5."""
    if not isinstance(cell, str):
        return cell
    text = _CURRENCY.sub("", cell.strip()[:60].replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-"))
    if found := _PARENTHESES.fullmatch(text):
        text = f"-{found[1]}"
    if text.endswith("-"):
        text = f"-{text[:-1]}"
    if text[:1] in "+-":
        text = text[:1] + text[1:].lstrip()
    return text.strip()


def signed_number(cell: Cell, habits: Habits) -> Decimal | None:
    """The number in a cell, None where it is empty. Raises BadValue."""
    number = plain_number(cell)
    return None if number == "" else number_in(number, habits, habits)
