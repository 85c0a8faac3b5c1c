"""The VAT to declare: equal to the account of the VAT due, to the documents, and to the sum of its parts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reglo.core.accounting import VatPart
from reglo.core.composition import DocumentKind
from reglo.core.mentions import Nature
from reglo.core.money import from_minor
from reglo.core.parties import VatRegime
from reglo.customers.models import Customer
from reglo.ledger.queries import vat_account_moved, vat_due, vat_moves
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.vat import KIND
from reglo.reporting.reports.vat.rows import rate_rows, total_of
from tests.ledger.facts import LATER, a_payment, an_invoice, vat_20
from tests.ledger.moves import allocated
from tests.site import a_customer, an_organisation

NOVEMBER, DECEMBER = (date(2026, 11, 1), date(2026, 11, 30)), (date(2026, 12, 1), date(2026, 12, 31))


def _told(organisation: Organisation, days: tuple[date, date]) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, Asked(start=days[0], end=days[1], today=LATER))


def _table(report: Report, key: str) -> Any:
    return next(table for table in report.tables if table.key == key)


def _form(report: Report) -> dict[str, tuple[Any, Any]]:
    return {row.line.code: (row.whole_base, row.whole_tax) for row in _table(report, "ca3").rows}


@pytest.mark.django_db
class TestReport:
    """What the page says."""

    def test_on_debits_it_is_due_with_the_invoice_and_stands_on_its_line(self) -> None:
        organisation = an_organisation()
        reduced = VatPart("S", Decimal("5.5"), 200_00, 11_00)
        an_invoice(a_customer(organisation), vat_20(100_49), reduced)
        told = _told(organisation, NOVEMBER)
        assert _form(told) == {"A1": (300, None), "08": (100, 20), "09": (200, 11)}
        assert told.lead == "€31.09 of VAT became due on your sales in this period, on €300.49 without tax."
        assert _form(_told(organisation, DECEMBER)) == {}

    def test_on_receipts_it_is_due_with_the_payment_and_waits_until_then(self) -> None:
        organisation = an_organisation()
        customer = a_customer(organisation)
        entry = an_invoice(customer, regime=VatRegime.RECEIPTS)
        assert _form(_told(organisation, NOVEMBER)) == {}
        waiting = {each.label: each.value for each in _told(organisation, NOVEMBER).figures}
        assert waiting["Waits for its payment"] == "€20.00"
        allocated(entry.items.get(), a_payment(customer, 60_00), 60_00)
        told = _told(organisation, DECEMBER)
        assert _form(told) == {"A1": (50, None), "08": (50, 10)}
        assert {each.label: each.value for each in told.figures}["Due when paid"] == "€10.00"

    def test_a_credit_note_is_deducted_and_the_proof_opens_into_its_entries(self) -> None:
        organisation = an_organisation()
        customer = a_customer(organisation)
        entry = an_invoice(customer)
        an_invoice(customer, vat_20(40_00), kind=DocumentKind.CREDIT_NOTE, corrects=entry)
        told = _told(organisation, NOVEMBER)
        assert _form(told)["08"] == (60, 12)
        proof = _table(told, "proof")
        assert [row.tax for row in proof.rows] == [Decimal(20), Decimal(-8)]
        assert f"/ledger/entries/{entry.pk}/" in proof.columns[0].link(proof.rows[0])

    def test_sales_without_vat_have_their_lines_and_businesses_in_the_eu_are_listed(self) -> None:
        organisation = an_organisation()
        berlin = a_customer(organisation, name="Berliner", country="DE", vat_number="DE123456789")
        an_invoice(berlin, VatPart("K", Decimal(0), 500_00, 0), nature=Nature.GOODS)
        an_invoice(berlin, VatPart("AE", Decimal(0), 70_00, 0))
        an_invoice(a_customer(organisation), VatPart("G", Decimal(0), 30_00, 0), nature=Nature.GOODS)
        told = _told(organisation, NOVEMBER)
        assert _form(told) == {"E1": (30, None), "E2": (70, None), "F2": (500, None)}
        rows = [(row.vat_number, row.is_goods, row.amount) for row in _table(told, "eu").rows]
        assert rows == [("DE123456789", True, Decimal(500)), ("DE123456789", False, Decimal(70))]

    def test_a_firm_in_the_franchise_is_told_that_there_is_nothing_to_declare(self) -> None:
        organisation = an_organisation(vat_regime=VatRegime.FRANCHISE)
        part = VatPart("E", Decimal(0), 500_00, 0)
        an_invoice(a_customer(organisation), part, regime=VatRegime.FRANCHISE)
        told = _told(organisation, NOVEMBER)
        assert told.lead.endswith("there is no VAT to declare. Sales of the period: €500.00.")
        assert (told.figures[0].label, told.figures[0].value) == ("Sales since 1 January", "€500.00")
        assert "€37,500" in told.figures[0].meaning

    def test_an_empty_period_explains_itself(self) -> None:
        assert _told(an_organisation(), NOVEMBER).lead == "Nothing was sold, and no VAT became due, in this period."


_PARTS = st.lists(
    st.builds(
        lambda rate, base: VatPart("S", Decimal(rate), base, round(base * Decimal(rate) / 100)),
        st.sampled_from(["20", "10", "5.5", "2.1"]),
        st.integers(100, 500_000),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda part: part.rate,
)
_DOCUMENTS = st.lists(
    st.tuples(_PARTS, st.sampled_from([VatRegime.DEBITS, VatRegime.RECEIPTS]), st.integers(0, 120)), max_size=5
)


class TestBooks(TestCase):
    """Whatever was invoiced and paid."""

    @given(_DOCUMENTS)
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def test_the_vat_to_declare_is_what_its_account_grew_by_and_never_more_than_was_invoiced(
        self, documents: list[tuple[list[VatPart], VatRegime, int]]
    ) -> None:
        customer = a_customer(an_organisation(slug="random"))
        for parts, regime, percent in documents:
            _invoiced_and_paid(customer, parts, regime, percent)
        organisation = customer.organisation
        moved, declared = Decimal(0), Decimal(0)
        for start, end in (NOVEMBER, DECEMBER):
            total = total_of(rate_rows(vat_moves(organisation, currency="EUR", start=start, end=end), "EUR"))
            account = vat_account_moved(organisation, currency="EUR", start=start, end=end)
            assert total.tax == from_minor(account, "EUR")
            sums = vat_due(organisation, start=start, end=end)
            assert total.tax == from_minor(sum(each.tax_minor for each in sums), "EUR")
            assert total.base == from_minor(sum(each.base_minor for each in sums), "EUR")
            moved, declared = moved + from_minor(account, "EUR"), declared + total.tax
        invoiced = sum(part.tax for parts, _, _ in documents for part in parts)
        assert moved == declared <= from_minor(invoiced, "EUR")


def _invoiced_and_paid(customer: Customer, parts: list[VatPart], regime: VatRegime, percent: int) -> None:
    entry = an_invoice(customer, *parts, regime=regime)
    item = entry.items.get()
    paid = min(item.amount_minor * percent // 100, item.amount_minor)
    if paid:
        allocated(item, a_payment(customer, paid), paid)
