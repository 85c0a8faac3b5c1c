"""The rules of the French platforms: each is broken by an example, and broken for the official sheets as well."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from _pytest.mark import ParameterSet
from lxml import etree

from reglo.core.document import Invoice
from reglo.formats.cii import write_cii
from reglo.formats.reading import Reading, Syntax
from reglo.formats.ubl import write_ubl
from reglo.formats.xml import parse_xml
from reglo.rules.fr_ctc import RULES, check, rules_for
from reglo.rules.fr_ctc.texts.families import (
    AMOUNT,
    CATEGORY,
    CHARACTERS,
    DAY,
    DOCUMENT_TYPE,
    FILLED,
    FRAMEWORK,
    LENGTH,
    NOT_SPANISH,
    PRICE,
    QUANTITY,
    RATE,
    ROWS,
    STRICT_QUANTITY,
    VAT_RATE,
    Row,
)
from reglo.rules.fr_ctc.texts.places import CII_FIELDS, UBL_FIELDS, UBL_ONLY_INVOICE_LINES, steps
from tests.builders import a_line, an_invoice
from tests.rules import fr_ctc_documents as documents
from tests.rules.differences import read, rules_of
from tests.rules.fr_ctc_broken import EDITS, MODELS, Edit, all_documents
from tests.rules.oracle import french_fatal

UBL_SHEET = "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt"
CII_SHEET = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"

#: Rules that the sheets list and that no document can break, and why.
NEVER_BROKEN = {
    "BR-FR-16_BT-103": "the rule before it takes every rate",
    "BR-FR-DEC-01_BT-111": "the rule before it takes every VAT total",
    "BR-FR-09_EXT-FR-FE-146": "UBL: looks for a place of delivery inside another",
    "BR-FR-27_BG-32": "UBL: looks for items beside the lines",
    "BR-FR-27_BT-160": "UBL: looks for items beside the lines",
    "BR-FR-27_EXT-FR-FE-159": "UBL: looks for items beside the lines",
    "BR-FR-30_BT-128": "CII: looks for references beside the settlement of a line",
    "BR-FR-30_AFL": "CII: looks for references beside the settlement of a line",
    "BR-FR-30_AVV": "CII: looks for references beside the settlement of a line",
}

_BAD_TEXTS = {
    LENGTH: "x" * 36,
    CHARACTERS: "F 2026",
    DAY: "1999-12-31",
    DOCUMENT_TYPE: "326",
    FRAMEWORK: "A1",
    CATEGORY: "B",
    NOT_SPANISH: "L",
    VAT_RATE: "21",
    FILLED: " ",
    AMOUNT: "1.001",
    QUANTITY: "1.00001",
    STRICT_QUANTITY: "1.00001",
    PRICE: "1.0000001",
    RATE: "20.001",
}


def fatal(data: bytes) -> frozenset[str]:
    """The rules that we find broken in an XML document."""
    return frozenset(found.rule for found in check(read(data)))


def fatal_values(invoice: Invoice) -> frozenset[str]:
    """The rules that we find broken in a document that is no XML."""
    return frozenset(found.rule for found in check(Reading(invoice=invoice, syntax=Syntax.DATA)))


@pytest.mark.official
@pytest.mark.parametrize("name", sorted(all_documents()))
def test_good_documents_are_good_to_us_and_to_the_sheets(name: str) -> None:
    data = all_documents()[name]
    assert fatal(data) == french_fatal(data) == frozenset()


def _text_cases() -> Iterator[ParameterSet]:
    for row in ROWS:
        for syntax, identifier, fields in (("ubl", row.ubl, UBL_FIELDS), ("cii", row.cii, CII_FIELDS)):
            if identifier and identifier not in NEVER_BROKEN and row.field in fields:
                yield pytest.param(row, syntax, identifier, id=f"{syntax}-{identifier}")
            if syntax == "cii" and identifier in ("BR-FR-27_BT-160", "BR-FR-27_EXT-FR-FE-159"):
                yield pytest.param(row, syntax, identifier, id=f"{syntax}-{identifier}")


@pytest.mark.official
@pytest.mark.parametrize(("row", "syntax", "identifier"), list(_text_cases()))
def test_a_bad_text_breaks_the_rule_of_its_field(row: Row, syntax: str, identifier: str) -> None:
    root = _document_with(row, syntax)
    for element in _elements(root, row, syntax):
        element.text = _BAD_TEXTS[row.family]
    data = etree.tostring(root)
    assert identifier in fatal(data)
    assert fatal(data) == french_fatal(data)


def _document_with(row: Row, syntax: str) -> etree._Element:
    for name, data in all_documents().items():
        root = parse_xml(data)
        if name.endswith(syntax) and _elements(root, row, syntax):
            return root
    raise AssertionError(f"no document has {row.field} in {syntax}")


def _elements(root: etree._Element, row: Row, syntax: str) -> list[etree._Element]:
    if syntax == "cii":
        return [
            each for path in CII_FIELDS[row.field] for names in steps(path) for each in root.findall("/".join(names))
        ]
    lines = ("cac:InvoiceLine",) if row.ubl in UBL_ONLY_INVOICE_LINES else ("cac:InvoiceLine", "cac:CreditNoteLine")
    return [
        each
        for path in UBL_FIELDS[row.field]
        for names in steps(path, lines=lines)
        for each in root.findall("/".join(names))
    ]


@pytest.mark.official
@pytest.mark.parametrize("case", MODELS)
def test_a_broken_document_breaks_the_rule(case: str) -> None:
    make, in_ubl, in_cii = MODELS[case]
    for data, expected in ((write_ubl(make()), in_ubl), (write_cii(make()), in_cii)):
        assert fatal(data) == french_fatal(data) == expected


@pytest.mark.parametrize("case", MODELS)
def test_a_broken_document_that_is_no_xml_breaks_the_rule_of_cii(case: str) -> None:
    make, _, in_cii = MODELS[case]
    # Without a scheme an identifier can be written in CII and not in UBL: nobody should be left to find out.
    expected = {"BR-FR-CO-10_BT-60-1"} if case == "identifiers of no scheme" else in_cii
    assert fatal_values(make()) == expected


@pytest.mark.official
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit.document}-{edit.rule}")
def test_a_change_that_only_xml_can_have_breaks_the_rule(edit: Edit) -> None:
    data = edit.data()
    assert edit.rule in fatal(data)
    # Where two elements stand for one, a rule of other invoices may throw: Saxon evaluates it or not, as it goes.
    assert french_fatal(data) in (fatal(data), {"OFFICIAL-ERROR"})


@pytest.mark.parametrize("make", [documents.plain, documents.full, documents.extended, documents.paid])
def test_a_good_document_that_is_no_xml_breaks_nothing(make: Callable[[], Invoice]) -> None:
    assert fatal_values(make()) == frozenset()


def test_values_that_are_no_xml_are_judged_as_they_would_be_written() -> None:
    line = a_line(net="-1", rate="21", quantity="0.00001", category="L")
    invoice = replace(an_invoice(lines=(line,)), number="F 1", issue_date=date(1999, 12, 31), type_code="326")
    assert fatal_values(invoice) >= {
        "BR-FR-02_BT-1",
        "BR-FR-03_BT-2",
        "BR-FR-04_BT-3",
        "BR-FR-16_BT-152",
        "BR-FR-DEC-02_BT-129",
        "BR-FR-DEC-03_BT-146",
        "BR-FR-15_BT-95_BT-151_LM",
    }
    found = [each for each in check(Reading(invoice=invoice, syntax=Syntax.DATA)) if each.rule == "BR-FR-DEC-03_BT-146"]
    assert [each.where for each in found] == ["lines[0].price.net"]


@pytest.mark.official
@pytest.mark.parametrize(("sheet", "syntax"), [(UBL_SHEET, Syntax.UBL_INVOICE), (CII_SHEET, Syntax.CII)])
def test_we_have_the_rules_of_the_sheets_and_no_others(sheet: str, syntax: Syntax) -> None:
    ours = set(rules_for(Reading(invoice=Invoice(), syntax=syntax)))
    sheets = rules_of(sheet)
    assert sheets - ours - set(NEVER_BROKEN) == set()
    assert ours - sheets <= set(NEVER_BROKEN)


def test_every_rule_has_an_example_that_breaks_it() -> None:
    broken = {str(identifier) for case in _text_cases() for identifier in case.values[2:]}
    broken |= {rule for _, in_ubl, in_cii in MODELS.values() for rule in (*in_ubl, *in_cii)}
    broken |= {edit.rule for edit in EDITS}
    assert set(RULES) - broken - set(NEVER_BROKEN) == set()


def test_every_rule_is_said_in_both_languages_with_mend_source_and_example() -> None:
    for identifier, rule in RULES.items():
        assert rule.identifier == identifier
        assert rule.example is not None
        for text in (rule.statement, rule.fix, rule.example):
            assert text.fr.strip()
            assert text.en.strip()
            assert text.fr != text.en
            assert text.fr[0].isupper()
            assert text.en[0].isupper()
        assert identifier.split("_")[0] in rule.source


def test_a_finding_says_where_and_what_stood_there() -> None:
    data = write_cii(replace(documents.plain(), number="F 2026"))
    found = next(each for each in check(read(data)) if each.rule == "BR-FR-02_BT-1")
    assert found.where == "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:ID"
    assert found.message.en.endswith("Value read: “F 2026”.")
    assert found.term == "BT-1"


def test_a_finding_on_the_whole_document_says_which_value_is_wrong() -> None:
    data = write_ubl(replace(documents.plain(), due_date=date(2026, 9, 14)))
    (found,) = check(read(data))
    assert found.rule == "BR-FR-CO-07_BT-9"
    assert found.message.fr.endswith("Valeur lue : « 2026-09-14 ».")
    assert found.where == "due_date"


def test_the_time_for_a_line_does_not_grow_with_their_number() -> None:
    few, many = (_seconds(count) / count for count in (200, 2000))
    assert many < 3 * few


def _seconds(lines: int) -> float:
    reading = read(write_ubl(an_invoice(lines=tuple(a_line(str(number), rate="21") for number in range(lines)))))
    times = []
    for _ in range(3):
        start = perf_counter()
        assert sum(1 for _ in check(reading)) >= lines
        times.append(perf_counter() - start)
    return min(times)
