"""The rules of the extended profiles: Factur-X EXTENDED and the French extension EXTENDED-CTC-FR.

They take most rules of EN 16931 as they are. Others they replace: lines may be grouped or only inform, a VAT category
may have several entries, and a sum may be off by a cent for each amount in it. `dialects` says what each of the three
sheets calls a rule and what it leaves out.
"""

from functools import cache
from typing import Any

from reglo.rules.en16931.extended import categories, codes, lines, sums
from reglo.rules.en16931.extended.dialects import REPLACED, Dialect, dialect_of
from reglo.rules.en16931.table import Check

__all__ = ["REPLACED", "Dialect", "checks_of", "dialect_of"]


@cache
def checks_of(dialect: Dialect) -> tuple[Check[Any], ...]:
    """What a sheet adds to EN 16931."""
    return tuple(check for module in (lines, sums, categories, codes) for check in module.checks(dialect))
