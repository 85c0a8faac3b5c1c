"""Bars as SVG, made on the server: the table beside them says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH = 720
_HEIGHT = 200
_GAP = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, in the units of the drawing."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars that stand on, or hang from, one line."""

    bars: tuple[Bar, ...]
    zero: float  #: height of that line
    width: int = _WIDTH
    height: int = _HEIGHT


def bar_chart(values: Sequence[tuple[str, int]]) -> BarChart:
    """Bars for labelled values, the highest as high as the drawing; negative ones hang."""
    highest = max([value for _, value in values] + [0])
    lowest = min([value for _, value in values] + [0])
    scale = _HEIGHT / ((highest - lowest) or 1)
    zero = highest * scale
    step = _WIDTH / max(len(values), 1)
    bars = tuple(
        Bar(
            label=label,
            value=value,
            x=round(place * step + step * _GAP / 2, 2),
            y=round(zero - max(value, 0) * scale, 2),
            width=round(step * (1 - _GAP), 2),
            height=round(abs(value) * scale, 2),
        )
        for place, (label, value) in enumerate(values)
    )
    return BarChart(bars=bars, zero=round(zero, 2))
