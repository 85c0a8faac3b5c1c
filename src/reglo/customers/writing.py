"""Writing customers within a transaction that the caller has opened: services one by one, imports many at a time."""

from collections.abc import Iterable
from datetime import datetime

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.folding import folded
from reglo.customers.checks import address_faults, contact_faults, faults_of
from reglo.customers.facts import (
    AddressFacts,
    ContactFacts,
    CustomerFacts,
    columns_of,
    completed,
    completed_address,
    completed_contact,
)
from reglo.customers.models import Contact, Customer, CustomerAddress
from reglo.imports.faults import FaultyFacts
from reglo.organisations.models import Organisation

_LONGEST_SEARCH = 1000


class ReferenceTaken(DomainError):
    """Another customer has this code."""

    code = "customer-reference-taken"


def checked(facts: CustomerFacts) -> CustomerFacts:
    """`facts` completed. Raises FaultyFacts with every fault."""
    whole = completed(facts)
    if faults := faults_of(whole):
        raise FaultyFacts(faults)
    return whole


def checked_contact(facts: ContactFacts) -> ContactFacts:
    """A contact completed. Raises FaultyFacts."""
    whole = completed_contact(facts)
    if faults := contact_faults(whole):
        raise FaultyFacts(faults)
    return whole


def checked_address(facts: AddressFacts) -> AddressFacts:
    """An address completed. Raises FaultyFacts."""
    whole = completed_address(facts)
    if faults := address_faults(whole):
        raise FaultyFacts(faults)
    return whole


def require_free_reference(organisation: Organisation, reference: str, *, besides: int | None = None) -> None:
    """Raise ReferenceTaken if a customer other than `besides` has this code."""
    if not reference:
        return
    holder = Customer.objects.of(organisation).filter(reference=reference).exclude(pk=besides or 0).first()
    if holder is not None:
        raise ReferenceTaken(
            Text(
                fr=f"Le code « {reference} » est déjà celui de {holder.name}.",
                en=f"The code “{reference}” is already that of {holder.name}.",
            ),
            field="reference",
        )


def new_row(organisation: Organisation, facts: CustomerFacts, now: datetime) -> Customer:
    """The row of a new customer, not saved."""
    return Customer(organisation=organisation, created_at=now, **columns_of(facts))


def new_contact(customer: Customer, facts: ContactFacts) -> Contact:
    """The row of a new contact, not saved."""
    return Contact(organisation_id=customer.organisation_id, customer=customer, **columns_of(facts))


def new_address(customer: Customer, facts: AddressFacts) -> CustomerAddress:
    """The row of a new address, not saved."""
    return CustomerAddress(organisation_id=customer.organisation_id, customer=customer, **columns_of(facts))


def put(row: Customer | Contact | CustomerAddress, facts: CustomerFacts | ContactFacts | AddressFacts) -> None:
    """Set the columns of a row to `facts`, not saved."""
    for name, value in columns_of(facts).items():
        setattr(row, name, value)


def search_text(customer: Customer, contacts: Iterable[Contact]) -> str:
    """What one finds a customer by."""
    parts = [
        customer.name,
        customer.trading_name,
        customer.reference,
        customer.siret or customer.siren,
        customer.vat_number,
        customer.registration,
        customer.city,
        *(f"{each.name} {each.email}" for each in contacts if each.archived_at is None),
    ]
    return folded(" ".join(part for part in parts if part))[:_LONGEST_SEARCH]


def refresh_search(customer: Customer) -> None:
    """Write anew what one finds a customer by, after it or a contact has changed."""
    customer.search = search_text(customer, customer.contacts.order_by("pk"))
    customer.save(update_fields=["search"])
