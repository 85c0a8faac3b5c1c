"""Make a Factur-X invoice: the page as PDF/A-3, the XML inside it, the metadata that say so; and read it back."""

import re

from reglo.core.document import Invoice
from reglo.formats.cii import write_cii
from reglo.formats.facturx.extract import extract_invoice
from reglo.formats.facturx.metadata import with_metadata
from reglo.formats.facturx.xmp import Declaration, declared
from reglo.formats.pdf.look import Look
from reglo.formats.pdf.render import render_pdf
from reglo.formats.pdf.typesetting import EmbeddedXml
from reglo.formats.profiles import Profile, profile_of
from reglo.formats.xml import parse_xml

#: ConformanceLevel of Factur-X 1.0.8; the French extension is a use of EXTENDED.
_LEVELS = {
    Profile.MINIMUM: "MINIMUM",
    Profile.BASIC_WL: "BASIC WL",
    Profile.BASIC: "BASIC",
    Profile.EN16931: "EN 16931",
    Profile.EXTENDED: "EXTENDED",
    Profile.EXTENDED_CTC_FR: "EXTENDED",
}
#: These say too little to stand for the page, so they are data that go with it.
_NO_INVOICE_OF_THEIR_OWN = frozenset({Profile.MINIMUM, Profile.BASIC_WL})

_XRECHNUNG = re.compile(r"xrechnung_(\d+\.\d+)")


class WrittenWrongly(Exception):
    """What was written does not read back as it was meant: a fault of ours, never of the invoice."""


def write_facturx(invoice: Invoice, *, look: Look | None = None, language: str = "fr") -> bytes:
    """`invoice` as a PDF/A-3 with itself as XML inside, in the profile that BT-24 claims.

    Raises what `render_pdf` and `write_cii` raise: LogoRefused, UnprintableText, ProfileTooSmall, UnwritableCharacter.
    """
    xml = write_cii(invoice)
    declaration = _declaration(invoice.specification)
    relationship = "data" if profile_of(invoice.specification) in _NO_INVOICE_OF_THEIR_OWN else "alternative"
    pdf = render_pdf(
        invoice,
        look=look,
        language=language,
        xml=EmbeddedXml(
            content=xml,
            filename=declaration.filename,
            relationship=relationship,
            description=f"Factur-X {declaration.level}",
        ),
    )
    written = with_metadata(pdf, lambda xmp: declared(xmp, declaration))
    _read_back(written, xml, declaration.filename)
    return written


def _declaration(specification: str | None) -> Declaration:
    xrechnung = _XRECHNUNG.search(specification or "")
    if xrechnung:
        return Declaration(filename="xrechnung.xml", level="XRECHNUNG", version=xrechnung[1])
    return Declaration(filename="factur-x.xml", level=_LEVELS[profile_of(specification)], version="1.0")


def _read_back(pdf: bytes, xml: bytes, filename: str) -> None:
    """Made is not valid: take the XML out again as any reader would, and see that it is whole."""
    found = extract_invoice(pdf)
    if found.xml != xml or found.filename != filename:
        raise WrittenWrongly(f"{filename} does not read back as it was written")
    parse_xml(found.xml)
