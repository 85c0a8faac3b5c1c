"""The prices of a product as steps of a small drawing; the table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 480, 96
_MARGIN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Steps in the units of the drawing."""

    path: str  #: of an SVG path
    dots: tuple[tuple[float, float], ...]  #: where each price begins
    width: int = WIDTH
    height: int = HEIGHT


def price_chart(prices: Sequence[tuple[date, Decimal]], until: date) -> Chart | None:
    """The drawing of prices in the order of their days; None where there is nothing to compare."""
    if len(prices) < 2:
        return None
    last = max(until, prices[-1][0])
    days = (last - prices[0][0]).days or 1
    lowest, highest = min(price for _, price in prices), max(price for _, price in prices)
    span = (highest - lowest) or Decimal(1)

    def across(day: date) -> float:
        return round(_MARGIN + (day - prices[0][0]).days / days * (WIDTH - 2 * _MARGIN), 1)

    def down(price: Decimal) -> float:
        return round(HEIGHT - _MARGIN - float((price - lowest) / span) * (HEIGHT - 2 * _MARGIN), 1)

    dots = tuple((across(day), down(price)) for day, price in prices)
    steps = [f"M{dots[0][0]} {dots[0][1]}"]
    steps += (f"H{x}V{y}" for x, y in dots[1:])
    steps.append(f"H{across(last)}")
    return Chart(path="".join(steps), dots=dots)
