"""Deciding how far customers may go by themselves."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from reglo.collection.models import Leeway
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation

FIELDS = (
    "promise_days",
    "grants_plans",
    "most_months",
    "least_instalment_minor",
    "first_percent",
    "first_within_days",
    "money_percent",
)


def change_leeway(*, organisation: Organisation, facts: Mapping[str, object], by: Actor, now: datetime) -> Leeway:
    """Keep what is granted from now on; what was granted before stays. facts: values of FIELDS."""
    with transaction.atomic(durable=True):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        leeway, _ = Leeway.objects.get_or_create(organisation=organisation)
        before = {name: getattr(leeway, name) for name in FIELDS}
        for name in FIELDS:
            setattr(leeway, name, facts[name])
        leeway.save()
        after = {name: getattr(leeway, name) for name in FIELDS}
        if before != after:
            record(
                "leeway-changed",
                organisation_id=organisation.pk,
                subject=leeway,
                by=by,
                at=now,
                before=before,
                after=after,
            )
    return leeway
