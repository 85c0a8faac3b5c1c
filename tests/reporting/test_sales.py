"""Sales: equal to the accounts of sales, whatever was issued, by customer, product and month."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reglo.billing.models import Invoice
from reglo.billing.services.follow_ups import WholeCredit, draft_corrective, draft_credit, draft_deposit, draft_final
from reglo.billing.services.issue import number_draft
from reglo.core.accounting import Reason
from reglo.core.money import from_minor
from reglo.core.parties import VatRegime
from reglo.core.terms import Share
from reglo.customers.models import Customer
from reglo.ledger.models import Line, OpenItem
from reglo.ledger.queries import vat_account_moved, vat_moves
from reglo.organisations.models import Organisation
from reglo.products.facts import ProductFacts
from reglo.products.services import create_product
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.sales import KIND
from reglo.reporting.reports.sales.parts import parts_by_line, parts_by_month
from reglo.reporting.reports.sales.rows import year_before
from reglo.reporting.reports.vat.rows import rate_rows, total_of
from tests.billing.quotes import a_line, an_accepted_quote
from tests.ledger.facts import a_payment, an_invoice
from tests.ledger.moves import allocated, settled
from tests.reporting.worlds import billed
from tests.site import INES, NOW, TODAY, a_content, a_customer, a_draft, an_organisation

YEAR: dict[str, Any] = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


def _told(organisation: Organisation, by: str = "") -> Report:
    with translation.override("en"):
        return KIND.make(organisation, Asked(**YEAR, today=TODAY, by=by))


def _rows(report: Report, key: str) -> dict[str, Any]:
    return {row.label: row for row in next(table for table in report.tables if table.key == key).rows}


def _issued(customer: Customer, **content: Any) -> Invoice:
    draft = a_draft(customer.organisation, customer, content=a_content(**content))
    return number_draft(draft_id=draft.pk, organisation=customer.organisation, by=INES, now=NOW)


def _credited(invoice: Invoice) -> Invoice:
    who: dict[str, Any] = {"organisation": invoice.organisation, "by": INES, "now": NOW}
    draft = draft_credit(invoice_id=invoice.pk, wanted=WholeCredit(), reason="Erreur", **who)
    return number_draft(draft_id=draft.pk, **who)


def _sold(organisation: Organisation, name: str, reference: str, cost: str | None) -> None:
    create_product(
        organisation=organisation,
        facts=ProductFacts(name=name, reference=reference, unit="DAY"),
        cost=None if cost is None else Decimal(cost),
        by=INES,
        now=NOW,
        today=TODAY,
    )


@pytest.mark.django_db
class TestReport:
    """What the page says."""

    def test_customers_stand_beside_what_they_bought_a_year_before_and_open_into_their_documents(self) -> None:
        organisation = an_organisation()
        port, gare = a_customer(organisation, name="Port"), a_customer(organisation, name="Gare")
        due = date(2027, 1, 1)
        billed(port, 100_00, on=date(2025, 3, 31), due=due)
        billed(port, 150_00, on=date(2026, 3, 31), due=due)
        billed(gare, 50_00, on=date(2026, 4, 1), due=due)
        billed(gare, 50_00, on=date(2024, 4, 1), due=due)
        report = _told(organisation)
        rows = _rows(report, "customers")
        assert [(name, row.net, row.before, row.change) for name, row in rows.items()] == [
            ("Port", Decimal(150), Decimal(100), Decimal("0.5")),
            ("Gare", Decimal(50), Decimal(0), None),
        ]
        assert report.lead == "You sold for €200.00 without tax: 100% more than a year before (€100.00)."
        assert "q=Port&from=2026-01-01" in rows["Port"].link
        months = _rows(report, "months")
        assert (len(months), months["March\N{NO-BREAK SPACE}2026"].before) == (12, Decimal(100))

    def test_a_margin_counts_what_has_a_cost_in_its_unit_and_says_of_which_part_it_speaks(self) -> None:
        organisation = an_organisation()
        _sold(organisation, "Conseil", "CONS", "300")
        _sold(organisation, "Visite", "VIS", None)
        line = a_line(quantity="1")
        lines = [
            a_line(reference="CONS"),
            line | {"name": "Conseil", "reference": "CONS", "unit": "LS"},
            line | {"name": "Visite", "reference": "VIS", "price": "150.00"},
        ]
        _issued(
            a_customer(organisation), lines=lines, reductions=[{"reason": "Fidélité", "percent": "10", "vat": "20"}]
        )
        report = _told(organisation, "product")
        rows = _rows(report, "products")
        margin = rows["Conseil"].margin
        assert (rows["Conseil"].net, margin.net, margin.cost) == (Decimal(1215), Decimal(810), Decimal(600))
        assert (rows["Visite"].net, rows["Visite"].margin) == (Decimal(135), None)
        assert (rows["Conseil"].quantity, rows["Conseil"].unit) == (Decimal(2), "DAY")
        shown = {each.label: (each.value, each.meaning) for each in report.figures}
        assert shown["Margin"] == ("€210.00", "25.9% of the sales whose cost is known: 60% of all.")

    def test_a_credit_note_takes_back_quantity_and_cost(self) -> None:
        organisation = an_organisation()
        _sold(organisation, "Conseil", "CONS", "300")
        invoice = _issued(a_customer(organisation), lines=[a_line(reference="CONS")])
        _credited(invoice)
        row = _rows(_told(organisation, "product"), "products")["Conseil"]
        assert (row.net, row.quantity, row.margin.amount, row.share) == (0, 0, 0, None)

    def test_an_empty_firm_is_told_that_nothing_was_sold(self) -> None:
        for by in ("customer", "product", "month"):
            report = _told(an_organisation(), by)
            assert report.lead == "Nothing was sold in this period, nor a year before."
            assert report.charts == ()

    def test_sums_of_customers_take_as_many_queries_for_many_as_for_one(self, django_assert_num_queries: Any) -> None:
        organisation = an_organisation()
        for number in range(5):
            an_invoice(a_customer(organisation, name=f"Client {number}"))
            with django_assert_num_queries(1):
                parts_by_month(organisation, currency="EUR", **YEAR)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-03-31", "2025-03-31"),
        ("2024-02-29", "2023-02-28"),
        ("2025-02-28", "2024-02-29"),
        ("2024-02-28", "2023-02-28"),
    ],
)
def test_a_year_before_a_month_ends_with_it(day: str, before: str) -> None:
    assert year_before(date.fromisoformat(day)) == date.fromisoformat(before)


_LINE = st.builds(
    lambda quantity, price, vat: a_line(quantity=str(quantity), price=str(price), vat=vat, reference=f"R{vat}"),
    st.decimals(1, 40, places=2),
    st.decimals(1, 900, places=2),
    st.sampled_from(["20", "10", "5.5"]),
)
_REDUCTION = st.builds(
    lambda percent, vat: {"reason": "Fidélité", "percent": str(percent), "vat": vat},
    st.integers(1, 30),
    st.sampled_from(["20", "10"]),
)
_DOCUMENT = st.tuples(
    st.lists(_LINE, min_size=1, max_size=4),
    st.lists(_REDUCTION, max_size=1),
    st.sampled_from(["kept", "credited", "corrected", "deposit"]),
    st.integers(0, 100),
)


class TestBooks(TestCase):
    """Whatever was issued, corrected, paid and discounted."""

    @given(st.lists(_DOCUMENT, min_size=1, max_size=3), st.sampled_from([VatRegime.DEBITS, VatRegime.RECEIPTS]))
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    def test_sales_are_the_accounts_70_and_vat_is_that_of_the_documents_as_far_as_it_is_due(
        self, documents: list[tuple[list[dict[str, Any]], list[dict[str, Any]], str, int]], regime: VatRegime
    ) -> None:
        organisation = an_organisation(vat_regime=regime)
        customer = a_customer(organisation)
        for lines, reductions, fate, percent in documents:
            rates = {line["vat"] for line in lines}
            content = {"lines": lines, "reductions": [each for each in reductions if each["vat"] in rates]}
            _lived(customer, content, fate, percent)
        days: dict[str, Any] = {"currency": "EUR", **YEAR}
        booked = sum(line.credit_minor - line.debit_minor for line in Line.objects.filter(account__startswith="70"))
        by_line = list(parts_by_line(organisation, **days))
        assert sum(part.net_minor for part in by_line) == booked
        assert sum(part.net_minor for part in parts_by_month(organisation, **days)) == booked
        moves = vat_moves(organisation, **days)
        total = total_of(rate_rows(moves, "EUR"))
        assert total.tax == from_minor(vat_account_moved(organisation, **days), "EUR")
        _tax_is_that_of_the_documents(organisation)


def _lived(customer: Customer, content: dict[str, Any], fate: str, percent: int) -> None:
    """Issue a document, and let happen to it what happens."""
    who: dict[str, Any] = {"organisation": customer.organisation, "by": INES, "now": NOW}
    if fate == "deposit":
        quote = an_accepted_quote(content, organisation=customer.organisation, customer=customer)
        number_draft(draft_id=draft_deposit(quote_id=quote.pk, share=Share(percent=Decimal(30)), **who).pk, **who)
        number_draft(draft_id=draft_final(quote_id=quote.pk, **who).pk, **who)
        return
    invoice = _issued(customer, **content)
    item = OpenItem.objects.of(customer.organisation).get(entry__source_kind="invoice", entry__source_id=invoice.pk)
    paid = item.amount_minor * percent // 200
    if paid:
        allocated(item, a_payment(customer, paid), paid)
    if fate == "kept" and item.open_minor > 10:
        settled(item, Reason.DISCOUNT, item.open_minor // 10)
    if fate == "credited":
        _credited(invoice)
    if fate == "corrected":
        number_draft(draft_id=draft_corrective(invoice_id=invoice.pk, reason="Erreur", **who).pk, **who)


def _tax_is_that_of_the_documents(organisation: Organisation) -> None:
    """VAT due (44571) and not yet due (44574) are together that of the documents, less what discounts took back."""
    moved = {
        role: sum(line.credit_minor - line.debit_minor for line in Line.objects.of(organisation).filter(role=role))
        for role in ("vat-collected", "vat-pending")
    }
    documents = Invoice.objects.of(organisation).exclude(corrections__kind="384")
    signed = sum(-each.vat_minor if each.kind == "381" else each.vat_minor for each in documents)
    deducted = sum(
        line.credit_minor - line.debit_minor
        for line in Line.objects.of(organisation).filter(role__in=("vat-collected", "vat-pending"))
        if line.entry.kind == "discount"
    )
    deposits = sum(each.vat_minor for each in documents if each.kind == "386")
    assert moved["vat-collected"] + moved["vat-pending"] == signed - deposits + deducted
