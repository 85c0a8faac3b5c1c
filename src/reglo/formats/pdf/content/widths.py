"""How wide a column must be, worked out from its characters.

Typst could find out itself, by setting every cell twice; on a thousand lines that is half of the work.
"""

from collections.abc import Iterable

_DIGIT = 0.53
#: Width of characters in the main font, in em, rounded up; what is not here is taken for a wide letter.
_WIDTHS = dict.fromkeys("0123456789\u2007−€$£¥+", _DIGIT) | {
    " ": 0.21,
    "\u00a0": 0.21,
    "\u202f": 0.19,
    "\u2009": 0.11,
    ",": 0.26,
    ".": 0.26,
    "-": 0.32,
    "%": 0.86,
}
_SMALL_LETTER, _LETTER, _IDEOGRAM = 0.57, 0.67, 1.05


def width_of(text: str) -> float:
    """The width of `text` on one line, in em; rather too much than too little."""
    return sum(_WIDTHS.get(character) or _letter(character) for character in text if character != "\u200b")


def widest(texts: Iterable[str]) -> float:
    """The width of the widest of `texts`, in em."""
    return max(map(width_of, set(texts)), default=0.0)


def _letter(character: str) -> float:
    if character > "\u2e80":
        return _IDEOGRAM
    return _SMALL_LETTER if character.islower() else _LETTER
