"""From a place in the model to the place in a Cross Industry Invoice."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from reglo.core.document import Invoice, Line
from reglo.formats.cii import locate_cii, write_cii
from reglo.formats.cii.values import TAX_POINT_CODES_BACK
from reglo.formats.xml import PREFIXES, RAM, parse_xml
from tests.builders import a_line, an_allowance, an_invoice
from tests.strategies import invoices

ROOT = "/rsm:CrossIndustryInvoice"
TRADE = f"{ROOT}/rsm:SupplyChainTradeTransaction"


def values_of(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text, number and date of the model, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Decimal):
        yield path, format(value or Decimal(0).quantize(value), "f")
    elif isinstance(value, date):
        yield path, value.strftime("%Y%m%d")
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from values_of(each, f"{path}[{index}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from values_of(getattr(value, field.name), f"{path}.{field.name}".strip("."))


def texts_at(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces={prefix: uri for uri, prefix in PREFIXES.items()})
    assert isinstance(found, list)
    (element,) = found
    assert isinstance(element, etree._Element)
    return [element.text or "", *map(str, element.attrib.values())]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(invoices(extended=True))
def test_every_value_is_found_where_it_was_written(invoice: Invoice) -> None:
    root = parse_xml(write_cii(invoice))
    for where, text in values_of(invoice):
        written = TAX_POINT_CODES_BACK[text] if where == "tax_point_code" else text
        assert written in texts_at(root, locate_cii(root, where)), where


def test_a_charge_for_logistics_is_found_after_the_others() -> None:
    root = parse_xml(write_cii(an_invoice(charges=(an_allowance(reason=None),))))
    settlement = f"{TRADE}/ram:ApplicableHeaderTradeSettlement"
    ordinary = root.find(f".//{{{RAM}}}SpecifiedTradeAllowanceCharge")
    assert ordinary is not None
    ordinary.addnext(
        parse_xml(
            f"<ram:SpecifiedLogisticsServiceCharge xmlns:ram='{RAM}'><ram:Description>Fret</ram:Description>"
            "</ram:SpecifiedLogisticsServiceCharge>".encode()
        )
    )
    found = {where: locate_cii(root, where) for where in ("charges[0].reason", "charges[1].reason", "charges[2]")}
    assert found == {
        "charges[0].reason": f"{settlement}/ram:SpecifiedTradeAllowanceCharge",
        "charges[1].reason": f"{settlement}/ram:SpecifiedLogisticsServiceCharge/ram:Description",
        "charges[2]": settlement,
    }


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("lines[0].item.description", f"{TRADE}/ram:IncludedSupplyChainTradeLineItem[1]/ram:SpecifiedTradeProduct"),
        ("lines[1].period.start", f"{TRADE}/ram:IncludedSupplyChainTradeLineItem[2]/ram:SpecifiedLineTradeSettlement"),
        ("lines[7].net_amount", TRADE),
        ("payee.name", f"{TRADE}/ram:ApplicableHeaderTradeSettlement"),
        ("seller.contact.email", f"{TRADE}/ram:ApplicableHeaderTradeAgreement/ram:SellerTradeParty"),
        ("no.such.field", ROOT),
        ("", ROOT),
    ],
)
def test_what_is_missing_is_looked_for_in_the_nearest_element_that_is_there(where: str, path: str) -> None:
    lines: tuple[Line, ...] = (a_line("1"), a_line("2"))
    assert locate_cii(parse_xml(write_cii(an_invoice(lines=lines))), where) == path
