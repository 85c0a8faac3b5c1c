"""Whatever the invoice: UBL gives it back equal, and the official artefacts accept it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from reglo.core.document import Invoice
from reglo.formats.ubl import read_ubl, write_ubl
from reglo.formats.ubl.write import CREDIT_NOTE_TYPES
from reglo.formats.xml import parse_xml
from tests.rules.oracle import official_findings
from tests.strategies import invoices

slow = settings(
    max_examples=35, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def as_ubl_can_hold(invoice: Invoice) -> Invoice:
    """The same, but for what UBL has nowhere to put.

    A credit note has its due date, and any document its payer, with a means of payment; a line that refers to its own
    document is a sub-line; the text of the means of payment is said once.
    """
    invoice = replace(invoice, number=f"_{invoice.number}")
    if invoice.payment is not None:
        first, *others = invoice.payment.means
        means = (first, *(replace(each, text=None) for each in others))
        return replace(invoice, payment=replace(invoice.payment, means=means))
    is_credit_note = invoice.type_code in CREDIT_NOTE_TYPES
    return replace(invoice, payer=None, due_date=None if is_credit_note else invoice.due_date)


def assert_given_back(invoice: Invoice) -> None:
    reading = read_ubl(parse_xml(write_ubl(invoice)))
    assert reading.invoice == invoice
    assert reading.problems == ()
    assert reading.unknown == ()


@slow
@given(invoices().map(as_ubl_can_hold))
def test_an_invoice_of_the_standard_comes_back_equal(invoice: Invoice) -> None:
    assert_given_back(invoice)


@slow
@given(invoices(extended=True).map(as_ubl_can_hold))
def test_an_invoice_of_the_extension_comes_back_equal(invoice: Invoice) -> None:
    assert_given_back(invoice)


@pytest.mark.official
@settings(slow, max_examples=20)
@given(invoices().map(as_ubl_can_hold))
def test_the_official_artefacts_accept_what_is_written(invoice: Invoice) -> None:
    pytest.importorskip("saxonche", reason="the official artefacts need saxonche")
    assert [(found.rule, found.message.en) for found in official_findings(write_ubl(invoice))] == []
