"""Bars that stand on, or hang from, one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reglo.charts.drawing import place

_GAP = 0.35  # of the step from one bar to the next
_LEAST = 1.0  # height of a bar of nothing: it stays to be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, in the units of the drawing."""

    label: str
    is_marked: bool
    x: str
    y: str
    width: str
    height: str
    middle: str  #: where its label stands


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars in the order in which they were given."""

    key: str
    title: str
    about: str
    bars: tuple[Bar, ...]
    zero: str  #: height of the line
    width: int
    height: int
    template: str = "charts/bars.svg"

    @property
    def box(self) -> str:
        """What the drawing takes in: some room above, and the labels below."""
        return f"0 -6 {self.width} {self.height + 30}"

    @property
    def foot(self) -> int:
        """Where the labels stand."""
        return self.height + 18


def bar_chart(
    values: Sequence[tuple[str, int | Decimal]],
    *,
    key: str,
    title: str,
    about: str,
    marked: int | None = None,
    width: int = 720,
    height: int = 200,
) -> BarChart:
    """Bars for labelled values, the highest as high as the drawing; negative ones hang.

    marked: place of the bar that stands out, -1 for the last.
    """
    numbers = [float(value) for _, value in values]
    highest, lowest = max([*numbers, 0.0]), min([*numbers, 0.0])
    scale = height / ((highest - lowest) or 1)
    zero, step = highest * scale, width / max(len(values), 1)
    at = None if marked is None else marked % max(len(values), 1)
    bars = tuple(
        Bar(
            label=label,
            is_marked=number == at,
            x=place(number * step + step * _GAP / 2),
            y=place(zero - max(value, 0.0) * scale),
            width=place(step * (1 - _GAP)),
            height=place(max(abs(value) * scale, _LEAST)),
            middle=place((number + 0.5) * step),
        )
        for number, ((label, _), value) in enumerate(zip(values, numbers, strict=True))
    )
    return BarChart(key=key, title=title, about=about, bars=bars, zero=place(zero), width=width, height=height)
