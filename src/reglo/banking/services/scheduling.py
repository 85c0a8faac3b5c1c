"""Having matching run, within the transaction of what makes it worth while."""

from datetime import datetime

from reglo.jobs.services import schedule
from reglo.organisations.models import Organisation

MATCH = "match-bank-lines"
"""Kind of the job."""


def schedule_matching(organisation: Organisation, *, now: datetime) -> None:
    """Have matching run as soon as the transaction is through."""
    schedule(
        MATCH,
        subject_id=organisation.pk,
        organisation_id=organisation.pk,
        key=f"{MATCH}-{organisation.pk}-{now.isoformat()}",
        due_at=now,
    )
