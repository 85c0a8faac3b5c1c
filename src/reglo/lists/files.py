"""A list as CSV or XLSX: real numbers and dates, and no cell that a spreadsheet would take for a formula."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import xlsxwriter
from django.utils.timezone import make_naive

from reglo.core.money import from_minor
from reglo.lists.listing import CellKind, Column

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


def xlsx_file(title: str, headers: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Any:
    """An XLSX workbook in a temporary file, at its beginning: numbers, dates, a frozen header, a filter."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    names = list(headers)
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        formats = {
            "header": book.add_format({"bold": True, "bottom": 1}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "text": book.add_format({"quote_prefix": True}),
        }
        for place, name in enumerate(names):
            sheet.set_column(place, place, min(max(len(name) + 2, 14), _WIDEST))
            sheet.write_string(0, place, name, formats["header"])
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write_cell(sheet, last, place, cell, formats)
        sheet.autofilter(0, 0, last, max(len(names) - 1, 0))
    file.seek(0)
    return file


def _write_cell(sheet: Any, row: int, place: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, place, cell, formats["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, formats["date"])
    elif isinstance(cell, Decimal):
        sheet.write_number(row, place, cell, formats["money"])
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell)
    elif cell:
        sheet.write_string(row, place, cell, formats["text"] if cell.startswith(_FORMULA_SIGNS) else None)


def _sheet_name(title: str) -> str:
    """A title as Excel allows it: at most 31 characters, without []:*?/\\."""
    return "".join(each for each in title if each not in "[]:*?/\\")[:31] or "Réglo"
