"""A line through days with the band around it: what is as likely as not, and what eight chances in ten hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reglo.charts.drawing import place
from reglo.charts.lines import Mark, scale_of

_LEFT = 64.0  # room for the figures of the scale
_MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Reach:
    """A day with three values: the low end of the band, the line, the high end."""

    on: date
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BandChart:
    """The band, its line, the line of zero."""

    key: str
    title: str
    about: str
    band: str  #: points of a polygon
    line: str  #: points of a polyline
    zero: str
    heights: tuple[Mark, ...]
    steps: tuple[Mark, ...]
    width: int
    height: int
    left: int = int(_LEFT)
    template: str = "charts/band.svg"

    @property
    def box(self) -> str:
        """What the drawing takes in, with the labels below."""
        return f"0 -10 {self.width} {self.height + 36}"

    @property
    def foot(self) -> int:
        """Where the labels stand."""
        return self.height + 20


@dataclass(frozen=True, slots=True)
class _Frame:
    """From days and values to places."""

    first: date
    days: int
    lowest: float
    highest: float
    width: float
    height: float

    def x(self, on: date) -> str:
        return place(_LEFT + (on - self.first).days / max(self.days, 1) * (self.width - _LEFT))

    def y(self, value: float) -> str:
        return place((self.highest - value) / ((self.highest - self.lowest) or 1) * self.height)


def band_chart(
    reaches: Sequence[Reach],
    labels: Sequence[tuple[date, str]],
    *,
    key: str,
    title: str,
    about: str,
    width: int = 720,
    height: int = 220,
) -> BandChart:
    """A band through days in order. labels: the days that are named below, with their names."""
    marks = _marks(reaches)
    first = reaches[0].on if reaches else date.min
    span = (reaches[-1].on - first).days if reaches else 1
    frame = _Frame(first, span, marks[0], marks[-1], width, height)
    above = [f"{frame.x(each.on)},{frame.y(each.high)}" for each in reaches]
    below = [f"{frame.x(each.on)},{frame.y(each.low)}" for each in reversed(reaches)]
    return BandChart(
        key=key,
        title=title,
        about=about,
        band=" ".join(above + below),
        line=" ".join(f"{frame.x(each.on)},{frame.y(each.middle)}" for each in reaches),
        zero=frame.y(0),
        heights=tuple(Mark(frame.y(mark), _short(mark)) for mark in marks),
        steps=tuple(Mark(frame.x(on), label) for on, label in _thinned(labels)),
        width=width,
        height=height,
    )


def _marks(reaches: Sequence[Reach]) -> tuple[float, ...]:
    """Round figures that hold all values and zero."""
    high = scale_of(max([0.0, *(each.high for each in reaches)]))
    low = scale_of(-min([0.0, *(each.low for each in reaches)]))
    if low == (0.0, 1.0):
        return high
    if high == (0.0, 1.0):
        return tuple(0.0 - mark for mark in reversed(low))
    step = max(high[1], low[1])
    under = tuple(-step * number for number in range(int(-(-low[-1] // step)), 0, -1))
    over = tuple(step * number for number in range(int(-(-high[-1] // step)) + 1))
    return under + over


def _short(value: float) -> str:
    """A figure of the scale: 2 000 000 as 2 M, 15 000 as 15 k."""
    for size, sign in ((1_000_000, " M"), (1_000, " k")):
        if abs(value) >= size:
            return f"{value / size:g}{sign}".replace("-", "\N{MINUS SIGN}")
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _thinned(labels: Sequence[tuple[date, str]]) -> list[tuple[date, str]]:
    """As many labels as find room."""
    every = -(-len(labels) // _MOST_LABELS) or 1
    return list(labels[::every])
