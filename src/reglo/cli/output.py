"""Writing to the terminal: colours where one looks at it, no control characters from documents, tables aligned."""

import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

import click

#: Control characters, and those that turn the direction of writing: a document must not steer the terminal.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

#: A paragraph is not made narrower than this, however narrow the terminal.
_NARROWEST = 24
#: Columns between those of a table.
_GAP = 2


class ReaderLeft(Exception):
    """Whoever read our output has closed it (`reglo … | head`). Not BrokenPipeError, which click takes for status 1."""


def use_terminal() -> None:
    """Never fail on a character that the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def clean(text: str) -> str:
    """`text` without what could steer a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """`text` on one line, clean."""
    return clean(" ".join(text.split()))


def styled(text: str, **style: object) -> str:
    """`text` in a colour; the text itself is cleaned first."""
    return click.style(clean(text), **style)  # type: ignore[arg-type]  # the options of click.style


def print_line(text: str = "") -> None:
    """One line on stdout; colours only on a terminal and unless NO_COLOR is set."""
    try:
        click.echo(text, color=_colours(sys.stdout))
    except BrokenPipeError:
        raise ReaderLeft from None


def print_paragraph(text: str, *, begin: str = "", indent: int = 0, **style: object) -> None:
    """`text` as lines of the terminal's width, each below the first after `begin`; whole where nobody looks on.

    begin: what stands before the first line, already styled; indent: columns that it takes.
    """
    for place, line in enumerate(broken_lines(one_line(text), indent)):
        print_line((begin if place == 0 else " " * indent) + (styled(line, **style) if style else line))


def broken_lines(text: str, indent: int) -> list[str]:
    """`text` as lines that leave `indent` columns free on the terminal; one line where nobody looks on."""
    columns = terminal_width()
    if columns is None:
        return [text]
    room = max(columns - indent, _NARROWEST)
    return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]


def terminal_width() -> int | None:
    """Columns of the terminal; None where the output is a file or a pipe, whose lines are left whole."""
    is_terminal = getattr(sys.stdout, "isatty", lambda: False)()
    return shutil.get_terminal_size().columns if is_terminal else None


def complain(text: str) -> None:
    """One line on stderr, or several where there are several things to say."""
    for line in text.splitlines():
        click.echo(f"reglo: {clean(line)}", err=True)


def _colours(stream: object) -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(getattr(stream, "isatty", lambda: False)())


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = (), flows: int | None = None) -> list[str]:
    """Rows as aligned columns; the columns in `right` are aligned to the right, as figures are.

    flows: the column whose texts go on below where the terminal is too narrow for the row.
    """
    cells = [[one_line(cell) for cell in row] for row in rows]
    columns = terminal_width()
    if flows is not None and columns is not None:
        others = sum(width + _GAP for column, width in enumerate(_widths(cells)) if column != flows)
        cells = [line for row in cells for line in _flowing(row, flows, max(columns - others, _NARROWEST))]
    widths = _widths(cells)
    to_right = set(right)
    return [
        (" " * _GAP).join(_padded(cell, widths[column], column in to_right) for column, cell in enumerate(row)).rstrip()
        for row in cells
    ]


def _widths(cells: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(width_of, column)) for column in zip(*cells, strict=True)]


def _flowing(row: Sequence[str], column: int, width: int) -> list[list[str]]:
    """The row as lines, of which only `column` has something to say after the first."""
    first, *rest = textwrap.wrap(row[column], width) or [""]
    below = [[text if place == column else "" for place in range(len(row))] for text in rest]
    return [[first if place == column else cell for place, cell in enumerate(row)], *below]


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - width_of(text))
    return space + text if right else text + space


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal: two for wide characters, none for combining ones."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )
