"""The answer on a document: which rules were applied, what they found, and that nothing found is no accident."""

import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from reglo.core.document import Address, Allowance, DocumentReference, Identifier, Invoice, Item, Note, Party
from reglo.core.findings import Severity
from reglo.formats.cii import read_cii, write_cii
from reglo.formats.profiles import Profile
from reglo.formats.reading import Problem, Reading, Syntax
from reglo.formats.ubl import read_ubl, write_ubl
from reglo.formats.xml import CAC, CBC, RAM, parse_xml
from reglo.rules import check, en16931
from reglo.rules.check import RULE_SETS, Report, all_rules, applicable_rule_sets, check_document
from reglo.rules.en16931 import RULES
from reglo.rules.places import placed
from reglo.rules.problems import without_echoes
from tests.builders import a_buyer, a_line, a_seller, an_allowance, an_invoice

GERMAN = Address(line_1="Hauptstraße 1", city="Berlin", post_code="10115", country="DE")
A_GERMAN_SELLER = a_seller(
    vat_identifier="DE136695976",
    address=GERMAN,
    legal_registration=Identifier(value="HRB 1"),
    electronic_address=Identifier(value="a@b.de", scheme="EM"),
)
A_GERMAN_BUYER = a_buyer(
    vat_identifier="DE136695976",
    address=GERMAN,
    legal_registration=Identifier(value="HRB 2"),
    electronic_address=Identifier(value="c@d.de", scheme="EM"),
)
NO_BAR = (Note(text="Merci"),)


def as_data(invoice: Invoice, *problems: Problem) -> Reading:
    """An invoice of our own data."""
    return Reading(invoice=invoice, syntax=Syntax.DATA, problems=problems)


def as_cii(invoice: Invoice) -> Reading:
    """An invoice written as CII and read again."""
    return read_cii(parse_xml(write_cii(invoice)))


def test_a_good_french_invoice_is_accepted_by_every_rule_set() -> None:
    report = check_document(as_data(an_invoice()))
    assert [found for found in report.findings if found.severity is Severity.FATAL] == []
    assert report.accepted
    assert report.rule_sets == RULE_SETS
    assert report.profile is Profile.EN16931
    assert report.rules_applied > 200


def test_the_parties_and_their_platforms_decide_which_rules_apply() -> None:
    german = an_invoice(seller=A_GERMAN_SELLER, buyer=A_GERMAN_BUYER, notes=NO_BAR)
    assert applicable_rule_sets(as_data(german)) == ("en16931",)
    on_french_platform = replace(german, buyer=a_buyer(address=GERMAN))
    assert applicable_rule_sets(as_data(on_french_platform)) == ("en16931", "fr-ctc")
    exported = replace(german, seller=a_seller(electronic_address=None))
    assert applicable_rule_sets(as_data(exported)) == ("en16931", "fr-law")
    to_a_consumer = an_invoice(
        seller=a_seller(electronic_address=None),
        buyer=a_buyer(legal_registration=None, vat_identifier=None, electronic_address=None),
        notes=NO_BAR,
    )
    assert applicable_rule_sets(as_data(to_a_consumer)) == ("en16931", "fr-law")
    marked = replace(to_a_consumer, notes=(Note(subject="BAR", text="B2B"),))
    assert applicable_rule_sets(as_data(marked)) == RULE_SETS


def test_the_invoice_of_a_consumer_without_electronic_address_goes_through_no_platform() -> None:
    consumer = Party(name="Hélène Faure", address=Address(city="Lyon", post_code="69001", country="FR"))
    for_consumer = an_invoice(buyer=consumer, notes=(Note(subject="BAR", text="B2C"),))
    assert applicable_rule_sets(as_data(for_consumer)) == ("en16931", "fr-law")
    reached = replace(consumer, electronic_address=Identifier(value="h.faure@courriel.example", scheme="EM"))
    assert "fr-ctc" in applicable_rule_sets(as_data(replace(for_consumer, buyer=reached)))


def test_rule_sets_that_are_asked_for_are_applied_and_no_others() -> None:
    report = check_document(as_data(an_invoice(number="")), {"en16931"})
    assert report.rule_sets == ("en16931",)
    assert [found.rule for found in report.findings] == ["BR-02"]
    assert not report.accepted


def test_a_rule_set_that_there_is_not_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such rule set: fr-tax; there are en16931, fr-ctc, fr-law"):
        check_document(as_data(an_invoice()), {"fr-tax"})


def test_a_check_without_rules_accepts_nothing() -> None:
    report = check_document(as_data(an_invoice()), ())
    assert report.findings == ()
    assert report.rules_applied == 0
    assert not report.accepted


def test_warnings_do_not_refuse_a_document_and_come_after_what_does() -> None:
    report = check_document(as_data(an_invoice(number="", due_date=None, payment_terms=None)))
    severities = [found.severity for found in report.findings]
    order = [Severity.FATAL, Severity.WARNING, Severity.INFORMATION]
    assert severities == sorted(severities, key=order.index)
    warned = replace(report, findings=tuple(each for each in report.findings if each.severity is not Severity.FATAL))
    assert warned.accepted


def test_findings_in_xml_say_where_by_xpath() -> None:
    report = check_document(as_cii(an_invoice(buyer=a_buyer(name=""))), {"en16931"})
    [found] = [found for found in report.findings if found.rule == "BR-07"]
    assert found.where is not None
    assert found.where.startswith("/rsm:CrossIndustryInvoice/")
    assert "BuyerTradeParty" in found.where


def test_a_value_that_cannot_be_read_is_one_fatal_finding_without_echoes() -> None:
    written = write_cii(an_invoice()).replace(b">100.00</ram:LineTotalAmount>", b">100,00</ram:LineTotalAmount>", 1)
    report = check_document(read_cii(parse_xml(written)), {"en16931"})
    fatal = [found for found in report.findings if found.severity is Severity.FATAL]
    assert [(found.rule, found.term) for found in fatal] == [("REGLO-NUMBER", "BT-131")]
    assert "100,00" in fatal[0].message.fr


def _bad_lines(count: int) -> Invoice:
    return an_invoice(lines=tuple(a_line(str(number), item=Item(description="x")) for number in range(1, count + 1)))


def _bad_allowances(count: int) -> Invoice:
    return an_invoice(allowances=(Allowance(amount=Decimal(1)),) * count)


def _bad_allowances_on_one_line(count: int) -> Invoice:
    return an_invoice(lines=(a_line("1", allowances=(Allowance(amount=Decimal(1)),) * count),))


def _bad_references(count: int) -> Invoice:
    return an_invoice(preceding_invoices=(DocumentReference(issue_date=date(2026, 9, 1)),) * count)


def _calls_to_place(reading: Reading) -> int:
    """How many calls of Python functions it takes to place what EN 16931 finds in a document."""
    findings = list(en16931.check(reading))
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        placed(findings, reading)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("make", [_bad_lines, _bad_allowances, _bad_allowances_on_one_line, _bad_references])
@pytest.mark.parametrize(("write", "read"), [(write_cii, read_cii), (write_ubl, read_ubl)])
def test_twice_as_many_findings_take_twice_the_work_to_place(
    make: Callable[[int], Invoice],
    write: Callable[[Invoice], bytes],
    read: Callable[[etree._Element], Reading],
) -> None:
    some, twice = (_calls_to_place(read(parse_xml(write(make(count))))) for count in (100, 200))
    assert some > 100
    assert twice < 2.2 * some


class _CountedPlace(str):
    """A place that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __lt__(self, other: str) -> bool:
        _CountedPlace.compared += 1
        return str.__lt__(self, other)

    def startswith(self, *prefix: Any) -> bool:  # Any: as str takes them
        _CountedPlace.compared += 1
        return super().startswith(*prefix)


def test_a_thousand_unreadable_values_are_not_compared_with_a_thousand_findings_each() -> None:
    places = [_CountedPlace(f"/Invoice/cac:InvoiceLine[{number}]/cbc:InvoicedQuantity") for number in range(1, 1001)]
    problems = tuple(Problem(kind="not-a-number", value="deux", where=place, term="BT-129") for place in places)
    missing = RULES["BR-22"]
    echoes = [missing.finding(place) for place in places]
    others = [missing.finding(f"/Invoice/cac:InvoiceLine[{number}]/cac:Item") for number in range(1, 1001)]
    left = without_echoes([*echoes, *others], as_data(an_invoice(), *problems))
    assert left == others
    assert _CountedPlace.compared < 50_000


@pytest.mark.parametrize(("write", "read"), [(write_cii, read_cii), (write_ubl, read_ubl)])
def test_many_findings_on_lines_are_placed_as_a_few_are(
    write: Callable[[Invoice], bytes], read: Callable[[etree._Element], Reading]
) -> None:
    written = write(an_invoice(lines=tuple(a_line(str(number)) for number in range(1, 41))))
    reading = read(parse_xml(written.replace(b">Conseil<", b"><").replace(b'"C62"', b'"heure"')))
    findings = [found for found in en16931.check(reading) if found.where is not None]
    assert len(findings) >= 40
    at_once = placed(findings, reading)
    one_by_one = [place for found in findings for place in placed([found], reading)]
    assert at_once == one_by_one
    assert any("[40]" in (found.where or "") for found in at_once)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("not-a-number", "REGLO-NUMBER"),
        ("not-a-date", "REGLO-DATE"),
        ("not-base64", "REGLO-BASE64"),
        ("not-a-boolean", "REGLO-BOOLEAN"),
        ("repeated", "REGLO-REPEATED"),
        ("anything else", "REGLO-VALUE"),
    ],
)
def test_every_kind_of_problem_refuses_the_document(kind: str, rule: str) -> None:
    problem = Problem(kind=kind, value="2 400,00", where="/Invoice/cbc:X")
    report = check_document(as_data(an_invoice(), problem), {"en16931"})
    assert not report.accepted
    assert [(found.rule, found.where) for found in report.findings] == [(rule, "/Invoice/cbc:X")]


@pytest.mark.parametrize(
    ("element", "accepted"),
    [("cbc:ID", False), ("cbc:IssueDate", False), ("cac:AllowanceCharge/cac:TaxCategory", True)],
)
def test_what_the_validators_let_stand_twice_is_a_warning_and_what_they_refuse_is_fatal(
    element: str, accepted: bool
) -> None:
    root = parse_xml(write_ubl(an_invoice(allowances=(an_allowance(),))))
    found = root.find(element, {"cac": CAC, "cbc": CBC})
    assert found is not None
    found.addnext(deepcopy(found))
    report = check_document(read_ubl(root), {"en16931"})
    assert [found.severity for found in report.findings if found.rule == "REGLO-REPEATED"] == [
        Severity.WARNING if accepted else Severity.FATAL
    ]
    assert report.accepted == accepted


def test_several_objects_of_a_line_are_accepted_where_the_profile_knows_several() -> None:
    for profile, accepted in ((Profile.EXTENDED, True), (Profile.EN16931, False)):
        invoice = an_invoice(
            specification=profile.value, lines=(a_line(invoiced_object=Identifier(value="C-7", scheme="AVV")),)
        )
        root = parse_xml(write_cii(invoice))
        (reference,) = root.iter(f"{{{RAM}}}AdditionalReferencedDocument")
        reference.addnext(deepcopy(reference))
        assert check_document(read_cii(root), {"en16931"}).accepted == accepted


def test_the_rules_of_the_platforms_judge_a_value_that_cannot_be_read() -> None:
    written = write_cii(an_invoice()).replace(b">20261015<", b">20261032<")
    report = check_document(read_cii(parse_xml(written)))
    fatal = {found.rule for found in report.findings if found.severity is Severity.FATAL}
    assert fatal == {"REGLO-DATE", "BR-FR-03_BT-9"}


def test_in_data_of_our_own_they_do_not_ask_for_a_date_that_is_there_but_unreadable() -> None:
    unreadable = Problem(kind="not-a-date", value="2026-10-32", where="due_date", term="BT-9")
    reading = as_data(an_invoice(due_date=None, business_process="S2"), unreadable)
    rules = {found.rule for found in check_document(reading, {"fr-ctc"}).findings}
    assert "REGLO-DATE" in rules
    assert "BR-FR-CO-09_BT-23-3" not in rules


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        (b">100.00</ram:LineTotalAmount>", b">100.00 </ram:LineTotalAmount>", True),
        (b">100.00</ram:LineTotalAmount>", b"> 100.00</ram:LineTotalAmount>", False),
        (b">100.00</ram:LineTotalAmount>", b">100.0 </ram:LineTotalAmount>", False),
        (b">FR44732829320<", b"> FR44732829320<", True),
        (b">F2026-0001<", b"> F2026-0001 <", False),
    ],
)
def test_spaces_matter_where_the_official_sheets_say_so(before: bytes, after: bytes, refused: bool) -> None:
    report = check_document(read_cii(parse_xml(write_cii(an_invoice()).replace(before, after, 1))), {"en16931"})
    assert ("REGLO-SPACES" in {found.rule for found in report.findings}) == refused
    assert report.accepted != refused


def test_dates_in_ubl_bear_no_spaces() -> None:
    written = write_ubl(an_invoice()).replace(b">2026-09-15<", b"> 2026-09-15 <", 1)
    [found] = check_document(read_ubl(parse_xml(written)), {"en16931"}).findings
    assert (found.rule, found.where) == ("REGLO-SPACES", "/Invoice/cbc:IssueDate")


def test_an_empty_date_is_a_missing_one() -> None:
    written = write_cii(an_invoice()).replace(b">20260915</udt:DateTimeString>", b"></udt:DateTimeString>", 1)
    report = check_document(read_cii(parse_xml(written)), {"en16931"})
    assert {"BR-03", "REGLO-DATE"} <= {found.rule for found in report.findings}


def test_every_rule_can_be_explained_by_its_identifier() -> None:
    rules = all_rules()
    assert {"BR-CO-15", "BR-FXEXT-CO-10", "UBL-SR-12", "REGLO-NUMBER", "FR-TERMS-CAP"} <= set(rules)
    assert all(identifier == rule.identifier for identifier, rule in rules.items())


def test_every_rule_has_an_example_in_both_languages() -> None:
    assert [
        name for name, rule in all_rules().items() if not (rule.example and rule.example.fr and rule.example.en)
    ] == []


def test_a_report_of_nothing_is_not_a_report_of_success() -> None:
    assert not Report(findings=(), rule_sets=(), rules_applied=0, profile=Profile.EN16931).accepted


def test_a_report_on_rubbish_ends_and_still_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "MOST_FINDINGS", 5)
    end = b"</rsm:ExchangedDocument>"
    rubbish = write_cii(an_invoice()).replace(end, b"<ram:Foo/>" * 50 + end)
    report = check_document(read_cii(parse_xml(rubbish)), ("en16931",))
    assert not report.accepted
    assert 5 <= len(report.findings) <= 20


def test_warnings_without_end_hide_no_fatal_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "MOST_FINDINGS", 5)
    fatal = RULES["BR-02"].finding()
    warning = replace(fatal, severity=Severity.WARNING)
    assert list(check.first_of(iter([*[warning] * 20, fatal]))) == [*[warning] * 5, fatal]
