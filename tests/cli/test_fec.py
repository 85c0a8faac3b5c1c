"""`reglo fec check`: what a FEC holds and what is wrong with it; 0, 1 or 2."""

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Reglo
from tests.formats.fec.samples import GOOD, NAME


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A FEC that breaks no rule."""
    path = tmp_path / NAME
    path.write_bytes(GOOD.encode())
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A FEC with a date in the wrong form on seven lines, and a gap in its numbers."""
    path = tmp_path / "123456782FEC20261130.txt"
    path.write_bytes(GOOD.replace("|20260131|", "|31/01/2026|").replace("VE|Ventes|3|", "VE|Ventes|9|").encode())
    return path


def _plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_it_sums_up_what_the_file_holds(reglo: Reglo, good: Path) -> None:
    answer = reglo("fec", "check", good)
    out = _plain(answer.out)
    assert answer.status == 0
    assert "3 écritures, 7 lignes, 4 comptes, du 15/01/2026 au 01/03/2026" in out
    assert "VE Ventes       5  212,00  212,00" in out
    assert out.splitlines()[-1] == "  accepté"


def test_it_names_rule_line_value_mend_and_source(reglo: Reglo, bad: Path) -> None:
    answer = reglo("fec", "check", bad)
    out = _plain(answer.out)
    assert answer.status == 1
    assert "✗ FEC-DATE  3 fois" in out
    assert "· ligne 2, ValidDate : Valeur lue : « 31/01/2026 »." in out
    assert "→ Réglez le format des dates" in out
    assert "LPF A47 A-1 XII 4°" in out
    assert "! FEC-NUMBER-GAP  1 fois" in out
    assert out.splitlines()[-1] == "  refusé : 1 règle bloquante enfreinte, 1 remarque"


def test_it_speaks_english_where_asked(reglo: Reglo, bad: Path) -> None:
    out = reglo("fec", "check", "--lang", "en", bad).out
    assert "line 2, ValidDate: Value read: “31/01/2026”." in out
    assert out.splitlines()[-1] == "  refused: 1 fatal rule broken, 1 remark"


def test_warnings_alone_are_accepted(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(GOOD.replace("VE|Ventes|3|", "VE|Ventes|9|").encode())
    answer = reglo("fec", "check", path)
    assert answer.status == 0
    assert answer.out.splitlines()[-1] == "  accepté : 1 remarque"


def test_only_a_few_places_are_shown_and_all_are_counted(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(GOOD.replace("|0,00", "|0.00").replace("|0,00", "|0.00").encode())
    out = reglo("fec", "check", path).out
    assert "✗ FEC-AMOUNT  7 fois" in out
    assert out.count("· ligne") == 5


def test_json_is_one_object_a_file_with_exact_sums(reglo: Reglo, good: Path, bad: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "vide.txt"
    nothing.write_bytes(b"")
    answer = reglo("fec", "check", "--json", good, bad, nothing)
    first, second, third = map(json.loads, answer.out.splitlines())
    assert answer.status == 2
    assert first["accepted"] is True
    assert first["summary"]["debit"] == "332.00"
    assert first["summary"]["journals"][0] == {
        "code": "VE",
        "label": "Ventes",
        "lines": 5,
        "debit": "212.00",
        "credit": "212.00",
    }
    assert [each["rule"] for each in second["findings"]] == ["FEC-DATE", "FEC-NUMBER-GAP"]
    assert second["findings"][0]["count"] == 3
    assert second["findings"][0]["places"][0] == {
        "row": 2,
        "column": "ValidDate",
        "value": "31/01/2026",
        "detail": "Valeur lue : « 31/01/2026 ».",
    }
    assert third["refused"] == "Le fichier est vide."


def test_siren_and_closing_are_compared_with_the_name(reglo: Reglo, good: Path) -> None:
    assert reglo("fec", "check", "--siren", "123 456 782", "--closing", "2026-12-31", good).status == 0
    answer = reglo("fec", "check", "--siren", "732829320", "--closing", "2026-06-30", good)
    assert answer.status == 1
    assert "FEC-SIREN" in answer.out
    assert "FEC-CLOSING" in answer.out


def test_a_siren_that_is_none_is_wrong_usage(reglo: Reglo, good: Path) -> None:
    answer = reglo("fec", "check", "--siren", "12", good)
    assert answer.status == 2
    assert "SIREN" in answer.err


def test_a_file_from_stdin_has_no_name_to_judge(reglo: Reglo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert reglo("fec", "check", "-").status == 0


@pytest.mark.parametrize(("name", "reason"), [("absent.txt", "n'existe pas"), ("", "dossier")])
def test_what_does_not_open_is_2_with_its_reason(reglo: Reglo, tmp_path: Path, name: str, reason: str) -> None:
    answer = reglo("fec", "check", tmp_path / name)
    assert answer.status == 2
    assert reason in answer.err


def test_control_characters_do_not_reach_the_terminal(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(GOOD.replace("120,00|0,00|AA", "\x1b[31mx|0,00|AA").replace("|Banque|", "|\x1b]0;x|").encode())
    answer = reglo("fec", "check", path)
    assert answer.status == 1
    assert "\x1b[31mx" not in answer.out
    assert "\x1b]" not in answer.out


def test_progress_of_a_large_file_is_shown_where_somebody_looks_on(
    reglo: Reglo, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reglo.cli.fec._WORTH_PROGRESS", 1)
    assert reglo("fec", "check", good).err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    answer = reglo("fec", "check", good)
    assert answer.status == 0
    assert "100%" in answer.err


def test_the_rules_can_be_explained(reglo: Reglo) -> None:
    answer = reglo("explain", "FEC-BALANCE")
    assert answer.status == 0
    assert "le débit égale le crédit" in answer.out
