"""A list as CSV or XLSX: real numbers and dates, and no cell that a spreadsheet would take for a formula."""

import csv
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from itertools import count
from typing import Any

import xlsxwriter
from django.utils.timezone import make_naive

from reglo.core.money import from_minor
from reglo.lists.listing import CellKind, Column


class Share(Decimal):
    """A number of percent, which a spreadsheet shows as such."""


Cell = str | int | Decimal | date | None

#: With these a spreadsheet begins to reckon (CSV injection): white space once an import has cut it, the wide ones of
#: East Asian keyboards where they count as the narrow.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WIDEST = 60


def cells_of(row: Any, columns: Iterable[Column]) -> Iterator[Cell]:
    """The values of a row as a spreadsheet wants them; money is two cells."""
    for column in columns:
        value = column.value(row)
        match column.kind:
            case CellKind.MONEY:
                amount, currency = value if isinstance(value, tuple) else (None, "")
                yield None if amount is None else from_minor(amount, currency)
                yield currency
            case CellKind.BADGE:
                yield str(value[0]) if isinstance(value, tuple) else ""
            case CellKind.MOMENT:
                yield make_naive(value) if isinstance(value, datetime) else None
            case CellKind.DATE:
                yield value if isinstance(value, date) else None
            case CellKind.COUNT:
                yield value if isinstance(value, int) else None
            case CellKind.AMOUNT | CellKind.NUMBER:
                yield value if isinstance(value, Decimal) else None
            case CellKind.PERCENT:
                yield Share(value) if isinstance(value, Decimal) else None
            case CellKind.TEXT:
                yield "" if value is None else str(value)


def headers_of(columns: Iterable[Column]) -> Iterator[str]:
    """The headers, one a cell."""
    for column in columns:
        yield str(column.label)
        if column.kind is CellKind.MONEY:
            yield f"{column.label} (ISO 4217)"


def csv_lines(headers: Iterable[str], rows: Iterable[Iterable[Cell]], *, language: str) -> Iterator[bytes]:
    """The lines of a CSV file as the spreadsheets of the reader's country open it."""
    french = language.startswith("fr")
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";" if french else ",")
    yield "\N{BYTE ORDER MARK}".encode()
    writer.writerow(map(safe_text, headers))
    for row in rows:
        writer.writerow(_written(cell, french) for cell in row)
        yield _taken(buffer)
    yield _taken(buffer)


def _written(cell: Cell, french: bool) -> str:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",") if french else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return safe_text(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before a sign that begins one."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _taken(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of a workbook. The last rows may be totals."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Iterable[Cell]]
    totals: Sequence[Sequence[Cell]] = ()


def xlsx_file(title: str, headers: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Any:
    """A table as a workbook of one sheet, in a temporary file, at its beginning."""
    return xlsx_book([Sheet(title=title, headers=list(headers), rows=rows)])


def xlsx_book(sheets: Iterable[Sheet]) -> Any:
    """An XLSX workbook in a temporary file, at its beginning: numbers, dates, frozen headers, filters."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        formats = _formats(book, bold=False)
        bold = _formats(book, bold=True)
        taken: set[str] = set()
        for sheet in sheets:
            name = _sheet_name(sheet.title, taken)
            taken.add(name.casefold())
            _write_sheet(book.add_worksheet(name), sheet, formats, bold)
    file.seek(0)
    return file


def _formats(book: Any, *, bold: bool) -> dict[str, Any]:
    looks: dict[str, dict[str, Any]] = {
        "header": {"bottom": 1, "bold": True},
        "plain": {},
        "money": {"num_format": "#,##0.00"},
        "share": {"num_format": "0.0%"},
        "date": {"num_format": "yyyy-mm-dd"},
        "moment": {"num_format": "yyyy-mm-dd hh:mm"},
        "text": {"quote_prefix": True},
    }
    return {name: book.add_format(look | ({"bold": True, "top": 1} if bold else {})) for name, look in looks.items()}


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any], bold: dict[str, Any]) -> None:
    for place, name in enumerate(sheet.headers):
        page.set_column(place, place, min(max(len(name) + 2, 14), _WIDEST))
        page.write_string(0, place, name, formats["header"])
    page.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            _write_cell(page, last, place, cell, formats)
    page.autofilter(0, 0, last, max(len(sheet.headers) - 1, 0))
    for number, row in enumerate(sheet.totals, start=last + 1):
        for place, cell in enumerate(row):
            _write_cell(page, number, place, cell, bold)


def _write_cell(sheet: Any, row: int, place: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, place, cell, formats["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, formats["date"])
    elif isinstance(cell, Share):
        sheet.write_number(row, place, cell / 100, formats["share"])
    elif isinstance(cell, Decimal):
        sheet.write_number(row, place, cell, formats["money"])
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell, formats["plain"])
    elif cell:
        sheet.write_string(row, place, cell, formats["text" if cell.startswith(_FORMULA_SIGNS) else "plain"])


def _sheet_name(title: str, taken: Collection[str]) -> str:
    """A title as Excel allows it: at most 31 characters, without []:*?/\\, and once in its workbook."""
    name = "".join(each for each in title if each not in "[]:*?/\\")[:31] or "Réglo"
    if name.casefold() not in taken:
        return name
    return next(other for number in count(2) if (other := f"{name[:27]} {number}").casefold() not in taken)
