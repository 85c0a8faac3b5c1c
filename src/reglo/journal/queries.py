"""Reading the journal: of an organisation, of one thing, of a customer. The newest comes first."""

from typing import Any

from django.db import models
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
    acts = JournalEntry.objects.filter(organisation_id=organisation_id).order_by("act").values_list("act", flat=True)
    return list(acts.distinct())


def people_of(organisation_id: int) -> list[str]:
    """The names under which an organisation's journal knows who acted."""
    names = JournalEntry.objects.filter(organisation_id=organisation_id).order_by("actor_name")
    return list(names.values_list("actor_name", flat=True).distinct())


def _organisation_id(subject: models.Model) -> int:
    row: Any = subject  # every row of an organisation says whose it is; an organisation is its own
    return int(row.pk if subject._meta.label == "organisations.Organisation" else row.organisation_id)
