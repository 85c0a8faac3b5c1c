"""`reglo show`: everything that a reader of an invoice wants to see."""

from dataclasses import replace
from pathlib import Path

from reglo.core.document import DocumentReference, Period
from reglo.formats.data import write_json
from tests.builders import a_line, an_allowance, an_invoice
from tests.cli.conftest import Reglo


def _plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_it_shows_parties_lines_taxes_totals_terms_and_notes(reglo: Reglo, good: Path) -> None:
    answer = reglo("show", good)
    out = _plain(answer.out)
    assert answer.status == 0
    for shown in (
        "Facture F2026-0001",
        "date 15/09/2026 · échéance 15/10/2026 · devise EUR",
        "Atelier Lumière SAS",
        "SIREN 732829320 · TVA FR44732829320",
        "Boulangerie Martin SARL",
        "Conseil",
        "Total TTC    120,00  EUR",
        "Net à payer  120,00  EUR",
        "Paiement à 30 jours date de facture.",
        "FR7630006000011234567890189",
        "Note PMD",
    ):
        assert shown in out


def test_it_speaks_english(reglo: Reglo, good: Path) -> None:
    out = reglo("show", good, "--lang", "en").out
    assert "Invoice F2026-0001" in out
    assert "date 2026-09-15" in out
    assert "Amount due         120.00  EUR" in out


def test_a_credit_note_names_the_invoice_it_corrects(reglo: Reglo, tmp_path: Path) -> None:
    invoice = an_invoice(
        type_code="381",
        preceding_invoices=(DocumentReference(number="F2026-0007"),),
        allowances=(an_allowance(),),
        lines=(a_line(), a_line("2", net="0.12345")),
    )
    path = tmp_path / "avoir.json"
    path.write_bytes(write_json(replace(invoice, period=Period())))
    out = reglo("show", path).out
    assert "Avoir F2026-0001" in out
    assert "F2026-0007" in out
    assert "0,12345" in out
    assert "Remise commerciale  -10,00" in out


def test_units_are_words_and_the_deposits_of_a_final_invoice_are_called_so(reglo: Reglo, tmp_path: Path) -> None:
    invoice = an_invoice(
        business_process="S4",
        preceding_invoices=(DocumentReference(number="F2026-0007"),),
        lines=(a_line(unit="LS"), a_line("2", quantity="3", unit="HUR"), a_line("3", unit="KHZ")),
    )
    path = tmp_path / "solde.json"
    path.write_bytes(write_json(invoice))
    out = reglo("show", path).out
    assert "Acompte facturé     F2026-0007" in out
    for unit in (" 1  forfait ", " 3  heures ", " 1  KHZ "):
        assert unit in out


def test_documents_that_lack_everything_are_shown_too(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / "vide.json"
    path.write_bytes(b'{"format": "reglo-invoice-1", "lines": [{}], "seller": {}, "payment": {"means": [{}]}}')
    answer = reglo("show", path)
    assert answer.status == 0
    assert "Facture —" in answer.out


def test_a_document_cannot_steer_the_terminal(reglo: Reglo, tmp_path: Path) -> None:
    path = tmp_path / "piège.json"
    path.write_bytes('{"format": "reglo-invoice-1", "number": "\x9b2J\u202eX"}'.encode())
    out = reglo("show", path).out
    assert "\x9b" not in out
    assert "\u202e" not in out
