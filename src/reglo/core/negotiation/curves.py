"""What an offer does to cash: dated flows, the need it creates, what is owed at most, and the lowest point.

Need and exposure are those of a business that goes on: the year repeats itself, and a delay beyond a year means that
several years are owed at once. Flows and lowest point are those of a business that begins on the first day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

from reglo.core.findings import Text
from reglo.core.negotiation.deal import Deal
from reglo.core.negotiation.sums import Cause, Position, money, rounded
from reglo.core.negotiation.year import DAYS_A_YEAR, Payment
from reglo.core.terms.figures import amount_text, number_text

_WITH_TAX, _OF_VAT = Text(fr="TTC", en="with tax"), Text(fr="de TVA", en="of VAT")
_NEVER_BELOW = Text(fr="L'argent vient avant d'être dépensé.", en="Money comes before it is spent.")


@dataclass(frozen=True, slots=True)
class Level:
    """How much, on average and at most in a year. EUR."""

    average: Decimal
    peak: Decimal
    peak_day: date
    working: Text  #: how the average comes about


@dataclass(frozen=True, slots=True)
class Lowest:
    """The lowest point of the cash of this deal alone, from its beginning. EUR."""

    amount: Decimal  #: 0 if it never goes below
    day: date | None  #: None if it never goes below
    working: Text  #: what has come and gone by then


class FlowKind(StrEnum):
    """What moves cash."""

    PAYMENT = "payment"  #: with tax, from the customer
    VAT = "vat"  #: to the state
    COSTS = "costs"  #: of what is sold, counted without tax and paid on the day of the invoice


@dataclass(frozen=True, slots=True)
class Flow:
    """Cash that comes, or goes if below zero, on a day. EUR."""

    day: date
    amount: Decimal
    kind: FlowKind


_Move = tuple[int, float, FlowKind]


def cash_need(position: Position, deal: Deal) -> Level:
    """Cash that the deal ties up (*BFR*): what is owed with tax, less tax not yet settled and deposits in advance.

    Tax that is settled before the customer pays is part of it. Costs are taken as paid on the invoice.
    """
    figures = position.figures
    average = (position.gross * figures.days - position.vat * figures.vat_days) / DAYS_A_YEAR
    gross = _euro_days(position.gross, _WITH_TAX, figures.days)
    vat = _euro_days(position.vat, _OF_VAT, figures.vat_days)
    working = Text(fr=f"({gross.fr} − {vat.fr}) ÷ {DAYS_A_YEAR}", en=f"({gross.en} − {vat.en}) ÷ {DAYS_A_YEAR}")
    return _level(_need_steps(position), average, deal, working)


def exposure_of(position: Position, deal: Deal) -> Level:
    """What the customer owes for what was invoiced (*encours*), with tax."""
    average = position.gross * position.figures.exposed / DAYS_A_YEAR
    gross = _euro_days(position.gross, _WITH_TAX, position.figures.exposed)
    working = Text(fr=f"{gross.fr} ÷ {DAYS_A_YEAR}", en=f"{gross.en} ÷ {DAYS_A_YEAR}")
    return _level(_exposure_steps(position), average, deal, working)


def flows_of(position: Position) -> tuple[Flow, ...]:
    """The dated cash of a year's invoices, in order of days, to be laid over a forecast of the whole firm."""
    sums: defaultdict[tuple[int, FlowKind], float] = defaultdict(float)
    for day, amount, kind in _flows(position):
        sums[day, kind] += amount
    return tuple(Flow(date.fromordinal(day), money(sums[day, kind]), kind) for day, kind in sorted(sums))


def lowest_point(position: Position) -> Lowest:
    """How far the deal alone takes cash below where it stood."""
    moves = sorted(_flows(position))
    by_day: defaultdict[int, float] = defaultdict(float)
    for day, amount, _ in moves:
        by_day[day] += amount
    days = sorted(by_day)
    depth, place = min(zip(accumulate(by_day[day] for day in days), days, strict=True))
    lowest = money(min(0.0, depth))
    if not lowest:
        return Lowest(lowest, None, _NEVER_BELOW)
    return Lowest(lowest, date.fromordinal(place), _come_and_gone(move for move in moves if move[0] <= place))


def _come_and_gone(moves: Iterable[_Move]) -> Text:
    sums = dict.fromkeys(FlowKind, 0.0)
    for _, amount, kind in moves:
        sums[kind] += amount
    came, costs, vat = (
        amount_text(abs(money(sums[kind]))) for kind in (FlowKind.PAYMENT, FlowKind.COSTS, FlowKind.VAT)
    )
    return Text(
        fr=f"{came.fr} reçus − {costs.fr} de coûts − {vat.fr} de TVA jusqu'à ce jour",
        en=f"{came.en} received − {costs.en} of costs − {vat.en} of VAT up to that day",
    )


def _flows(position: Position) -> Iterator[_Move]:
    payments = position.drawn.parts[0][1].payments
    for each in payments:
        yield each.invoiced, position.ours[Cause.COSTS] / len(payments), FlowKind.COSTS
    for each, gross, vat in _movements(position):
        yield each.paid, gross, FlowKind.PAYMENT
        if vat:
            yield each.vat, -vat, FlowKind.VAT


def _movements(position: Position) -> Iterator[tuple[Payment, float, float]]:
    """Each part of each invoice: its days, what is paid with tax, the tax in it."""
    for share, leg in position.drawn.parts:
        count = len(leg.payments)
        for each in leg.payments:
            yield each, position.gross * share / count, position.vat * share / count


def _need_steps(position: Position) -> Iterator[tuple[int, float]]:
    for each, gross, vat in _movements(position):
        yield each.invoiced, gross - vat
        yield each.paid, -gross
        yield each.vat, vat


def _exposure_steps(position: Position) -> Iterator[tuple[int, float]]:
    for each, gross, _ in _movements(position):
        if each.paid > each.invoiced:
            yield each.invoiced, gross
            yield each.paid, -gross


def _level(steps: Iterable[tuple[int, float]], average: float, deal: Deal, working: Text) -> Level:
    """A curve that repeats itself each year, from its steps up and down and its average."""
    first = deal.from_day.toordinal()
    changes = [0.0] * DAYS_A_YEAR
    for day, change in steps:
        changes[(day - first) % DAYS_A_YEAR] += change
    curve = list(accumulate(changes))
    peak = max(curve)
    lift = average - sum(curve) / DAYS_A_YEAR
    return Level(money(average), money(peak + lift), deal.from_day + timedelta(days=curve.index(peak)), working)


def _euro_days(amount: float, with_tax: Text, euro_days: float) -> Text:
    """«144 000 € TTC × 30 jours»."""
    euros, days = amount_text(money(amount)), number_text(rounded(euro_days, 1))
    return Text(fr=f"{euros.fr} {with_tax.fr} × {days.fr} jours", en=f"{euros.en} {with_tax.en} × {days.en} days")
