"""What was foreseen last: read from its row, without working anything out."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from reglo.forecast.models import Foreseen
from reglo.forecast.stored import Outlook, Range, read_forecast
from reglo.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What should come in from open invoices, in cents of EUR."""

    foreseen_on: date
    until: date
    range: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowest:
    """The lowest point of the treasury, in cents of EUR."""

    on: date
    range: Range
    chance_below_zero: float  #: 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Balances:
    """The likely balance at the end of each day foreseen, in cents of EUR."""

    foreseen_on: date
    days: tuple[tuple[date, int], ...]


def likely_balances(organisation: Organisation, *, today: date) -> Balances | None:
    """The middle of the treasury's band, as foreseen this week; None where no balance is known.

    Open invoices are not read: those of a large firm would be megabytes.
    """
    rows = _of_this_week(organisation, today)
    found = rows.values_list("day", "content__days", "content__balances").first()
    if found is None or not found[2]:
        return None
    made_on, days, balances = found
    likely = ((date.fromisoformat(on), middle) for (on, *_), (_, middle, _) in zip(days, balances, strict=True))
    return Balances(foreseen_on=made_on, days=tuple(likely))


def latest_foreseen(organisation: Organisation, *, today: date) -> Foreseen | None:
    """The last forecast that was made by a day."""
    return Foreseen.objects.of(organisation).filter(day__lte=today).order_by("-day").first()


def expected_cash(organisation: Organisation, *, today: date, days: int = 30) -> Expected | None:
    """What should come in within so many days, as foreseen last; None where nothing was foreseen this week.

    Open invoices are not read: each view of the dashboard asks this.
    """
    found = _of_this_week(organisation, today).values_list("day", "content__days").first()
    if found is None or not found[1]:
        return None
    made_on, told = found
    until, *so_far = told[min(days, len(told)) - 1]
    return Expected(foreseen_on=made_on, until=date.fromisoformat(until), range=Range(*so_far))


def expected_within(day: date, outlook: Outlook, *, days: int) -> Expected | None:
    """What should come in from `day` on within so many days."""
    if not outlook.days:
        return None
    last = outlook.days[min(days, len(outlook.days)) - 1]
    return Expected(foreseen_on=day, until=last.on, range=last.so_far)


def lowest_treasury(organisation: Organisation, *, today: date) -> Lowest | None:
    """The lowest point of the treasury, as foreseen last; None where no balance is known."""
    foreseen = latest_foreseen(organisation, today=today)
    if foreseen is None:
        return None
    outlook = read_forecast(foreseen.content)
    if outlook.lowest is None or outlook.lowest_on is None:
        return None
    return Lowest(on=outlook.lowest_on, range=outlook.lowest, chance_below_zero=outlook.chance_below_zero)


def _of_this_week(organisation: Organisation, today: date) -> QuerySet[Foreseen]:
    """The forecasts that are still worth something, the newest first."""
    return Foreseen.objects.of(organisation).filter(day__range=(today - timedelta(days=7), today)).order_by("-day")
