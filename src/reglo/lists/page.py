"""What the template of a list is given."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reglo.lists.listing import BulkAct, CellKind, Column, Label, Listing
from reglo.lists.state import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The head of a column."""

    column: Column
    query: str  #: of the list sorted by it; "" where it does not sort
    direction: str  #: aria-sort: "ascending", "descending", "none"


_LONGEST_WORD = 24  #: characters that a narrow column still takes


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A value and how to show it."""

    column: Column
    value: object
    link: str = ""

    @property
    def kind(self) -> str:
        """The kind of the column, for the template."""
        return self.column.kind.value

    @property
    def text(self) -> str | None:
        """What stands in the cell as it is; None where a component of the page draws it."""
        if self.value is None:
            return ""
        return str(self.value) if self.column.kind in (CellKind.TEXT, CellKind.COUNT) else None

    @property
    def classes(self) -> str:
        """Figures stand to the right, a short word stays on one line, and a phone shows what matters."""
        figure = "text-end" if self.column.is_figure else ""
        word = "text-nowrap" if self._is_one_word else ""
        return " ".join(filter(None, (figure, word, "" if self.column.on_phone else "d-none d-md-table-cell")))

    @property
    def _is_one_word(self) -> bool:
        """Whether it stays on one line: a number like F2026-0042 would break at its hyphen."""
        text = str(self.value)
        return len(text) < _LONGEST_WORD and " " not in text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row of the table."""

    pk: int
    label: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a list."""

    shown: Shown
    path: str
    headers: tuple[Header, ...]
    rows: tuple[ShownRow, ...]
    next_query: str  #: of the rows behind these; "" at the end
    count: int  #: of the first page: how many rows there are
    is_count_cut: bool  #: there are more than `count`
    bulk_acts: tuple[BulkAct, ...]

    @property
    def listing(self) -> Listing:
        """What the list is."""
        return self.shown.listing

    @property
    def query(self) -> str:
        """The query string of this view."""
        return self.shown.query()

    @property
    def filters(self) -> list[tuple[str, Label, list[tuple[str, Label, bool]]]]:
        """Key, label and choices (key, label, whether chosen) of each filter."""
        return [
            (
                each.key,
                each.label,
                [(choice.key, choice.label, choice.key == self.shown.chosen(each.key)) for choice in each.choices],
            )
            for each in self.listing.filters
        ]

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.headers) + bool(self.bulk_acts)


def headers(shown: Shown) -> Iterator[Header]:
    """The heads of the columns, each with the address that sorts by it."""
    for column in shown.listing.columns:
        if column.order is None:
            yield Header(column=column, query="", direction="none")
            continue
        ascending, descending = shown.order == column.order, shown.order == f"-{column.order}"
        yield Header(
            column=column,
            query=shown.query(sort=f"-{column.key}" if ascending else column.key),
            direction="ascending" if ascending else "descending" if descending else "none",
        )


def shown_row(row: Any, listing: Listing) -> ShownRow:
    """A row with its values worked out."""
    cells = tuple(
        ShownCell(column=each, value=each.value(row), link=each.link(row) if each.link else "")
        for each in listing.columns
    )
    return ShownRow(pk=row.pk, label=str(row), cells=cells)
