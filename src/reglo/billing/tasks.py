"""What a worker does for documents."""

from datetime import datetime

import structlog

from reglo.billing.queries.posting import unposted
from reglo.billing.queries.recurrences import due_recurrences
from reglo.billing.services.files import make_files
from reglo.billing.services.issue import MAKE_FILES
from reglo.billing.services.posting import post_unposted
from reglo.billing.services.recurring import ISSUE_OCCURRENCE, issue_occurrence, make_due_occurrences
from reglo.jobs.handlers import handles, sweeps
from reglo.jobs.models import Job

log = structlog.get_logger("reglo.billing")


@handles(MAKE_FILES)
def make_invoice_files(job: Job, now: datetime) -> None:
    """Make XML and PDF, if whoever issued the invoice did not come to it."""
    make_files(invoice_id=job.subject_id, now=now)


@handles(ISSUE_OCCURRENCE)
def issue_what_came(job: Job, now: datetime) -> None:
    """Issue the draft that a recurring invoice left."""
    issue_occurrence(occurrence_id=job.subject_id, now=now)


@sweeps("recurring-invoices")
def make_what_is_due(now: datetime) -> None:
    """Make the drafts of the recurring invoices whose day has come. One that fails does not hold up the others."""
    for recurrence_id in due_recurrences(now):
        try:
            make_due_occurrences(recurrence_id=recurrence_id, now=now)
        except Exception:  # the outermost loop: recorded, and on with the next
            log.exception("recurrence_failed", recurrence=recurrence_id)


@sweeps("unposted-documents")
def post_what_is_missing(now: datetime) -> None:
    """Book the documents that were issued before there was a ledger. One that fails does not hold up the others."""
    for invoice_id in unposted():
        try:
            post_unposted(invoice_id, now=now)
        except Exception:  # the outermost loop: recorded, and on with the next
            log.exception("posting_failed", invoice=invoice_id)
