"""Reading customers: as the buyer of a document."""

from reglo.core.composition import Buyer
from reglo.core.document import Address, Contact, Identifier
from reglo.core.terms import BuyerKind
from reglo.customers.models import Contact as ContactRow
from reglo.customers.models import Customer


def buyer_of(customer: Customer) -> Buyer:
    """A customer as the buyer of a document."""
    contact = paying_contact(customer)
    return Buyer(
        name=customer.name,
        trading_name=customer.trading_name or None,
        kind=BuyerKind(customer.kind),
        siren=customer.siren or None,
        siret=customer.siret or None,
        vat_number=customer.vat_number or None,
        registration=Identifier(value=customer.registration) if customer.registration else None,
        address=Address(
            line_1=customer.line_1 or None,
            line_2=customer.line_2 or None,
            post_code=customer.post_code or None,
            city=customer.city or None,
            country=customer.country,
        ),
        contact=None
        if contact is None
        else Contact(name=contact.name or None, email=contact.email or None, phone=contact.phone or None),
        electronic_address=_electronic_address(customer),
    )


def paying_contact(customer: Customer) -> ContactRow | None:
    """Whom to send invoices to: who pays, else who buys, else anybody with an address."""
    contacts = [each for each in customer.contacts.all() if each.archived_at is None]
    return min(contacts, key=lambda each: (not each.pays, not each.buys, not each.email, each.pk), default=None)


def _electronic_address(customer: Customer) -> Identifier | None:
    if not customer.electronic_address:
        return None
    return Identifier(value=customer.electronic_address, scheme=customer.electronic_address_scheme or "0225")
