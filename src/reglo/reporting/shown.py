"""Tables with their cells worked out, as the page and the paper show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import make_naive

from reglo.core.money import from_minor
from reglo.formats.pdf import figures
from reglo.lists.listing import CellKind, Column
from reglo.lists.page import ShownCell
from reglo.reporting.report import Table

MOST_ROWS = 200
"""Of a table on a page: nobody reads more, and a phone need not load them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """A table with its cells."""

    table: Table
    rows: tuple[tuple[ShownCell, ...], ...]
    totals: tuple[tuple[ShownCell, ...], ...]
    more: int  #: rows that the files have and the page has not


def shown(table: Table) -> ShownTable:
    """The cells of a table, links and all; of a long one the first rows."""
    return ShownTable(
        table=table,
        rows=tuple(_cells(row, table.columns) for row in table.rows[:MOST_ROWS]),
        more=max(len(table.rows) - MOST_ROWS, 0),
        totals=tuple(_cells(row, table.columns, linked=False) for row in table.totals),
    )


def _cells(row: Any, columns: Any, *, linked: bool = True) -> tuple[ShownCell, ...]:
    return tuple(
        ShownCell(column=each, value=each.value(row), link=each.link(row) if each.link and linked else "")
        for each in columns
    )


def written(row: Any, columns: Any, language: str) -> Iterator[str]:
    """The cells of a row as words and figures of a language."""
    for column in columns:
        yield _text(column, column.value(row), language)


def _text(column: Column, value: Any, language: str) -> str:  # a line a kind
    if value is None:
        return ""
    match column.kind:
        case CellKind.MONEY:
            return figures.money(from_minor(*value), value[1], language)
        case CellKind.AMOUNT:
            return figures.amount(value, None, language)
        case CellKind.NUMBER:
            return figures.number(value, language, most=1)
        case CellKind.PERCENT:
            return figures.share(value, language)
        case CellKind.DATE:
            return figures.short_day(value, language) if isinstance(value, date) else ""
        case CellKind.MOMENT:
            return figures.short_day(make_naive(value), language) if isinstance(value, datetime) else ""
        case CellKind.BADGE:
            return str(value[0])
        case _:
            return str(value)
