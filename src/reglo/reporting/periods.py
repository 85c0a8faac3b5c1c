"""The periods that are offered: months, quarters, years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reglo.core.dates import add_months

_MOST_LABELS = 12  #: months that find room below a drawing


@dataclass(frozen=True, slots=True)
class Period:
    """A period with its name; both days are in it."""

    label: str
    start: date
    end: date

    @property
    def short(self) -> str:
        """Month and year in a few letters, for the foot of a drawing."""
        return date_format(self.start, "N y")


def year_so_far(today: date) -> tuple[date, date]:
    """From 1 January to today."""
    return today.replace(month=1, day=1), today


def last_month(today: date) -> tuple[date, date]:
    """The whole month before this one."""
    month = today.replace(day=1)
    return add_months(month, -1), month - timedelta(days=1)


def last_year(today: date) -> tuple[date, date]:
    """The whole calendar year before this one."""
    return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


def offered_periods(today: date) -> Iterator[Period]:
    """What is asked for most, the nearest first."""
    month = today.replace(day=1)
    quarter = month.replace(month=3 * ((month.month - 1) // 3) + 1)
    year = month.replace(month=1)
    yield _whole(_("This month"), month, 1)
    yield _whole(_("Last month"), add_months(month, -1), 1)
    yield _whole(_("This quarter"), quarter, 3)
    yield _whole(_("Last quarter"), add_months(quarter, -3), 3)
    yield _whole(_("This year"), year, 12)
    yield _whole(_("Last year"), add_months(year, -12), 12)
    yield _whole(_("Twelve months"), add_months(month, -11), 12)


def _whole(label: str, first: date, months: int) -> Period:
    return Period(label, first, add_months(first, months) - timedelta(days=1))


def months_within(start: date, end: date) -> list[Period]:
    """The months from `start` to `end`; the first and the last are cut where the days asked for cut them."""
    months = []
    while start <= end:
        last = min(add_months(start.replace(day=1), 1) - timedelta(days=1), end)
        months.append(Period(date_format(start, "N\u00a0Y"), start, last))
        start = last + timedelta(days=1)
    return months


def chart_labels(months: Sequence[Period]) -> list[str]:
    """A label for each month, or "" where it would run into its neighbours; the last one always has one."""
    every = -(-len(months) // _MOST_LABELS)
    return [each.short if (len(months) - number) % every == 1 % every else "" for number, each in enumerate(months)]


def year_back(today: date) -> tuple[date, date]:
    """Twelve months that end with this one, until today."""
    return add_months(today.replace(day=1), -11), today
