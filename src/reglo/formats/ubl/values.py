"""From text to value: numbers and dates, strictly as XML Schema writes them."""

import re
from datetime import date
from decimal import Decimal

MAX_NUMBER = 31  #: characters, sign and point included: no sum of money needs more

_number = re.compile(r"[+-]?(?=\.?[0-9])[0-9]*(?:\.[0-9]*)?").fullmatch
_day = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?").fullmatch


def decimal_of(text: str) -> Decimal | None:
    """The number in `text`, or None: no exponent, no NaN, no decimal comma, no thousands, not absurdly long."""
    text = text.strip()
    if len(text) > MAX_NUMBER or _number(text) is None:
        return None
    return Decimal(text)


def date_of(text: str) -> date | None:
    """The day in `text` (xs:date, whose time zone says nothing about an invoice), or None."""
    found = _day(text.strip())
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None


def boolean_of(text: str) -> bool | None:
    """The truth value in `text` (xs:boolean), or None."""
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip())


def plain(number: Decimal) -> str:
    """`number` as digits and a point, without exponent, and zero without sign."""
    return format(number if number else abs(number), "f")
