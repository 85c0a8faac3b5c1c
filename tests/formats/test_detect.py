"""What a file is, by its content first and its name second."""

import subprocess
import sys

import pytest

from reglo.core.errors import UnreadableDocument
from reglo.formats.data import write_json
from reglo.formats.detect import FileKind, kind_of, read_document
from reglo.formats.reading import Syntax
from tests.builders import an_invoice

_CII = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"


def _refusal(data: bytes, name: str = "") -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, name)
    return caught.value.message.en


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7 \xff", "", FileKind.PDF),
        (b"\n\n%PDF-1.7", "facture.xml", FileKind.PDF),
        (b"PK\x03\x04rest", "", FileKind.XLSX),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><a/>", "", FileKind.XML),
        ("<a/>".encode("utf-16"), "", FileKind.XML),
        (b' {"number": "1"}', "facture.toml", FileKind.JSON),
        (b"[1]", "facture.json", FileKind.JSON),
        (b"# ma facture\n\n[seller]\n", "", FileKind.TOML),
        (b'number = "1"\n', "", FileKind.TOML),
        (b"number;date\n1;2026-09-15\n", "", FileKind.CSV),
        (b"a = b;c\n", "factures.csv", FileKind.CSV),
        ("number;date\n1;2\n".encode("utf-16"), "", FileKind.CSV),
    ],
)
def test_a_kind_is_known_by_content_then_by_name(data: bytes, name: str, kind: FileKind) -> None:
    assert kind_of(data, name) is kind


def test_each_format_is_read() -> None:
    assert read_document(write_json(an_invoice())).invoice == an_invoice()
    assert read_document(b'format = "reglo-invoice-1"').syntax is Syntax.DATA
    assert read_document(f'<x:CrossIndustryInvoice xmlns:x="{_CII}"/>'.encode()).syntax is Syntax.CII
    assert read_document(f'<Invoice xmlns="{_UBL}"/>'.encode()).syntax is Syntax.UBL_INVOICE
    credit_note = _UBL.replace("Invoice-2", "CreditNote-2")
    assert read_document(f'<CreditNote xmlns="{credit_note}"/>'.encode()).syntax is Syntax.UBL_CREDIT_NOTE


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"Bonjour", "no format that"),
        (b"\x00\x01\x02", "no format that"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx"),
        (b"number;date\n1;2\n", "as a batch"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF,\n", "a picture"),
        (b"\x89PNG\r\n\x1a\n\0\0,\n", "a picture"),
        (b"\x01\x02;\n\x03;\n", "no format that"),
        (b"<order/>", "begins with <order>"),
        (b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>', "is an order"),
        (b"<a:CrossDomainAcknowledgementAndResponse xmlns:a='b'/>", "a status of an invoice (CDAR"),
        (b"<a:SCRDMCCBDACIOMessageStructure xmlns:a='b'/>", "an Order-X order"),
        (b"<StandardBusinessDocument/>", "Peppol envelope"),
        (b"<Invoice/>", "namespace"),
        (b'<r:CrossIndustryDocument xmlns:r="urn:ferd:CrossIndustryDocument:invoice:1p0"/>', "ZUGFeRD 1.0"),
        (b"%PDF-1.7 noise", ""),
    ],
)
def test_what_is_no_invoice_is_refused_with_a_reason(data: bytes, sentence: str) -> None:
    assert sentence in _refusal(data)


def test_reading_an_xml_loads_no_pdf_library_nor_spreadsheet() -> None:
    code = (
        "import sys; from reglo.formats.detect import read_document; "
        f"read_document(b'<Invoice xmlns=\"{_UBL}\"/>'); "
        "print([m for m in ('pikepdf', 'typst', 'python_calamine', 'click', 'csv') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
