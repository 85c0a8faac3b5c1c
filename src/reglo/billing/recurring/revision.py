"""The yearly revision of prices (*révision de prix*): so many percent a year.

When: on each anniversary of the first day, or where a month is named, on the first day of that month in each year,
from the first one after the first day on. An occurrence has the prices of its own day, whenever it is made.

How: each unit price is raised and rounded half-up once a year, to the cent, or to as many decimals as it was typed
with; the next year's revision begins from the price that was charged. Quantities and allowances stay.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from reglo.billing.content.reading import mended_figure
from reglo.core.dates import add_months
from reglo.core.figures import is_usable
from reglo.core.money import round_half_up

_PRICES = ("price", "price_with_vat")
_CENTS = 2
_MOST_PLACES = 6  #: BR-FR-DEC-03
_DIGITS = 12


def revisions_between(start: date, day: date, month: int | None) -> int:
    """How many revisions have come between the first day and `day`, that day included."""
    if month is None:
        years = day.year - start.year
        return max(0, years - (add_months(start, 12 * years) > day))
    first = date(start.year, month, 1)
    begun = start.year if first > start else start.year + 1
    return max(0, day.year - begun + (day >= date(day.year, month, 1)))


def revised_price(price: Decimal, percent: Decimal, times: int) -> Decimal:
    """A price after so many revisions."""
    places = min(max(_CENTS, -int(price.as_tuple().exponent)), _MOST_PLACES)
    for _ in range(times):
        price = round_half_up(price * (100 + percent) / 100, places)
    return price


def revised_content(content: Mapping[str, Any], percent: Decimal, times: int) -> dict[str, Any]:
    """A copy of `content` with its prices after so many revisions; what is no price stays as it was typed."""
    result = dict(content)
    if times and isinstance(content.get("lines"), list):
        result["lines"] = [
            _revised_line(line, percent, times) if isinstance(line, Mapping) else line for line in content["lines"]
        ]
    return result


def _revised_line(line: Mapping[str, Any], percent: Decimal, times: int) -> dict[str, Any]:
    result = dict(line)
    for key in _PRICES:
        price = _price(line.get(key))
        if price is not None:
            result[key] = f"{revised_price(price, percent, times):f}"
    return result


def _price(typed: object) -> Decimal | None:
    figure = mended_figure(typed) if isinstance(typed, str) else None
    price = None if figure is None else Decimal(figure)
    return price if price is not None and is_usable(price, _DIGITS) else None
