"""Two customers become one, and nothing is lost."""

from dataclasses import replace

import pytest

from reglo.billing.services.issue import number_draft
from reglo.core.terms import PaymentTerms
from reglo.customers.facts import ContactFacts, CustomerFacts, facts_of
from reglo.customers.models import Contact, Customer, CustomerAddress
from reglo.customers.queries import family_of
from reglo.customers.services import (
    CannotMerge,
    StaleCustomer,
    add_contact,
    create_customer,
    merge_customers,
    preview_merge,
    restore_customer,
)
from reglo.formats.data.stored import write_stored
from reglo.journal.models import JournalEntry
from reglo.organisations.models import Organisation
from reglo.terms.models import TermsAgreement
from tests.site import INES, NOW, a_customer, a_draft, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


def _customer(organisation: Organisation, name: str, **facts: object) -> Customer:
    whole = replace(CustomerFacts(name=name), **facts)  # type: ignore[arg-type]
    return create_customer(organisation=organisation, facts=whole, by=INES, now=NOW, knowingly=True)


def _agreement(customer: Customer, version: int = 1, state: str = "draft") -> TermsAgreement:
    return TermsAgreement.objects.create(
        organisation=customer.organisation,
        customer=customer,
        version=version,
        state=state,
        terms=write_stored(PaymentTerms()),
        created_at=NOW,
    )


def _merge(kept: Customer, merged: Customer) -> None:
    merge_customers(organisation=kept.organisation, kept_id=kept.pk, merged_id=merged.pk, by=INES, now=NOW)


def test_what_points_to_the_merged_customer_moves_whichever_room_it_is_of(organisation: Organisation) -> None:
    kept, merged = _customer(organisation, "Dupont"), _customer(organisation, "Dupond", siren="732829320", notes="n")
    add_contact(customer_id=merged.pk, organisation=organisation, facts=ContactFacts(name="Zoé"), by=INES, now=NOW)
    CustomerAddress.objects.create(organisation=organisation, customer=merged, use="delivery", city="Nice")
    agreement = _agreement(merged)
    _merge(kept, merged)
    agreement.refresh_from_db()
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert agreement.customer == kept
    assert kept.contacts.get().name == "Zoé"
    assert kept.addresses.get().city == "Nice"
    assert (kept.siren, kept.notes) == ("732829320", "n")
    assert (merged.merged_into, merged.archived_at) == (kept, NOW)
    assert family_of(kept) == [kept.pk, merged.pk]
    assert "zoe" in kept.search


def test_what_cannot_move_stays_and_is_counted(organisation: Organisation) -> None:
    kept, merged = _customer(organisation, "Dupont"), _customer(organisation, "Dupond")
    _agreement(kept)
    in_the_way, free = _agreement(merged), _agreement(merged, version=2)
    merge = preview_merge(organisation=organisation, kept_id=kept.pk, merged_id=merged.pk, by=INES, now=NOW)
    assert [(each.name, each.moved, each.kept) for each in merge.rows] == [("termsagreement", 1, 1)]
    _merge(kept, merged)
    in_the_way.refresh_from_db()
    free.refresh_from_db()
    assert (in_the_way.customer, free.customer) == (merged, kept)


def test_an_issued_invoice_stays_with_the_merged_customer_and_a_draft_moves(organisation: Organisation) -> None:
    kept = _customer(organisation, "Dupont")
    merged = a_customer(organisation)
    issued = number_draft(draft_id=a_draft(organisation, merged).pk, organisation=organisation, by=INES, now=NOW)
    draft = a_draft(organisation, merged)
    _merge(kept, merged)
    issued.refresh_from_db()
    draft.refresh_from_db()
    assert (issued.customer, draft.customer) == (merged, kept)
    assert issued.customer_id in family_of(kept)


def test_a_preview_changes_nothing(organisation: Organisation) -> None:
    kept, merged = _customer(organisation, "Dupont"), _customer(organisation, "Dupond", reference="C2")
    entries = JournalEntry.objects.count()
    merge = preview_merge(organisation=organisation, kept_id=kept.pk, merged_id=merged.pk, by=INES, now=NOW)
    assert merge.filled == {"reference": "C2"}
    merged.refresh_from_db()
    assert (merged.merged_into, merged.reference, JournalEntry.objects.count()) == (None, "C2", entries)


def test_merging_loses_no_fact(organisation: Organisation) -> None:
    facts = CustomerFacts(
        name="Dupond",
        reference="C2",
        siren="732829320",
        vat_number="FR44732829320",
        line_1="1 rue A",
        post_code="75001",
        city="Paris",
        buyer_reference="S",
        electronic_address="732829320_1",
        default_terms=PaymentTerms(),
        notes="b",
    )
    kept = _customer(organisation, "Dupont", notes="a")
    merged = create_customer(organisation=organisation, facts=facts, by=INES, now=NOW)
    was = facts_of(merged)
    _merge(kept, merged)
    kept.refresh_from_db()
    assert facts_of(kept) == replace(was, name="Dupont", notes="a\n\nb")


def test_those_merged_into_the_merged_follow(organisation: Organisation) -> None:
    first, second, third = (_customer(organisation, name) for name in ("A1", "A2", "A3"))
    _merge(second, third)
    _merge(first, second)
    assert family_of(first) == [first.pk, second.pk, third.pk]


def test_a_merged_customer_is_not_taken_back_nor_merged_again(organisation: Organisation) -> None:
    kept, merged = _customer(organisation, "Dupont"), _customer(organisation, "Dupond")
    _merge(kept, merged)
    with pytest.raises(StaleCustomer):
        restore_customer(customer_id=merged.pk, organisation=organisation, by=INES, now=NOW)
    for one, other in ((kept, merged), (merged, kept), (kept, kept)):
        with pytest.raises(CannotMerge):
            _merge(one, other)


def test_two_firms_are_not_merged(organisation: Organisation) -> None:
    with pytest.raises(CannotMerge, match="SIREN differ"):
        _merge(_customer(organisation, "A1", siren="732829320"), _customer(organisation, "A2", siren="812345676"))


def test_both_stories_tell_of_it(organisation: Organisation) -> None:
    kept, merged = _customer(organisation, "Dupont"), _customer(organisation, "Dupond")
    _merge(kept, merged)
    acts = JournalEntry.objects.filter(act__contains="merged").values_list("customer_id", "act")
    assert set(acts) == {(kept.pk, "customers-merged"), (merged.pk, "customer-merged")}
    assert not Contact.objects.exists()
