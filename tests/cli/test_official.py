"""`reglo check --official`: the second opinion confirms what Réglo finds, and adds what it alone finds."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reglo.cli import official
from reglo.cli.official import Opinion
from reglo.core.document import Invoice
from reglo.core.findings import Finding, Severity, Text
from reglo.formats.ubl import write_ubl
from tests.builders import an_invoice
from tests.cli.conftest import Reglo

_NOTHING = Text(fr="", en="")


def _finding(rule: str, severity: Severity = Severity.FATAL, where: str | None = None, source: str = "") -> Finding:
    return Finding(rule=rule, severity=severity, message=_NOTHING, fix=_NOTHING, source=source, where=where)


def _file(folder: Path, invoice: Invoice) -> Path:
    path = folder / "f.xml"
    path.write_bytes(write_ubl(invoice))
    return path


@pytest.fixture
def refused(tmp_path: Path) -> Path:
    """A file with an invoice that has no number, which is one fault."""
    return _file(tmp_path, replace(an_invoice(), number=None))


def _opinion(*ours: Finding, theirs: tuple[Finding, ...]) -> Opinion:
    return Opinion(ours=ours, theirs=theirs)


def test_the_same_rule_is_confirmed_wherever_it_was_found() -> None:
    found, confirming = _finding("BR-02", where="/Invoice"), _finding("BR-02", where="/Invoice[1]")
    opinion = _opinion(found, theirs=(confirming,))
    assert opinion.confirms(found)
    assert opinion.alone == ()


def test_rules_that_are_shown_as_one_are_confirmed_only_together() -> None:
    both = _finding("BR-33, BR-CO-21")
    assert not _opinion(both, theirs=(_finding("BR-33"),)).confirms(both)
    assert _opinion(both, theirs=(_finding("BR-33"), _finding("BR-CO-21"))).confirms(both)


def test_a_remark_does_not_hide_a_refusal() -> None:
    refusal = _finding("BR-02")
    opinion = _opinion(_finding("BR-02", Severity.WARNING), theirs=(refusal,))
    assert opinion.alone == (refusal,)


def test_a_breach_of_the_schema_is_ours_too_where_we_found_something_fatal_there_or_just_above() -> None:
    ours = (_finding("REGLO-XML-ORDER", where="/a/b"), _finding("BR-02", where="/a/c"), _finding("BR-03", where="/d/e"))
    there, above, other = (_finding("XSD", where=where) for where in ("/a/b", "/a/c/x", "/d/f"))
    opinion = _opinion(*ours, theirs=(there, above, other))
    assert [opinion.confirms(each) for each in ours] == [True, False, False]
    assert opinion.alone == (other,)


def test_of_faults_beside_each_other_the_schema_names_only_the_first() -> None:
    ours = tuple(_finding("REGLO-XML-UNKNOWN", where=where) for where in ("/a/b/x[1]", "/a/b/x[2]", "/a/c/x"))
    opinion = _opinion(*ours, theirs=(_finding("XSD", where="/a/b/x[1]"),))
    assert [opinion.confirms(each) for each in ours] == [True, True, False]


def test_a_breach_of_the_schema_is_not_hidden_by_one_of_the_law() -> None:
    breach = _finding("XSD", where="/a/b")
    assert _opinion(_finding("FR-LAW-SIREN", where="/a/b"), theirs=(breach,)).alone == (breach,)


def test_a_finding_on_an_attribute_is_about_its_element() -> None:
    breach = _finding("XSD", where="/a/b")
    assert _opinion(_finding("BR-CL-03", where="/a/b/@currencyID"), theirs=(breach,)).alone == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "sentence"),
    [
        ((), (), "Official opinion: the same."),
        (("BR-02",), ("BR-02",), "Official opinion: the same."),
        (("BR-02", "FR-LAW-SIREN"), ("BR-02",), "Official opinion: the same, except for what only Réglo checks."),
        (("BR-02", "BR-03", "BR-03"), ("BR-02",), "Official opinion: it does not find BR-03."),
        (("BR-02",), ("BR-02", "BR-04"), None),
        (("BR-02",), ("OFFICIAL-ERROR",), None),
    ],
)
def test_one_sentence_says_whether_both_agree(
    ours: tuple[str, ...], theirs: tuple[str, ...], sentence: str | None
) -> None:
    said = _opinion(*map(_finding, ours), theirs=tuple(map(_finding, theirs))).sentence
    assert (said.en if said else None) == sentence


@pytest.mark.official
def test_what_both_find_is_listed_and_counted_once(reglo: Reglo, refused: Path) -> None:
    pytest.importorskip("saxonche")
    pytest.importorskip("facturx")
    answer = reglo("check", "--official", refused)
    assert answer.status == 1
    assert answer.out.count("✗ BR-02 ") == 1
    assert "confirmé par l'artefact officiel" in answer.out
    without = reglo("check", refused).out.splitlines()[-1]
    assert answer.out.count("✗ XSD") == 0
    assert answer.out.splitlines()[-2:] == ["  Avis officiel : le même.", without]


@pytest.mark.official
def test_two_opinions_on_a_good_invoice_are_the_same(reglo: Reglo, good: Path) -> None:
    pytest.importorskip("saxonche")
    pytest.importorskip("facturx")
    answer = reglo("--lang", "en", "check", "--official", good)
    assert answer.out.splitlines()[-2:] == ["  Official opinion: the same.", "  accepted"]


def test_what_the_official_sheets_alone_find_is_listed_apart_and_counts(
    reglo: Reglo, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _finding("BR-99", source="sheet.xslt")
    monkeypatch.setattr(official, "_ask", lambda *_: (found,))
    answer = reglo("check", "--official", good)
    lines = answer.out.splitlines()
    assert answer.status == 1
    assert lines[1:3] == ["  Relevé par le seul artefact officiel :", "  ✗ BR-99"]
    assert lines[-1] == "  refusée : 1 anomalie bloquante"


def test_json_has_the_findings_of_both_and_tells_them_apart(
    reglo: Reglo, refused: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(official, "_ask", lambda *_: (_finding("BR-02", source="sheet.xslt"),))
    found = json.loads(reglo("check", "--official", "--json", refused).out)["findings"]
    assert [(each["rule"], each.get("official", False)) for each in found] == [("BR-02", False), ("BR-02", True)]
    assert found[1]["source"] == "sheet.xslt"
