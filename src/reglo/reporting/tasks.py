"""What the worker does for this room."""

from datetime import datetime

from reglo.jobs.handlers import handles, sweeps
from reglo.jobs.models import Job
from reglo.reporting.services.dispatches import SEND_REPORT, make_due_dispatches, send_dispatch


@sweeps("scheduled-reports")
def make_reports_due(now: datetime) -> None:
    """Write down which reports are to be sent today."""
    make_due_dispatches(now=now)


@handles(SEND_REPORT)
def send_report(job: Job, now: datetime) -> None:
    """Send a report to one address."""
    send_dispatch(dispatch_id=job.subject_id, now=now)
