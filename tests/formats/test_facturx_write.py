"""Writing Factur-X: the XML is in the PDF, under the right name, and the metadata say the same."""

import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from reglo.core.document import Address, BankAccount, Invoice, Party, Payment, PaymentMeans, Totals
from reglo.formats.cii import write_cii
from reglo.formats.facturx import extract_invoice, write_facturx
from reglo.formats.facturx.metadata import with_metadata
from reglo.formats.facturx.write import WrittenWrongly, _read_back
from reglo.formats.pdf import render_pdf
from reglo.formats.profiles import Profile
from reglo.formats.xml import parse_xml
from tests.builders import a_seller, an_invoice
from tests.formats.pdf_reading import metadata, opened, text
from tests.formats.pdf_samples import a_credit_note, abroad, with_many_lines

XRECHNUNG = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"


def properties(pdf: bytes) -> dict[str, str]:
    return dict(re.findall(r"<fx:(\w+)>([^<]*)</fx:", metadata(pdf)))


@pytest.mark.parametrize(
    ("specification", "name", "level", "version", "relationship"),
    [
        (Profile.BASIC.value, "factur-x.xml", "BASIC", "1.0", "Alternative"),
        (Profile.EN16931.value, "factur-x.xml", "EN 16931", "1.0", "Alternative"),
        (Profile.EXTENDED.value, "factur-x.xml", "EXTENDED", "1.0", "Alternative"),
        (Profile.EXTENDED_CTC_FR.value, "factur-x.xml", "EXTENDED", "1.0", "Alternative"),
        (XRECHNUNG, "xrechnung.xml", "XRECHNUNG", "3.0", "Alternative"),
    ],
)
def test_name_profile_and_relationship_follow_what_the_invoice_claims(
    specification: str, name: str, level: str, version: str, relationship: str
) -> None:
    invoice = an_invoice(specification=specification, seller=a_seller(legal_information=None))
    pdf = write_facturx(invoice)
    found = extract_invoice(pdf)
    assert (found.filename, found.relationship, found.xml) == (name, relationship, write_cii(invoice))
    assert properties(pdf) == {
        "DocumentType": "INVOICE", "DocumentFileName": name, "Version": version, "ConformanceLevel": level,
    }  # fmt: skip


@pytest.mark.parametrize("profile", [Profile.MINIMUM, Profile.BASIC_WL])
def test_profiles_without_lines_are_data(profile: Profile) -> None:
    transfer = Payment(means=(PaymentMeans(code="58", account=BankAccount(identifier="FR7630006000011234567890189")),))
    sparse = Invoice(
        number="F2026-0001",
        issue_date=date(2026, 9, 15),
        type_code="380",
        currency="EUR",
        specification=profile.value,
        seller=Party(name="Atelier Lumière SAS", address=Address(country="FR")),
        buyer=Party(name="Boulangerie Martin SARL"),
        payment=transfer if profile is Profile.BASIC_WL else None,
        totals=Totals(net=Decimal(100), vat=Decimal(20), gross=Decimal(120), due=Decimal(120)),
    )
    pdf = write_facturx(sparse)
    assert extract_invoice(pdf).relationship == "Data"
    assert properties(pdf)["ConformanceLevel"] == {"MINIMUM": "MINIMUM", "BASIC_WL": "BASIC WL"}[profile.name]


def test_the_xml_hangs_where_every_reader_looks() -> None:
    document = opened(write_facturx(an_invoice()))
    [associated] = document.Root.AF
    [name, in_tree] = document.Root.Names.EmbeddedFiles.Names
    assert str(name) == "factur-x.xml"
    assert associated.objgen == in_tree.objgen
    assert associated.AFRelationship == "/Alternative"
    assert str(associated.F) == str(associated.UF) == "factur-x.xml"
    embedded = associated.EF.F
    assert embedded.Subtype == "/text/xml"
    assert embedded.Params.Size == len(embedded.read_bytes())
    assert str(embedded.Params.ModDate) == "D:20260915000000Z"


def test_the_metadata_stay_well_formed_and_describe_their_schema() -> None:
    invoice = an_invoice(number="F</rdf:RDF>&1")
    xmp = metadata(write_facturx(invoice))
    root = parse_xml(xmp.encode())
    names = {"s": "http://www.aiim.org/pdfa/ns/schema#", "p": "http://www.aiim.org/pdfa/ns/property#"}
    prefixes = root.xpath("//s:prefix/text()", namespaces=names)
    assert prefixes.count("fx") == 1
    described = root.xpath("//*[s:prefix = 'fx']//p:name/text()", namespaces=names)
    assert set(described) == {"DocumentType", "DocumentFileName", "Version", "ConformanceLevel"}
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


@pytest.mark.parametrize(
    "invoice", [an_invoice(), a_credit_note(), abroad(), with_many_lines(120)], ids=lambda each: each.number
)
def test_the_structure_needs_no_mending(invoice: object) -> None:
    pdf = write_facturx(invoice)  # type: ignore[arg-type]  # parametrize loses the type
    document = opened(pdf)
    assert document.check_pdf_syntax() == []
    for number in range(1, len(document.objects)):
        place = pdf.find(b"\n%d 0 obj\n" % number)
        assert place > 0
        assert b"\n%010d 00000 n" % (place + 1) in pdf


def test_the_page_is_the_one_that_people_get_without_xml() -> None:
    invoice = an_invoice()
    assert text(write_facturx(invoice)) == text(render_pdf(invoice))


def test_what_the_invoice_says_cannot_pass_for_metadata() -> None:
    forged = "\n9 0 obj\n<</Length 5/Type/Metadata/Subtype/XML>>\nstream\nxref\n0 3\n"
    pdf = write_facturx(an_invoice(payment_terms=forged))
    assert properties(pdf)["ConformanceLevel"] == "EN 16931"


def test_the_same_invoice_gives_the_same_file_in_another_process() -> None:
    code = (
        "import hashlib; from tests.builders import an_invoice; from reglo.formats.facturx import write_facturx;"
        "print(hashlib.sha256(write_facturx(an_invoice())).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    }  # fmt: skip
    assert len(runs) == 1


def test_what_does_not_read_back_is_not_handed_out() -> None:
    pdf = write_facturx(an_invoice())
    with pytest.raises(WrittenWrongly):
        _read_back(pdf, b"<other/>", "factur-x.xml")
    with pytest.raises(WrittenWrongly):
        _read_back(pdf, write_cii(an_invoice()), "xrechnung.xml")


def test_a_pdf_of_another_layout_is_not_changed() -> None:
    with pytest.raises(ValueError, match="Typst"):
        with_metadata(b"%PDF-1.7\n", str.upper)


@pytest.mark.official
def test_another_reader_finds_the_same_xml_and_its_schema_accepts_it() -> None:
    facturx = pytest.importorskip("facturx", reason="the other reader (factur-x) is not installed")

    invoice = an_invoice()
    name, xml = facturx.get_xml_from_pdf(write_facturx(invoice), check_xsd=True)
    assert name == "factur-x.xml"
    assert xml == write_cii(invoice)
