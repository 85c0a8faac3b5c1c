"""The rules of each VAT category (UNTDID 5305): ten demands that nine categories share, and a few of their own.

`families.py` says what each category asks, `demands.py` how a demand is broken, `wording.py` how it is said, and
`special.py` holds the rules that one category has for itself.
"""

from typing import Any

from reglo.rules.en16931.table import Check
from reglo.rules.en16931.vat_categories import demands, special

CHECKS: tuple[Check[Any], ...] = (*demands.CHECKS, *special.CHECKS)
