"""Agreements: built, fixed word for word, answered once with proof, replaced by the next version."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from reglo.core.terms import Delay, DiscountTier, EndOfMonth, PaymentTerms, Sector
from reglo.customers.models import Customer
from reglo.journal.models import JournalEntry
from reglo.organisations.models import Role
from reglo.terms.models import AgreementAnswer, AgreementState, ConditionsOfSale, TermsAgreement
from reglo.terms.queries import binding_agreement, terms_for, terms_of_customers
from reglo.terms.services import (
    AlreadyAnswered,
    BadConditions,
    NotADraft,
    OtherText,
    UnlawfulTerms,
    add_conditions,
    answer_agreement,
    change_agreement,
    create_agreement,
    delete_agreement,
    fix_agreement,
    text_hash,
)
from tests.site import INES, NOW, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

_45_DAYS = PaymentTerms(delay=Delay(days=45, end_of_month=EndOfMonth.AFTER_DAYS))


@pytest.fixture
def customer() -> Customer:
    return a_customer(an_organisation())


def _prepared(customer: Customer, terms: PaymentTerms = _45_DAYS) -> TermsAgreement:
    return create_agreement(
        organisation=customer.organisation,
        customer=customer,
        terms=terms,
        sector=Sector.GENERAL,
        conditions=ConditionsOfSale.objects.of(customer.organisation).last(),
        by=INES,
        now=NOW,
    )


def _sent(agreement: TermsAgreement) -> TermsAgreement:
    with transaction.atomic():
        return fix_agreement(
            agreement_id=agreement.pk, organisation=agreement.organisation, contact=None, by=INES, now=NOW
        )


def _answered(agreement: TermsAgreement, *, accepted: bool = True, digest: str | None = None) -> AgreementAnswer:
    return answer_agreement(
        agreement_id=agreement.pk,
        organisation=agreement.organisation,
        accepted=accepted,
        name="Claire Petit",
        remark="",
        text_sha256=agreement.sha256 if digest is None else digest,
        by=INES,
        now=NOW,
        address="203.0.113.7",
    )


def test_what_is_accepted_binds_and_is_proven(customer: Customer) -> None:
    agreement = _sent(_prepared(customer))
    answer = _answered(agreement)
    assert (answer.name, answer.at, answer.address) == ("Claire Petit", NOW, "203.0.113.7")
    assert answer.text_sha256 == text_hash(TermsAgreement.objects.get(pk=agreement.pk))
    assert terms_for(customer) == (_45_DAYS, agreement)
    other = a_customer(customer.organisation)
    found = terms_of_customers(customer.organisation, [customer.pk, other.pk])
    assert found == {each.pk: terms_for(each)[0] for each in (customer, other)}
    entry = JournalEntry.objects.get(act="agreement-accepted")
    assert (entry.customer_id, entry.after["sha256"]) == (customer.pk, agreement.sha256)


def test_nothing_binds_before_it_is_accepted(customer: Customer) -> None:
    _sent(_prepared(customer))
    assert binding_agreement(customer) is None
    assert terms_for(customer) == (PaymentTerms(), None)


def test_the_next_version_takes_the_place_of_the_one_before(customer: Customer) -> None:
    first, second = _sent(_prepared(customer)), _prepared(customer, PaymentTerms())
    _answered(first)
    assert second.version == 2
    _answered(_sent(second))
    states = list(customer.agreements.order_by("version").values_list("state", flat=True))
    assert states == [AgreementState.SUPERSEDED, AgreementState.ACCEPTED]


def test_a_version_that_was_sent_never_changes(customer: Customer) -> None:
    agreement = _sent(_prepared(customer))
    with pytest.raises(NotADraft):
        change_agreement(
            agreement_id=agreement.pk,
            organisation=customer.organisation,
            terms=PaymentTerms(),
            sector=Sector.GENERAL,
            conditions=None,
            by=INES,
            now=NOW,
        )
    with pytest.raises(NotADraft):
        delete_agreement(agreement_id=agreement.pk, organisation=customer.organisation, by=INES, now=NOW)
    text = agreement.text_fr
    assert _sent(agreement).text_fr == text


def test_the_same_answer_twice_is_one_and_another_is_refused(customer: Customer) -> None:
    agreement = _sent(_prepared(customer))
    assert _answered(agreement) == _answered(agreement)
    with pytest.raises(AlreadyAnswered):
        _answered(agreement, accepted=False)


def test_a_text_that_was_not_shown_cannot_be_accepted(customer: Customer) -> None:
    with pytest.raises(OtherText):
        _answered(_sent(_prepared(customer)), digest="0" * 64)
    with pytest.raises(NotADraft):
        _answered(_prepared(customer))


def test_terms_that_the_law_forbids_are_not_sent(customer: Customer) -> None:
    with pytest.raises(UnlawfulTerms) as refused:
        _sent(_prepared(customer, PaymentTerms(delay=Delay(days=90))))
    assert "60" in refused.value.message.fr


def test_the_text_names_parties_terms_and_conditions_in_both_languages(customer: Customer) -> None:
    organisation = customer.organisation
    add_conditions(organisation=organisation, title="CGV", text="Article 1", file=None, by=INES, now=NOW)
    agreement = _sent(_prepared(customer))
    for said in (
        organisation.name,
        customer.name,
        "45 jours",
        "40",
        "CGV",
        "version 1",
        "24\N{NO-BREAK SPACE}novembre",
    ):
        assert said in agreement.text_fr
    assert "French text prevails" in agreement.text_en


def test_the_same_conditions_again_are_the_same_version(customer: Customer) -> None:
    facts = {"organisation": customer.organisation, "title": "CGV", "file": None, "by": INES, "now": NOW}
    first = add_conditions(text="Article 1", **facts)
    assert add_conditions(text="Article 1", **facts) == first
    assert add_conditions(text="Article 2", **facts).version == 2


@pytest.mark.parametrize(("text", "file"), [("", None), ("", b"MZ no pdf"), ("", b"%PDF-" + b"x" * 6_000_000)])
def test_conditions_are_a_text_or_a_pdf_of_reasonable_size(customer: Customer, text: str, file: bytes | None) -> None:
    with pytest.raises(BadConditions):
        add_conditions(organisation=customer.organisation, title="CGV", text=text, file=file, by=INES, now=NOW)


@pytest.fixture
def client(customer: Customer) -> Client:
    return logged_in(a_member(customer.organisation, Role.SALES))


def _form(**changes: str) -> dict[str, str]:
    facts = {
        "days": "30",
        "start": "invoice",
        "end_of_month": "no",
        "penalty_basis": "ecb",
        "penalty_value": "10",
        "indemnity": "40",
        "sector": "general",
    }
    return facts | changes


def test_terms_are_built_in_the_form(customer: Customer, client: Client) -> None:
    new = reverse("terms:new", args=[customer.organisation.slug, customer.pk])
    facts = _form(deposit="30 %", instalment_1="1/3", instalment_1_days="15", discount_percent="2", discount_days="10")
    assert client.post(new, facts).status_code == 302
    terms = terms_for_draft(customer)
    assert terms.deposit is not None
    assert terms.deposit.percent == 30
    assert terms.instalments[0].share.one_in == 3
    assert terms.discounts == (DiscountTier(percent=Decimal(2), days=10),)


def terms_for_draft(customer: Customer) -> PaymentTerms:
    """The terms of the newest version."""
    from reglo.terms.queries import terms_of

    return terms_of(customer.agreements.get())


def test_words_fill_the_form(customer: Customer, client: Client) -> None:
    new = reverse("terms:new", args=[customer.organisation.slug, customer.pk])
    page = client.get(new, {"words": "45 jours fin de mois"})
    assert page.context["form"].initial["days"] == 45
    assert page.context["form"].initial["end_of_month"] == "after-days"
    confused = client.get(new, {"words": "quand il pleut"})
    assert "words" in confused.context["words"].errors


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": "-1"},
        {"days": "99999"},
        {"deposit": "everything"},
        {"deposit": "0 %"},
        {"deposit": "60 %", "instalment_1": "60 %", "instalment_1_days": "3"},
        {"instalment_1": "10 %"},
        {"discount_percent": "2"},
        {"penalty_value": "NaN"},
        {"indemnity": "1e99"},
        {"sector": "piracy"},
    ],
)
def test_what_cannot_be_is_said_beside_the_form(customer: Customer, client: Client, wrong: dict[str, str]) -> None:
    slug = customer.organisation.slug
    for name in ("terms:new", "terms:preview"):
        page = client.post(reverse(name, args=[slug, customer.pk]), _form(**wrong))
        assert page.status_code == 200
        assert page.context["form"].errors
    assert not customer.agreements.exists()


def test_the_preview_shows_dates_and_the_article_that_forbids(customer: Customer, client: Client) -> None:
    page = client.post(reverse("terms:preview", args=[customer.organisation.slug, customer.pk]), _form(days="90"))
    assert "L441-10" in page.content.decode()


def test_every_page_of_terms_opens(customer: Customer, client: Client) -> None:
    slug = customer.organisation.slug
    agreement = _sent(_prepared(customer))
    _answered(agreement)
    draft = _prepared(customer)
    version = add_conditions(
        organisation=customer.organisation, title="CGV", text="<script>alert(1)</script>", file=None, by=INES, now=NOW
    )
    for address in (
        reverse("terms:list", args=[slug]),
        reverse("terms:agreement", args=[slug, agreement.pk]),
        reverse("terms:agreement", args=[slug, draft.pk]),
        reverse("terms:edit", args=[slug, draft.pk]),
        reverse("terms:of-customer", args=[slug, customer.pk]),
        reverse("terms:conditions", args=[slug]),
        reverse("terms:conditions-file", args=[slug, version.pk]),
    ):
        assert client.get(address).status_code == 200, address


def test_an_answer_on_paper_is_noted(customer: Customer, client: Client) -> None:
    agreement = _sent(_prepared(customer))
    address = reverse("terms:answer-on-paper", args=[customer.organisation.slug, agreement.pk])
    client.post(address, {"name": "Claire Petit", "accepted": "yes", "remark": "Signé le 24, classeur bleu"})
    assert binding_agreement(customer) == agreement
