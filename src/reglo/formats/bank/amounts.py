"""Amounts and days of bank files: exact, in the decimals of their currency, no larger than a database holds."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from reglo.core.findings import Text
from reglo.core.money import minor_units
from reglo.formats.data.faults import shown
from reglo.formats.data.scalars import BadValue

#: Amounts are stored as 64-bit integers of minor units.
LARGEST_MINOR = 2**63 - 1
_CURRENCY = re.compile("[A-Z]{3}")
_ASK_THE_BANK = Text(fr="Demandez à la banque un fichier correct.", en="Ask the bank for a correct file.")


def exact_amount(number: Decimal, currency: str) -> Decimal:
    """`number` with the decimals of `currency`: 8.850 EUR is 8.85. Raises BadValue where that would lose something.

    Sums and comparisons of the statement are then exact, and minor units are whole.
    """
    places = _places(currency)
    if not number.is_finite() or abs(number.scaleb(places)) > LARGEST_MINOR:
        raise BadValue(
            Text(
                fr=f"« {shown(number)} » n'est pas un montant possible.", en=f'"{shown(number)}" is no possible amount.'
            ),
            _ASK_THE_BANK,
        )
    fitting = number.quantize(Decimal(1).scaleb(-places))
    if fitting != number:
        raise BadValue(
            Text(
                fr=f"« {shown(number)} » a plus de décimales que {currency} n'en admet ({places}).",
                en=f'"{shown(number)}" has more decimals than {currency} allows ({places}).',
            ),
            _ASK_THE_BANK,
        )
    return fitting


@lru_cache(maxsize=256)
def _places(currency: str) -> int:
    if not _CURRENCY.fullmatch(currency):
        raise BadValue(
            Text(fr=f"« {shown(currency)} » n'est pas une devise.", en=f'"{shown(currency)}" is no currency.'),
            Text(fr="Un code de trois lettres est attendu (EUR).", en="A code of three letters is wanted (EUR)."),
        )
    return minor_units(currency)


def day_of_two_digit_year(year: int, month: int, day: int, *, shown_as: str) -> date:
    """A day whose year has two digits: 00 to 79 are of this century, 80 to 99 of the last. Raises BadValue."""
    return bank_day(year + (2000 if year < 80 else 1900), month, day, shown_as=shown_as)


def bank_day(year: int, month: int, day: int, *, shown_as: str) -> date:
    """A day of the calendar in the years that banks book in. Raises BadValue."""
    try:
        found = date(year, month, day)
    except ValueError:
        found = date.min
    if not 1970 <= found.year <= 2199:
        raise BadValue(
            Text(
                fr=f"« {shown(shown_as)} » n'est pas une date possible.", en=f'"{shown(shown_as)}" is no possible date.'
            ),
            _ASK_THE_BANK,
        )
    return found


def written(amount: Decimal) -> Text:
    """An amount within a sentence: 1234,50 in French, 1234.50 in English."""
    plain = format(amount, "f")
    return Text(fr=plain.replace(".", ","), en=plain)
