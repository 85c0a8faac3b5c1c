"""The CII syntax rules: each kind of demand, and the same findings as the official sheets."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from reglo.core.document import Allowance, Invoice
from reglo.core.findings import Finding, Severity
from reglo.formats.cii import read_cii, write_cii
from reglo.formats.profiles import Profile
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import parse_xml
from reglo.rules.cii_syntax import RULES, business_rule, check, rules_for
from tests.builders import a_line, an_allowance, an_invoice
from tests.rules.mutations import mutations
from tests.rules.oracle import official_findings
from tests.strategies import invoices

EXAMPLES = Path("../shared/corpora/en16931-examples/cii")
GUIDELINE = re.compile(rb"(GuidelineSpecifiedDocumentContextParameter>\s*<ram:ID>)[^<]*")


def findings(data: bytes) -> list[Finding]:
    return list(check(read_cii(parse_xml(data))))


def document(old: str = "", new: str = "", invoice: Invoice | None = None) -> bytes:
    """A good invoice, with one change in its XML."""
    text = write_cii(an_invoice() if invoice is None else invoice).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def in_profile(data: bytes, profile: Profile) -> bytes:
    return GUIDELINE.sub(lambda found: found[1] + profile.value.encode(), data)


def with_allowances() -> Invoice:
    line = a_line(allowances=(Allowance(amount=an_allowance().amount, reason="Remise"),))
    return an_invoice(
        lines=(line, a_line("2")), allowances=(an_allowance(),), charges=(an_allowance(reason_code="FC"),)
    )


def test_a_good_invoice_breaks_no_rule() -> None:
    assert findings(document(invoice=with_allowances())) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(invoices() | invoices(extended=True))
def test_what_we_write_breaks_no_rule(invoice: Invoice) -> None:
    assert findings(write_cii(invoice)) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "where", "words"),
    [
        (
            "<ram:ID>F2026-0001</ram:ID>",
            "",
            "FX-SCH-A-000019",
            "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument",
            "Trouvé : 0 fois",
        ),
        (
            "<ram:TypeCode>380</ram:TypeCode>",
            "<ram:TypeCode>999</ram:TypeCode>",
            "FX-SCH-A-000555",
            "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:TypeCode",
            "« 999 »",
        ),
        (
            ' format="102">20260915',
            ">20260915",
            "FX-SCH-A-000021",
            "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString",
            "porte l'attribut format",
        ),
        (
            "<ram:IBANID>FR7630006000011234567890189</ram:IBANID>",
            "<ram:IBANID>FR7630006000011234567890189</ram:IBANID><ram:ProprietaryID>1</ram:ProprietaryID>",
            "CII-SR-470",
            "/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
            "/ram:SpecifiedTradeSettlementPaymentMeans",
            "pas les deux",
        ),
    ],
)
def test_each_kind_of_demand_is_found_with_its_place_and_what_stands_there(
    old: str, new: str, rule: str, where: str, words: str
) -> None:
    (found,) = [each for each in findings(document(old, new)) if each.rule == rule]
    assert found.where == where
    assert words in found.message.fr
    assert found.severity is Severity.FATAL


def test_the_condition_on_an_element_chooses_the_demands_on_what_is_inside() -> None:
    start = "<ram:SpecifiedTradeAllowanceCharge>"
    data = document(invoice=with_allowances()).decode()
    position = data.rindex("<ram:ReasonCode>FC")
    assert start in data
    wrong = data[:position] + data[position:].replace(">FC<", ">95<", 1)
    assert [each.where for each in findings(wrong.encode())] == [
        "/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
        "/ram:SpecifiedTradeAllowanceCharge[2]/ram:ReasonCode"
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule", "name"),
    [
        ("<ram:TypeCode>380<", "<ram:Novelty/><ram:TypeCode>380<", "REGLO-XML-UNKNOWN", "Novelty"),
        (
            "<ram:TypeCode>380<",
            "<ram:LanguageID>fr</ram:LanguageID><ram:TypeCode>380<",
            "REGLO-XML-UNKNOWN",
            "LanguageID",
        ),
        ("<ram:Content>B2B</ram:Content>", "", "", ""),
        ("<rsm:ExchangedDocument>", "<rsm:ExchangedDocument>FACTURE", "REGLO-XML-STRAY", "ExchangedDocument"),
        (
            "<ram:PaymentReference>RF12F20260001</ram:PaymentReference>\n      <ram:InvoiceCurrencyCode>EUR"
            "</ram:InvoiceCurrencyCode>",
            "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:PaymentReference>R</ram:PaymentReference>",
            "REGLO-XML-ORDER",
            "PaymentReference",
        ),
        (
            '<udt:DateTimeString format="102">20261015</udt:DateTimeString>',
            "",
            "REGLO-XML-MISSING",
            "DueDateDateTime",
        ),
    ],
)
def test_an_element_stands_where_the_schema_of_the_profile_has_it(old: str, new: str, rule: str, name: str) -> None:
    found = [each for each in findings(document(old, new)) if each.rule.startswith("REGLO-")]
    assert [each.rule for each in found] == ([rule] if rule else [])
    assert all(str(each.where).endswith(f":{name}") for each in found)


def test_what_a_higher_profile_has_is_known_there() -> None:
    data = document("<ram:TypeCode>380<", "<ram:Name>FACTURE</ram:Name><ram:TypeCode>380<")
    assert [each.rule for each in findings(data)] == ["REGLO-XML-UNKNOWN"]
    assert findings(in_profile(data, Profile.EXTENDED)) == []


def test_an_element_that_a_profile_admits_but_does_not_use_is_a_warning() -> None:
    name = "<ram:Name>Boulangerie Martin SARL</ram:Name>"
    data = document(name, f"{name}<ram:Description>x</ram:Description>")
    (found,) = findings(data)
    assert (found.rule, found.severity) == ("NOT-USED", Severity.WARNING)
    assert str(found.where).endswith("/ram:BuyerTradeParty/ram:Description")


def test_users_of_the_standard_other_than_factur_x_are_held_to_cii_as_a_whole() -> None:
    data = document("<ram:TypeCode>380<", "<ram:Name>FACTURE</ram:Name><ram:TypeCode>380<")
    xrechnung = data.replace(b"urn:cen.eu:en16931:2017<", b"urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit<")
    assert [each for each in findings(xrechnung) if each.rule.startswith("REGLO-")] == []


def test_each_profile_has_rules_of_its_own() -> None:
    reading = read_cii(parse_xml(document()))
    sizes = {
        profile: len(rules_for(replace(reading, invoice=replace(reading.invoice, specification=profile.value))))
        for profile in Profile
    }
    assert sizes[Profile.MINIMUM] < sizes[Profile.BASIC_WL] < sizes[Profile.EN16931] < sizes[Profile.EXTENDED]
    assert all(set(rules_for(replace(reading))) <= set(RULES) for _ in sizes)


def test_the_numbers_that_small_profiles_give_to_business_rules_lead_to_their_names() -> None:
    assert business_rule("FX-SCH-A-000001") == "BR-CO-26"
    assert business_rule("FX-SCH-A-000019") == "FX-SCH-A-000019"
    assert business_rule("BR-01") == "BR-01"


def test_other_syntaxes_are_none_of_our_business() -> None:
    reading = Reading(invoice=an_invoice(), syntax=Syntax.DATA)
    assert list(check(reading)) == []
    assert len(rules_for(reading)) == 0


def test_every_rule_has_words_in_both_languages() -> None:
    assert len(RULES) > 900
    for identifier, rule in RULES.items():
        assert rule.identifier == identifier
        assert rule.statement.fr != rule.statement.en
        assert rule.fix.fr != rule.fix.en
        assert "//" not in rule.statement.fr  # no rule is explained by an XPath expression
        assert rule.source


def test_a_thousand_lines_take_a_hundred_times_ten_lines_and_not_more() -> None:
    def seconds(lines: int) -> float:
        reading = read_cii(parse_xml(write_cii(an_invoice(lines=tuple(a_line(str(n)) for n in range(lines))))))
        begin = time.process_time()
        assert list(check(reading)) == []
        return time.process_time() - begin

    seconds(10)
    few, many = min(seconds(200) for _ in range(3)), min(seconds(2000) for _ in range(3))
    assert many < 30 * few


@pytest.mark.official
@pytest.mark.corpora
@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/corpora is not here")
@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.xml")))
def test_the_official_sheets_find_the_same_in_an_example_and_in_damages_to_it(name: str) -> None:
    data = (EXAMPLES / name).read_bytes()
    for description, damaged in [
        ("as it is", data),
        *((each.description, each.data) for each in mutations(data, count=6, seed=26)),
    ]:
        agree(damaged, description)


@pytest.mark.official
@pytest.mark.parametrize("profile", Profile, ids=lambda profile: profile.name)
def test_the_official_sheets_of_each_profile_find_the_same(profile: Profile) -> None:
    data = in_profile(document(invoice=with_allowances()), profile)
    for each in mutations(data, count=15, seed=2026):
        agree(each.data, each.description)


def agree(data: bytes, description: str) -> None:
    """Our findings are those of the sheets, as far as the sheets have an answer and our table the rule."""
    said = official_findings(data)
    official = {each.rule for each in said if each.severity is Severity.FATAL}
    if "OFFICIAL-ERROR" in official:  # a value that is no number stops them
        return
    reading = read_cii(parse_xml(data))
    found = list(check(reading))
    native = {each.rule for each in found if each.severity is Severity.FATAL}
    not_used = [each for each in said if each.rule == "NOT-USED" and "Attribute" not in each.message.en]
    assert len([each for each in found if each.rule == "NOT-USED"]) == len(not_used), description
    of_schema = {rule for rule in native if rule.startswith("REGLO-")}
    assert native - of_schema == official & set(rules_for(reading)), (description, reading.invoice.specification)
    assert not of_schema or "XSD" in official, (description, of_schema)
