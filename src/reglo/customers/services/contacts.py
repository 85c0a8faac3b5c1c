"""The people at a customer."""

from datetime import datetime

from django.db import transaction

from reglo.customers.facts import ContactFacts, contact_facts_of, difference, told
from reglo.customers.models import Contact
from reglo.customers.services.customers import locked
from reglo.customers.writing import checked_contact, new_contact, put, refresh_search
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation


def add_contact(
    *, customer_id: int, organisation: Organisation, facts: ContactFacts, by: Actor, now: datetime
) -> Contact:
    """Add a person at a customer. Raises FaultyFacts."""
    whole = checked_contact(facts)
    with transaction.atomic(durable=True):
        customer = locked(organisation, customer_id)
        contact = new_contact(customer, whole)
        contact.save(force_insert=True)
        refresh_search(customer)
        _record("contact-added", contact, by, now, after=told(whole))
    return contact


def change_contact(
    *, contact_id: int, organisation: Organisation, facts: ContactFacts, by: Actor, now: datetime
) -> Contact:
    """Change a contact; a new address has not bounced yet. Raises FaultyFacts."""
    whole = checked_contact(facts)
    with transaction.atomic(durable=True):
        contact = _locked(organisation, contact_id)
        before, after = difference(told(contact_facts_of(contact)), told(whole))
        if not before and not after:
            return contact
        if whole.email != contact.email:
            contact.bounced_at, contact.bounce_reason = None, ""
        put(contact, whole)
        contact.save()
        refresh_search(contact.customer)
        _record("contact-changed", contact, by, now, before=before, after=after)
    return contact


def archive_contact(*, contact_id: int, organisation: Organisation, by: Actor, now: datetime) -> Contact:
    """Put away a person who is no longer there."""
    return _set_archived(contact_id, organisation, "contact-archived", by, now, archived_at=now)


def restore_contact(*, contact_id: int, organisation: Organisation, by: Actor, now: datetime) -> Contact:
    """Take a contact back."""
    return _set_archived(contact_id, organisation, "contact-restored", by, now, archived_at=None)


def _set_archived(
    contact_id: int, organisation: Organisation, act: str, by: Actor, now: datetime, *, archived_at: datetime | None
) -> Contact:
    with transaction.atomic(durable=True):
        contact = _locked(organisation, contact_id)
        if (contact.archived_at is None) == (archived_at is None):
            return contact
        contact.archived_at = archived_at
        contact.save(update_fields=["archived_at"])
        refresh_search(contact.customer)
        _record(act, contact, by, now)
    return contact


def _locked(organisation: Organisation, contact_id: int) -> Contact:
    return (
        Contact.objects.of(organisation).select_for_update(of=("self",)).select_related("customer").get(pk=contact_id)
    )


def _record(act: str, contact: Contact, by: Actor, now: datetime, **changes: dict[str, object]) -> None:
    record(
        act,
        organisation_id=contact.organisation_id,
        subject=contact,
        by=by,
        at=now,
        customer_id=contact.customer_id,
        **changes,  # type: ignore[arg-type]  # before, after
    )
