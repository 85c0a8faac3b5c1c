"""Lines over the same steps, such as months: how figures move, and how far apart they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil, floor, log10

from reglo.charts.drawing import place

_LEFT = 44.0  # room for the figures of the scale
_MARKS = 4  # at most so many, above zero
_MOST_LABELS = 12  # under the lines; more would run into each other


@dataclass(frozen=True, slots=True)
class Dot:
    """A value, in the units of the drawing."""

    x: str
    y: str
    label: str  #: said when one points at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line with its name; in pieces where values are missing."""

    name: str
    pieces: tuple[str, ...]  #: points as a polyline wants them
    dots: tuple[Dot, ...]
    number: int  #: from 0: says which colour and dash
    tick: tuple[str, str]  #: where the short line before its name begins and ends
    name_x: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A height with its figure, or a step with its label."""

    at: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines that share their steps and their scale."""

    key: str
    title: str
    about: str
    series: tuple[Series, ...]
    heights: tuple[Mark, ...]
    steps: tuple[Mark, ...]
    width: int
    height: int
    left: int = int(_LEFT)
    template: str = "charts/lines.svg"

    @property
    def box(self) -> str:
        """What the drawing takes in: the names above, the labels below."""
        return f"0 -34 {self.width} {self.height + 60}"

    @property
    def foot(self) -> int:
        """Where the labels stand."""
        return self.height + 20


def line_chart(
    labels: Sequence[str],
    lines: Sequence[tuple[str, Sequence[Decimal | None]]],
    *,
    key: str,
    title: str,
    about: str,
    width: int = 720,
    height: int = 200,
) -> LineChart:
    """Lines for named values, one a label. A value that is None leaves a gap; less than zero is drawn as zero."""
    highest = max((float(value) for _, values in lines for value in values if value is not None), default=0.0)
    marks = scale_of(highest)
    top, step = marks[-1], (width - _LEFT) / max(len(labels), 1)
    xs = [_LEFT + (number + 0.5) * step for number in range(len(labels))]
    return LineChart(
        key=key,
        title=title,
        about=about,
        series=tuple(_series(lines, labels, xs, height=height, top=top)),
        heights=tuple(Mark(place(height - mark * height / top), f"{mark:g}") for mark in marks),
        steps=tuple(_steps(labels, xs)),
        width=width,
        height=height,
    )


def scale_of(highest: float) -> tuple[float, ...]:
    """Round figures from zero on, the last of which is not below `highest`: 0, 20, 40, 60 for 47.

    >>> scale_of(47)
    (0.0, 20.0, 40.0, 60.0)
    """
    if highest <= 0:
        return (0.0, 1.0)
    least = highest / _MARKS
    power = 10.0 ** floor(log10(least))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= least - 1e-9)
    return tuple(step * number for number in range(ceil(highest / step - 1e-9) + 1))


def _series(
    lines: Sequence[tuple[str, Sequence[Decimal | None]]],
    labels: Sequence[str],
    xs: Sequence[float],
    *,
    height: int,
    top: float,
) -> Iterable[Series]:
    name_x = _LEFT
    for number, (name, values) in enumerate(lines):
        dots = [
            None if value is None else _dot(x, float(value), f"{name}, {label}", height=height, top=top)
            for value, label, x in zip(values, labels, xs, strict=True)
        ]
        yield Series(
            name=name,
            pieces=tuple(_pieces(dots)),
            dots=tuple(dot for dot in dots if dot is not None),
            number=number,
            tick=(place(name_x), place(name_x + 24)),
            name_x=place(name_x + 30),
        )
        name_x += 60 + 7 * len(name)


def _dot(x: float, value: float, label: str, *, height: int, top: float) -> Dot:
    return Dot(place(x), place(height - max(value, 0.0) * height / top), label)


def _pieces(dots: Sequence[Dot | None]) -> Iterable[str]:
    for is_gap, piece in groupby(dots, key=lambda dot: dot is None):
        if not is_gap:
            yield " ".join(f"{dot.x},{dot.y}" for dot in piece if dot is not None)


def _steps(labels: Sequence[str], xs: Sequence[float]) -> Iterable[Mark]:
    """As many labels as find room, the last one always."""
    every = ceil(len(labels) / _MOST_LABELS) if labels else 1
    for number, (label, x) in enumerate(zip(labels, xs, strict=True)):
        if (len(labels) - 1 - number) % every == 0:
            yield Mark(place(x), label)
