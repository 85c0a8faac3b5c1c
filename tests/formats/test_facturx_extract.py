"""Taking the invoice out of a PDF: every place and name it may have, and every way a PDF may be bad."""

import contextlib
import os
import subprocess
import sys
import time
import zlib
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pytest

from reglo.core.errors import UnreadableDocument
from reglo.formats.facturx import extract_invoice

CII = b'<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:x"><a>1</a></rsm:CrossIndustryInvoice>'
UBL = b'\xef\xbb\xbf<!-- made by hand -->\n<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
ORDER = b'<SCRDMCCBDACIOMessageStructure xmlns="urn:order"/>'


def a_pdf() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return pdf


def a_specification(pdf: pikepdf.Pdf, name: str, content: bytes, relationship: str = "/Alternative") -> pikepdf.Object:
    stream = pdf.make_stream(content)
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=name,
            UF=name,
            AFRelationship=pikepdf.Name(relationship),
            EF=pikepdf.Dictionary(F=stream, UF=stream),
        )
    )


def in_name_tree(pdf: pikepdf.Pdf, *specifications: pikepdf.Object) -> None:
    names = pikepdf.Array()
    for number, specification in enumerate(specifications):
        names.append(pikepdf.String(f"{number:04}"))
        names.append(specification)
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = BytesIO()
    pdf.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def a_pdf_with(*files: tuple[str, bytes]) -> bytes:
    pdf = a_pdf()
    in_name_tree(pdf, *(a_specification(pdf, name, content) for name, content in files))
    return saved(pdf)


def refusal(pdf: bytes) -> str:
    with pytest.raises(UnreadableDocument) as raised:
        extract_invoice(pdf)
    assert raised.value.message.fr
    return raised.value.message.en


@pytest.mark.parametrize(
    "name",
    ["factur-x.xml", "Factur-X.xml", "zugferd-invoice.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml", "F12.xml", ""],
)
def test_an_invoice_is_found_under_any_name(name: str) -> None:
    assert extract_invoice(a_pdf_with((name, CII))).xml == CII


@pytest.mark.parametrize("relationship", ["Data", "Alternative", "Source", "Supplement"])
def test_an_invoice_is_found_with_any_relationship(relationship: str) -> None:
    pdf = a_pdf()
    in_name_tree(pdf, a_specification(pdf, "factur-x.xml", CII, "/" + relationship))
    found = extract_invoice(saved(pdf))
    assert (found.xml, found.filename, found.relationship) == (CII, "factur-x.xml", relationship)


def test_an_invoice_is_found_among_the_associated_files_of_the_document_or_a_page() -> None:
    document, page = a_pdf(), a_pdf()
    document.Root.AF = pikepdf.Array([a_specification(document, "a.xml", UBL)])
    page.pages[0].AF = pikepdf.Array([a_specification(page, "a.xml", UBL)])
    assert extract_invoice(saved(document)).xml == UBL
    assert extract_invoice(saved(page)).xml == UBL


def test_an_invoice_is_found_as_an_annotation() -> None:
    pdf = a_pdf()
    annotation = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FileAttachment,
        Rect=[0, 0, 9, 9],
        FS=a_specification(pdf, "zugferd-invoice.xml", CII),
    )
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(annotation)])
    assert extract_invoice(saved(pdf)).filename == "zugferd-invoice.xml"


def test_a_folder_in_the_name_is_dropped() -> None:
    assert extract_invoice(a_pdf_with(("C:\\temp\\..\\factur-x.xml", CII))).filename == "factur-x.xml"


def test_other_attachments_are_passed_over() -> None:
    files = ("time-sheet.pdf", b"%PDF-1.4 not really"), ("order-x.xml", ORDER), ("photo.jpg", b"\xff\xd8\xff")
    assert extract_invoice(a_pdf_with(*files, ("data.xml", UBL))).xml == UBL
    assert "no electronic invoice" in refusal(a_pdf_with(*files))


def test_a_utf_16_invoice_under_an_odd_name_is_found() -> None:
    xml = '<?xml version="1.0" encoding="utf-16"?><Invoice/>'.encode("utf-16")
    assert extract_invoice(a_pdf_with(("odd.xml", xml))).xml == xml


def test_damaged_xml_under_a_known_name_is_handed_on_to_be_refused_by_name() -> None:
    assert extract_invoice(a_pdf_with(("factur-x.xml", b"<rsm:Cross"))).xml == b"<rsm:Cross"


def test_the_same_invoice_twice_is_one() -> None:
    pdf = a_pdf()
    first, second = a_specification(pdf, "factur-x.xml", CII), a_specification(pdf, "zugferd-invoice.xml", CII)
    in_name_tree(pdf, first, second)
    pdf.Root.AF = pikepdf.Array([first])
    assert extract_invoice(saved(pdf)).filename == "factur-x.xml"


def test_two_different_invoices_are_refused_by_name() -> None:
    message = refusal(a_pdf_with(("factur-x.xml", CII), ("xrechnung.xml", UBL)))
    assert "factur-x.xml" in message
    assert "xrechnung.xml" in message


@pytest.mark.parametrize("user", ["secret", ""])
def test_an_encrypted_pdf_is_refused(user: str) -> None:
    pdf = a_pdf()
    in_name_tree(pdf, a_specification(pdf, "factur-x.xml", CII))
    assert "encrypted" in refusal(saved(pdf, encryption=pikepdf.Encryption(owner="owner", user=user)))


def test_what_is_no_pdf_is_refused() -> None:
    assert "empty" in refusal(b" \n")
    assert "not a PDF" in refusal(CII)
    assert "not a PDF" in refusal(Random(4).randbytes(3_000_000))


def test_a_truncated_pdf_is_refused() -> None:
    whole = a_pdf_with(("factur-x.xml", CII))
    assert "incomplete" in refusal(whole[: len(whole) // 2])
    assert "incomplete" in refusal(whole[:-8])


def test_a_pdf_of_noise_is_refused_in_time() -> None:
    for noise in (Random(4).randbytes(3_000_000), b"1 0 obj " * 375_000, b"<<" * 1_500_000, b"[" * 3_000_000):
        start = time.perf_counter()
        refusal(b"%PDF-1.7\n" + noise + b"\nstartxref\n0\n%%EOF\n")
        assert time.perf_counter() - start < 2


def test_an_attachment_that_unpacks_beyond_measure_is_refused() -> None:
    pdf = a_pdf()
    bomb = a_specification(pdf, "factur-x.xml", b"")
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    bomb.EF.UF.write(packed, filter=pikepdf.Name.FlateDecode)
    in_name_tree(pdf, bomb)
    start = time.perf_counter()
    assert "beyond measure" in refusal(saved(pdf, compress_streams=False))
    assert time.perf_counter() - start < 2


def test_a_large_honest_invoice_is_read() -> None:
    lines = b"".join(b"<line>%d %d</line>" % (number, number * number % 9973) for number in range(200_000))
    xml = CII.replace(b"<a>1</a>", lines)
    assert extract_invoice(a_pdf_with(("factur-x.xml", xml))).xml == xml


def test_other_packings_are_undone_but_lzw_is_not() -> None:
    pdf = a_pdf()
    specification = a_specification(pdf, "factur-x.xml", b"")
    specification.EF.UF.write(
        zlib.compress(CII).hex().encode() + b">",
        filter=pikepdf.Array([pikepdf.Name.ASCIIHexDecode, pikepdf.Name.FlateDecode]),
    )
    in_name_tree(pdf, specification)
    assert (
        extract_invoice(saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)).xml
        == CII
    )
    specification.EF.UF.write(b"\x80\x0b\x60\x50", filter=pikepdf.Name.LZWDecode)
    assert "compressed" in refusal(
        saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    )


def test_damaged_bytes_give_the_invoice_or_a_refusal_never_a_crash() -> None:
    whole = a_pdf_with(("factur-x.xml", CII), ("order.xml", ORDER))
    random = Random(2026)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(random.randint(1, 12)):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        with contextlib.suppress(UnreadableDocument):
            assert extract_invoice(bytes(damaged)).xml


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts memory as Linux does")
def test_a_structure_that_unpacks_beyond_measure_stays_within_200_mib() -> None:
    script = Path(__file__).with_name("bomb_in_object_stream.py")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, env={**os.environ})
    seconds, peak_mib = map(float, done.stdout.split())
    assert seconds < 2
    assert peak_mib < 200
