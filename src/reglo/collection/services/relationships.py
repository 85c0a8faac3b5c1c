"""How one deals with a customer, as decided by a person."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from reglo.collection.models import Relationship
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.journal.services import Actor, record

FIELDS = (
    "stance",
    "channel",
    "contact_id",
    "weekday",
    "difficulty",
    "is_strategic",
    "paused_until",
    "insolvent_since",
    "limit_minor",
)


class WrongContact(DomainError):
    """A contact of somebody else."""

    code = "wrong-contact"


def save_relationship(*, customer: Customer, facts: Mapping[str, object], by: Actor, now: datetime) -> Relationship:
    """Keep what was decided; facts: some of FIELDS. What waits in the outbox is judged by it. Raises WrongContact."""
    with transaction.atomic(durable=True):
        contact = facts.get("contact_id")
        present = set(customer.contacts.filter(archived_at=None).values_list("pk", flat=True))
        if contact is not None and contact not in present:
            raise WrongContact(
                Text(fr="Choisissez un contact de ce client.", en="Choose a contact of this customer."), field="contact"
            )
        found, _ = Relationship.objects.get_or_create(organisation=customer.organisation, customer=customer)
        before = {name: getattr(found, name) for name in FIELDS}
        changed = {name: value for name, value in facts.items() if before[name] != value}
        if not changed:
            return found
        for name, value in changed.items():
            setattr(found, name, value)
        found.save(update_fields=list(changed))
        record(
            "relationship-changed",
            organisation_id=customer.organisation_id,
            subject=customer,
            by=by,
            at=now,
            customer_id=customer.pk,
            before={name: before[name] for name in changed},
            after=changed,
        )
    return found
