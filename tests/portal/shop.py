"""A customer with something of everything, as the portal shows it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from reglo.billing.models import Invoice, Quote
from reglo.billing.services.quotes import create_quote
from reglo.core.terms import PaymentTerms, Sector
from reglo.customers.models import Contact, Customer
from reglo.delivery.models import PortalLink
from reglo.delivery.services import link_for, send_quote, send_terms
from reglo.delivery.signing import token_of
from reglo.organisations.models import Organisation
from reglo.terms.models import ConditionsOfSale, TermsAgreement
from reglo.terms.services import create_agreement
from tests.delivery.messages import an_invoice, contact_of
from tests.site import INES, a_customer, an_organisation

CHOICES = {
    "title": "Éclairage de la vitrine",
    "lines": [
        {"name": "Étude", "quantity": "1", "unit": "LS", "price": "500.00", "vat": "20", "nature": "S"},
        {
            "name": "Visite",
            "quantity": "1",
            "unit": "LS",
            "price": "100.00",
            "vat": "20",
            "nature": "S",
            "optional": True,
        },
        {"name": "Bois", "quantity": "1", "price": "300.00", "vat": "20", "nature": "S", "alternative": "Finition"},
        {"name": "Laiton", "quantity": "1", "price": "700.00", "vat": "20", "nature": "S", "alternative": "Finition"},
    ],
}


@dataclass(frozen=True)
class Shop:
    """An organisation, its customer and the customer's key."""

    organisation: Organisation
    customer: Customer
    token: str

    @property
    def contact(self) -> Contact:
        return contact_of(self.customer)

    def url(self, path: str = "") -> str:
        """A page of the portal."""
        return f"/p/{self.token}/{path}"

    def link(self) -> PortalLink:
        return PortalLink.objects.get(contact=self.contact)


def a_shop(**changes: Any) -> Shop:
    """An organisation with a customer that has a key, and nothing else yet."""
    cache.clear()
    organisation = an_organisation()
    customer = a_customer(organisation, **changes)
    link_for(contact_of(customer), organisation=organisation, now=timezone.now())
    link = PortalLink.objects.get(contact__customer=customer)
    return Shop(organisation, customer, token_of(link.pk))


def a_sent_quote(shop: Shop, *, days_ago: int = 0, **content: Any) -> Quote:
    """A quote with an option and two alternatives, sent some days ago."""
    now = timezone.now() - timedelta(days=days_ago)
    quote = create_quote(
        organisation=shop.organisation, customer=shop.customer, content=CHOICES | content, by=INES, now=now
    )
    send_quote(quote=quote, contact=shop.contact, by=INES, now=now)
    quote.refresh_from_db()
    return quote


def sent_terms(shop: Shop, *, conditions: ConditionsOfSale | None = None) -> TermsAgreement:
    """Terms of 30 days, proposed now."""
    now = timezone.now()
    agreement = create_agreement(
        organisation=shop.organisation,
        customer=shop.customer,
        terms=PaymentTerms(),
        sector=Sector.GENERAL,
        conditions=conditions,
        by=INES,
        now=now,
    )
    send_terms(agreement=agreement, contact=shop.contact, by=INES, now=now)
    agreement.refresh_from_db()
    return agreement


def a_billed(shop: Shop) -> Invoice:
    """An invoice of the shop's customer."""
    return an_invoice(shop.organisation, shop.customer)


def a_browser(**headers: str) -> Client:
    """A browser of a stranger, that enforces what browsers enforce."""
    return Client(headers=headers)
