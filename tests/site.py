"""Rows of a site, as tests need them: an organisation, its people, customers, products."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.test import Client

from reglo.accounts.models import User
from reglo.billing.models import Draft
from reglo.customers.models import Contact, Customer
from reglo.journal.services import Actor
from reglo.organisations.models import BankAccount, Membership, Organisation, Role

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
INES = Actor(name="Inès Moreau")

_numbers = count(1)


def an_organisation(**changes: Any) -> Organisation:
    """A small firm in Lyon that may invoice at once."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "slug": f"atelier-{number}",
        "name": "Atelier Lumière SAS",
        "siren": "812345676",
        "siret": "81234567600017",
        "legal_form": "SAS",
        "capital_minor": 4_000_000,
        "register_town": "Lyon",
        "vat_regime": "debits",
        "line_1": "12 rue de la République",
        "post_code": "69002",
        "city": "Lyon",
        "email": "facturation@atelier-lumiere.example",
        "contact_name": "Inès Moreau",
        "phone": "+33 4 78 00 00 00",
        "created_at": NOW,
    }
    organisation = Organisation.objects.create(**facts | changes)
    BankAccount.objects.create(
        organisation=organisation,
        label="Compte courant",
        iban="FR7630006000011234567890189",
        bic="AGRIFRPP",
        is_default=True,
    )
    return organisation


def a_member(organisation: Organisation, role: Role = Role.OWNER, **changes: Any) -> User:
    """A person of `organisation` with a role."""
    user = User.objects.create_user(**{"email": f"person-{next(_numbers)}@example.com", "name": "Inès"} | changes)
    Membership.objects.create(organisation=organisation, user=user, role=role, joined_at=NOW)
    return user


def a_customer(organisation: Organisation, **changes: Any) -> Customer:
    """A company in Paris with a contact who buys, pays and signs."""
    facts: dict[str, Any] = {
        "name": "Librairie du Port SARL",
        "siren": "732829320",
        "line_1": "3 quai Voltaire",
        "post_code": "75007",
        "city": "Paris",
        "search": "librairie du port sarl 732829320",
        "created_at": NOW,
    }
    customer = Customer.objects.create(organisation=organisation, **facts | changes)
    Contact.objects.create(
        organisation=organisation,
        customer=customer,
        name="Claire Petit",
        email="claire@librairie.example",
        buys=True,
        pays=True,
        is_legal=True,
    )
    return customer


def logged_in(user: User) -> Client:
    """A browser in which `user` has logged in."""
    client = Client()
    client.force_login(user)
    return client


def a_content(**changes: Any) -> dict[str, Any]:
    """A draft's content that may be issued: a day of advice."""
    lines = [{"name": "Conseil", "quantity": "2", "unit": "DAY", "price": "450.00", "vat": "20", "nature": "S"}]
    return {"lines": lines} | changes


def a_draft(organisation: Organisation, customer: Customer | None = None, **changes: Any) -> Draft:
    """A draft of `a_content` for a customer."""
    facts: dict[str, Any] = {"content": a_content(), "created_at": NOW, "updated_at": NOW}
    return Draft.objects.create(
        organisation=organisation, customer=customer or a_customer(organisation), **facts | changes
    )
