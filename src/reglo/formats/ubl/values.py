"""From text to value: dates and indicators, strictly as XML Schema writes them."""

import re
from datetime import date

_day = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?").fullmatch


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
