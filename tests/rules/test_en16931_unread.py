"""What UBL has room for and EN 16931 has not is judged all the same, as the official sheets judge it."""

from dataclasses import replace

import pytest
from lxml import etree

from reglo.core.findings import Severity
from reglo.formats.cii import read_cii, write_cii
from reglo.formats.profiles import Profile
from reglo.formats.ubl import read_ubl, write_ubl
from reglo.formats.xml import CAC, CBC, RAM, parse_xml
from reglo.rules import en16931
from tests.builders import a_line, a_seller, an_allowance, an_invoice
from tests.rules.oracle import official_findings

_VAT = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"


def _subtotal(taxable: str = "100.00", tax: str = "20.00", code: str = "S", rate: str = "20", more: str = "") -> str:
    return (
        f'<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{taxable}</cbc:TaxableAmount>'
        f'<cbc:TaxAmount currencyID="EUR">{tax}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>{code}</cbc:ID>'
        f"<cbc:Percent>{rate}</cbc:Percent>{more}{_VAT}</cac:TaxCategory></cac:TaxSubtotal>"
    )


def _line_tax(subtotal: str) -> str:
    return f'<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">20.00</cbc:TaxAmount>{subtotal}</cac:TaxTotal>'


def _line_allowance(code: str = "S", rate: str = "20", kind: str = "false", reason: str = "") -> str:
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{kind}</cbc:ChargeIndicator>{reason}"
        "<cbc:AllowanceChargeReason>Geste</cbc:AllowanceChargeReason>"
        f'<cbc:Amount currencyID="EUR">0.00</cbc:Amount><cac:TaxCategory><cbc:ID>{code}</cbc:ID>'
        f"<cbc:Percent>{rate}</cbc:Percent>{_VAT}</cac:TaxCategory></cac:AllowanceCharge>"
    )


_REASON = "<cbc:AllowanceChargeReasonCode>R1</cbc:AllowanceChargeReasonCode>"
_EXEMPTION = "<cbc:TaxExemptionReasonCode>293B</cbc:TaxExemptionReasonCode>"
_DELIVERY = (
    "<cac:Delivery><cac:DeliveryLocation><cbc:ID schemeID='GLN'>1</cbc:ID><cac:Address><cac:Country>"
    "<cbc:IdentificationCode>FRA</cbc:IdentificationCode></cac:Country></cac:Address></cac:DeliveryLocation></cac:Delivery>"
)
_AFTER_AMOUNT = f"{{{CBC}}}LineExtensionAmount"

#: What is put after the amount of the line, and the rules that it breaks.
ON_THE_LINE = {
    "its tax": (_line_tax(_subtotal()), set()),
    "a tax that is not the rate's": (_line_tax(_subtotal(tax="5.00")), {"BR-CO-17"}),
    "a tax with four decimals": (_line_tax(_subtotal(tax="20.0001")), {"BR-DEC-20"}),
    "a tax without a code": (_line_tax(_subtotal().replace("VAT", "GST")), {"BR-47", "BR-48", "BR-CO-17"}),
    "a tax with an unknown code": (_line_tax(_subtotal(code="N")), {"BR-CL-17"}),
    "an unknown exemption": (_line_tax(_subtotal(more=_EXEMPTION)), {"BR-CL-22"}),
    "an allowance with a category": (_line_allowance(), set()),
    "an allowance of no rate": (_line_allowance(rate="0"), {"BR-S-06"}),
    "a charge of no rate": (_line_allowance(rate="0", kind="true"), {"BR-S-07"}),
    "an allowance out of scope": (_line_allowance(code="O").replace("<cbc:Percent>20</cbc:Percent>", ""), {"BR-O-01"}),
    "an allowance of another category": (_line_allowance(code="Z", rate="0"), {"BR-Z-01"}),
    "a delivery": (_DELIVERY, {"BR-CL-14", "BR-CL-26"}),
}


def _document(*, put: str = "", specification: str = Profile.EN16931.value) -> bytes:
    """Our invoice of one line, with something put after the amount of the line."""
    invoice = an_invoice(specification=specification, vat_currency="USD")
    assert invoice.totals is not None
    invoice = replace(invoice, totals=replace(invoice.totals, vat_accounting=invoice.totals.vat))
    root = parse_xml(write_ubl(invoice))
    line = root.find(f"{{{CAC}}}InvoiceLine")
    assert line is not None
    amount = line.find(_AFTER_AMOUNT)
    assert amount is not None
    for position, element in enumerate(_elements(put), line.index(amount) + 1):
        line.insert(position, element)
    return etree.tostring(root)


def _elements(text: str) -> list[etree._Element]:
    return list(parse_xml(f'<a xmlns:cac="{CAC}" xmlns:cbc="{CBC}">{text}</a>'.encode()))


def _broken(data: bytes) -> set[str]:
    return {found.rule for found in en16931.check(read_ubl(parse_xml(data)))}


def _broken_by_the_sheets(data: bytes) -> set[str]:
    known = en16931.rules_for(read_ubl(parse_xml(data)))
    return {found.rule for found in official_findings(data, fr_ctc=False) if found.rule in known}


@pytest.mark.parametrize("name", list(ON_THE_LINE))
def test_what_stands_on_a_line_beside_the_terms_is_judged(name: str) -> None:
    put, rules = ON_THE_LINE[name]
    assert _broken(_document(put=put)) == rules


@pytest.mark.official
@pytest.mark.parametrize("name", list(ON_THE_LINE))
def test_and_judged_as_the_official_sheets_do(name: str) -> None:
    put, rules = ON_THE_LINE[name]
    assert _broken_by_the_sheets(_document(put=put)) == rules


def _document_with_two_breakdowns(taxable: str, tax: str) -> bytes:
    root = parse_xml(_document())
    root.findall(f"{{{CAC}}}TaxTotal")[1].extend(_elements(_subtotal(taxable=taxable, tax=tax)))
    return etree.tostring(root)


TWO_BREAKDOWNS = [
    ("100.00", "20.00", set()),
    ("110.00", "22.00", {"BR-S-08", "BR-CO-14"}),
    ("100.00", "10.00", {"BR-S-09", "BR-CO-14", "BR-CO-17"}),
]


@pytest.mark.parametrize(("taxable", "tax", "rules"), TWO_BREAKDOWNS)
def test_a_breakdown_in_the_currency_of_accounting_is_judged_like_that_of_the_invoice(
    taxable: str, tax: str, rules: set[str]
) -> None:
    assert _broken(_document_with_two_breakdowns(taxable, tax)) == rules


@pytest.mark.official
@pytest.mark.parametrize(("taxable", "tax", "rules"), TWO_BREAKDOWNS)
def test_and_the_official_sheets_judge_it_so(taxable: str, tax: str, rules: set[str]) -> None:
    assert _broken_by_the_sheets(_document_with_two_breakdowns(taxable, tax)) == rules


def test_a_finding_outside_the_model_says_where_it_is() -> None:
    reading = read_ubl(parse_xml(_document(put=_line_tax(_subtotal(tax="5.00")))))
    (found,) = en16931.check(reading)
    assert found.where == "/Invoice/cac:InvoiceLine/cac:TaxTotal/cac:TaxSubtotal"
    assert "5.00" in found.message.en


def test_a_code_that_is_empty_outside_the_model_is_said_to_be_empty() -> None:
    empty = _DELIVERY.replace(">FRA<", "><")
    found = {each.rule: each.message.en for each in en16931.check(read_ubl(parse_xml(_document(put=empty))))}
    assert found["BR-CL-14"].endswith("The value is empty.")


def test_the_seller_must_bear_a_number_for_an_allowance_of_a_line_too() -> None:
    seller = a_seller(vat_identifier=None)
    root = parse_xml(write_ubl(an_invoice(lines=(a_line(category="O", rate="0", vat_rate=None),), seller=seller)))
    before = _broken(etree.tostring(root))
    line = root.find(f"{{{CAC}}}InvoiceLine")
    assert line is not None
    line.insert(3, _elements(_line_allowance())[0])
    assert {"BR-S-03", "BR-S-01"} <= _broken(etree.tostring(root)) - before


def _with_logistics(*, counted: bool, profile: Profile = Profile.EXTENDED) -> bytes:
    """An invoice of 100.00 with 15.00 of freight, which its totals count or not."""
    service = an_allowance("15", reason="Fret")
    invoice = an_invoice(specification=profile.value, charges=(service,) if counted else ())
    root = parse_xml(write_cii(replace(invoice, charges=())))
    settlement = root.find(f".//{{{RAM}}}ApplicableHeaderTradeSettlement")
    terms = root.find(f".//{{{RAM}}}SpecifiedTradePaymentTerms")
    assert settlement is not None
    assert terms is not None
    charge = parse_xml(
        f"<ram:SpecifiedLogisticsServiceCharge xmlns:ram='{RAM}'><ram:Description>Fret</ram:Description>"
        "<ram:AppliedAmount>15.00</ram:AppliedAmount><ram:AppliedTradeTax><ram:TypeCode>VAT</ram:TypeCode>"
        "<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20</ram:RateApplicablePercent>"
        "</ram:AppliedTradeTax></ram:SpecifiedLogisticsServiceCharge>".encode()
    )
    settlement.insert(settlement.index(terms), charge)
    return etree.tostring(root)


LOGISTICS = [(True, set()), (False, {"BR-FXEXT-CO-13", "BR-FXEXT-S08b"})]


@pytest.mark.parametrize(("counted", "rules"), LOGISTICS)
def test_charges_for_logistics_count_in_the_totals(counted: bool, rules: set[str]) -> None:
    found = en16931.check(read_cii(parse_xml(_with_logistics(counted=counted))))
    assert {each.rule for each in found if each.severity is Severity.FATAL} == rules


@pytest.mark.official
@pytest.mark.parametrize(("counted", "rules"), LOGISTICS)
def test_and_so_they_do_in_the_official_sheet(counted: bool, rules: set[str]) -> None:
    found = official_findings(_with_logistics(counted=counted), fr_ctc=False)
    assert {each.rule for each in found if each.severity is Severity.FATAL} == rules


#: Parts of a charge for logistics that are changed: the sheets do not judge it as they judge other charges.
CHANGES = {
    "no description": (b"<ram:Description>Fret</ram:Description>", b""),
    "another category": (b"<ram:CategoryCode>S</ram:CategoryCode><", b"<ram:CategoryCode>Z</ram:CategoryCode><"),
    "an unknown category": (b"<ram:CategoryCode>S</ram:CategoryCode><", b"<ram:CategoryCode>Y</ram:CategoryCode><"),
    "another rate": (
        b"20</ram:RateApplicablePercent></ram:AppliedTradeTax>",
        b"0</ram:RateApplicablePercent></ram:AppliedTradeTax>",
    ),
    "three decimals": (b"15.00</ram:AppliedAmount>", b"15.001</ram:AppliedAmount>"),
}


@pytest.mark.official
@pytest.mark.parametrize("profile", [Profile.EXTENDED, Profile.EXTENDED_CTC_FR])
@pytest.mark.parametrize("name", list(CHANGES))
def test_a_charge_for_logistics_is_judged_as_the_official_sheet_does(name: str, profile: Profile) -> None:
    whole = _with_logistics(counted=True, profile=profile)
    changed = whole.replace(*CHANGES[name])
    assert changed != whole
    reading = read_cii(parse_xml(changed))
    known = en16931.rules_for(reading)
    ours = {each.rule for each in en16931.check(reading) if each.severity is Severity.FATAL}
    found = official_findings(changed, fr_ctc=False)
    assert ours == {each.rule for each in found if each.severity is Severity.FATAL and each.rule in known}
