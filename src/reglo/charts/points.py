"""Points by two figures: a cloud, the line of the best of them, the quarter where both are above zero, and marks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reglo.charts.drawing import place

_PAD = 0.06  # of the range, so that nothing stands on the edge
_NEAR = 90  # units within which the zero of an axis would touch the figure at its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point that is named."""

    across: Decimal
    up: Decimal
    letter: str  #: stands in it, and before its row in the table beside
    label: str
    is_chosen: bool = False  #: the one that the page is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A spot where it is drawn."""

    x: str
    y: str
    letter: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A figure on an axis."""

    at: str
    label: str
    anchor: str  #: of the text: start, middle, end


@dataclass(frozen=True, slots=True, kw_only=True)
class PointChart:
    """Points on a plane."""

    key: str
    title: str
    about: str
    across: str  #: what the axis to the right counts
    up: str
    cloud: str  #: path of dots
    frontier: str  #: points of a line
    marks: tuple[Mark, ...]
    zero_x: str
    zero_y: str
    both_width: str  #: of the quarter where both figures are above zero
    ticks_x: tuple[Tick, ...]
    ticks_y: tuple[Tick, ...]
    width: int
    height: int
    template: str = "charts/points.svg"

    @property
    def box(self) -> str:
        """What the drawing takes in: a line above for one axis, two below for the other."""
        return f"-8 -26 {self.width + 16} {self.height + 66}"

    @property
    def foot(self) -> int:
        """Where the figures of the axis to the right stand."""
        return self.height + 17

    @property
    def caption(self) -> int:
        """Where its name stands."""
        return self.height + 35


Pair = tuple[Decimal, Decimal]


def point_chart(
    cloud: Iterable[Pair],
    frontier: Sequence[Pair],
    spots: Sequence[Spot],
    *,
    focus: Iterable[Pair] = (),
    key: str,
    title: str,
    about: str,
    across: str,
    up: str,
    figure: Callable[[Decimal], str],
    width: int = 520,
    height: int = 380,
) -> PointChart:
    """Points to scale. The drawing takes in spots, zero and `focus`; what lies beyond that is left out.

    figure: how a number on an axis is written.
    """
    shown = [*focus, *((each.across, each.up) for each in spots), (Decimal(0), Decimal(0))]
    right, top = _Axis([x for x, _ in shown], width), _Axis([y for _, y in shown], height)
    zero_x = right.at(Decimal(0))
    dots = (f"M{place(right.at(x))} {place(height - top.at(y))}h0" for x, y in cloud if right.has(x) and top.has(y))
    return PointChart(
        key=key,
        title=title,
        about=about,
        across=across,
        up=up,
        cloud="".join(dict.fromkeys(dots)),
        frontier=" ".join(
            f"{place(right.at(x))},{place(height - top.at(y))}" for x, y in frontier if right.has(x) and top.has(y)
        ),
        marks=tuple(
            Mark(
                x=place(right.at(each.across)),
                y=place(height - top.at(each.up)),
                letter=each.letter,
                label=each.label,
                is_chosen=each.is_chosen,
            )
            for each in spots
        ),
        zero_x=place(zero_x),
        zero_y=place(height - top.at(Decimal(0))),
        both_width=place(width - zero_x),
        ticks_x=tuple(_ticks(right, figure, width)),
        ticks_y=tuple(_upward(top, figure, height)),
        width=width,
        height=height,
    )


class _Axis:
    """A range of figures laid over a length."""

    def __init__(self, figures: Sequence[Decimal], length: int) -> None:
        self.lowest, self.highest = min(figures), max(figures)
        low, high = float(self.lowest), float(self.highest)
        pad = (high - low) * _PAD or 1.0
        self._first, self._last, self._length = low - pad, high + pad, length

    def at(self, figure: Decimal) -> float:
        """Where a figure stands, from the beginning of the axis."""
        return (float(figure) - self._first) / (self._last - self._first) * self._length

    def has(self, figure: Decimal) -> bool:
        """Whether a figure lies on the axis."""
        return self._first <= figure <= self._last


def _ticks(axis: _Axis, figure: Callable[[Decimal], str], width: int) -> Iterable[Tick]:
    yield Tick(at="0", label=figure(axis.lowest), anchor="start")
    if _NEAR < (zero := axis.at(Decimal(0))) < width - _NEAR:
        yield Tick(at=place(zero), label=figure(Decimal(0)), anchor="middle")
    yield Tick(at=str(width), label=figure(axis.highest), anchor="end")


def _upward(axis: _Axis, figure: Callable[[Decimal], str], height: int) -> Iterable[Tick]:
    for each in dict.fromkeys((axis.lowest, axis.highest)):
        yield Tick(at=place(height - axis.at(each) - 4), label=figure(each), anchor="start")
