"""What the worker does for this room."""

from datetime import datetime, timedelta

from reglo.delivery.services import deliver_message, tell_of_recent_answers
from reglo.delivery.services.sweeping import give_up_messages, reschedule_lost, send_follow_ups, send_recurring
from reglo.jobs.handlers import handles, sweeps
from reglo.jobs.models import Job

_WITHIN = timedelta(minutes=3)  #: more than the time-outs of a mail server allow


@handles("deliver-message", within=_WITHIN)
def deliver(job: Job, now: datetime) -> None:
    """Deliver a message."""
    deliver_message(message_id=job.subject_id, now=now)


@sweeps("messages")
def look_after_messages(now: datetime) -> None:
    """Give up what its job gave up, and schedule what lost its job."""
    give_up_messages(now=now)
    reschedule_lost(now=now)


@sweeps("answers-to-tell")
def tell_of_answers(now: datetime) -> None:
    """Tell the organisations what their customers answered, where a crash left that out."""
    tell_of_recent_answers(now=now)


@sweeps("recurring-invoices-to-send")
def send_recurring_invoices(now: datetime) -> None:
    """Send what recurrences issued by themselves."""
    send_recurring(now=now)


@sweeps("quote-follow-ups")
def follow_up_quotes(now: datetime) -> None:
    """Ask about quotes that nobody answered."""
    send_follow_ups(now=now)
