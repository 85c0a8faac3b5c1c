"""How the official sheets round."""

from decimal import ROUND_FLOOR, Context, Decimal

ZERO = Decimal(0)
_CENT = Decimal("0.01")
_HALF_CENT = Decimal("0.005")
#: Wide enough for any number that somebody may write, so that rounding never fails.
_WIDE = Context(prec=1000)


def to_cents(amount: Decimal) -> Decimal:
    """Round as the sheets do: to two decimals whatever the currency, a half towards plus infinity."""
    return (amount + _HALF_CENT).quantize(_CENT, ROUND_FLOOR, _WIDE)
