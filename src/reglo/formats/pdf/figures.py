"""Numbers and dates as people of each language write them: what the page shows, never what is computed."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.money import minor_units, round_half_up

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
#: As wide as a digit, and about as wide as a comma: they hold the place of decimals that are not there.
_FIGURE_SPACE, _COMMA_SPACE = "\u2007", "\u2009\u2009"

_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥"}

_MONTHS = (
    Text(fr="janvier", en="January"),
    Text(fr="février", en="February"),
    Text(fr="mars", en="March"),
    Text(fr="avril", en="April"),
    Text(fr="mai", en="May"),
    Text(fr="juin", en="June"),
    Text(fr="juillet", en="July"),
    Text(fr="août", en="August"),
    Text(fr="septembre", en="September"),
    Text(fr="octobre", en="October"),
    Text(fr="novembre", en="November"),
    Text(fr="décembre", en="December"),
)


def number(value: Decimal, language: str, *, least: int = 0, most: int | None = None) -> str:
    """`value` with grouped thousands and between `least` and `most` decimals: 1 234,5 or 1,234.5.

    Nothing is rounded unless `most` is given.
    """
    if most is not None:
        value = round_half_up(value, most)
    whole, _, decimals = f"{abs(value):f}".partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    group, comma = (",", ".") if language == "en" else (NARROW_NO_BREAK_SPACE, ",")
    grouped = f"{int(whole):,}".replace(",", group)
    sign = MINUS if value < 0 else ""
    return sign + grouped + (comma + decimals if decimals else "")


def amount(value: Decimal, currency: str | None, language: str) -> str:
    """An amount without its currency, with the decimals of that currency, or more where the document has more."""
    return number(value, language, least=minor_units(currency))


def money(value: Decimal, currency: str | None, language: str) -> str:
    """An amount with its currency, where each language puts it: 1 234,56 € or €1,234.56."""
    figure = amount(value, currency, language)
    symbol = _SYMBOLS.get(currency or "", currency or "")
    if language == "en" and symbol != currency:
        return MINUS + symbol + figure.removeprefix(MINUS) if figure.startswith(MINUS) else symbol + figure
    return f"{figure}{NO_BREAK_SPACE}{symbol}".rstrip(NO_BREAK_SPACE)


def percent(value: Decimal, language: str) -> str:
    """20 % in French, 20% in English."""
    return number(value, language) + ("%" if language == "en" else NO_BREAK_SPACE + "%")


def share(value: Decimal, language: str) -> str:
    """Percent with one decimal at most: 33,3 %."""
    return percent(round_half_up(value, 1), language)


def day(value: date, language: str) -> str:
    """15 septembre 2026 (1er for the first), 15 September 2026."""
    name = _MONTHS[value.month - 1].in_language(language)
    first = "1er" if value.day == 1 and language == "fr" else str(value.day)
    return f"{first}{NO_BREAK_SPACE}{name}{NO_BREAK_SPACE}{value.year}"


def short_day(value: date, language: str) -> str:
    """15/09/2026, 15 Sep 2026: where a whole month name finds no room."""
    if language == "en":
        name = _MONTHS[value.month - 1].en[:3]
        return f"{value.day}{NO_BREAK_SPACE}{name}{NO_BREAK_SPACE}{value.year}"
    return f"{value.day:02}/{value.month:02}/{value.year}"


def aligned(figures: Sequence[str], language: str) -> list[str]:
    """`figures` padded so that, set flush right in tabular figures, their decimal signs stand below each other."""
    comma = "." if language == "en" else ","
    lengths = [len(figure.partition(comma)[2]) for figure in figures]
    longest = max(lengths, default=0)
    return [
        figure + _padding(length, longest) if figure else figure
        for figure, length in zip(figures, lengths, strict=True)
    ]


def _padding(length: int, longest: int) -> str:
    if length == longest:
        return ""
    return _FIGURE_SPACE * (longest - length) + ("" if length else _COMMA_SPACE)


def grouped(identifier: str, sizes: Iterable[int] = (), *, size: int = 4) -> str:
    """An identifier in groups that an eye can follow: FR76 3000 6000…; `sizes` first, then `size` characters each."""
    text = "".join(identifier.split())
    groups, place = [], 0
    for length in sizes:
        groups.append(text[place : place + length])
        place += length
    groups += [text[start : start + size] for start in range(place, len(text), size)]
    return NO_BREAK_SPACE.join(group for group in groups if group)
