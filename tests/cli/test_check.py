"""`reglo check`: the answer for people, for programs, and for what is no invoice at all."""

import io
import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from reglo.cli.findings import folded
from reglo.core.document import Item
from reglo.formats.cii import write_cii
from reglo.formats.data import write_json
from reglo.formats.ubl import write_ubl
from reglo.rules.en16931 import RULES
from tests.builders import a_line, an_allowance, an_invoice
from tests.cli.conftest import Reglo

_SELLER = """
[seller]
name = "Atelier Lumière SAS"
siren = "732829320"
legal_form = "SAS"
capital = 10000
register_town = "Lyon"
address = { line_1 = "12 rue de la République", post_code = "69001", city = "Lyon" }
[payment]
iban = "FR7630006000011234567890189"
"""
_HEAD = "Numéro;Date;Client;SIREN;Adresse;Code postal;Ville;Désignation;Quantité;Prix HT;TVA;Nature\n"
_ROW = "{};15/09/2026;Boulangerie Martin;552100554;3 place du Marché;44000;Nantes;Conseil;2;650,00;20;services\n"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A file with an invoice that has no currency."""
    path = tmp_path / "mauvaise.json"
    path.write_bytes(write_json(replace(an_invoice(), currency=None)))
    return path


@pytest.fixture
def batch(tmp_path: Path) -> tuple[Path, Path]:
    """A table with a good row, an unreadable one and a repeated number; and the file of its seller."""
    table, seller = tmp_path / "factures.csv", tmp_path / "vendeur.toml"
    table.write_text(_HEAD + _ROW.format("F1") + _ROW.format("F2").replace("15/09", "31/02") + _ROW.format("F1"))
    seller.write_text(_SELLER)
    return table, seller


def test_a_good_invoice_is_accepted_and_the_answer_names_the_rules(reglo: Reglo, good: Path) -> None:
    answer = reglo("check", good)
    assert answer.status == 0, answer.out
    assert "règles en16931, fr-ctc, fr-law (" in answer.out
    assert "acceptée" in answer.out
    assert answer.err == ""


def test_a_fatal_finding_gives_status_1_with_rule_term_mend_and_source(reglo: Reglo, bad: Path) -> None:
    answer = reglo("check", bad)
    assert answer.status == 1
    assert "✗ BR-05  Devise de la facture (BT-5)" in answer.out
    assert "→ " in answer.out
    assert "EN 16931-1, BR-05" in answer.out
    assert "refusée" in answer.out


def test_a_fault_of_many_lines_is_shown_a_few_times_and_counted(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / "longue.json"
    lines = tuple(a_line(str(number), item=Item(name=None)) for number in range(30))
    path.write_bytes(write_json(an_invoice(lines=lines)))
    answer = reglo("check", path)
    assert answer.out.count("✗ BR-25  ") == 10
    assert "… BR-25 : 20 autres fois" in answer.out
    assert len(json.loads(reglo("check", "--json", path).out)["findings"]) >= 30


def test_rules_can_be_chosen(reglo: Reglo, bad: Path) -> None:
    answer = reglo("check", "--rules", "fr-law", bad)
    assert "règles fr-law (" in answer.out
    assert "BR-05" not in answer.out


def test_json_is_one_object_a_line(reglo: Reglo, good: Path, bad: Path) -> None:
    answer = reglo("check", "--json", "--lang", "en", good, bad, "/nulle/part")
    first, second, third = map(json.loads, answer.out.splitlines())
    assert answer.status == 2
    assert first["file"] == str(good)
    assert (first["format"], first["profile"]) == ("json", "en16931")
    assert [each for each in first["findings"] if each["severity"] == "fatal"] == []
    finding = next(each for each in second["findings"] if each["rule"] == "BR-05")
    assert set(finding) == {"rule", "severity", "term", "where", "message", "fix", "source"}
    assert finding["severity"] == "fatal"
    assert finding["term"] == "BT-5"
    assert third["format"] is third["profile"] is None
    assert third["findings"][0]["rule"] == "REGLO-UNREADABLE"
    assert "no such file" in third["findings"][0]["message"]


def test_a_table_is_checked_invoice_by_invoice(reglo: Reglo, batch: tuple[Path, Path]) -> None:
    table, seller = batch
    answer = reglo("check", table, "--seller", seller)
    assert answer.status == 2
    assert f"{table} [F1]  csv" in answer.out
    assert "acceptée" in answer.out
    assert f"{table} [F2]: ligne 3, colonne B (Date)" in answer.err
    assert "ligne 4, colonne A (Numéro)" in answer.err
    as_json = [json.loads(line) for line in reglo("check", "--json", table, "--seller", seller).out.splitlines()]
    assert [each.get("invoice") for each in as_json] == ["F1", "F2", "F1"]


def test_stdin_is_read_for_a_dash(reglo: Reglo, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(good.read_bytes())))
    assert reglo("check", "-").status == 0


def test_xml_of_both_syntaxes_is_checked_where_it_stands(reglo: Reglo, tmp_path: Path) -> None:
    cii, ubl = tmp_path / "cii.xml", tmp_path / "ubl.xml"
    broken = replace(an_invoice(), seller=None)
    cii.write_bytes(write_cii(an_invoice()))
    ubl.write_bytes(write_ubl(broken))
    accepted, refused = reglo("check", cii), reglo("check", ubl)
    assert accepted.status == 0, accepted.out
    assert " cii, profil en16931" in accepted.out
    assert refused.status == 1
    assert " ubl-invoice, profil en16931" in refused.out
    assert "/Invoice" in refused.out


def test_the_invoice_inside_a_pdf_is_checked(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / "f.pdf"
    path.write_bytes(_pdf(_CII))
    answer = reglo("check", "--json", path)
    assert answer.status == 0, answer.out
    assert json.loads(answer.out)["format"] == "factur-x"


@pytest.mark.official
def test_a_second_opinion_is_asked_for_xml_and_for_data(reglo: Reglo, tmp_path: Path, good: Path, bad: Path) -> None:
    pytest.importorskip("saxonche")
    pytest.importorskip("facturx")
    assert reglo("check", "--official", good).status == 0
    answer = reglo("check", "--official", "--json", bad)
    found = [each["rule"] for each in json.loads(answer.out)["findings"]]
    assert answer.status == 1
    assert found.count("BR-05") == 2


def test_unknown_parts_are_listed(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / "plus.xml"
    xml = write_ubl(an_invoice()).replace(b"<cbc:ID>", b"<cbc:UUID>x</cbc:UUID><cbc:ID>", 1)
    path.write_bytes(xml)
    assert "cbc:UUID" in reglo("check", path).out
    assert json.loads(reglo("check", "--json", path).out)["unknown"] == ["/Invoice/cbc:UUID"]


def _xlsx_bomb() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Numéro"
    workbook.active["XFD1048576"] = 1
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _pdf(*attachments: bytes, password: str = "") -> bytes:
    """A PDF of an empty page with files attached."""
    document = pikepdf.new()
    document.add_blank_page()
    for number, content in enumerate(attachments):
        document.attachments[f"invoice-{number}.xml"] = pikepdf.AttachedFileSpec(document, content)
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="x", user=password) if password else False)
    return out.getvalue()


_CII = write_cii(an_invoice())
_UBL = write_ubl(an_invoice())
_ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Invoice>&b;</Invoice>'
_EXTERNAL = b'<!DOCTYPE x SYSTEM "http://example.com/x.dtd"><Invoice/>'

#: Name, content, and the status it gives. Each in under two seconds and 200 MiB.
_BAD_FILES: dict[str, tuple[bytes, int]] = {
    "empty.xml": (b"", 2),
    "dtd.xml": (_EXTERNAL, 2),
    "entities.xml": (_ENTITY, 2),
    "late-dtd.xml": (b"<!--" + b"x" * 5000 + b"-->" + _ENTITY, 2),
    "deep.xml": (b"<a>" * 200_000 + b"</a>" * 200_000, 2),
    "truncated.xml": (_UBL[: len(_UBL) // 2], 2),
    "text.xml": (b"Bonjour, voici ma facture.", 2),
    "other.xml": (b"<html><body/></html>", 2),
    "latin.xml": (b'<?xml version="1.0" encoding="UTF-8"?><Invoice>\xe9</Invoice>', 2),
    "zugferd1.xml": (b'<r:CrossIndustryDocument xmlns:r="urn:ferd:CrossIndustryDocument:invoice:1p0"/>', 2),
    "noise.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 12_000, 2),
    "no-invoice.pdf": (_pdf(), 2),
    "two-invoices.pdf": (_pdf(_CII, _CII.replace(b"F2026-0001", b"F2026-0002")), 2),
    "encrypted.pdf": (_pdf(_CII, password="secret"), 2),
    "truncated.pdf": (_pdf(_CII)[:400], 2),
    "bomb.xlsx": (_xlsx_bomb(), 2),
    "noise.xlsx": (b"PK\x03\x04" + bytes(range(256)) * 1000, 2),
    "comma.xml": (_UBL.replace(b">120.00<", b">120,00<"), 1),
    "nan.xml": (_UBL.replace(b">120.00<", b">NaN<"), 1),
    "huge.xml": (_UBL.replace(b">120.00<", b">1e400<"), 1),
    "february.xml": (_UBL.replace(b"2026-09-15", b"2026-02-31"), 1),
    "currency.xml": (_UBL.replace(b"EUR", b"XYZ"), 1),
    "comma.json": (b'{"totals": {"due": "2400,00"}}', 2),
    "nan.json": (b'{"totals": {"due": NaN}}', 2),
    "huge.json": (b'{"totals": {"due": 1e400}}', 2),
    "deep.json": (b'{"totals":' + b"[" * 200_000, 2),
    "february.toml": (b"issue_date = 2026-02-31", 2),
    "latin.csv": ("Numéro;Été\nF1;x\n".encode("cp1252"), 2),
    "nul.csv": (b"number,date\n\x00\x00,\x00\n", 2),
}


@pytest.mark.parametrize("name", _BAD_FILES)
def test_bad_input_is_refused_quickly_and_clearly(reglo: Reglo, tmp_path: Path, name: str) -> None:
    content, status = _BAD_FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    begun = time.perf_counter()
    answer = reglo("check", path)
    assert time.perf_counter() - begun < 2
    assert answer.status == status, answer
    if status == 2:
        assert answer.out == ""
        assert all(line.startswith(f"reglo: {path}") for line in answer.err.splitlines())
        assert answer.err
    else:
        assert "✗ " in answer.out


def test_the_rest_is_checked_after_a_bad_file(reglo: Reglo, tmp_path: Path, good: Path) -> None:
    (tmp_path / "vide.xml").write_bytes(b"")
    answer = reglo("check", tmp_path / "vide.xml", tmp_path, good)
    assert answer.status == 2
    assert "acceptée" in answer.out
    assert answer.err.count("\n") == 2


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to see the memory of a process")
@pytest.mark.parametrize("name", ["deep.xml", "noise.pdf", "bomb.xlsx", "deep.json"])
def test_cold_a_bad_file_takes_little_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(_BAD_FILES[name][0])
    # The peak by /proc, since that of getrusage counts what the parent had in memory when it forked.
    code = (
        f"from reglo.cli.main import run; print(run(['check', {str(path)!r}])); "
        "print(*(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    status, kilobytes = answer.stdout.split()
    assert status == "2"
    assert answer.stderr.startswith(f"reglo: {path}: ")
    assert int(kilobytes) < 200 * 1024


def test_a_cold_check_loads_neither_pdf_nor_spreadsheet_libraries(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_bytes(_UBL)
    code = (
        "import sys; from reglo.cli.main import run; "
        f"run(['check', {str(path)!r}]); "
        "print([m for m in ('pikepdf', 'typst', 'python_calamine', 'saxonche', 'multiprocessing', 'tomllib') "
        "if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "[]"


def test_rules_that_find_one_fault_share_a_block_for_people_and_stay_apart_for_programs(
    reglo: Reglo, tmp_path: Path
) -> None:
    path = tmp_path / "remise.json"
    path.write_bytes(write_json(an_invoice(allowances=(replace(an_allowance(), reason=None, reason_code=None),))))
    answer = reglo("check", path)
    assert "BR-33, BR-CO-21" in answer.out
    assert answer.out.count("Donnez le motif") == 1
    rules = [found["rule"] for found in json.loads(reglo("check", "--json", path).out)["findings"]]
    assert {"BR-33", "BR-CO-21"} <= set(rules)


def test_what_one_rule_finds_twice_in_one_place_is_shown_twice() -> None:
    found = [RULES["BR-33"].finding("allowances[0]"), RULES["BR-CO-21"].finding("allowances[0]")]
    assert [each.rule for each in folded(found)] == ["BR-33, BR-CO-21"]
    assert [each.rule for each in folded([found[0], *found])] == ["BR-33, BR-CO-21", "BR-33"]
