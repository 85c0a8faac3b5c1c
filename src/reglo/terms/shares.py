"""Shares as people type them: «30 %», «1/3», «500 €»."""

import re
from decimal import Decimal

from reglo.core.terms import Share

_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,4})?)\s*%?")
_FRACTION = re.compile(r"1\s*/\s*(\d{1,2})")
_AMOUNT = re.compile(r"(\d[\d\s\u00a0\u202f]*(?:[.,]\d{1,2})?)\s*(?:€|EUR)", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f]")


def read_share(text: str) -> Share:
    """A share from text. Raises ValueError for what is none, InvalidTerms for what cannot be one."""
    text = text.strip()
    if found := _FRACTION.fullmatch(text):
        return Share(one_in=int(found[1]))
    if found := _AMOUNT.fullmatch(text):
        return Share(amount=_number(found[1]))
    if found := _PERCENT.fullmatch(text):
        return Share(percent=_number(found[1]))
    raise ValueError(text)


def write_share(share: Share | None) -> str:
    """A share as `read_share` reads it, "" for none."""
    if share is None:
        return ""
    if share.percent is not None:
        return f"{_plain(share.percent)} %"
    return f"1/{share.one_in}" if share.amount is None else f"{_plain(share.amount)} €"


def _number(text: str) -> Decimal:
    return Decimal(_SPACES.sub("", text).replace(",", "."))


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
