"""Cash in by day and week, with bands: 10, 50 and 90 % of the draws are below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.forecast.draws import MOST_DAYS, Sum, draw_days
from reglo.core.forecast.facts import OpenInvoice, PaidInvoice
from reglo.core.forecast.invoice import Forecaster, InvoiceForecast
from reglo.core.forecast.model import PaymentModel, learn_model
from reglo.core.money import minor_units, round_half_up

_MOST_DRAWS = 100_000


class InvalidHorizon(DomainError):
    """So many days or draws cannot be made."""

    code = "invalid-horizon"


@dataclass(frozen=True, slots=True)
class Band:
    """Three amounts: one draw in ten is below the first, half below the second, nine in ten below the third."""

    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CashDay:
    """What comes on a day, and from today to its end."""

    on: date
    came: Band
    so_far: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class CashWeek:
    """What comes in a week, Monday to Sunday; the first begins today, and the last may be cut."""

    first: date
    last: date
    came: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the open invoices of a firm will be paid, and what that makes by day and week."""

    today: date
    currency: str
    invoices: tuple[InvoiceForecast, ...]  #: in the order in which they were given
    days: tuple[CashDay, ...]
    weeks: tuple[CashWeek, ...]
    model: PaymentModel
    paths: tuple[tuple[int, ...], ...]  #: of each draw what comes on each day, in minor units


def make_forecast(
    history: Sequence[PaidInvoice],
    still_open: Sequence[OpenInvoice],
    *,
    today: date,
    days: int = 91,
    draws: int = 2000,
    seed: int = 0,
    promise_kept: float = 0.7,
    currency: str = "EUR",
) -> Forecast:
    """Forecast the payment of `still_open` from how `history` was paid.

    days: how far the sums look, 1 to 255; promise_kept: share of promises that are kept. All amounts are in `currency`.
    Raises InvalidForecast if something is later than `today`, InvalidHorizon if days or draws cannot be made.
    """
    _require_horizon(days, draws, promise_kept)
    model = learn_model(history, still_open, today=today)
    forecaster = Forecaster(model, promise_kept=promise_kept)
    invoices = tuple(map(forecaster.forecast, still_open))
    places = minor_units(currency)
    paths = draw_days(_sums(invoices, places), model.together, days=days, draws=draws, seed=seed)
    return Forecast(
        today=today,
        currency=currency,
        invoices=invoices,
        days=_days(paths, today, places),
        weeks=_weeks(paths, today, places),
        model=model,
        paths=tuple(map(tuple, paths)),
    )


def _require_horizon(days: int, draws: int, promise_kept: float) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise InvalidHorizon(
            Text(
                fr=f"La prévision porte sur 1 à {MOST_DAYS} jours, et non {days}.",
                en=f"A forecast looks 1 to {MOST_DAYS} days ahead, not {days}.",
            ),
            field="days",
        )
    if not 1 <= draws <= _MOST_DRAWS:
        raise InvalidHorizon(
            Text(
                fr=f"Il faut entre 1 et {_MOST_DRAWS} tirages, et non {draws}.",
                en=f"It takes 1 to {_MOST_DRAWS} draws, not {draws}.",
            ),
            field="draws",
        )
    if not 0 <= promise_kept <= 1:
        raise InvalidHorizon(
            Text(
                fr=f"La part des promesses tenues est entre 0 et 1, et {promise_kept} ne l'est pas.",
                en=f"The share of promises kept is between 0 and 1, and {promise_kept} is not.",
            ),
            field="promise_kept",
        )


def _sums(invoices: Iterable[InvoiceForecast], places: int) -> list[Sum]:
    return [
        Sum(each.customer, int(round_half_up(part.amount, places).scaleb(places)), part.outlook.ahead)
        for each in invoices
        for part in each.parts
        if part.amount
    ]


def _days(paths: Sequence[Sequence[int]], today: date, places: int) -> tuple[CashDay, ...]:
    came = list(zip(*paths, strict=True))
    so_far = list(zip(*map(accumulate, paths), strict=True))
    return tuple(
        CashDay(on=today + timedelta(days=day), came=band_of(came[day], places), so_far=band_of(so_far[day], places))
        for day in range(len(came))
    )


def _weeks(paths: Sequence[Sequence[int]], today: date, places: int) -> tuple[CashWeek, ...]:
    found, count, first = list[CashWeek](), len(paths[0]), 0
    while first < count:
        end = min(first + 7 - (today + timedelta(days=first)).weekday(), count)
        found.append(
            CashWeek(
                first=today + timedelta(days=first),
                last=today + timedelta(days=end - 1),
                came=band_of([sum(path[first:end]) for path in paths], places),
            )
        )
        first = end
    return tuple(found)


def band_of(drawn: Sequence[int], places: int) -> Band:
    """The band of what was drawn, in minor units with so many decimals."""
    ordered = sorted(drawn)
    low, middle, high = (Decimal(ordered[len(ordered) * tenths // 10]).scaleb(-places) for tenths in (1, 5, 9))
    return Band(low, middle, high)
