"""Figures within the sentences of terms: a decimal comma and a space before the sign in French, neither in English."""

from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.money import from_minor, minor_units

_SPACE = "\N{NO-BREAK SPACE}"


def number_text(value: Decimal) -> Text:
    """A number without needless zeros: 2.50 is «2,5» and "2.5"."""
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return Text(fr=plain.replace(".", ","), en=plain)


def percent_text(value: Decimal) -> Text:
    """A percentage: «2,5 %» and "2.5%"."""
    number = number_text(value)
    return Text(fr=f"{number.fr}{_SPACE}%", en=f"{number.en}%")


def amount_text(value: Decimal, currency: str = "EUR") -> Text:
    """An amount: «1 500,50 €» and "€1,500.50", «200 USD» and "USD 200"; a whole one without decimals."""
    places = 0 if value == value.to_integral_value() else minor_units(currency)
    sign, english = "-" if value < 0 else "", f"{abs(value):,.{places}f}"
    french = sign + english.replace(",", _SPACE).replace(".", ",")
    if currency == "EUR":
        return Text(fr=f"{french}{_SPACE}€", en=f"{sign}€{english}")
    return Text(fr=f"{french}{_SPACE}{currency}", en=f"{sign}{currency}{_SPACE}{english}")


def minor_text(minor: int, currency: str) -> Text:
    """`amount_text` of an amount in minor units, as the database has it."""
    return amount_text(from_minor(minor, currency), currency)


def ordinal_text(number: int) -> Text:
    """A day of the month: «1er», «2», "1st", "2nd", "11th"."""
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return Text(fr="1er" if number == 1 else str(number), en=f"{number}{ending}")
