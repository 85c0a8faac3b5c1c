"""Reading steps: what was done for a customer, and what waits for a person."""

from django.db.models import QuerySet

from reglo.collection.models import StepState, StepTaken
from reglo.organisations.models import Organisation


def steps_of(organisation: Organisation) -> QuerySet[StepTaken]:
    """All steps, without their letters, with what a list shows."""
    rows = StepTaken.objects.of(organisation).select_related("customer", "message", "organisation").defer("letter")
    return rows.prefetch_related("items__item")


def waiting_steps(organisation: Organisation) -> QuerySet[StepTaken]:
    """What waits for a person, the oldest first."""
    return steps_of(organisation).filter(state=StepState.TO_DO).order_by("day", "pk")
