"""Parts that come to the whole, with their tax.

The tax of a document is its base times the rate, rounded once (BR-CO-17). Cut a base of 0.07 EUR at 20 % into 0.03 and
0.04, and the taxes of the parts, 0.01 and 0.01, are a cent more than that of the whole. So a part is taken a few cents
smaller where what is left could not be told to the cent otherwise: 0.02 and 0.05 close.
"""

from dataclasses import dataclass
from decimal import Decimal

from reglo.core.money import round_half_up

ZERO = Decimal(0)
#: How many cents a part may be smaller than was wanted. At 2.1 %, the lowest rate of the mainland, 24 are enough.
_STEPS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxed:
    """An amount without tax, and its tax."""

    net: Decimal = ZERO
    tax: Decimal = ZERO

    def __add__(self, other: "Taxed") -> "Taxed":
        return Taxed(net=self.net + other.net, tax=self.tax + other.tax)

    def __sub__(self, other: "Taxed") -> "Taxed":
        return Taxed(net=self.net - other.net, tax=self.tax - other.tax)

    @property
    def gross(self) -> Decimal:
        """With tax."""
        return self.net + self.tax


def tax_of(net: Decimal, rate: Decimal | None, places: int) -> Decimal:
    """The tax of a base, as a document states it: BR-CO-17. rate: in percent."""
    return round_half_up(net * (rate or ZERO) / 100, places)


def closing_part(wanted: Decimal, *, left: Taxed, rate: Decimal | None, places: int) -> Decimal:
    """`wanted`, or a few cents nearer to nothing, so that this part and the rest come to `left`, net and tax.

    Nothing, where less than those few cents is wanted.

    Where that cannot be had any more, since parts were taken that did not close, the part whose tax is not more than
    what is left.
    """
    step = Decimal(1).scaleb(-places).copy_sign(wanted)
    nearest = None
    for taken in range(_STEPS):
        part = wanted - step * taken
        if part * step <= 0:
            closes = tax_of(left.net, rate, places) == left.tax
            return ZERO if closes else nearest or ZERO
        tax = tax_of(part, rate, places)
        if tax + tax_of(left.net - part, rate, places) == left.tax:
            return part
        if nearest is None and abs(tax) <= abs(left.tax):
            nearest = part
    return nearest or ZERO
