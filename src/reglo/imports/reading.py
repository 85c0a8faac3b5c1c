"""Reading a table that somebody brought: CSV or XLSX, told by its content, within limits."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.data.table.cells import Cell, text_in
from reglo.formats.data.table.columns import folded
from reglo.formats.data.table.csv_rows import ROWS_ABOVE, csv_rows
from reglo.formats.data.table.xlsx_rows import xlsx_rows

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
#: What our files put before a text that a spreadsheet would take for a formula.
_GUARDED = re.compile(r"'[=+\-@\t\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it stands."""

    headers: tuple[str, ...]  #: each once; a column without one is "#3"
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]  #: number as the spreadsheet counts, cells; empty rows left out


def read_table(data: bytes, names: frozenset[str]) -> Table:
    """The table in a file. names: folded headers that the kind knows, by which header row and separator are found.

    Raises UnreadableDocument with what to do.
    """
    require_size(len(data))
    if data.startswith(_OLD_EXCEL):
        raise UnreadableDocument(
            Text(
                fr="C'est un ancien classeur (.xls) ou un classeur protégé : enregistrez-le en .xlsx sans mot de "
                "passe, ou en CSV.",
                en="This is an old workbook (.xls) or one with a password: save it as .xlsx without one, or as CSV.",
            )
        )

    def recognised(row: list[str]) -> int:
        return sum(folded(str(cell)) in names for cell in row[:MAX_COLUMNS])

    rows = xlsx_rows(data) if data.startswith(_ZIP) else csv_rows(data, recognised)
    number, header = _header_row(rows, recognised)
    if len(header) > MAX_COLUMNS:
        raise UnreadableDocument(
            Text(
                fr=f"Le tableau a plus de {MAX_COLUMNS} colonnes : gardez celles qui servent.",
                en=f"The table has more than {MAX_COLUMNS} columns: keep those that are needed.",
            )
        )
    return Table(headers=_distinct(header), rows=tuple(_body(rows, number, len(header))))


def require_size(size: int) -> None:
    """Raise UnreadableDocument for a file that is too large."""
    if size > MAX_BYTES:
        raise UnreadableDocument(
            Text(
                fr=f"Le fichier dépasse {MAX_BYTES // 1024 // 1024} Mo : répartissez-le, ou retirez les colonnes et "
                "les images qui ne servent pas.",
                en=f"The file is larger than {MAX_BYTES // 1024 // 1024} MB: split it, or take out columns and "
                "pictures that are not needed.",
            )
        )


def text_of(cell: Cell) -> str:
    """The text in a cell, without the apostrophe that guards it in our files."""
    text = text_in(cell)
    return text[1:] if _GUARDED.match(text) else text


def _header_row(
    rows: Callable[[], Iterator[list[Cell]]], recognised: Callable[[list[str]], int]
) -> tuple[int, list[str]]:
    """The row among the first that names most columns we know, else the first that holds anything."""
    best: tuple[int, int, list[str]] | None = None
    for number, row in enumerate(rows(), start=1):
        if number > ROWS_ABOVE:
            break
        texts = [text_of(cell) for cell in row]
        known = recognised(texts)
        if any(texts) and (best is None or known > best[0]):
            best = (known, number, texts)
    if best is None:
        raise UnreadableDocument(Text(fr="Le tableau est vide.", en="The table is empty."))
    _, number, texts = best
    while texts and not texts[-1]:
        texts.pop()
    return number, texts


def _distinct(header: list[str]) -> tuple[str, ...]:
    """Headers, each once: the second "Nom" is "Nom (2)", an empty one is "#3"."""
    seen: set[str] = set()
    distinct = []
    for place, text in enumerate(header, start=1):
        name = base = " ".join(text.split())[:100] or f"#{place}"
        again = 2
        while name in seen:
            name, again = f"{base} ({again})", again + 1
        seen.add(name)
        distinct.append(name)
    return tuple(distinct)


def _body(rows: Callable[[], Iterator[list[Cell]]], header: int, width: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    count = 0
    for number, row in enumerate(rows(), start=1):
        cells = tuple(row[:width])
        if number <= header or not any(cell != "" and str(cell).strip() for cell in cells):
            continue
        count += 1
        if count > MAX_ROWS:
            raise UnreadableDocument(
                Text(
                    fr=f"Le tableau a plus de {MAX_ROWS} lignes : répartissez-le en plusieurs fichiers.",
                    en=f"The table has more than {MAX_ROWS} rows: split it into several files.",
                )
            )
        yield number, cells
