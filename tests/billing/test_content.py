"""What a draft's content means, and what is still missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reglo.billing.content import DRAFT_NUMBER, Examination, core_draft, examine
from reglo.billing.models import NumberSeries
from reglo.core.composition import compose_invoice
from reglo.core.findings import Severity
from reglo.core.terms import Delay, PaymentTerms
from reglo.customers.models import Customer
from reglo.formats.data.faults import InvalidData
from reglo.formats.data.stored import write_stored
from reglo.organisations.models import Organisation
from reglo.terms.models import AgreementAnswer, AgreementState, TermsAgreement
from tests.site import NOW, TODAY, a_content, a_customer, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


def examined(content: dict[str, Any], customer: Customer | None, organisation: Organisation, **how: Any) -> Examination:
    usual: dict[str, Any] = {"kind": "380", "number": DRAFT_NUMBER, "today": TODAY}
    return examine(content, organisation=organisation, customer=customer, **usual | how)


def fields_of(examination: Examination) -> list[str]:
    return [each.field for each in examination.missing if each.is_fatal]


def an_agreement(customer: Customer, terms: PaymentTerms) -> TermsAgreement:
    agreement = TermsAgreement.objects.create(
        organisation=customer.organisation,
        customer=customer,
        version=3,
        state=AgreementState.ACCEPTED,
        terms=write_stored(terms),
        created_at=NOW,
    )
    AgreementAnswer.objects.create(
        organisation=customer.organisation, agreement=agreement, accepted=True, name="Claire", at=NOW, text_sha256=""
    )
    return agreement


def test_a_complete_draft_lacks_nothing(organisation: Organisation, customer: Customer) -> None:
    found = examined(a_content(), customer, organisation)
    assert [each for each in found.missing if each.severity is not Severity.INFORMATION] == []
    assert found.is_legal
    assert found.totals is not None
    assert found.totals.gross == Decimal("1080.00")
    assert found.line_amounts == (Decimal("900.00"),)
    assert [each.date for each in found.due_dates] == [date(2026, 12, 24)]


def test_what_is_examined_is_what_the_core_composes(organisation: Organisation, customer: Customer) -> None:
    draft = core_draft(a_content(), kind="380", organisation=organisation, customer=customer, number="F1", today=TODAY)
    assert examined(a_content(), customer, organisation, number="F1").invoice == compose_invoice(draft)


def test_rows_that_say_nothing_and_options_are_no_lines(organisation: Organisation, customer: Customer) -> None:
    line = a_content()["lines"][0]
    empty = {"name": " ", "quantity": "1", "unit": "C62", "vat": "20", "price": ""}
    content = a_content(lines=[empty, line, {**line, "optional": True}, {**line, "price": "", "name": "Voyage"}])
    found = examined(content, customer, organisation)
    assert fields_of(found) == ["lines[3].price"]
    assert found.invoice is None
    assert found.line_amounts == (None, Decimal("900.00"), None, None)
    assert found.totals is not None
    assert found.totals.net == Decimal("900.00")


def test_figures_may_be_typed_as_the_french_do(organisation: Organisation, customer: Customer) -> None:
    line = {**a_content()["lines"][0], "price": "1 234,50 €", "vat": "5,5 %", "unit": "jours"}
    found = examined(a_content(lines=[line]), customer, organisation)
    assert found.totals is not None
    assert (found.totals.net, found.totals.vat) == (Decimal("2469.00"), Decimal("135.80"))
    assert found.invoice is not None
    assert found.invoice.lines[0].unit == "DAY"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issue_date": "2026-02-31"}, "issue_date"),
        ({"issue_date": "2026-11-25"}, "issue_date"),
        ({"due_date": "demain"}, "due_date"),
        ({"payment": {"bank_account_id": "0"}}, "payment.bank_account_id"),
        ({"payment": {"bank_account_id": "x' OR 1=1"}}, "payment.bank_account_id"),
        ({"terms": {"delay": {"days": "-1"}}}, "terms"),
        ({"terms": "30 jours"}, "terms"),
        ({"reductions": [{"percent": "120"}]}, "reductions[0].percent"),
        ({"deposits": [{"number": "A", "issue_date": "2026-01-01", "amount": "-5"}]}, "deposits[0].amount"),
        ({"currency": "EURO"}, "currency"),
        ({"lines": []}, "lines"),
        ({"lines": "none"}, "lines"),
        ({"lines": [7, None]}, "lines"),
    ],
)
def test_what_is_wrong_names_its_field(
    organisation: Organisation, customer: Customer, changes: dict[str, Any], field: str
) -> None:
    found = examined(a_content(**changes), customer, organisation)
    assert field in fields_of(found)
    assert not found.is_legal


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("quantity", "beaucoup", "lines[1].quantity"),
        ("price", "9" * 20, "lines[1].price"),
        ("vat", "", "lines[1].vat"),
        ("unit", "ZZQ", "lines[1].unit"),
        ("name", "", "lines[1].name"),
        ("reductions", [{"percent": "0"}], "lines[1].reductions[0].percent"),
        ("name", "\U00013000", "lines[1].name"),
        ("name", "\x07", "lines[1].name"),
    ],
)
def test_what_is_wrong_with_a_line_names_its_place_as_typed(
    organisation: Organisation, customer: Customer, key: str, value: Any, field: str
) -> None:
    good = {**a_content()["lines"][0], "group": "Lot 1"}
    found = examined(a_content(lines=[{"name": ""}, {**good, key: value}, good]), customer, organisation)
    assert field in fields_of(found)
    assert found.totals is not None


def test_a_party_without_its_numbers_is_mended_on_its_own_page(organisation: Organisation, customer: Customer) -> None:
    organisation.siren = organisation.siret = ""
    customer.siren, customer.city = "732829321", ""
    found = examined(a_content(), customer, organisation)
    assert {"organisation.siren", "customer.siren"} <= set(fields_of(found))
    assert found.totals is not None
    assert found.totals.gross == Decimal("1080.00")


def test_a_draft_without_customer_has_totals_and_says_what_lacks(organisation: Organisation) -> None:
    found = examined(a_content(), None, organisation)
    assert fields_of(found) == ["customer"]
    assert found.invoice is None
    assert found.totals is not None


def test_an_agreement_that_is_followed_is_named_on_the_document(organisation: Organisation, customer: Customer) -> None:
    agreement = an_agreement(customer, PaymentTerms(delay=Delay(days=45)))
    found = examined(a_content(), customer, organisation)
    assert found.agreement == agreement
    assert not found.differs_from_agreement
    assert found.invoice is not None
    assert found.invoice.due_date == date(2027, 1, 8)
    assert any("accord de règlement n° 3, accepté le 24/11/2026" in (each.text or "") for each in found.invoice.notes)


@pytest.mark.parametrize(
    "changes", [{"terms": write_stored(PaymentTerms(delay=Delay(days=15)))}, {"due_date": "2026-12-01"}]
)
def test_terms_other_than_agreed_are_told_before_issuing(
    organisation: Organisation, customer: Customer, changes: dict[str, Any]
) -> None:
    an_agreement(customer, PaymentTerms(delay=Delay(days=45)))
    found = examined(a_content(**changes), customer, organisation)
    assert found.differs_from_agreement
    assert found.is_legal
    assert [each.field for each in found.missing if each.rule == "REGLO-AGREEMENT"] == ["terms"]
    assert found.invoice is not None
    assert not any("accord de règlement" in (each.text or "") for each in found.invoice.notes)


def test_terms_beyond_the_law_forbid_issuing(organisation: Organisation, customer: Customer) -> None:
    terms = write_stored(PaymentTerms(delay=Delay(days=90)))
    found = examined(a_content(terms=terms), customer, organisation)
    assert [(each.rule, each.field) for each in found.missing if each.is_fatal] == [("FR-TERMS-CAP", "terms")]


def test_terms_that_nobody_signed_but_the_law_allows_are_a_remark(
    organisation: Organisation, customer: Customer
) -> None:
    terms = write_stored(PaymentTerms(delay=Delay(days=45)))
    found = examined(a_content(terms=terms), customer, organisation)
    assert found.is_legal
    assert ("FR-TERMS-DEFAULT", Severity.INFORMATION) in [(each.rule, each.severity) for each in found.missing]


def test_a_date_before_the_last_of_the_series_says_which_are_possible(
    organisation: Organisation, customer: Customer
) -> None:
    series = NumberSeries(prefix="F", last_date=date(2026, 11, 20))
    found = examined(a_content(issue_date="2026-11-19"), customer, organisation, series=series)
    assert [each.fix.fr for each in found.missing if each.rule == "REGLO-DATE"] == [
        "Choisissez une date du 20/11/2026 au 24/11/2026."
    ]


def test_a_draft_that_cannot_be_read_is_refused_with_its_faults(organisation: Organisation, customer: Customer) -> None:
    with pytest.raises(InvalidData) as refused:
        core_draft(
            a_content(due_date="x", issue_date="y"),
            kind="380",
            organisation=organisation,
            customer=customer,
            number="F1",
            today=TODAY,
        )
    assert {each.where.en for each in refused.value.faults} == {"due_date", "issue_date"}


def test_another_organisations_account_is_none_of_ours(organisation: Organisation, customer: Customer) -> None:
    from reglo.organisations.models import BankAccount

    foreign = BankAccount.objects.of(an_organisation()).get()
    found = examined(a_content(payment={"bank_account_id": foreign.pk}), customer, organisation)
    assert fields_of(found) == ["payment.bank_account_id"]


def test_a_customers_reference_and_language_hold_where_the_draft_says_none(organisation: Organisation) -> None:
    customer = a_customer(organisation, buyer_reference="SERVICE-7", language="en")
    found = examined(a_content(), customer, organisation)
    assert found.invoice is not None
    assert found.invoice.buyer_reference == "SERVICE-7"
    assert found.language == "en"
    own = examined(a_content(buyer_reference="AUTRE", language="fr"), customer, organisation)
    assert own.invoice is not None
    assert (own.invoice.buyer_reference, own.language) == ("AUTRE", "fr")


def test_all_documents_of_the_four_kinds_can_be_made(organisation: Organisation, customer: Customer) -> None:
    earlier = [{"number": "F2026-0001", "issue_date": "2026-10-01"}]
    for kind, changes in (
        ("386", {}),
        ("381", {"preceding_invoices": earlier}),
        ("384", {"preceding_invoices": earlier}),
    ):
        found = examined(a_content(**changes), customer, organisation, kind=kind)
        assert found.is_legal, (kind, [each.message.en for each in found.missing])
        assert found.invoice is not None
        assert found.invoice.type_code == kind
