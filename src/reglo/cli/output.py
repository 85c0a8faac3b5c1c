"""Writing to the terminal: colours where one looks at it, no control characters from documents, tables aligned."""

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence

import click

#: Control characters, and those that turn the direction of writing: a document must not steer the terminal.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


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


def complain(text: str) -> None:
    """One line on stderr, or several where there are several things to say."""
    for line in text.splitlines():
        click.echo(f"reglo: {clean(line)}", err=True)


def _colours(stream: object) -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(getattr(stream, "isatty", lambda: False)())


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Rows as aligned columns; the columns in `right` are aligned to the right, as figures are."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(width_of(row[column]) for row in cells) for column in range(len(cells[0]))] if cells else []
    to_right = set(right)
    return [
        "  ".join(_padded(cell, widths[column], column in to_right) for column, cell in enumerate(row)).rstrip()
        for row in cells
    ]


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - width_of(text))
    return space + text if right else text + space


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal: two for wide characters, none for combining ones."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )
