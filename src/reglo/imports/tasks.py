"""Taking in large tables, apart from the page."""

from datetime import datetime, timedelta

from django.core.cache import cache

from reglo.core.errors import DomainError
from reglo.imports.models import TableImport
from reglo.imports.services import TAKE_IN, give_up_taking_in, take_in_table
from reglo.jobs.handlers import handles
from reglo.jobs.models import Job
from reglo.journal.services import Actor

_AN_HOUR = 3600
_WITHIN = timedelta(minutes=30)  #: more than 20,000 rows take on a busy machine; rows show all at once or not at all


@handles(TAKE_IN, within=_WITHIN)
def take_in(job: Job, now: datetime) -> None:
    """Take in a table; what refuses it is told on its page."""
    brought = TableImport.objects.select_related("organisation").filter(pk=job.subject_id).first()
    if brought is None or brought.taken_in_at is not None:
        return
    by = Actor(name=brought.started_by, user_id=brought.uploaded_by_id)
    try:
        take_in_table(
            import_id=brought.pk,
            organisation=brought.organisation,
            all_or_nothing=brought.all_or_nothing,
            by=by,
            now=now,
            progress=lambda done: cache.set(progress_key(brought.pk), done, _AN_HOUR),
        )
    except DomainError as error:
        give_up_taking_in(import_id=brought.pk, organisation=brought.organisation, error=error)


def progress_key(import_id: int) -> str:
    """Where the page finds how many rows are written: the rows themselves show only once all are."""
    return f"import-progress-{import_id}"
