"""Fiscal years: when they begin and end, which ones there are books of."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Min
from django.utils.translation import gettext as _

from reglo.ledger.models import Entry
from reglo.organisations.models import Organisation
from reglo.reporting.periods import Period


def year_closing_in(organisation: Organisation, year: int) -> Period:
    """The fiscal year that ends in a calendar year."""
    end = _closing(organisation, year)
    return Period(_("Fiscal year %(year)s") % {"year": year}, _closing(organisation, year - 1) + timedelta(days=1), end)


def year_of(organisation: Organisation, day: date) -> Period:
    """The fiscal year that a day is in."""
    year = day.year if day <= _closing(organisation, day.year) else day.year + 1
    return year_closing_in(organisation, year)


def years_of(organisation: Organisation, today: date) -> list[Period]:
    """The fiscal years from the one that is under way back to the first of which there is an entry."""
    first = Entry.objects.of(organisation).aggregate(first=Min("date"))["first"] or today
    return list(years_between(organisation, min(first, today), today))[::-1]


def years_between(organisation: Organisation, start: date, end: date) -> Iterator[Period]:
    """The fiscal years that a period touches, the earliest first."""
    year = year_of(organisation, start)
    while year.start <= end:
        yield year
        year = year_of(organisation, year.end + timedelta(days=1))


def _closing(organisation: Organisation, year: int) -> date:
    month = organisation.closing_month
    return date(year, month, min(organisation.closing_day, monthrange(year, month)[1]))
