"""The rules on the syntax of UBL: as the official sheets say, and once for each thing that is wrong."""

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from reglo.core.document import DocumentReference, Note, Payment, PaymentMeans
from reglo.core.findings import Finding, Severity
from reglo.formats.profiles import Profile
from reglo.formats.ubl import read_ubl, write_ubl
from reglo.formats.xml import CAC, CBC, parse_xml, xpath_of
from reglo.rules import ubl_syntax
from reglo.rules.schema import SCHEMA_RULES, schema_of_ubl
from reglo.rules.ubl_syntax.walk import _tree, breaches_on_the_way
from tests.builders import a_line, an_invoice
from tests.formats.test_ubl_write import EVERYTHING, as_credit_note
from tests.rules.mutations import mutations
from tests.rules.oracle import official_findings

EXAMPLES = Path(__file__).parents[2] / "../shared/corpora/en16931-examples/ubl"
MUTATIONS = 8  #: a document
OURS = ("UBL-", "BR-CL-03", "CII-FREXT-CR-490")


def findings(data: bytes) -> list[Finding]:
    return list(ubl_syntax.check(read_ubl(parse_xml(data))))


def rules_broken(data: bytes) -> set[str]:
    return {finding.rule for finding in findings(data)}


def agree(data: bytes, description: str) -> None:
    """The official sheets find the same among the rules of this set, as far as they have an answer.

    What we find against the schema, the schema finds too.
    """
    official = {finding.rule for finding in official_findings(data)}
    native = rules_broken(data)
    of_schema = native & SCHEMA_RULES.keys()
    assert not of_schema or "XSD" in official, description
    if "OFFICIAL-ERROR" not in official:
        assert native - of_schema == {rule for rule in official if rule.startswith(OURS)}, description


def written() -> Iterator[tuple[str, bytes]]:
    """Documents of every kind, that have every term."""
    for number, invoice in enumerate([*EVERYTHING, *map(as_credit_note, EVERYTHING)]):
        yield f"everything-{number}", write_ubl(invoice)


def with_uuid(lines: int = 0) -> bytes:
    """A good invoice with a UUID, which is not used; or `lines` lines with one each."""
    root = parse_xml(write_ubl(an_invoice(lines=tuple(a_line(str(number)) for number in range(lines or 1)))))
    for place in root.iter(f"{{{CAC}}}InvoiceLine") if lines else [root]:
        number = place.find(f"{{{CBC}}}ID")
        assert number is not None
        number.addnext(etree.Element(f"{{{CBC}}}UUID"))
    return etree.tostring(root)


@pytest.mark.parametrize(("name", "data"), list(written()), ids=lambda each: each if isinstance(each, str) else "")
def test_what_we_write_breaks_no_rule(name: str, data: bytes) -> None:
    assert findings(data) == []


def test_an_unused_element_is_a_warning_with_its_place() -> None:
    (finding,) = findings(with_uuid())
    assert (finding.rule, finding.severity, finding.where) == ("UBL-CR-005", Severity.WARNING, "/Invoice/cbc:UUID")
    assert "cbc:UUID" in finding.message.fr


def test_an_unused_element_on_a_thousand_lines_is_said_once() -> None:
    (finding,) = findings(with_uuid(lines=1000))
    assert finding.where == "/Invoice/cac:InvoiceLine[1]/cbc:UUID"
    assert finding.message.en.endswith("The same in 999 other places.")


def test_an_attribute_that_no_element_has_is_found_anywhere() -> None:
    root = parse_xml(write_ubl(an_invoice()))
    name = root.find(f".//{{{CAC}}}Item/{{{CBC}}}Name")
    assert name is not None
    name.set("languageID", "fr")
    (finding,) = findings(etree.tostring(root))
    assert (finding.rule, finding.where) == ("UBL-DT-19", f"{xpath_of(name)}/@languageID")


def test_a_second_element_is_fatal_at_the_group_that_has_it() -> None:
    root = parse_xml(write_ubl(an_invoice(lines=(a_line("1"), a_line("2")))))
    item = root.findall(f".//{{{CAC}}}Item")[1]
    item[:0] = [etree.Element(f"{{{CBC}}}Description"), etree.Element(f"{{{CBC}}}Description")]
    (finding,) = findings(etree.tostring(root))
    assert (finding.rule, finding.severity) == ("UBL-SR-50", Severity.FATAL)
    assert finding.where == "/Invoice/cac:InvoiceLine[2]"


def test_invented_names_fill_no_memory() -> None:
    root = parse_xml(write_ubl(an_invoice()))
    for number in range(2000):
        etree.SubElement(root, f"invented-{number}")
    list(breaches_on_the_way(root, extension=False))
    tree = _tree(extension=False)
    state = tree.state((tree.from_root,), str(root.tag), schema_of_ubl().type_inside(str(root.tag)))
    assert 0 < len(state.following) <= 500


def test_each_amount_says_its_currency_and_has_two_decimals() -> None:
    root = parse_xml(write_ubl(an_invoice()))
    amounts = root.findall(f".//{{{CBC}}}LineExtensionAmount")
    amounts[0].set("currencyID", "EURO")
    amounts[1].text = "100.000"
    assert {finding.rule: finding.where for finding in findings(etree.tostring(root))} == {
        "BR-CL-03": "/Invoice/cac:LegalMonetaryTotal/cbc:LineExtensionAmount/@currencyID",
        "UBL-DT-01": "/Invoice/cac:InvoiceLine/cbc:LineExtensionAmount",
    }


def test_a_price_may_have_more_decimals() -> None:
    assert rules_broken(write_ubl(an_invoice(lines=(a_line(net="0.12345"),)))) == set()


@pytest.mark.parametrize(
    ("text", "broken"),
    [("voir #XYZ# ici", True), ("voir #PMT# ici", False), ("n° #12# ici", False), ("a #12", False), ("#XYZ#", False)],
)
def test_a_subject_code_inside_a_note_is_one_of_the_list(text: str, broken: bool) -> None:
    assert ("BR-CL-08" in rules_broken(write_ubl(an_invoice(notes=(Note(text=text),))))) is broken


def test_means_of_payment_agree() -> None:
    means = (PaymentMeans(code="30"), PaymentMeans(code="48"))
    assert rules_broken(write_ubl(an_invoice(payment=Payment(means=means)))) == {"UBL-SR-47"}


def test_the_extension_allows_on_lines_what_the_standard_does_not() -> None:
    line = a_line(preceding_invoice=DocumentReference(number="A1"))
    extended = write_ubl(an_invoice(lines=(line,), specification=Profile.EXTENDED_CTC_FR.value))
    plain = extended.replace(Profile.EXTENDED_CTC_FR.value.encode(), Profile.EN16931.value.encode())
    assert rules_broken(extended) == set()
    assert rules_broken(plain) == {"UBL-CR-531"}


def test_every_rule_is_explained_in_both_languages() -> None:
    for identifier, rule in ubl_syntax.RULES.items():
        assert rule.identifier == identifier
        for text in (rule.statement, rule.fix):
            assert text.fr.endswith(".")
            assert text.en.endswith(".")


def test_only_the_rules_of_its_profile_hold_for_a_document() -> None:
    plain = ubl_syntax.rules_for(read_ubl(parse_xml(write_ubl(an_invoice()))))
    extended = an_invoice(specification=Profile.EXTENDED_CTC_FR.value)
    of_extension = ubl_syntax.rules_for(read_ubl(parse_xml(write_ubl(extended))))
    assert "UBL-SR-48" in plain.keys() - of_extension.keys()
    assert "UBL-FREXT-SR-48" in of_extension.keys() - plain.keys()
    assert "UBL-CR-531" in plain.keys() - of_extension.keys()


@pytest.mark.official
@pytest.mark.parametrize(("name", "data"), list(written()), ids=lambda each: each if isinstance(each, str) else "")
def test_damaged_documents_break_the_rules_that_the_official_sheets_name(name: str, data: bytes) -> None:
    pytest.importorskip("saxonche", reason="the official artefacts need saxonche")
    for mutation in mutations(data, count=3 * MUTATIONS, seed=20261124):
        agree(mutation.data, mutation.description)


@pytest.mark.official
@pytest.mark.corpora
@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/corpora is not here")
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*")), ids=lambda path: path.name)
def test_examples_and_their_damages_break_the_rules_that_the_official_sheets_name(path: Path) -> None:
    pytest.importorskip("saxonche", reason="the official artefacts need saxonche")
    data = path.read_bytes()
    agree(data, "as it is")
    for mutation in mutations(data, count=MUTATIONS, seed=20261124):
        agree(mutation.data, mutation.description)


def doubled(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The document with each of its elements below the parties and references doubled, one at a time."""
    root = parse_xml(data)
    for number, element in enumerate(list(root.iter())[1:], 1):
        twice = copy.deepcopy(root)
        target = list(twice.iter())[number]
        target.addnext(copy.deepcopy(target))
        yield xpath_of(element), etree.tostring(twice)


@pytest.mark.official
def test_whatever_is_doubled_breaks_the_rules_that_the_official_sheets_name() -> None:
    pytest.importorskip("saxonche", reason="the official artefacts need saxonche")
    for place, data in doubled(write_ubl(EVERYTHING[0])):
        agree(data, place)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (
            "UBL-CR-155",
            "not use the element cac:AccountingSupplierParty/cac:Party/cac:PostalAddress/cbc:BuildingNumber",
        ),
        ("UBL-CR-652", "the element cac:PartyTaxScheme/cbc:CompanyID does not have the attribute schemeID"),
        ("UBL-DT-13", "has the attribute unitCodeListIdentifier"),
    ],
)
def test_a_warning_tells_elements_from_attributes(rule: str, says: str) -> None:
    assert says in ubl_syntax.RULES[rule].statement.en
