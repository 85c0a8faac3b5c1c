"""Reading a FEC of whatever software, a block of lines at a time, as columns.

A million lines are some hundred blocks, so that what is done to a column costs little for each line. Memory holds one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.fec.decode import (
    LONGEST_LINE,
    Decoder,
    blocks_of,
    has_unreadable,
    is_twice_encoded,
    may_be_twice_encoded,
    may_be_unreadable,
    open_bytes,
)
from reglo.formats.fec.header import Header, read_header
from reglo.formats.fec.layout import ALL_COLUMNS, DATE_COLUMNS
from reglo.formats.fec.problems import Problem, ProblemKind
from reglo.formats.fec.values import read_day

_NOT_TEXT = (b"PK\x03\x04", b"%PDF", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_BLANK = " \t\x1a"  #: Ctrl-Z ended files once


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Some thousand lines as columns. Lines that have not the right number of cells are not among them."""

    rows: Sequence[int]  #: line of the file of each, from 1
    columns: Mapping[str, Sequence[str]]  #: by the article's names, all of them; blank where there is no such column
    problems: Sequence[Problem] = ()


class FecReader:
    """A FEC that is open. `problems` are those of the file as a whole that are known at its beginning.

    advance: told the number of bytes, each time some are read. Raises UnreadableDocument where it is no FEC.
    """

    def __init__(self, stream: BinaryIO, advance: Callable[[int], None] | None = None) -> None:
        encoded = open_bytes(stream, advance)
        self._decoder = Decoder()
        self._encoding = encoded.name
        self._blocks = blocks_of(encoded.chunks)
        self.header: Header = self._read_header()
        self.problems: tuple[Problem, ...] = (*_of_encoding(encoded.name, encoded.has_mark), *self.header.problems)

    @property
    def encoding(self) -> str:
        """The character set as far as the file was read: ASCII, UTF-8, ISO 8859-15, UTF-16, EBCDIC."""
        return self._encoding or self._decoder.name

    def _read_header(self) -> Header:
        block = next(self._blocks, b"")
        first, _, rest = block.partition(b"\n")
        _refuse_others(block, first)
        self._row = 1
        header = read_header(self._decoder.text_of(first))
        if header.is_missing:
            self._row, rest = 0, block
        if rest:
            self._blocks = chain([rest], self._blocks)
        return header

    def blocks(self) -> Iterator[LineBlock]:
        """The lines of the entries, once."""
        for block in self._blocks:
            first = self._row + 1
            problems: list[Problem] = []
            text = self._text_of(block, first, problems)
            lines = text[:-1].split("\n")
            self._row += len(lines)
            problems += _of_characters(block, text, lines, first)
            rows, cells = self._cells(lines, first, problems)
            if self.header.is_quoted:
                cells = [[_unquoted(cell) for cell in line] for line in cells]
            if _is_padded(text, self.header.separator):
                cells = [[cell.strip(" ") for cell in line] for line in cells]
            if rows or problems:
                yield LineBlock(rows, self._columns(cells), problems)

    def _text_of(self, block: bytes, first: int, problems: list[Problem]) -> str:
        """The text of a block, and whether the file turns out to be in two character sets."""
        before, was_mixed = copy(self._decoder), self._decoder.is_mixed
        text = self._decoder.text_of(block)
        if self._decoder.is_mixed and not was_mixed:
            problems.append(Problem(ProblemKind.ENCODING_MIXED, first + (before.first_other(block) or 0)))
        return text

    def _cells(
        self, lines: list[str], first: int, problems: list[Problem]
    ) -> tuple[Sequence[int], Sequence[Sequence[str]]]:
        """The lines as cells, and which lines of the file they are."""
        separator, width = self.header.separator, len(self.header.names)
        cells: list[list[str]] = [line.split(separator) for line in lines]
        rows: Sequence[int] = range(first, first + len(lines))
        if set(map(len, cells)) != {width} or len(max(lines, key=len)) > LONGEST_LINE:
            rows, cells = self._even(lines, cells, first, problems)
        return rows, cells

    def _even(
        self, lines: Sequence[str], cells: Sequence[list[str]], first: int, problems: list[Problem]
    ) -> tuple[list[int], list[list[str]]]:
        """The lines that have the right number of cells, or can be made to have it."""
        width = len(self.header.names)
        rows: list[int] = []
        even: list[list[str]] = []
        for row, (line, found) in enumerate(zip(lines, cells, strict=True), first):
            kind = _fault_of(line, found, width)
            if kind is not None:
                problems.append(Problem(kind, row, value=str(len(found)) if kind is ProblemKind.CELLS else ""))
            if kind is None or (kind is ProblemKind.CELLS and self._can_be_even(found)):
                rows.append(row)
                even.append([*found[:width], *[""] * (width - len(found))])
        return rows, even

    def _can_be_even(self, cells: Sequence[str]) -> bool:
        """Whether blanks are missing at the end, or too many there.

        Otherwise a separator stands in a text, and nobody knows which cell is which.
        """
        width = len(self.header.names)
        if len(cells) <= width:
            return len(cells) > 1
        days = (cells[self.header.places[each]] for each in DATE_COLUMNS if each in self.header.places)
        return not any(cells[width:]) and all(not day or read_day(day) for day in days)

    def _columns(self, cells: Sequence[Sequence[str]]) -> Mapping[str, Sequence[str]]:
        """The cells by column."""
        blank = ("",) * len(cells)
        there: list[Sequence[str]] = list(zip(*cells, strict=True))
        places = self.header.places
        return {name: there[places[name]] if name in places and there else blank for name in ALL_COLUMNS}


def _of_encoding(name: str, has_mark: bool) -> Iterator[Problem]:
    if name:
        yield Problem(ProblemKind.ENCODING, 1, value=name)
    elif has_mark:
        yield Problem(ProblemKind.BYTE_ORDER_MARK, 1)


def _refuse_others(block: bytes, first: bytes) -> None:
    """Raises UnreadableDocument for what is plainly no FEC, by its beginning and its first line."""
    if not block.strip():
        raise UnreadableDocument(Text(fr="Le fichier est vide.", en="The file is empty."))
    if first.lstrip().startswith(b"<"):
        raise UnreadableDocument(
            Text(
                fr="C'est du XML. Réglo lit les FEC à plat\N{NO-BREAK SPACE}: exportez-le en texte (tabulations).",
                en="This is XML. Réglo reads flat FECs: export it as text (tabs).",
            )
        )
    if first.startswith(_NOT_TEXT) or len(first) > LONGEST_LINE:
        raise UnreadableDocument(
            Text(
                fr="Ce n'est pas un fichier de texte\N{NO-BREAK SPACE}: un FEC a une ligne par mouvement. "
                "Décompressez-le, ou exportez-le en texte.",
                en="This is no text file: a FEC has a line for each movement. Unpack it, or export it as text.",
            )
        )


def _of_characters(block: bytes, text: str, lines: Sequence[str], first: int) -> Iterator[Problem]:
    if may_be_unreadable(block, text):
        for place, line in enumerate(lines):
            if has_unreadable(line):
                yield Problem(ProblemKind.CHARACTERS, first + place)
    if may_be_twice_encoded(block):
        for place, line in enumerate(lines):
            if is_twice_encoded(line):
                yield Problem(ProblemKind.ACCENTS, first + place)


def _fault_of(line: str, cells: Sequence[str], width: int) -> ProblemKind | None:
    if not line.strip(_BLANK):
        return ProblemKind.BLANK_LINE
    if len(line) > LONGEST_LINE:
        return ProblemKind.LONG_LINE
    return ProblemKind.CELLS if len(cells) != width else None


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _is_padded(text: str, separator: str) -> bool:
    """Whether there are spaces around some values: software fills columns up with them."""
    return any(pair in text for pair in (f" {separator}", f"{separator} ", "\n ", " \n")) or text.startswith(" ")
