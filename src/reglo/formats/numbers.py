"""Numbers between the text of an XML document and the model, in CII as in UBL."""

import re
from decimal import Decimal
from functools import lru_cache

#: More digits than any amount has: what is longer is noise or an attack.
MAX_DIGITS = 30
_LONGEST = MAX_DIGITS + 2  #: characters, with sign and point

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def parse_number(text: str) -> Decimal | None:
    """An xs:decimal of at most `MAX_DIGITS` digits, or None for anything else: exponent, NaN, comma, thousands."""
    return _parsed(text if len(text) <= _LONGEST else text.strip()[: _LONGEST + 1])


@lru_cache(maxsize=4096)  # the same rates and quantities come again and again
def _parsed(text: str) -> Decimal | None:
    text = text.strip()
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    return number if len(number.as_tuple().digits) <= MAX_DIGITS else None


def format_number(number: Decimal) -> str:
    """A plain decimal, never with an exponent, nor a zero with a sign (the official sheets take that for no zero)."""
    return format(number or abs(number), "f")
