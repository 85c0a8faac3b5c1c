"""Amounts: exact, in a currency, rounded half-up and only where EN 16931 says so."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round to `places` decimals, halves away from zero (*arrondi commercial*): 2.345 → 2.35, −2.345 → −2.35."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)  # never -0.00, which the official sheets refuse


@cache
def minor_units(currency: str | None) -> int:
    """How many decimals amounts of an ISO 4217 currency have: EUR 2, JPY 0, TND 3.

    An unknown or missing currency counts as 2, the most common; that it is unknown is a finding of BR-CL-04.
    """
    # Loading the table takes time that a euro invoice need not spend.
    if currency in ("EUR", "USD", "GBP", "CHF", None, ""):
        return 2
    from iso4217 import Currency

    try:
        exponent = Currency(currency).exponent
    except ValueError:
        return 2
    return 2 if exponent is None else exponent


def amount_places(currency: str | None) -> int:
    """How many decimals an amount has in a document: those of the currency, and two at most.

    EN 16931 carries no third decimal, even of dinars (BR-DEC-01 to -28, BR-FR-DEC-01): with three, nobody could accept
    the document. The amounts of a debt, outside documents, have them all (`minor_units`).
    """
    return min(minor_units(currency), 2)


def minor_amount(amount: Decimal | None, currency: str | None) -> int:
    """An amount in minor units, as databases store it: 12.50 EUR is 1250. No amount is 0."""
    return int((amount or Decimal(0)).scaleb(minor_units(currency)))


def from_minor(minor: int, currency: str | None) -> Decimal:
    """An amount from its minor units, the other way round: 1250 is 12.50 EUR."""
    return Decimal(minor).scaleb(-minor_units(currency))
