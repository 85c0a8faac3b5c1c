"""The days on which a recurring invoice comes, and what it says on each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from typing import Any

from reglo.billing.models import Recurrence, Rhythm
from reglo.billing.recurring.placeholders import filled_content, words_of
from reglo.billing.recurring.revision import revised_content, revisions_between
from reglo.core.dates import add_months

_MONTHS = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.YEAR: 12}
_LAST_YEAR = 9000


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One coming: the n-th, and its day."""

    number: int  #: n, from 0
    day: date


def day_of(recurrence: Recurrence, number: int) -> date:
    """The day of the n-th coming, counted from the first day: the 31st is the last day of shorter months, and no drift.

    Never from the day before: 31 January, 28 February, 31 March.
    """
    steps = recurrence.every * number
    if recurrence.rhythm == Rhythm.WEEK:
        return recurrence.starts_on + timedelta(weeks=steps)
    return add_months(recurrence.starts_on, _MONTHS[Rhythm(recurrence.rhythm)] * steps)


def comings(recurrence: Recurrence, *, from_number: int) -> Iterator[Coming]:
    """The comings from the n-th on, to the end."""
    for number in count(from_number):
        if recurrence.occurrences_at_most is not None and number >= recurrence.occurrences_at_most:
            return
        day = day_of(recurrence, number)
        if day.year > _LAST_YEAR or (recurrence.ends_on is not None and day > recurrence.ends_on):
            return
        yield Coming(number=number, day=day)


def next_comings(recurrence: Recurrence, *, from_number: int, at_most: int) -> tuple[Coming, ...]:
    """The next few comings."""
    return tuple(islice(comings(recurrence, from_number=from_number), at_most))


def first_not_before(recurrence: Recurrence, day: date, *, from_number: int) -> Coming | None:
    """The first coming on `day` or later; None where there is none left."""
    return next((each for each in comings(recurrence, from_number=from_number) if each.day >= day), None)


def content_on(recurrence: Recurrence, coming: Coming, language: str) -> dict[str, Any]:
    """What the invoice of a coming says: prices revised, words filled in. Its period ends before the next coming."""
    content: dict[str, Any] = dict(recurrence.content)
    if recurrence.revision_percent is not None:
        times = revisions_between(recurrence.starts_on, coming.day, recurrence.revision_month)
        content = revised_content(content, recurrence.revision_percent, times)
    end = day_of(recurrence, coming.number + 1) - timedelta(days=1)
    return filled_content(content, words_of(coming.day, end, str(content.get("language") or language)))
