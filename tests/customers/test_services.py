"""What one does with customers, and what the journal says of it."""

from dataclasses import replace

import pytest

from reglo.core.errors import DomainError
from reglo.core.terms import BuyerKind, parse_terms
from reglo.customers.facts import AddressFacts, ContactFacts, CustomerFacts, facts_of, fingerprint
from reglo.customers.models import Contact, Customer
from reglo.customers.queries import search_customers
from reglo.customers.services import (
    AlreadyThere,
    StaleCustomer,
    add_address,
    add_contact,
    archive_contact,
    archive_customer,
    change_address,
    change_contact,
    change_customer,
    create_customer,
    remove_address,
    restore_contact,
    restore_customer,
)
from reglo.customers.writing import ReferenceTaken
from reglo.imports.faults import FaultyFacts
from reglo.journal.models import JournalEntry
from reglo.organisations.models import Organisation
from tests.site import INES, NOW, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

PORT = CustomerFacts(name="Librairie du Port", siren="732 829 320", city="Paris", post_code="75007")


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


def _created(organisation: Organisation, facts: CustomerFacts = PORT, **more: object) -> Customer:
    return create_customer(organisation=organisation, facts=facts, by=INES, now=NOW, **more)  # type: ignore[arg-type]


def _refused(organisation: Organisation, facts: CustomerFacts) -> set[str]:
    with pytest.raises(FaultyFacts) as caught:
        _created(organisation, facts)
    return {fault.where.en for fault in caught.value.faults}


def _acts(customer: Customer) -> list[str]:
    return list(JournalEntry.objects.filter(customer_id=customer.pk).order_by("sequence").values_list("act", flat=True))


def test_a_new_customer_lands_in_its_own_story(organisation: Organisation) -> None:
    customer = _created(organisation, contacts=[ContactFacts(email="claire@port.example", buys=True)])
    assert customer.siren == "732829320"
    assert customer.contacts.get().name == "claire@port.example"
    assert _acts(customer) == ["customer-created"]


def test_the_vat_number_is_derived_only_when_asked(organisation: Organisation) -> None:
    assert _created(organisation, replace(PORT, vat_number=None)).vat_number == "FR44732829320"
    assert _created(organisation, replace(PORT, name="Autre")).vat_number == ""


def test_a_siret_gives_the_siren(organisation: Organisation) -> None:
    customer = _created(organisation, CustomerFacts(name="X", siret="732 829 320 00074"))
    assert customer.siren == "732829320"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (CustomerFacts(name=""), "name"),
        (CustomerFacts(name="x" * 201), "name"),
        (CustomerFacts(name="a\x00b"), "name"),
        (CustomerFacts(name="X", siren="732829321"), "siren"),
        (CustomerFacts(name="X", siret="73282932000075"), "siret"),
        (CustomerFacts(name="X", siren="732829320", siret="81234567600017"), "siret"),
        (CustomerFacts(name="X", siren="732829320", vat_number="FR83404833048"), "vat_number"),
        (CustomerFacts(name="X", country="DE", vat_number="DE12"), "vat_number"),
        (CustomerFacts(name="X", country="ZZ"), "country"),
        (CustomerFacts(name="X", post_code="1000"), "post_code"),
        (CustomerFacts(name="X", language="de"), "language"),
        (CustomerFacts(name="X", electronic_address="a b@", electronic_address_scheme="EM"), "electronic_address"),
        (
            CustomerFacts(name="X", electronic_address="1", electronic_address_scheme="9999"),
            "electronic_address_scheme",
        ),
        (CustomerFacts(name="X", siren="732829320", electronic_address="812345676"), "electronic_address"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(
    organisation: Organisation, facts: CustomerFacts, field: str
) -> None:
    assert field in _refused(organisation, facts)
    assert not Customer.objects.exists()


def test_a_consumer_has_no_numbers_of_firms(organisation: Organisation) -> None:
    customer = _created(organisation, replace(PORT, kind=BuyerKind.CONSUMER, buyer_reference="S1", vat_number=None))
    assert (customer.siren, customer.vat_number, customer.buyer_reference) == ("", "", "")


def test_a_firm_abroad_has_no_siren_but_a_registration(organisation: Organisation) -> None:
    facts = CustomerFacts(
        name="Bücher GmbH", country="de", siren="732829320", registration="HRB 12", vat_number="DE136695976"
    )
    customer = _created(organisation, facts)
    assert (customer.siren, customer.registration, customer.country) == ("", "HRB 12", "DE")


def test_the_same_customer_twice_is_refused_unless_it_is_wanted(organisation: Organisation) -> None:
    first = _created(organisation)
    with pytest.raises(AlreadyThere) as caught:
        _created(organisation)
    assert caught.value.customer == first
    _created(organisation, knowingly=True)


def test_a_code_belongs_to_one_customer_of_an_organisation(organisation: Organisation) -> None:
    _created(organisation, replace(PORT, reference="C1"))
    with pytest.raises(ReferenceTaken):
        _created(organisation, replace(PORT, name="Autre", reference="C1"))
    _created(an_organisation(), replace(PORT, reference="C1"))


def test_a_change_says_what_was_and_what_is(organisation: Organisation) -> None:
    customer = _created(organisation)
    terms = parse_terms("45 jours fin de mois")
    changed = replace(facts_of(customer), city="Lyon", default_terms=terms)
    change_customer(customer_id=customer.pk, organisation=organisation, facts=changed, by=INES, now=NOW)
    entry = JournalEntry.objects.get(act="customer-changed")
    assert (entry.before["city"], entry.after["city"]) == ("Paris", "Lyon")
    assert "45 jours" in entry.after["default_terms"]
    customer.refresh_from_db()
    assert facts_of(customer) == changed
    assert "lyon" in customer.search


def test_a_change_of_nothing_leaves_no_trace(organisation: Organisation) -> None:
    customer = _created(organisation)
    change_customer(customer_id=customer.pk, organisation=organisation, facts=facts_of(customer), by=INES, now=NOW)
    assert _acts(customer) == ["customer-created"]


def test_a_form_that_was_overtaken_overwrites_nothing(organisation: Organisation) -> None:
    customer = _created(organisation)
    seen = fingerprint(customer)
    kwargs = {"customer_id": customer.pk, "organisation": organisation, "by": INES, "now": NOW, "seen": seen}
    change_customer(facts=replace(PORT, city="Nice"), **kwargs)  # type: ignore[arg-type]
    with pytest.raises(StaleCustomer):
        change_customer(facts=replace(PORT, city="Lille"), **kwargs)  # type: ignore[arg-type]
    customer.refresh_from_db()
    assert customer.city == "Nice"


def test_a_customer_is_put_away_and_taken_back(organisation: Organisation) -> None:
    customer = _created(organisation)
    for _ in range(2):
        archive_customer(customer_id=customer.pk, organisation=organisation, by=INES, now=NOW)
    assert archive_customer(customer_id=customer.pk, organisation=organisation, by=INES, now=NOW).archived_at == NOW
    restore_customer(customer_id=customer.pk, organisation=organisation, by=INES, now=NOW)
    assert _acts(customer) == ["customer-created", "customer-archived", "customer-restored"]


def test_a_customer_of_another_organisation_is_not_there(organisation: Organisation) -> None:
    customer = _created(organisation)
    with pytest.raises(Customer.DoesNotExist):
        archive_customer(customer_id=customer.pk, organisation=an_organisation(), by=INES, now=NOW)


def test_contacts_come_change_leave_and_return(organisation: Organisation) -> None:
    customer = _created(organisation)
    who = {"organisation": organisation, "by": INES, "now": NOW}
    contact = add_contact(customer_id=customer.pk, facts=ContactFacts(name="Zoé", email="zoe@port.example"), **who)  # type: ignore[arg-type]
    Contact.objects.update(bounced_at=NOW, bounce_reason="550")
    change_contact(contact_id=contact.pk, facts=ContactFacts(name="Zoé", email="z@port.example", pays=True), **who)  # type: ignore[arg-type]
    contact.refresh_from_db()
    assert (contact.bounced_at, contact.bounce_reason, contact.pays) == (None, "", True)
    assert list(search_customers(Customer.objects.all(), "ZOE z@port")) == [customer]
    archive_contact(contact_id=contact.pk, **who)  # type: ignore[arg-type]
    assert not search_customers(Customer.objects.all(), "zoe").exists()
    restore_contact(contact_id=contact.pk, **who)  # type: ignore[arg-type]
    assert _acts(customer)[1:] == ["contact-added", "contact-changed", "contact-archived", "contact-restored"]


def test_a_contact_needs_a_name_or_an_address_that_can_be_written_to(organisation: Organisation) -> None:
    customer = _created(organisation)
    for facts in (
        ContactFacts(),
        ContactFacts(name="X", email="no address"),
        ContactFacts(email="a@b.fr\nBcc: c@d.fr"),
    ):
        with pytest.raises(DomainError):
            add_contact(customer_id=customer.pk, organisation=organisation, facts=facts, by=INES, now=NOW)


def test_addresses_come_change_and_go(organisation: Organisation) -> None:
    customer = _created(organisation)
    who = {"organisation": organisation, "by": INES, "now": NOW}
    address = add_address(customer_id=customer.pk, facts=AddressFacts(city="Nantes"), **who)  # type: ignore[arg-type]
    change_address(address_id=address.pk, facts=AddressFacts(city="Brest"), **who)  # type: ignore[arg-type]
    remove_address(address_id=address.pk, **who)  # type: ignore[arg-type]
    assert not customer.addresses.exists()
    assert _acts(customer)[1:] == ["address-added", "address-changed", "address-removed"]


def test_a_siren_is_found_with_and_without_its_spaces(organisation: Organisation) -> None:
    customer = _created(organisation)
    for text in ("732 829 320", "732829320", "librairie PORT", "Pàris"):
        assert list(search_customers(Customer.objects.all(), text)) == [customer]
    assert not search_customers(Customer.objects.all(), "port nantes").exists()
