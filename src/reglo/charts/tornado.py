"""Bars that lie across one line: by how much a result hangs on each guess, the one that moves it most on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reglo.charts.drawing import place

_ROW, _BAR = 44, 14
_LEAST = 1.5  # width of a half that is nothing: it stays to be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """A guess and the result at both ends of its range."""

    label: str
    low: Decimal  #: result at the low end of the guess
    high: Decimal
    ends: str  #: both results in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A part of a bar, from the line to one end."""

    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A bar and what stands above it."""

    label: str
    ends: str
    words: int  #: height of the words
    top: int  #: of the bar
    low: Half
    high: Half


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """Bars in the order in which they were given."""

    key: str
    title: str
    about: str
    rows: tuple[Row, ...]
    line: str  #: where the expected result stands
    bar: int
    width: int
    height: int
    template: str = "charts/tornado.svg"

    @property
    def box(self) -> str:
        """What the drawing takes in."""
        return f"0 0 {self.width} {self.height}"


def tornado_chart(
    swings: Sequence[Swing], *, base: Decimal, key: str, title: str, about: str, width: int = 520
) -> Tornado:
    """Bars to scale around `base`, the result if all guesses are right."""
    middle = float(base)
    results = [middle, *(float(end) for each in swings for end in (each.low, each.high))]
    lowest, highest = min(results), max(results)
    scale = width / ((highest - lowest) or 1)
    line = (middle - lowest) * scale

    def half(result: Decimal) -> Half:
        end = (float(result) - lowest) * scale
        return Half(x=place(min(line, end)), width=place(max(abs(end - line), _LEAST)))

    rows = tuple(
        Row(
            label=each.label,
            ends=each.ends,
            words=number * _ROW + 16,
            top=number * _ROW + 23,
            low=half(each.low),
            high=half(each.high),
        )
        for number, each in enumerate(swings)
    )
    height = max(len(swings), 1) * _ROW + 4
    return Tornado(key=key, title=title, about=about, rows=rows, line=place(line), bar=_BAR, width=width, height=height)
