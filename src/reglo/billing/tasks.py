"""What a worker does for documents."""

from datetime import datetime, timedelta

import structlog

from reglo.billing.queries.recurrences import due_recurrences
from reglo.billing.services.files import make_files
from reglo.billing.services.issue import MAKE_FILES
from reglo.billing.services.posting import POST_EARLIER, post_earlier
from reglo.billing.services.recurring import ISSUE_OCCURRENCE, issue_occurrence, make_due_occurrences
from reglo.jobs.handlers import handles, sweeps
from reglo.jobs.models import Job
from reglo.organisations.models import Organisation

log = structlog.get_logger("reglo.billing")


@handles(MAKE_FILES)
def make_invoice_files(job: Job, now: datetime) -> None:
    """Make XML and PDF, if whoever issued the invoice did not come to it."""
    make_files(invoice_id=job.subject_id, now=now)


@handles(ISSUE_OCCURRENCE)
def issue_what_came(job: Job, now: datetime) -> None:
    """Issue the draft that a recurring invoice left."""
    issue_occurrence(occurrence_id=job.subject_id, now=now)


@handles(POST_EARLIER, within=timedelta(minutes=15))
def post_what_was_issued_before(job: Job, now: datetime) -> None:
    """Book some of the documents that were issued before there was a ledger."""
    post_earlier(organisation=Organisation.objects.get(pk=job.subject_id), now=now)


@sweeps("recurring-invoices")
def make_what_is_due(now: datetime) -> None:
    """Make the drafts of the recurring invoices whose day has come. One that fails does not hold up the others."""
    for recurrence_id in due_recurrences(now):
        try:
            make_due_occurrences(recurrence_id=recurrence_id, now=now)
        except Exception:  # the outermost loop: recorded, and on with the next
            log.exception("recurrence_failed", recurrence=recurrence_id)
