"""From a place in the model to the place in a UBL document."""

import base64
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from reglo.core.document import Invoice
from reglo.formats.numbers import format_number
from reglo.formats.ubl import locate_ubl, write_ubl
from reglo.formats.xml import PREFIXES, parse_xml
from tests.builders import a_line, an_invoice
from tests.formats.test_ubl_write import EVERYTHING, as_credit_note


def values_of(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text, number, date and file of the model, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Decimal):
        yield path, format_number(value)
    elif isinstance(value, date):
        yield path, value.isoformat()
    elif isinstance(value, bytes):
        yield path, base64.b64encode(value).decode()
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from values_of(each, f"{path}[{index}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from values_of(getattr(value, field.name), f"{path}.{field.name}".strip("."))


def element_at(root: etree._Element, path: str) -> etree._Element:
    """The one element with this path."""
    found = root.xpath(path.removesuffix("/@name"), namespaces={prefix: uri for uri, prefix in PREFIXES.items()})
    assert isinstance(found, list)
    (element,) = found
    assert isinstance(element, etree._Element)
    return element


def texts_in(element: etree._Element) -> list[str]:
    """Texts and attributes of an element and of what is in it."""
    return [text for each in element.iter() for text in (each.text or "", *map(str, each.attrib.values()))]


@pytest.mark.parametrize("invoice", [*EVERYTHING, *map(as_credit_note, EVERYTHING)])
def test_every_value_is_found_where_it_was_written(invoice: Invoice) -> None:
    invoice = replace(invoice, seller_agent=None, invoicee=None)  # so that each text is met on its own way
    namespace = "CreditNote" if invoice.type_code == "381" else "Invoice"
    root = parse_xml(write_ubl(invoice))
    root_path = f"/*[local-name()='{namespace}']"
    for where, text in values_of(invoice):
        path = locate_ubl(root, where)
        element = element_at(root, path.replace(f"/{namespace}", root_path, 1))
        assert any(text in each for each in texts_in(element)), (where, path)
        assert len(list(element)) <= 3, (where, path)


LINE = "/Invoice/cac:InvoiceLine[2]"


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("number", "/Invoice/cbc:ID"),
        ("seller.name", "/Invoice/cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName"),
        (
            "seller.vat_identifier",
            "/Invoice/cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme/cbc:CompanyID",
        ),
        (
            "seller.address.country",
            "/Invoice/cac:AccountingSupplierParty/cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
        ),
        ("seller.contact.name", "/Invoice/cac:AccountingSupplierParty"),
        ("buyer_reference", "/Invoice"),
        ("notes[1].text", "/Invoice/cbc:Note[2]"),
        ("notes[9].text", "/Invoice"),
        ("totals.due", "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount"),
        ("totals.vat", "/Invoice/cac:TaxTotal/cbc:TaxAmount"),
        ("vat_breakdown[0].tax", "/Invoice/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount"),
        ("vat_breakdown[0].rate", "/Invoice/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent"),
        ("payment.means[0].account.identifier", "/Invoice/cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"),
        ("payment.remittance_information", "/Invoice/cac:PaymentMeans/cbc:PaymentID"),
        ("lines[1].vat_rate", f"{LINE}/cac:Item/cac:ClassifiedTaxCategory/cbc:Percent"),
        ("lines[1].price.net", f"{LINE}/cac:Price/cbc:PriceAmount"),
        ("lines[1].unit", f"{LINE}/cbc:InvoicedQuantity"),
        ("lines[1].period.start", LINE),
        ("lines", "/Invoice/cac:InvoiceLine[1]"),
        ("lines[7]", "/Invoice"),
        ("no.such[3].thing", "/Invoice"),
        ("", "/Invoice"),
    ],
)
def test_a_place_or_the_nearest_above_it(where: str, path: str) -> None:
    root = parse_xml(write_ubl(an_invoice(lines=(a_line("1"), a_line("2")))))
    assert locate_ubl(root, where) == path


def test_a_line_of_the_other_kind_of_document_is_found_too() -> None:
    written = write_ubl(an_invoice(lines=(a_line("1"), a_line("2")))).decode()
    credit_note = written.replace("xsd:Invoice-2", "xsd:CreditNote-2").replace("<Invoice ", "<CreditNote ")
    root = parse_xml(credit_note.replace("</Invoice>", "</CreditNote>").encode())
    assert locate_ubl(root, "lines[1].quantity") == "/CreditNote/cac:InvoiceLine[2]/cbc:InvoicedQuantity"
