"""Rates of interest by half-year: the legal rate in its two columns, and the refinancing rate of the ECB.

Rates are dated data with a source. Réglo ships a table (`core/data/rates.toml`); a user adds a line to a copy of it
when a new half-year begins. A day beyond the table gets the last known rate, marked provisional.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from reglo.core.dates import HalfYear
from reglo.core.errors import DomainError
from reglo.core.findings import Text


class RateUnknown(DomainError):
    """No rate is known for a day so long ago."""

    code = "rate-unknown"


class InvalidRates(DomainError):
    """A table of rates that cannot be read."""

    code = "invalid-rates"


#: The source of a rate that the user gave.
_OWN = "Taux saisi par l'utilisateur"


class RateKind(StrEnum):
    """Which rate."""

    LEGAL = "legal"  #: owed to professionals: C. mon. fin. L313-2, "all other cases"
    LEGAL_INDIVIDUALS = "legal-individuals"  #: owed to individuals acting for no professional need
    ECB = "ecb"  #: main refinancing operations, in force on the first day of the half-year: C. com. L441-10 II


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What a rate was in a half-year."""

    percent: Decimal  #: a year
    half_year: HalfYear  #: the one whose rate it is; before the day asked for, if provisional
    source: str  #: the act that set it
    provisional: bool = False  #: the rate of the day asked for is not known; this is the last that is


@dataclass(frozen=True, slots=True)
class RateTable:
    """Rates of every kind, each in the order of the half-years."""

    rates: Mapping[RateKind, tuple[Rate, ...]]

    def with_rate(self, kind: RateKind, half_year: HalfYear, percent: Decimal, source: str) -> "RateTable":
        """This table and one more line, which replaces what stood there for that half-year."""
        kept = (rate for rate in self.rates.get(kind, ()) if rate.half_year != half_year)
        added = Rate(percent=percent, half_year=half_year, source=source)
        line = tuple(sorted((*kept, added), key=lambda rate: rate.half_year))
        return RateTable({**self.rates, kind: line})

    def last(self, kind: RateKind) -> Rate:
        """The newest rate of a kind."""
        return self.rates[kind][-1]


@cache
def shipped_rates() -> RateTable:
    """The table that comes with Réglo."""
    # Only who needs a rate needs to read the table.
    import tomllib
    from importlib import resources

    data = resources.files("reglo.core").joinpath("data/rates.toml").read_text("utf-8")
    read = tomllib.loads(data)
    return RateTable({kind: tuple(_line(kind, read)) for kind in RateKind})


def rates_with(text: str) -> RateTable:
    """The shipped rates and the lines of a table of one's own, in the same form:

        [rates]
        2026-2 = { legal = "2.71", legal-individuals = "6.80", ecb = "2.15" }

    Raises InvalidRates for what is no such table.
    """
    import tomllib

    table = shipped_rates()
    try:
        lines = tomllib.loads(text)["rates"].items()
        for half_year, rates in lines:
            for kind, percent in rates.items():
                table = table.with_rate(RateKind(kind), HalfYear.parse(half_year), _percent(percent), _OWN)
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, ValueError, ArithmeticError) as error:
        raise InvalidRates(
            Text(
                fr=f'Ces taux ne se lisent pas ({error}). Écrivez [rates], puis 2026-2 = {{ ecb = "2.15" }}.',
                en=f'These rates cannot be read ({error}). Write [rates], then 2026-2 = {{ ecb = "2.15" }}.',
            ),
            field="rates",
        ) from error
    return table


def _percent(said: object) -> Decimal:
    """A rate as typed. The ECB's own has been nothing, and may go below; none goes beyond 100 %."""
    percent = Decimal(str(said))
    if not (percent.is_finite() and abs(percent) < 100):
        raise ValueError(f"{said} %")
    return percent


def rate_for(kind: RateKind, day: date, table: RateTable | None = None) -> Rate:
    """The rate of `kind` in force on `day`, or the last one known before, marked provisional.

    table: the rates to use, by default those that Réglo ships. Raises RateUnknown before its first half-year.
    """
    line = (table or shipped_rates()).rates.get(kind, ())
    half_year = HalfYear.of(day)
    place = bisect_right(line, half_year, key=lambda rate: rate.half_year)
    if place == 0:
        raise RateUnknown(
            Text(
                fr=f"Le taux du semestre {half_year} n'est pas connu ici. Ajoutez-le aux taux.",
                en=f"The rate of half-year {half_year} is not known here. Add it to the rates.",
            ),
            field="rates",
        )
    found = line[place - 1]
    return found if found.half_year == half_year else replace(found, provisional=True)


def _line(kind: RateKind, read: Mapping[str, Mapping[str, Mapping[str, str]]]) -> list[Rate]:
    return [
        Rate(percent=Decimal(rates[kind]), half_year=HalfYear.parse(half_year), source=_source(kind, half_year, read))
        for half_year, rates in read["rates"].items()
        if kind in rates
    ]


def _source(kind: RateKind, half_year: str, read: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    """The act by name where the table has it, else the kind of act."""
    column = "ecb" if kind is RateKind.ECB else "legal"
    named = read["sources"]["named"]
    year = half_year.partition("-")[0]
    for key in (f"{column}-{half_year}", f"{column}-{year}"):
        if key in named:
            return named[key]
    return str(read["sources"][kind])
