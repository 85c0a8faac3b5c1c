"""Days, months and half-years as the trade counts them, and the days on which banks work.

The only place in Réglo with month arithmetic. Nothing here reads a clock: days come in as arguments.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class Region(StrEnum):
    """Whose public holidays count (*jours fériés*)."""

    FRANCE = "france"  #: C. trav. L3133-1
    ALSACE_MOSELLE = "alsace-moselle"  #: adds Good Friday and 26 December: C. trav. L3134-13


# How the `holidays` package names a region; Moselle and Alsace keep the same days.
_SUBDIVISIONS = {Region.FRANCE: None, Region.ALSACE_MOSELLE: "57"}


def end_of_month(day: date) -> date:
    """The last day of the month of `day` (*fin de mois*)."""
    return day.replace(day=_length_of_month(day.year, day.month))


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (or earlier, if negative).

    A month too short gives its last day: 31 January and one month is 28 or 29 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _length_of_month(year, month + 1)))


def on_or_after(day: date, day_of_month: int) -> date:
    """The first day numbered `day_of_month` that is not before `day`.

    A month too short counts its last day: the 31st of February is the 28th or the 29th.
    """
    this_month = _in_month(day, day_of_month)
    return this_month if this_month >= day else _in_month(add_months(day.replace(day=1), 1), day_of_month)


def end_of_decade(day: date) -> date:
    """The last day of the ten-day period of `day` (*décade*): the 10th, the 20th or the end of the month."""
    if day.day > 20:
        return end_of_month(day)
    return day.replace(day=10 if day.day <= 10 else 20)


def is_holiday(day: date, region: Region = Region.FRANCE) -> bool:
    """Whether `day` is a public holiday there."""
    return day in _holidays_of(day.year, region)


def is_business_day(day: date, region: Region = Region.FRANCE) -> bool:
    """Whether banks and offices work on `day` (*jour ouvré*): neither a weekend nor a public holiday."""
    return day.weekday() < _SATURDAY and not is_holiday(day, region)


def next_business_day(day: date, region: Region = Region.FRANCE) -> date:
    """`day` itself if it is a business day, else the first one after it."""
    while not is_business_day(day, region):
        day += _ONE_DAY
    return day


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """Six months, January to June or July to December (*semestre*): the time for which a rate of interest holds."""

    year: int
    half: int  #: 1 or 2

    def __post_init__(self) -> None:
        if self.half not in (1, 2):
            raise ValueError(f"a year has halves 1 and 2, not {self.half}")

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def first_day(self) -> date:
        """1 January or 1 July."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        """30 June or 31 December."""
        return self.following.first_day - _ONE_DAY

    @property
    def following(self) -> "HalfYear":
        """The half-year after this one."""
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        """The half-year that `day` is in."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def parse(cls, text: str) -> "HalfYear":
        """Read "2026-1". Raises ValueError on anything else."""
        year, _, half = text.partition("-")
        return cls(int(year), int(half))


def _length_of_month(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _in_month(day: date, day_of_month: int) -> date:
    return day.replace(day=min(day_of_month, _length_of_month(day.year, day.month)))


@cache
def _holidays_of(year: int, region: Region) -> frozenset[date]:
    # Loading the calendars of the world takes time that most work need not spend.
    import holidays

    return frozenset(holidays.country_holidays("FR", subdiv=_SUBDIVISIONS[region], years=year))
