"""The fields of MT940 (":61:…"), whatever stands around them: SWIFT blocks, "-" between messages, wrapped lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FIELD = re.compile(r":([0-9]{2}[A-Z]?):(.*)", re.DOTALL)
_BLOCK = re.compile(r"\{[1235]:(?:[^{}]|\{[^{}]*\})*\}|\{4:|-\}")
_END = "-"


@dataclass(frozen=True, slots=True)
class Field:
    """One field, its lines as they stand, and the line of the file that it begins on (from 1)."""

    line: int
    tag: str  #: "61", "60F"; "-" is the end of a message
    lines: tuple[str, ...]


def fields(text: str) -> Iterator[Field]:
    """The fields in the order of the file. A line that begins no field belongs to the one before it."""
    started: tuple[int, str, list[str]] | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = _BLOCK.sub("", raw)
        found = _FIELD.match(line)
        ends = line.strip() == _END or (line != raw and "-}" in raw)
        if (found or ends) and started is not None:
            yield Field(started[0], started[1], tuple(started[2]))
            started = None
        if found:
            started = (number, found[1], [found[2]])
        elif ends:
            yield Field(number, _END, ())
        elif started is not None:
            started[2].append(line)
    if started is not None:
        yield Field(started[0], started[1], tuple(started[2]))


def unwrapped(lines: tuple[str, ...]) -> str:
    """The lines of a field as one text: what was cut at the width of the message goes on without a space."""
    text = ""
    for line in lines:
        text += line if not text or _is_full(text, line) else f" {line.strip()}"
    return text


def _is_full(text: str, after: str) -> bool:
    """Whether the cut came from the width (65 columns) or stands before a new part."""
    return len(text) >= 60 or after[:1] in "?/<~"
