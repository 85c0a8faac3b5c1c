"""Reading the journal: of an organisation, of one thing, of a customer. The newest comes first."""

from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

from reglo.journal.models import JournalEntry


def entries_of(subject: models.Model) -> QuerySet[JournalEntry]:
    """What happened to one row of an organisation."""
    return journal_of(_organisation_id(subject)).filter(
        subject_type=subject._meta.model_name or "", subject_id=subject.pk
    )


def story_of(customer: models.Model) -> QuerySet[JournalEntry]:
    """What happened with a customer: to the customer itself, its quotes, terms and invoices, and on the portal."""
    return journal_of(_organisation_id(customer)).filter(customer_id=customer.pk)


def journal_of(organisation_id: int) -> QuerySet[JournalEntry]:
    """Everything that happened in an organisation."""
    return JournalEntry.objects.filter(organisation_id=organisation_id).order_by("-sequence")


def acts_of(organisation_id: int) -> list[str]:
    """The kinds of act that an organisation's journal knows."""
    return _distinct("act", organisation_id)


def people_of(organisation_id: int) -> list[str]:
    """The names under which an organisation's journal knows who acted."""
    return _distinct("actor_name", organisation_id)


def _organisation_id(subject: models.Model) -> int:
    row: Any = subject  # every row of an organisation says whose it is; an organisation is its own
    return int(row.pk if subject._meta.label == "organisations.Organisation" else row.organisation_id)


def _distinct(column: str, organisation_id: int) -> list[str]:
    """The values of an indexed column, by one step in the index a value: a journal has few of them in many rows."""
    query = f"""
        WITH RECURSIVE step(value) AS (
            SELECT min({column}) FROM journal_journalentry WHERE organisation_id = %s
            UNION ALL
            SELECT (SELECT min({column}) FROM journal_journalentry WHERE organisation_id = %s AND {column} > step.value)
            FROM step WHERE step.value IS NOT NULL
        )
        SELECT value FROM step WHERE value IS NOT NULL
    """  # noqa: S608  # the column is one of two above
    with connection.cursor() as cursor:
        cursor.execute(query, [organisation_id, organisation_id])
        return [str(row[0]) for row in cursor.fetchall()]
