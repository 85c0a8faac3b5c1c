"""What a worker does for documents."""

from datetime import datetime

from reglo.billing.services.files import make_files
from reglo.billing.services.issue import MAKE_FILES
from reglo.jobs.models import Job
from reglo.jobs.services import handles


@handles(MAKE_FILES)
def make_invoice_files(job: Job, now: datetime) -> None:
    """Make XML and PDF, if whoever issued the invoice did not come to it."""
    make_files(invoice_id=job.subject_id, now=now)
