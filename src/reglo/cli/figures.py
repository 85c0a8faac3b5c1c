"""Figures, dates and arguments as people write them, in the language of the command."""

from datetime import date
from decimal import Decimal

import click

from reglo.cli.language import language, say
from reglo.core.findings import Text
from reglo.core.money import minor_units

_THIN = "\N{NARROW NO-BREAK SPACE}"


def amount(value: Decimal | None, currency: str | None = "EUR") -> str:
    """An amount with the decimals of its currency, or more where it has more: 1 234,50 or 1,234.50."""
    if value is None:
        return ""
    return _grouped(value, max(minor_units(currency), _places(value)))


def quantity(value: Decimal | None) -> str:
    """A number without needless zeros."""
    return "" if value is None else _grouped(value, _places(value))


def percent(value: Decimal | None) -> str:
    """A rate: 5,5 % or 5.5%."""
    if value is None:
        return ""
    return f"{quantity(value)}{_THIN}%" if language() == "fr" else f"{quantity(value)}%"


def day(value: date | None) -> str:
    """A date: 15/09/2026 in French, 2026-09-15 in English."""
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if language() == "fr" else value.isoformat()


def counted(count: int, one: Text, many: Text) -> str:
    """A count with its noun: 0 is singular in French, plural in English."""
    singular = count < 2 if language() == "fr" else count == 1
    return f"{count} {say(one if singular else many)}"


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -int(exponent)) if value.is_finite() else 0


def _grouped(value: Decimal, places: int) -> str:
    english = f"{value:,.{places}f}"
    if language() != "fr":
        return english
    return english.replace(",", _THIN).replace(".", ",")


class DayArgument(click.ParamType):  # type: ignore[type-arg]  # older click takes none
    """A date on the command line: 2026-09-15 or 15/09/2026."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        from reglo.formats.data.scalars import BadValue
        from reglo.formats.data.table.cells import Habits, date_in

        if isinstance(value, date):
            return value
        try:
            return date_in(str(value), Habits())
        except BadValue as bad:
            self.fail(f"{say(bad.reason)} {say(bad.fix)}", param, ctx)


class AmountArgument(click.ParamType):  # type: ignore[type-arg]  # older click takes none
    """An amount on the command line: 2400, 2400.50 or 2400,50."""

    name = "amount"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The exact amount, or a usage error; a thousands separator is refused, it might be a decimal one."""
        from reglo.formats.data.scalars import BadValue, read_number

        if isinstance(value, Decimal):
            return value
        text = str(value).replace(",", ".")
        try:
            number = read_number(text)
        except BadValue:
            number = Decimal(-1)
        if number < 0:
            reason = Text(
                fr=f"« {value} » n'est pas un montant. Écrivez par exemple 2400.50.",
                en=f'"{value}" is not an amount. Write 2400.50, say.',
            )
            self.fail(say(reason), param, ctx)
        return number


DAY = DayArgument()
AMOUNT = AmountArgument()
