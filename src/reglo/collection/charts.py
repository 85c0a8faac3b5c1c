"""A few bars as SVG, made on the server; the table beside them says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 360, 96
_LEAST = Decimal(1)  #: height of a day where all delays are nil


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, in the units of the drawing."""

    label: str
    days: Decimal
    x: str
    y: str
    width: str
    height: str

    @property
    def is_late(self) -> bool:
        """Whether it stands above the line: later than due."""
        return self.days > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars on a line; those of early payments hang below it."""

    bars: tuple[Bar, ...]
    zero: str
    width: int = WIDTH
    height: int = HEIGHT


def delay_chart(values: Sequence[tuple[str, Decimal]]) -> Chart:
    """Bars for delays in days, with their labels."""
    highest = max([Decimal(0), *(days for _, days in values)])
    lowest = min([Decimal(0), *(days for _, days in values)])
    scale = Decimal(HEIGHT) / max(highest - lowest, _LEAST)
    zero, step = highest * scale, Decimal(WIDTH) / max(len(values), 1)
    bars = tuple(
        Bar(
            label=label,
            days=days,
            x=f"{place * step + step / 8:.1f}",
            y=f"{zero - max(days, Decimal(0)) * scale:.1f}",
            width=f"{step * 3 / 4:.1f}",
            height=f"{max(abs(days) * scale, _LEAST):.1f}",
        )
        for place, (label, days) in enumerate(values)
    )
    return Chart(bars=bars, zero=f"{zero:.1f}")
