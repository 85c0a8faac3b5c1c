"""`reglo convert`: written whole, read back equal, refused where it would not be accepted."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reglo.cli import conversion, workers
from reglo.core.document import DocumentReference, Identifier
from reglo.formats.cii import write_cii
from reglo.formats.data import read_json, write_json
from reglo.formats.detect import read_document
from reglo.formats.profiles import Profile
from reglo.formats.ubl import write_ubl
from tests.builders import a_seller, an_allowance, an_invoice
from tests.cli.conftest import Reglo
from tests.cli.test_check import _HEAD, _ROW, _SELLER

_CHARGE = re.compile(rb"<ram:SpecifiedTradeAllowanceCharge>.*</ram:SpecifiedTradeAllowanceCharge>", re.DOTALL)
_LOGISTICS = (
    b"<ram:SpecifiedLogisticsServiceCharge><ram:Description>Fret</ram:Description>"
    b"<ram:AppliedAmount>15</ram:AppliedAmount><ram:AppliedTradeTax><ram:TypeCode>VAT</ram:TypeCode>"
    b"<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20</ram:RateApplicablePercent>"
    b"</ram:AppliedTradeTax></ram:SpecifiedLogisticsServiceCharge>"
)


def _names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("target", "ending"), [("cii", ".xml"), ("ubl", ".xml"), ("json", ".json"), ("facturx", ".pdf")]
)
def test_what_is_written_is_read_back_equal(reglo: Reglo, good: Path, out: Path, target: str, ending: str) -> None:
    answer = reglo("convert", good, "--to", target, "-o", out)
    assert answer.status == 0, answer.err
    assert answer.err == ""
    assert _names(out) == [f"F2026-0001{ending}"]
    assert read_document((out / f"F2026-0001{ending}").read_bytes()).invoice == an_invoice()


def test_what_the_model_does_not_carry_is_named(reglo: Reglo, tmp_path: Path, out: Path) -> None:
    stamped = write_ubl(an_invoice()).replace(b"<cbc:IssueDate>", b"<cbc:UUID>7d0f</cbc:UUID><cbc:IssueDate>", 1)
    source = tmp_path / "f.xml"
    source.write_bytes(stamped)
    answer = reglo("convert", source, "--to", "cii", "-o", out)
    assert answer.status == 0, answer.err
    assert "/Invoice/cbc:UUID" in answer.err


def test_a_charge_for_logistics_is_written_as_any_other_charge(reglo: Reglo, tmp_path: Path, out: Path) -> None:
    invoice = an_invoice(specification=Profile.EXTENDED.value, charges=(an_allowance("15", reason="Fret"),))
    source = tmp_path / "f.xml"
    source.write_bytes(_CHARGE.sub(_LOGISTICS, write_cii(invoice)))
    assert b"Logistics" in source.read_bytes()
    answer = reglo("convert", source, "--to", "cii", "-o", out)
    assert (answer.status, answer.err) == (0, "")
    assert (out / "F2026-0001.xml").read_bytes() == write_cii(invoice)


def test_a_page_alone_is_written(reglo: Reglo, good: Path, out: Path) -> None:
    assert reglo("convert", good, "--to", "pdf", "-o", out, "--accent", "#336699").status == 0
    assert (out / "F2026-0001.pdf").read_bytes().startswith(b"%PDF-")


def test_the_same_input_gives_the_same_bytes(reglo: Reglo, good: Path, out: Path) -> None:
    reglo("convert", good, "--to", "facturx", "-o", out)
    first = (out / "F2026-0001.pdf").read_bytes()
    reglo("convert", good, "--to", "facturx", "-o", out)
    assert (out / "F2026-0001.pdf").read_bytes() == first


def test_an_invoice_with_a_fatal_finding_is_not_written(reglo: Reglo, tmp_path: Path, out: Path) -> None:
    path = tmp_path / "mauvaise.json"
    path.write_bytes(write_json(replace(an_invoice(), currency=None)))
    answer = reglo("convert", path, "--to", "ubl", "-o", out)
    assert answer.status == 1
    assert "BR-05" in answer.err
    assert " → " in answer.err
    assert "0 facture écrite" in answer.out
    assert _names(out) == []


def test_a_batch_goes_on_and_says_at_the_end_what_failed(reglo: Reglo, tmp_path: Path, out: Path) -> None:
    table, seller = tmp_path / "factures.csv", tmp_path / "vendeur.toml"
    rows = [_ROW.format(f"F{number}") for number in range(12)]
    rows[3] = rows[3].replace("15/09", "31/02")
    rows[7] = rows[7].replace("F7", "F4")
    table.write_text(_HEAD + "".join(rows))
    seller.write_text(_SELLER)
    answer = reglo("convert", table, "--seller", seller, "--to", "cii", "-o", out, "--jobs", "2")
    assert answer.status == 2
    assert _names(out) == sorted(f"F{number}.xml" for number in range(12) if number not in (3, 7))
    assert "ligne 5, colonne B (Date)" in answer.err
    assert "ligne 9, colonne A (Numéro)" in answer.err
    assert "10 factures écrites" in answer.out
    assert "2 en échec" in answer.out


def test_a_refused_row_is_named_by_what_the_table_says(reglo: Reglo, tmp_path: Path, out: Path) -> None:
    table, seller = tmp_path / "factures.csv", tmp_path / "vendeur.toml"
    rows = [_ROW.format("F1"), _ROW.format("F1").replace(";20;", ";21;")]
    table.write_text(_HEAD + "".join(rows))
    seller.write_text(_SELLER)
    for target in ("cii", "ubl", "facturx", "json"):
        answer = reglo("convert", table, "--seller", seller, "--to", target, "-o", out, "--lang", "en")
        assert answer.status == 1, answer.err
        assert "factures.csv [F1]: BR-FR-16_BT-152 (row 3, column K (TVA)): " in answer.err
        assert "CrossIndustryInvoice" not in answer.err
        assert "cbc:" not in answer.err
        assert _names(out) == []


@pytest.mark.parametrize("data", [b"", b"no picture", b"<svg/>", None])
def test_a_logo_that_cannot_be_printed_is_one_line_before_anything_is_made(
    reglo: Reglo, good: Path, tmp_path: Path, out: Path, data: bytes | None
) -> None:
    logo = tmp_path / "logo.png"
    if data is not None:
        logo.write_bytes(data)
    answer = reglo("convert", good, good, "--to", "pdf", "-o", out, "--logo", logo)
    assert answer.status == 2
    assert answer.err.startswith(f"reglo: {logo} : ")
    assert answer.err.count("\n") == 1
    assert not out.exists()


def test_one_process_and_several_write_the_same_files(reglo: Reglo, tmp_path: Path) -> None:
    table, seller = tmp_path / "factures.csv", tmp_path / "vendeur.toml"
    table.write_text(_HEAD + "".join(_ROW.format(f"F{number}") for number in range(25)))
    seller.write_text(_SELLER)
    for jobs in ("1", "2"):
        answer = reglo("convert", table, "--seller", seller, "--to", "json", "-o", tmp_path / jobs, "--jobs", jobs)
        assert answer.status == 0, answer.err
    assert _names(tmp_path / "1") == _names(tmp_path / "2")
    for name in _names(tmp_path / "1"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_number_that_comes_twice_in_a_run_is_refused(reglo: Reglo, good: Path, tmp_path: Path, out: Path) -> None:
    again = tmp_path / "encore.json"
    again.write_bytes(good.read_bytes())
    answer = reglo("convert", good, again, "--to", "json", "-o", out)
    assert answer.status == 1
    assert _names(out) == ["F2026-0001.json"]
    assert f"{again}: le numéro « F2026-0001 » du même vendeur est déjà" in answer.err


def test_two_sellers_may_give_the_same_number(reglo: Reglo, good: Path, tmp_path: Path, out: Path) -> None:
    other = tmp_path / "autre.json"
    other.write_bytes(
        write_json(
            an_invoice(
                seller=a_seller(
                    name="Boulangerie Martin SARL",
                    legal_registration=Identifier(value="552100554", scheme="0002"),
                    vat_identifier="FR96552100554",
                    electronic_address=Identifier(value="552100554", scheme="0225"),
                )
            )
        )
    )
    assert reglo("convert", good, other, "--to", "json", "-o", out).status == 0
    assert _names(out) == ["F2026-0001-2.json", "F2026-0001.json"]


def test_a_number_cannot_leave_the_folder(reglo: Reglo, tmp_path: Path, out: Path) -> None:
    path = tmp_path / "f.json"
    path.write_bytes(write_json(replace(an_invoice(), number="/F/1")))
    assert reglo("convert", path, "--to", "json", "-o", out).status == 0
    assert _names(out) == ["F-1.json"]


def test_what_a_format_does_not_carry_is_told(
    reglo: Reglo, good: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(invoice: object, wish: object) -> bytes:
        return write_json(replace(an_invoice(), buyer_reference=None))

    monkeypatch.setitem(conversion._WRITERS, "json", forgetful)
    good.write_bytes(write_json(replace(an_invoice(), buyer_reference="Service 7")))
    answer = reglo("convert", good, "--to", "json", "-o", out)
    assert answer.status == 0
    assert "ne porte pas : buyer_reference" in answer.err


def test_an_error_nobody_foresaw_does_not_stop_the_batch(
    reglo: Reglo, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(invoice: object, wish: object) -> bytes:
        raise RuntimeError("boom")

    monkeypatch.delenv("REGLO_TRACEBACK")
    monkeypatch.setitem(conversion._WRITERS, "json", broken)
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    first.write_bytes(write_json(an_invoice()))
    second.write_bytes(write_json(replace(an_invoice(), number="F2")))
    answer = reglo("convert", first, second, "--to", "json", "-o", out)
    assert answer.status == 2
    assert answer.err.count("Erreur de Réglo lui-même (RuntimeError: boom)") == 2


def test_a_profile_can_be_asked_for(reglo: Reglo, good: Path, out: Path) -> None:
    assert reglo("convert", good, "--to", "json", "--profile", "extended", "-o", out).status == 0
    invoice = read_json((out / "F2026-0001.json").read_bytes()).invoice
    assert invoice.specification == "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"


def test_a_folder_that_cannot_be_made_is_a_clear_line(
    reglo: Reglo, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = reglo("convert", good, "--to", "json", "-o", good / "out")
    assert answer.status == 2
    assert answer.err.startswith("reglo: Le système refuse")


def test_a_disk_that_refuses_is_told_for_each_file(
    reglo: Reglo, good: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(conversion, "write_whole", full)
    answer = reglo("convert", good, "--to", "json", "-o", out)
    assert answer.status == 2
    assert f"{good}: le fichier ne s'écrit pas : No space left on device." in answer.err


def test_few_documents_start_no_process(reglo: Reglo, good: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process for one document")

    monkeypatch.setattr(workers, "ProcessPoolExecutor", refuse)
    assert reglo("convert", good, "--to", "json", "-o", out, "--jobs", "4").status == 0


def test_the_extended_profile_has_its_own_name_in_ubl(reglo: Reglo, tmp_path: Path, out: Path) -> None:
    source = tmp_path / "etendue.json"
    lines = (replace(an_invoice().lines[0], order=DocumentReference(number="BC-1")),)
    source.write_bytes(write_json(replace(an_invoice(), specification=Profile.EXTENDED.value, lines=lines)))
    answer = reglo("convert", source, "--to", "ubl", "-o", out)
    assert answer.status == 0, answer.err
    written = read_document((out / "F2026-0001.xml").read_bytes()).invoice
    assert written.specification == Profile.EXTENDED_CTC_FR.value
    assert written.lines == lines
