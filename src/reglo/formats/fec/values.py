"""Days and amounts as a FEC writes them (XII 2° and 4°), and as software writes them all the same."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_DAY = re.compile("(?:19|20)[0-9]{6}")
#: A comma, at most one sign, before or after. Fifteen digits and six decimals: sums of a billion lines stay exact.
_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}(?:,[0-9]{1,6})?|[0-9]{1,15}(?:,[0-9]{1,6})?[+-]")
_OTHERWISE = re.compile(r"([+-]?)([0-9]{1,15})(?:[.,]([0-9]{0,6}))?([+-]?)")
#: Of column Sens (X): the amount is a debit, or a credit.
DEBIT_SIGNS = frozenset({"D", "+1"})
CREDIT_SIGNS = frozenset({"C", "-1"})
_GROUPS = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'")


class Amount(NamedTuple):
    """A number that was read."""

    value: Decimal | None  #: None where nobody can say what it is
    is_as_asked: bool  #: written as the article asks; blank counts, and is zero


@lru_cache(maxsize=4096)
def read_day(text: str) -> date | None:
    """The day of AAAAMMJJ, between 1900 and 2099; None for anything else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def read_amount(text: str) -> Amount:
    """The number of a cell. A decimal point and separated thousands are read too, but not as the article asks."""
    if _AMOUNT.fullmatch(text):
        return Amount(_decimal(text), True)
    if not text.strip():
        return Amount(Decimal(0), True)
    return Amount(_guessed(text), False)


def _decimal(text: str) -> Decimal:
    plain = text.replace(",", ".")
    return Decimal(plain[-1] + plain[:-1] if plain[-1] in "+-" else plain)


def _guessed(text: str) -> Decimal | None:
    """A number in another spelling: 1 234,56, 1234.56, 1.234,56."""
    plain = text.strip().translate(_GROUPS)
    if "." in plain and "," in plain:
        thousands = "." if plain.rindex(",") > plain.rindex(".") else ","
        plain = plain.replace(thousands, "")
    found = _OTHERWISE.fullmatch(plain)
    if found is None or (found[1] and found[4]):
        return None
    return Decimal(f"{found[1] or found[4]}{found[2]}.{found[3] or '0'}")
