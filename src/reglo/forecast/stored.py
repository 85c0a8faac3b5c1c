"""A forecast and a replay as they are stored: plain trees, amounts in cents, days as ISO dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reglo.core.findings import Text
from reglo.core.forecast import Backtest, Band, Forecast, Score, Treasury
from reglo.core.forecast.invoice import InvoiceForecast
from reglo.core.money import minor_amount

_EUR = "EUR"


@dataclass(frozen=True, slots=True)
class Range:
    """Cents: one chance in ten that it is less than the first, as likely as not the second, one in ten more."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What comes in a week, or what is left of it."""

    first: date
    last: date
    came: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What has come by the end of a day, and the balance then, where one is known."""

    on: date
    so_far: Range
    balance: Range | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedInvoice:
    """When an open item will be paid."""

    item_id: int
    customer_id: int
    expected: date
    low: date  #: one chance in ten that it comes before
    high: date  #: one in ten that it comes after
    amount_minor: int
    is_guess: bool
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A stored forecast, read."""

    weeks: tuple[Week, ...]
    days: tuple[Day, ...]
    invoices: tuple[ExpectedInvoice, ...]
    lowest: Range | None  #: of the balance, whatever its day
    lowest_on: date | None
    chance_below_zero: float  #: 0 to 1

    @property
    def lowest_likely(self) -> int | None:
        """The balance that is as likely as not on the day on which it is lowest."""
        return next((day.balance.middle for day in self.days if day.balance and day.on == self.lowest_on), None)

    @property
    def percent_below_zero(self) -> int:
        """The chance that the accounts fall below zero, in a hundred."""
        return round(self.chance_below_zero * 100)


def forecast_tree(forecast: Forecast, treasury: Treasury | None) -> dict[str, Any]:
    """A forecast as it is stored."""
    balances = treasury.days if treasury else ()
    return {
        "weeks": [[each.first.isoformat(), each.last.isoformat(), *_cents(each.came)] for each in forecast.weeks],
        "days": [[each.on.isoformat(), *_cents(each.so_far)] for each in forecast.days],
        "balances": [_cents(each.balance) for each in balances],
        "lowest": _cents(treasury.lowest) if treasury else None,
        "lowest_on": treasury.lowest_on.isoformat() if treasury else None,
        "below_zero": treasury.chance_below_zero if treasury else 0.0,
        "invoices": [_invoice(each) for each in forecast.invoices],
    }


def without_invoices(tree: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a day that is over: what was foreseen in sum."""
    return {**tree, "invoices": []}


def read_forecast(tree: Mapping[str, Any]) -> Outlook:
    """A forecast out of its row."""
    balances: list[Range | None] = [Range(*each) for each in tree["balances"]] or [None] * len(tree["days"])
    return Outlook(
        weeks=tuple(
            Week(first=date.fromisoformat(first), last=date.fromisoformat(last), came=Range(*came))
            for first, last, *came in tree["weeks"]
        ),
        days=tuple(
            Day(on=date.fromisoformat(on), so_far=Range(*so_far), balance=balance)
            for (on, *so_far), balance in zip(tree["days"], balances, strict=True)
        ),
        invoices=tuple(_read_invoice(each) for each in tree["invoices"]),
        lowest=Range(*tree["lowest"]) if tree["lowest"] else None,
        lowest_on=date.fromisoformat(tree["lowest_on"]) if tree["lowest_on"] else None,
        chance_below_zero=tree["below_zero"],
    )


def _cents(band: Band) -> list[int]:
    return [minor_amount(each, _EUR) for each in (band.low, band.middle, band.high)]


def _invoice(each: InvoiceForecast) -> list[Any]:
    days = [each.expected_day, each.by_chance(0.1), each.by_chance(0.9)]
    amount = minor_amount(each.amount, _EUR)
    told = [day.isoformat() for day in days]
    return [int(each.key), int(each.customer), *told, amount, each.is_guess, each.reason.fr, each.reason.en]


def _read_invoice(row: Sequence[Any]) -> ExpectedInvoice:
    item, customer, expected, low, high, amount, is_guess, french, english = row
    return ExpectedInvoice(
        item_id=item,
        customer_id=customer,
        expected=date.fromisoformat(expected),
        low=date.fromisoformat(low),
        high=date.fromisoformat(high),
        amount_minor=amount,
        is_guess=is_guess,
        reason=Text(fr=french, en=english),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayScore:
    """How right the forecast was for invoices of an age."""

    age: int  #: days since issue
    count: int
    error: float  #: mean, in days
    coverage: float  #: share within the band of 80 %, 0 to 1
    band_days: float
    guesses: Mapping[str, float]  #: name → mean error in days


def replay_tree(replay: Backtest) -> list[Any]:
    """A replay as it is stored."""
    return [_score(age, each) for age, each in sorted(replay.by_age.items())]


def read_replay(tree: Iterable[Sequence[Any]]) -> tuple[ReplayScore, ...]:
    """A replay out of its row, the youngest invoices first."""
    names = ("age", "count", "error", "coverage", "band_days", "guesses")
    return tuple(ReplayScore(**dict(zip(names, row, strict=True))) for row in tree)


def _score(age: int, score: Score) -> list[Any]:
    found = [score.count, score.mean_absolute_error, score.coverage_80, score.band_days, dict(score.baselines)]
    return [age, *found]
