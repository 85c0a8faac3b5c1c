"""Reading customers: as the buyer of a document."""

from django.db.models import QuerySet

from reglo.core.composition import Buyer
from reglo.core.document import Address, Contact, Identifier
from reglo.core.terms import BuyerKind
from reglo.customers.facts import CustomerFacts
from reglo.customers.models import Contact as ContactRow
from reglo.customers.models import Customer
from reglo.lists.words import every_word
from reglo.organisations.models import Organisation


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


def root_of(customer: Customer) -> Customer:
    """The customer that is left where several were merged. One step: those merged into the merged follow it."""
    return customer.merged_into or customer


def family_of(customer: Customer) -> list[int]:
    """The ids of a customer and of those that were merged into it: whose documents its page lists."""
    return [customer.pk, *customer.merged.order_by("pk").values_list("pk", flat=True)]


def same_customer(organisation: Organisation, facts: CustomerFacts) -> Customer | None:
    """An active customer with the same name and the same identifiers, if there is one."""
    twins = Customer.objects.of(organisation).filter(
        archived_at=None,
        name__iexact=facts.name,
        siren=facts.siren,
        siret=facts.siret,
        vat_number=facts.vat_number or "",
        line_1=facts.line_1,
        post_code=facts.post_code,
    )
    return twins.order_by("pk").first()


def search_customers(rows: QuerySet, text: str) -> QuerySet:
    """Those in which every word of `text` is found; a SIREN may be typed with its spaces."""
    digits = "".join(text.split())
    return rows.filter(every_word(digits if digits.isdigit() else text))


def choosable_customers(organisation: Organisation, text: str = "") -> QuerySet:
    """Those for whom one makes a document, by name."""
    rows = Customer.objects.of(organisation).filter(archived_at=None).order_by("name", "pk")
    return search_customers(rows, text) if text else rows
