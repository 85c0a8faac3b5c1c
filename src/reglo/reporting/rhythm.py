"""How often a report goes out, and over which days each one speaks. Nothing here reads a clock."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from reglo.core.dates import add_months

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Rhythm(models.TextChoices):
    """How often a report goes out, each time over the time that has just ended."""

    WEEK = "week", _("every Monday")
    MONTH = "month", _("each month")
    QUARTER = "quarter", _("each quarter")
    YEAR = "year", _("each year")


def first_day_after(rhythm: Rhythm, day: date, *, days_in: int) -> date:
    """The first day after `day` on which a report goes out.

    days_in: how many days after the beginning of the month, quarter or year; 0 for its first. A week begins on Monday.
    """
    if rhythm is Rhythm.WEEK:
        return day + timedelta(days=7 - day.weekday())
    months = _MONTHS[rhythm]
    begin = _beginning(day, months)
    going = begin + timedelta(days=days_in)
    return going if going > day else add_months(begin, months) + timedelta(days=days_in)


def period_before(rhythm: Rhythm, day: date) -> tuple[date, date]:
    """The first and last day of the week, month, quarter or year that ended before the one of `day`."""
    if rhythm is Rhythm.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday - timedelta(days=7), monday - timedelta(days=1)
    months = _MONTHS[rhythm]
    begin = _beginning(day, months)
    return add_months(begin, -months), begin - timedelta(days=1)


def _beginning(day: date, months: int) -> date:
    """The first day of the stretch of so many months of a year in which `day` is."""
    return date(day.year, months * ((day.month - 1) // months) + 1, 1)
