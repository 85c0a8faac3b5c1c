"""CII and UBL carry the same invoice: what one syntax gives back, so does the other."""

import pytest
from hypothesis import HealthCheck, given, settings

from reglo.core.document import Invoice
from reglo.formats.cii import read_cii, write_cii
from reglo.formats.ubl import read_ubl, write_ubl
from reglo.formats.xml import parse_xml
from tests.builders import an_invoice
from tests.formats.test_ubl_round_trip import as_ubl_can_hold
from tests.strategies import invoices

slow = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def through_cii(invoice: Invoice) -> Invoice:
    return read_cii(parse_xml(write_cii(invoice))).invoice


def through_ubl(invoice: Invoice) -> Invoice:
    return read_ubl(parse_xml(write_ubl(invoice))).invoice


@slow
@given(invoices().map(as_ubl_can_hold))
def test_both_syntaxes_give_back_the_same_invoice(invoice: Invoice) -> None:
    assert through_cii(invoice) == through_ubl(invoice)


@slow
@given(invoices(extended=True).map(as_ubl_can_hold))
def test_both_syntaxes_give_back_the_same_extended_invoice(invoice: Invoice) -> None:
    assert through_cii(invoice) == through_ubl(invoice)


@pytest.mark.parametrize("type_code", ["380", "381", "384", "386"])
def test_a_conversion_there_and_back_changes_nothing(type_code: str) -> None:
    invoice = an_invoice(type_code=type_code)
    assert through_ubl(through_cii(through_ubl(invoice))) == invoice
