"""Sending the reports whose day has come: a row and a job for each address, so that none holds up another."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import make_msgid
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.utils import translation

from reglo.delivery.transport import AddressRefused, Refused, hand_over
from reglo.jobs.services import schedule as schedule_job
from reglo.reporting.mail import email_of
from reglo.reporting.models import Dispatch, Schedule
from reglo.reporting.rhythm import Rhythm, first_day_after

SEND_REPORT = "send-report"
_EARLIEST = 7  #: o'clock: the books of the night are done, and nobody's telephone rings before

log = structlog.get_logger("reglo.reporting")


def make_due_dispatches(*, now: datetime) -> None:
    """Write down, for each schedule whose day has come, what is to be sent to whom.

    What fell due while nothing ran goes out afterwards, each over its own days.
    """
    somewhere = (now + timedelta(days=1)).date()  # the latest day that any time zone has by now
    due = Schedule.objects.filter(stopped_at=None, next_on__lte=somewhere)
    for schedule in due.select_related("organisation").order_by("pk"):
        local = now.astimezone(ZoneInfo(schedule.organisation.time_zone))
        if schedule.next_on < local.date() or (schedule.next_on == local.date() and local.hour >= _EARLIEST):
            _make(schedule.pk, schedule.next_on, now)


def _make(schedule_id: int, day: date, now: datetime) -> None:
    with transaction.atomic(durable=True):
        schedule = Schedule.objects.select_for_update().get(pk=schedule_id)
        if schedule.stopped_at is not None or schedule.next_on != day:
            return  # somebody was quicker
        for to in schedule.recipients:
            dispatch = Dispatch.objects.create(
                organisation_id=schedule.organisation_id,
                schedule=schedule,
                day=day,
                to=to,
                message_id=make_msgid(domain="reglo"),
                created_at=now,
            )
            schedule_job(
                SEND_REPORT,
                subject_id=dispatch.pk,
                organisation_id=schedule.organisation_id,
                key=f"{SEND_REPORT}:{dispatch.pk}",
                due_at=now,
            )
        schedule.next_on = first_day_after(Rhythm(schedule.rhythm), day, days_in=schedule.days_in)
        schedule.save(update_fields=["next_on"])


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes down that the server has it."""

    dispatch: Dispatch
    now: datetime

    def last_bytes_follow(self) -> None:
        """Nothing to write: an attempt after a doubt carries the same Message-ID."""

    def accepted(self, provider_id: str) -> None:  # noqa: ARG002  # nobody asks a provider about a report
        Dispatch.objects.filter(pk=self.dispatch.pk).update(sent_at=self.now, problem="")
        log.info("report_sent", dispatch=self.dispatch.pk, organisation=self.dispatch.organisation_id)


def send_dispatch(*, dispatch_id: int, now: datetime) -> None:
    """Send a report to one address; called again for one that is sent, it does nothing.

    Raises NotTaken or Unclear where another attempt is to be made.
    """
    dispatch = Dispatch.objects.select_related("schedule__organisation").get(pk=dispatch_id)
    if dispatch.sent_at is not None or dispatch.schedule.stopped_at is not None:
        return
    try:
        with translation.override(dispatch.schedule.language):
            hand_over(email_of(dispatch, now=now), _Pen(dispatch, now))
    except (AddressRefused, Refused) as refusal:
        Dispatch.objects.filter(pk=dispatch.pk).update(problem=str(refusal)[:500])
