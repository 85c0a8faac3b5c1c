"""The treasury curve: the balance day by day from what comes and what surely goes out, and its lowest point."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from reglo.core.forecast.cash import Band, Forecast, band_of
from reglo.core.forecast.facts import Outgoing
from reglo.core.money import minor_units, round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class TreasuryDay:
    """The balance at the end of a day."""

    on: date
    balance: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Treasury:
    """The balance day by day, and where it is lowest."""

    days: tuple[TreasuryDay, ...]
    lowest_on: date  #: the day on which the middle of the band is lowest; the first of several
    lowest: Band  #: of the lowest balance of each draw, whatever its day
    chance_below_zero: float  #: share of draws in which the balance is below zero at the end of some day


def treasury_of(forecast: Forecast, *, balance: Decimal, outgoings: Iterable[Outgoing] = ()) -> Treasury:
    """What `balance`, the money at hand as today begins, becomes with what comes and what surely goes out.

    Outgoings before today are over, those after the last day of the forecast do not show.
    """
    places = minor_units(forecast.currency)
    count = len(forecast.days)
    out = [0] * count
    for each in outgoings:
        place = (each.on - forecast.today).days
        if 0 <= place < count:
            out[place] += int(round_half_up(each.amount, places).scaleb(places))
    start = int(round_half_up(balance, places).scaleb(places))
    curves = [_balances(path, out, start) for path in forecast.paths]
    days = tuple(
        TreasuryDay(on=day.on, balance=band_of(drawn, places))
        for day, drawn in zip(forecast.days, zip(*curves, strict=True), strict=True)
    )
    lows = [min(curve) for curve in curves]
    return Treasury(
        days=days,
        lowest_on=min(days, key=lambda each: each.balance.middle).on,
        lowest=band_of(lows, places),
        chance_below_zero=sum(low < 0 for low in lows) / len(lows),
    )


def _balances(path: Sequence[int], out: Sequence[int], start: int) -> list[int]:
    return list(accumulate((came - gone for came, gone in zip(path, out, strict=True)), initial=start))[1:]
