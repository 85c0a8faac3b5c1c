"""The QR code of a SEPA transfer: what it says, when there is none, and that a scanner reads it off the page."""

from decimal import Decimal
from typing import Any

import pytest
import segno
import zxingcpp

from reglo.core.document import BankAccount, Invoice, Party, Payment, PaymentMeans
from reglo.formats.epc_qr import draw, transfer_code
from reglo.formats.pdf import render_pdf
from tests.builders import a_line, a_seller, an_invoice
from tests.formats.pdf_reading import picture

IBAN = "FR7630006000011234567890189"


def paid_by(code: str = "58", reference: str | None = "RF18539007547034", **account: Any) -> Payment:
    details = BankAccount(**{"identifier": IBAN, "bic": "AGRIFRPP", **account})
    return Payment(means=(PaymentMeans(code=code, account=details),), remittance_information=reference)


def fields(invoice: Invoice) -> list[str]:
    payload = transfer_code(invoice)
    assert payload is not None
    assert len(payload.encode()) <= 331
    return payload.split("\n")


def test_it_fills_in_the_whole_transfer() -> None:
    assert fields(an_invoice(payment=paid_by())) == [
        "BCD", "002", "1", "SCT", "AGRIFRPP", "Atelier Lumière SAS", IBAN, "EUR120.00", "", "RF18539007547034",
    ]  # fmt: skip


def test_a_reference_that_is_not_structured_goes_as_text() -> None:
    assert fields(an_invoice(payment=paid_by(reference="Facture\n F1")))[9:] == ["", "Facture F1"]
    assert fields(an_invoice(payment=paid_by(reference=None)))[9:] == ["", "F2026-0001"]
    assert fields(an_invoice(payment=paid_by(reference="RF18 5390 0754 7035")))[9:] == ["", "RF18 5390 0754 7035"]


def test_the_holder_of_the_account_is_the_beneficiary_then_payee_then_seller() -> None:
    factor = Party(name="Factor SA")
    assert fields(an_invoice(payee=factor, payment=paid_by(name="Compte affacturé")))[5] == "Compte affacturé"
    assert fields(an_invoice(payee=factor, payment=paid_by()))[5] == "Factor SA"
    assert len(fields(an_invoice(seller=a_seller(name="É" * 100), payment=paid_by()))[5]) == 70


def test_the_bic_may_be_missing_and_spaces_do_not_matter() -> None:
    invoice = an_invoice(payment=paid_by(bic=None, identifier="fr76 3000 6000 0112 3456 7890 189"))
    assert fields(invoice)[4:7] == ["", "Atelier Lumière SAS", IBAN]


@pytest.mark.parametrize(
    "terms",
    [
        {"currency": "USD"},
        {"type_code": "381"},
        {"payment": None},
        {"payment": paid_by("59")},
        {"payment": paid_by("20")},
        {"payment": paid_by(identifier="FR7630006000011234567890188")},
        {"payment": paid_by(identifier="MA64011519000001205000534921")},
        {"payment": paid_by(identifier=None)},
        {"lines": (a_line(net="0"),)},
        {"lines": (a_line(net="-10"),)},
        {"lines": (a_line(net="1000000000"),)},
        {"seller": None, "payee": None},
    ],
)
def test_where_a_transfer_cannot_pay_there_is_none(terms: dict[str, Any]) -> None:
    assert transfer_code(an_invoice(**terms)) is None


def test_the_first_account_in_sepa_is_taken() -> None:
    cheque, transfer = PaymentMeans(code="20"), paid_by().means[0]
    assert fields(an_invoice(payment=Payment(means=(cheque, transfer))))[6] == IBAN


def test_cents_are_never_lost() -> None:
    assert fields(an_invoice(lines=(a_line(net="0.01", rate="0", category="Z"),), payment=paid_by()))[7] == "EUR0.01"
    invoice = an_invoice(lines=(a_line(net="833333332.50"),), payment=paid_by())
    assert invoice.totals is not None
    assert invoice.totals.due == Decimal("999999999.00")
    assert fields(invoice)[7] == "EUR999999999.00"


def test_the_drawing_is_the_matrix_with_its_quiet_zone() -> None:
    svg = draw("BCD\n002")
    code = segno.make("BCD\n002", error="m", boost_error=False, micro=False, encoding="utf-8", mask=2)
    assert code.error == "M"
    dark = sum(sum(bytes(row)) for row in code.matrix)
    lengths = [int(run.split("h")[1].split("v")[0]) for run in svg.split("M")[1:]]
    assert sum(lengths) == dark
    assert f'viewBox="-4 -4 {len(code.matrix) + 8} {len(code.matrix) + 8}"' in svg


@pytest.mark.parametrize("reference", ["RF18539007547034", "Règlement façade n° 12 – œuvre", None])
def test_a_scanner_reads_it_off_the_printed_page(reference: str | None) -> None:
    invoice = an_invoice(payment=paid_by(reference=reference))
    [code] = zxingcpp.read_barcodes(picture(render_pdf(invoice), dots_per_inch=200))
    assert code.text == transfer_code(invoice)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
