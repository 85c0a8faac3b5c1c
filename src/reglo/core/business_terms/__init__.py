"""The business terms and groups of EN 16931-1: number, place in the model, name in both languages.

The bridge between three ways to speak of a field: the number that standards and validators use (BT-146), the path in
`reglo.core.document` that our rules use ("lines[2].price.net"), and the words a person uses (*prix unitaire net*).

`[]` in a path stands for any of a repeated part. `BT-30-1` is the scheme of the identifier BT-30, as the artefacts
write it; `EXT-FR-FE-…` are terms of the French extension (XP Z12-012). A few fields of the model have no number
anywhere: `UNNUMBERED` lists them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reglo.core.business_terms.table import ROWS, UNNUMBERED
from reglo.core.findings import Text

__all__ = ["UNNUMBERED", "BusinessTerm", "business_terms", "label", "term", "term_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessTerm:
    """A term (BT) or group (BG) and where it lives."""

    number: str  #: BT-146, BG-25, EXT-FR-FE-162
    path: str  #: from the invoice, such as "lines[].price.net"; "" for a group that the model spreads over the root
    name: Text


@cache
def business_terms() -> Mapping[str, BusinessTerm]:
    """Every term by its number, in the order of the standard."""
    return {number: BusinessTerm(number=number, path=path, name=Text(fr=fr, en=en)) for number, path, fr, en in ROWS}


def term(number: str) -> BusinessTerm | None:
    """The term with this number, or None: `term("BT-146")`."""
    return business_terms().get(number)


def term_at(where: str) -> BusinessTerm | None:
    """The term that carries a place in the model, or else the nearest group around it.

    "lines[2].price.net" is BT-146; "seller.legal_registration.value" is BT-30; "lines[2]" is BG-25.
    """
    path = re.sub(r"\[\d*\]", "[]", where)
    by_path = _by_path()
    while path:
        found = by_path.get(path) or by_path.get(f"{path}[]")
        if found is not None:
            return found
        path = path.rpartition(".")[0]
    return None


def label(number: str, language: str = "fr") -> str:
    """A term as a person reads it: "Prix unitaire net (BT-146)"; the bare number where we do not know it."""
    known = term(number)
    return number if known is None else f"{known.name.in_language(language)} ({number})"


@cache
def _by_path() -> Mapping[str, BusinessTerm]:
    found: dict[str, BusinessTerm] = {}
    for each in business_terms().values():
        found.setdefault(each.path, each)
    return found
