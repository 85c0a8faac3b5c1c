"""What the worker does for this room."""

from datetime import datetime, timedelta

from reglo.jobs.handlers import handles, sweeps
from reglo.jobs.models import Job
from reglo.reporting.handing.progress import note_progress
from reglo.reporting.services.dispatches import SEND_REPORT, make_due_dispatches, send_dispatch
from reglo.reporting.services.handing import MAKE_FILE, forget_expired, make_file
from reglo.reporting.services.statements import SEND_STATEMENTS, send_statements

_WITHIN = timedelta(hours=2)  #: more than the archive of a hundred thousand documents takes


@sweeps("scheduled-reports")
def make_reports_due(now: datetime) -> None:
    """Write down which reports are to be sent today."""
    make_due_dispatches(now=now)


@handles(SEND_REPORT)
def send_report(job: Job, now: datetime) -> None:
    """Send a report to one address."""
    send_dispatch(dispatch_id=job.subject_id, now=now)


@handles(MAKE_FILE, within=_WITHIN)
def make_asked_file(job: Job, now: datetime) -> None:
    """Make a file that somebody asked for."""
    make_file(file_id=job.subject_id, now=now, progress=note_progress(job.subject_id))


@handles(SEND_STATEMENTS, within=_WITHIN)
def send_asked_statements(job: Job, now: datetime) -> None:
    """Write the statements that somebody asked for."""
    send_statements(run_id=job.subject_id, now=now)


@sweeps("expired-files")
def forget_expired_files(now: datetime) -> None:
    """Delete files whose days are over."""
    forget_expired(now=now)
