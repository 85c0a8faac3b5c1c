"""Customers that look like one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.customers.duplicates import Likeness, are_near, bare_name, likely_duplicates, lookalikes
from reglo.customers.facts import CustomerFacts
from reglo.customers.models import Contact
from reglo.organisations.models import Organisation
from tests.site import NOW, a_customer, an_organisation


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Société Dupont & Fils SARL", "DUPONT et fils"),
        ("Librairie du Port", "Librairie du Prot"),
        ("Cœur d'Artichaut", "COEUR D’ARTICHAUT SAS"),
    ],
)
def test_names_are_near_without_form_accents_and_slips(one: str, other: str) -> None:
    assert are_near(bare_name(one), bare_name(other))


def test_other_names_are_not_near() -> None:
    assert not are_near(bare_name("Garage Martin"), bare_name("Garage Durand"))


@given(st.text(), st.text())
def test_nearness_takes_any_text(one: str, other: str) -> None:
    assert are_near(bare_name(one), bare_name(one))
    are_near(bare_name(one), bare_name(other))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "emails", "likeness"),
    [
        (CustomerFacts(name="Autre nom", siren="732829320"), [], Likeness.SIREN),
        (CustomerFacts(name="Autre nom", vat_number="FR44732829320"), [], Likeness.VAT),
        (CustomerFacts(name="Autre nom"), ["CLAIRE@librairie.example"], Likeness.EMAIL),
        (CustomerFacts(name="Libraire du port"), [], Likeness.NAME),
    ],
)
def test_who_is_there_already_is_seen_while_typing(
    organisation: Organisation, facts: CustomerFacts, emails: list[str], likeness: Likeness
) -> None:
    customer = a_customer(organisation, vat_number="FR44732829320")
    a_customer(an_organisation())
    found = lookalikes(organisation, facts, emails)
    assert [(each.customer, each.likeness) for each in found] == [(customer, likeness)]
    assert lookalikes(organisation, facts, emails, besides=customer.pk) == []


@pytest.mark.django_db
def test_the_page_of_duplicates_gives_each_pair_once_the_surest_first(organisation: Organisation) -> None:
    one = a_customer(organisation)
    Contact.objects.all().delete()
    by_name = a_customer(organisation, name="Libraire du Port", siren="", search="libraire du port")
    by_siren = a_customer(organisation, name="Tout autre", search="tout autre")
    a_customer(organisation, name="Librairie du Portt", siren="812345676")
    Contact.objects.all().delete()
    a_customer(organisation, archived_at=NOW)
    pairs = [(each.first, each.second, each.likeness) for each in likely_duplicates(organisation)]
    assert pairs[0] == (one, by_siren, Likeness.SIREN)
    assert (one, by_name, Likeness.NAME) in pairs
    assert not any(first.siren and second.siren and first.siren != second.siren for first, second, _ in pairs)
