"""Creating, changing, archiving customers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.facts import (
    AddressFacts,
    ContactFacts,
    CustomerFacts,
    difference,
    facts_of,
    fingerprint,
    told,
)
from reglo.customers.models import Customer
from reglo.customers.queries import same_customer
from reglo.customers.writing import (
    checked,
    checked_address,
    checked_contact,
    new_address,
    new_contact,
    new_row,
    put,
    refresh_search,
    require_free_reference,
)
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation


class AlreadyThere(DomainError):
    """The same customer is there already, to the letter."""

    code = "customer-already-there"

    def __init__(self, customer: Customer) -> None:
        super().__init__(
            Text(
                fr=f"{customer.name} est déjà parmi vos clients, avec les mêmes identifiants. Ouvrez sa fiche, ou "
                "cochez « Créer quand même ».",
                en=f"{customer.name} is already among your customers, with the same identifiers. Open its page, or "
                "tick “Create anyway”.",
            )
        )
        self.customer = customer


class StaleCustomer(DomainError):
    """Somebody changed the customer since the form was opened."""

    code = "stale-customer"


def create_customer(
    *,
    organisation: Organisation,
    facts: CustomerFacts,
    by: Actor,
    now: datetime,
    contacts: Sequence[ContactFacts] = (),
    addresses: Sequence[AddressFacts] = (),
    knowingly: bool = False,
) -> Customer:
    """Add a customer, with its first contacts and addresses.

    knowingly: even if the same is there already. Raises FaultyFacts, ReferenceTaken, AlreadyThere.
    """
    whole = checked(facts)
    people = [checked_contact(each) for each in contacts]
    places = [checked_address(each) for each in addresses]
    with transaction.atomic(durable=True):
        require_free_reference(organisation, whole.reference)
        twin = None if knowingly else same_customer(organisation, whole)
        if twin is not None:
            raise AlreadyThere(twin)
        customer = new_row(organisation, whole, now)
        customer.save(force_insert=True)
        for person in people:
            new_contact(customer, person).save(force_insert=True)
        for place in places:
            new_address(customer, place).save(force_insert=True)
        refresh_search(customer)
        after = {**told(whole), "contacts": [told(each) for each in people]} if people else told(whole)
        _record("customer-created", customer, by, now, after=after)
    return customer


def change_customer(
    *,
    customer_id: int,
    organisation: Organisation,
    facts: CustomerFacts,
    by: Actor,
    now: datetime,
    seen: str | None = None,
) -> Customer:
    """Change what is known of a customer.

    seen: `fingerprint` of what the form was opened on. Raises FaultyFacts, ReferenceTaken, StaleCustomer.
    """
    whole = checked(facts)
    with transaction.atomic(durable=True):
        customer = locked(organisation, customer_id)
        if seen is not None and seen != fingerprint(customer):
            raise StaleCustomer(
                Text(
                    fr="Quelqu'un a modifié ce client depuis que vous avez ouvert le formulaire. Rien n'est "
                    "enregistré : rouvrez sa fiche et reportez vos changements.",
                    en="Somebody changed this customer since you opened the form. Nothing is saved: open its page "
                    "again and make your changes there.",
                )
            )
        require_free_reference(organisation, whole.reference, besides=customer.pk)
        before, after = difference(told(facts_of(customer)), told(whole))
        if not after:
            return customer
        put(customer, whole)
        customer.save()
        refresh_search(customer)
        _record("customer-changed", customer, by, now, before=before, after=after)
    return customer


def archive_customer(*, customer_id: int, organisation: Organisation, by: Actor, now: datetime) -> Customer:
    """Put a customer out of the lists; its documents stay."""
    with transaction.atomic(durable=True):
        customer = locked(organisation, customer_id)
        if customer.archived_at is not None:
            return customer
        customer.archived_at = now
        customer.save(update_fields=["archived_at"])
        _record("customer-archived", customer, by, now)
    return customer


def restore_customer(*, customer_id: int, organisation: Organisation, by: Actor, now: datetime) -> Customer:
    """Take a customer back into the lists. One that was merged stays where it is."""
    with transaction.atomic(durable=True):
        customer = locked(organisation, customer_id)
        if customer.archived_at is None:
            return customer
        if customer.merged_into is not None:
            raise StaleCustomer(
                Text(
                    fr=f"Ce client a été fusionné dans {customer.merged_into} : il ne se restaure pas.",
                    en=f"This customer was merged into {customer.merged_into}: it cannot be restored.",
                )
            )
        customer.archived_at = None
        customer.save(update_fields=["archived_at"])
        _record("customer-restored", customer, by, now)
    return customer


def locked(organisation: Organisation, customer_id: int) -> Customer:
    """The row of a customer, locked to the end of the transaction."""
    return Customer.objects.of(organisation).select_for_update().get(pk=customer_id)


def _record(act: str, customer: Customer, by: Actor, now: datetime, **changes: dict[str, object]) -> None:
    record(
        act,
        organisation_id=customer.organisation_id,
        subject=customer,
        by=by,
        at=now,
        customer_id=customer.pk,
        **changes,  # type: ignore[arg-type]  # before, after
    )
