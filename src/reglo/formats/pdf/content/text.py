"""Text as the page takes it: pairs of label and value, lines, and words that can be broken."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypedDict
from unicodedata import bidirectional

#: More letters than this in a row would stick out of their column: the lines of the page, or the values of pairs.
_LONGEST_WORD, _LONGEST_VALUE = 33, 24
#: Where people break an address or a reference that has no room: behind its marks, before they would break a word.
_MARKS = re.compile(r"(?<=[^\W_][@/_?&=+:;.,-])(?=[^\W_])")
#: Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG = frozenset({"L", "R", "AL"})
#: Letters on a line of small print, and in a block of it that takes less than half a page.
_SMALL_PRINT_LINE, _SMALL_PRINT_BLOCK = 100, 2500
_ZERO_WIDTH_SPACE = "\u200b"
_LINE_ENDS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


class Pair(TypedDict):
    """A value and what it is."""

    label: str
    value: str


def pair(label: str, value: str | None) -> list[Pair]:
    """One pair, or none where there is no value: for lists that are built by addition."""
    return [Pair(label=label, value=breakable(value.strip(), _LONGEST_VALUE))] if value and value.strip() else []


def breakable(text: str, longest: int = _LONGEST_WORD) -> str:
    """`text` on one kind of line end, breakable in words that no column holds, each line in its direction.

    longest: letters that a column holds.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _too_long(longest).sub(lambda word: _MARKS.sub(_ZERO_WIDTH_SPACE, word[0]), text)
    text = _too_long(longest).sub(lambda word: _ZERO_WIDTH_SPACE.join(word[0]), text)
    return "\n".join(map(_isolated, text.split("\n"))) if _RIGHT_TO_LEFT.search(text) else text


@cache
def _too_long(longest: int) -> re.Pattern[str]:
    """Words of more than `longest` letters, without a place to break."""
    return re.compile(rf"[^\s\u200b]{{{longest + 1},}}")


def _isolated(line: str) -> str:
    """A line that begins from the right is held together, so that its brackets and numbers do not go astray."""
    strong = next((kind for kind in map(bidirectional, line) if kind in _STRONG), "L")
    return line if strong == "L" else f"\u2067{line}\u2069"


def lines_of(text: str | None) -> list[str]:
    """The lines of `text` that say something."""
    return [line.strip() for line in breakable(text or "").split("\n") if line.strip()]


def fits(paragraphs: Sequence[str]) -> bool:
    """Whether small print is so short that it can be kept on one page."""
    lines = [line for text in paragraphs for line in text.split("\n")]
    return sum(len(line) + _SMALL_PRINT_LINE for line in lines) < _SMALL_PRINT_BLOCK


def texts_in(value: object) -> Iterator[str]:
    """Every string inside plain values: all that a page says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
