"""Other places of a customer: where one delivers, where one bills."""

from datetime import datetime

from django.db import transaction

from reglo.customers.facts import AddressFacts, address_facts_of, difference, told
from reglo.customers.models import CustomerAddress
from reglo.customers.services.customers import locked
from reglo.customers.writing import checked_address, new_address, put
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation


def add_address(
    *, customer_id: int, organisation: Organisation, facts: AddressFacts, by: Actor, now: datetime
) -> CustomerAddress:
    """Add a place of a customer. Raises FaultyFacts."""
    whole = checked_address(facts)
    with transaction.atomic(durable=True):
        address = new_address(locked(organisation, customer_id), whole)
        address.save(force_insert=True)
        _record("address-added", address, by, now, after=told(whole))
    return address


def change_address(
    *, address_id: int, organisation: Organisation, facts: AddressFacts, by: Actor, now: datetime
) -> CustomerAddress:
    """Change a place. Raises FaultyFacts."""
    whole = checked_address(facts)
    with transaction.atomic(durable=True):
        address = CustomerAddress.objects.of(organisation).select_for_update().get(pk=address_id)
        before, after = difference(told(address_facts_of(address)), told(whole))
        if before or after:
            put(address, whole)
            address.save()
            _record("address-changed", address, by, now, before=before, after=after)
    return address


def remove_address(*, address_id: int, organisation: Organisation, by: Actor, now: datetime) -> None:
    """Take a place away; documents keep what they say of it."""
    with transaction.atomic(durable=True):
        address = CustomerAddress.objects.of(organisation).select_for_update().filter(pk=address_id).first()
        if address is None:
            return
        _record("address-removed", address, by, now, before=told(address_facts_of(address)))
        address.delete()


def _record(act: str, address: CustomerAddress, by: Actor, now: datetime, **changes: dict[str, object]) -> None:
    record(
        act,
        organisation_id=address.organisation_id,
        subject=address,
        by=by,
        at=now,
        customer_id=address.customer_id,
        **changes,  # type: ignore[arg-type]  # before, after
    )
