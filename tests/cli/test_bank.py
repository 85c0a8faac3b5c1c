"""`reglo bank show`: accounts, balances, lines, faults; 0, 1 or 2."""

import json
from pathlib import Path

import pytest

from reglo.formats.bank import write_camt053
from tests.cli.conftest import Reglo
from tests.formats.bank.samples import CFONB, CSV, a_line, a_statement


@pytest.fixture
def camt(tmp_path: Path) -> Path:
    """A statement that adds up."""
    path = tmp_path / "releve.xml"
    path.write_bytes(write_camt053(a_statement(a_line())))
    return path


def _plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_it_prints_account_balances_and_lines(reglo: Reglo, camt: Path) -> None:
    answer = reglo("bank", "show", camt)
    out = _plain(answer.out)
    assert answer.status == 0
    assert "FR76 3000 6000 0112 3456 7890 189 · EUR · Atelier Réglo · relevé 2026-03" in out
    assert "1 200,00" in out
    assert "Facture F-2026-0012" in out
    assert "Solde de clôture" in out
    assert "1 ligne, entrées 1 200,00, sorties 0,00" in out


def test_it_speaks_english_where_asked(reglo: Reglo, camt: Path) -> None:
    assert "1 line, in 1,200.00, out 0.00" in reglo("bank", "show", "--lang", "en", camt).out
    assert "1 line, in 1,200.00, out 0.00" in reglo("--lang", "en", "bank", "show", camt).out


def test_json_is_one_object_a_file_with_exact_amounts(reglo: Reglo, camt: Path, tmp_path: Path) -> None:
    other = tmp_path / "releve.csv"
    other.write_bytes(CSV.encode("cp1252"))
    answer = reglo("bank", "show", "--json", camt, other)
    first, second = map(json.loads, answer.out.splitlines())
    assert first["format"] == "camt.053"
    assert first["statements"][0]["closing"] == {"on": "2026-03-31", "amount": "1700.00"}
    assert [line["amount"] for line in second["statements"][0]["lines"]] == ["1200.00", "-85.10"]
    assert second["refused"] is None


def test_a_balance_that_does_not_add_up_is_a_fault_and_1(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / "releve.txt"
    path.write_text(CFONB.replace("16149{", "16150{"))
    answer = reglo("bank", "show", path)
    assert answer.status == 1
    assert "écart 0,10" in answer.out


def test_a_refused_file_is_2_with_its_reason_and_the_others_are_shown(reglo: Reglo, camt: Path, tmp_path: Path) -> None:
    bad = tmp_path / "releve.pdf"
    bad.write_bytes(b"%PDF-1.7 ...")
    answer = reglo("bank", "show", "--json", bad, camt)
    refused, read = map(json.loads, answer.out.splitlines())
    assert answer.status == 2
    assert "PDF" in refused["refused"]
    assert answer.err.startswith(f"reglo: {bad}: ")
    assert read["statements"]


def test_a_file_that_is_not_there_is_refused(reglo: Reglo, tmp_path: Path) -> None:
    answer = reglo("bank", "show", tmp_path / "rien.xml")
    assert answer.status == 2
    assert "n'existe pas" in answer.err


def test_a_bank_cannot_steer_the_terminal(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / "releve.csv"
    path.write_text(CSV.replace("VIR ", "VIR\x1b[2J "))
    answer = reglo("bank", "show", path)
    assert answer.status == 0
    assert "\x1b" not in answer.out


def test_an_unknown_subcommand_is_refused_with_the_nearest(reglo: Reglo) -> None:
    answer = reglo("bank", "shwo")
    assert answer.status == 2
    assert "show" in answer.err


def test_the_group_alone_says_what_it_has(reglo: Reglo) -> None:
    answer = reglo("bank")
    assert "show" in answer.out + answer.err
