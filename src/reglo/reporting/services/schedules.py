"""Choosing which reports go out by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of
from reglo.reporting.models import Schedule
from reglo.reporting.rhythm import Rhythm, first_day_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What goes out, how often, to whom."""

    report: str  #: its name in the catalogue
    grouping: str  #: key of its breakdown, "" for the first
    rhythm: Rhythm
    days_in: int  #: days after the beginning of the month, quarter or year
    recipients: Sequence[str]
    language: str


def schedule_report(*, organisation: Organisation, wanted: Wanted, by: Actor, now: datetime) -> Schedule:
    """Let a report go out from now on."""
    with transaction.atomic(durable=True):
        schedule = Schedule(organisation=organisation, created_at=now)
        _write(schedule, wanted, today_of(organisation, now))
        _journal("schedule-added", schedule, by, now)
    return schedule


def change_schedule(*, schedule: Schedule, wanted: Wanted, by: Actor, now: datetime) -> None:
    """Let it go out otherwise from now on."""
    with transaction.atomic(durable=True):
        locked = Schedule.objects.select_for_update().get(pk=schedule.pk)
        _write(locked, wanted, today_of(locked.organisation, now))
        _journal("schedule-changed", locked, by, now)


def stop_schedule(*, schedule: Schedule, by: Actor, now: datetime) -> None:
    """Send it no more; it can be taken up again."""
    with transaction.atomic(durable=True):
        if Schedule.objects.filter(pk=schedule.pk, stopped_at=None).update(stopped_at=now):
            _journal("schedule-stopped", schedule, by, now)


def resume_schedule(*, schedule: Schedule, by: Actor, now: datetime) -> None:
    """Send it again; what fell due in between is not sent."""
    with transaction.atomic(durable=True):
        locked = Schedule.objects.select_for_update().get(pk=schedule.pk)
        if locked.stopped_at is None:
            return
        locked.stopped_at, locked.next_on = None, _next(locked, today_of(locked.organisation, now))
        locked.save(update_fields=["stopped_at", "next_on"])
        _journal("schedule-resumed", locked, by, now)


def _write(schedule: Schedule, wanted: Wanted, today: date) -> None:
    schedule.report, schedule.grouping = wanted.report, wanted.grouping
    schedule.rhythm, schedule.days_in = wanted.rhythm, wanted.days_in
    schedule.recipients, schedule.language = list(wanted.recipients), wanted.language
    schedule.next_on = _next(schedule, today)
    schedule.save()


def _next(schedule: Schedule, today: date) -> date:
    return first_day_after(Rhythm(schedule.rhythm), today, days_in=schedule.days_in)


def _journal(act: str, schedule: Schedule, by: Actor, now: datetime) -> None:
    after = {"report": schedule.report, "rhythm": str(schedule.rhythm), "to": ", ".join(schedule.recipients)}
    record(act, organisation_id=schedule.organisation_id, subject=schedule, by=by, at=now, after=after)
