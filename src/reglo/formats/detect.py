"""What a file is, by its content first and its name second, and the document in it.

Whatever reads a kind of file is loaded when such a file comes: who checks an XML file never loads a PDF library.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePath

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.neighbours import document_named, is_picture
from reglo.formats.reading import Reading


class FileKind(StrEnum):
    """The kinds of file that Réglo reads."""

    PDF = "pdf"  #: with an invoice inside: Factur-X, ZUGFeRD 2, XRechnung
    XML = "xml"  #: CII or UBL
    JSON = "json"
    TOML = "toml"
    CSV = "csv"  #: many invoices
    XLSX = "xlsx"  #: many invoices

    @property
    def is_table(self) -> bool:
        """Whether such a file holds many invoices: `reglo.formats.data.read_table` reads it."""
        return self in (FileKind.CSV, FileKind.XLSX)


_BY_SUFFIX: Mapping[str, FileKind] = {
    ".json": FileKind.JSON,
    ".toml": FileKind.TOML,
    ".csv": FileKind.CSV,
    ".tsv": FileKind.CSV,
}
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TOML_BEGIN = re.compile(rb"(?:\s|#[^\n]*\n)*(?:\[[\[\w]|[\w.\"'-]+\s*=)")
_CSV_BEGIN = re.compile(rb"[^\n]*[;,\t][^\n]*\n")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(data: bytes, name: str = "") -> FileKind:
    """The kind of a file. Raises UnreadableDocument where it is none that Réglo reads."""
    if not data.strip():
        raise UnreadableDocument(Text(fr="Le fichier est vide.", en="The file is empty."))
    return _by_signature(data) or _by_name(name) or _by_look(data)


def _by_signature(data: bytes) -> FileKind | None:
    """What the first bytes prove."""
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    if data.startswith(b"PK\x03\x04"):
        return FileKind.XLSX
    if data.startswith(_OLD_EXCEL):
        raise UnreadableDocument(
            Text(
                fr="Ce classeur est de l'ancien format Excel (.xls) : enregistrez-le en .xlsx.",
                en="This workbook is in the old Excel format (.xls): save it as .xlsx.",
            )
        )
    if is_picture(data):
        raise UnreadableDocument(
            Text(
                fr="Ce fichier est une image : elle ne contient pas de facture électronique.",
                en="This file is a picture: it holds no electronic invoice.",
            )
        )
    begin = _without_mark(data[:1024]).lstrip()
    if begin.startswith(b"<"):
        return FileKind.XML
    return FileKind.JSON if begin.startswith(b"{") else None


def _without_mark(begin: bytes) -> bytes:
    """The begin of a text without byte-order mark and, for UTF-16, without its zero bytes."""
    for mark in _MARKS:
        begin = begin.removeprefix(mark)
    return begin.replace(b"\0", b"")


def _by_name(name: str) -> FileKind | None:
    return _BY_SUFFIX.get(PurePath(name).suffix.lower())


def _by_look(data: bytes) -> FileKind:
    begin = _without_mark(data[:4096])
    if _TOML_BEGIN.match(begin):
        return FileKind.TOML
    if _CSV_BEGIN.match(begin) and not _NO_TEXT.search(begin):
        return FileKind.CSV
    raise UnreadableDocument(
        Text(
            fr="Ce n'est pas un format que Réglo lit : PDF (Factur-X), XML (CII ou UBL), JSON, TOML, CSV ou XLSX.",
            en="This is no format that Réglo reads: PDF (Factur-X), XML (CII or UBL), JSON, TOML, CSV or XLSX.",
        )
    )


def read_document(data: bytes, name: str = "") -> Reading:
    """The one document in a file. Raises UnreadableDocument with the reason and what to do.

    name: of the file, where it is known; it decides between formats that look alike.
    """
    kind = kind_of(data, name)
    if kind is FileKind.PDF:
        from reglo.formats.facturx import extract_invoice

        return read_xml(extract_invoice(data).xml)
    if kind is FileKind.XML:
        return read_xml(data)
    if kind is FileKind.JSON:
        from reglo.formats.data.json import read_json

        return read_json(data)
    if kind is FileKind.TOML:
        from reglo.formats.data.toml import read_toml

        return read_toml(data)
    raise UnreadableDocument(
        Text(
            fr="Un tableau CSV ou XLSX contient plusieurs factures : lisez-le par lot.",
            en="A CSV or XLSX table holds many invoices: read it as a batch.",
        )
    )


def read_xml(data: bytes) -> Reading:
    """A CII or UBL document, by the name of its root."""
    from reglo.formats.xml import RSM, UBL_CREDIT_NOTE, UBL_INVOICE, parse_xml

    root = parse_xml(data)
    if root.tag == f"{{{RSM}}}CrossIndustryInvoice":
        from reglo.formats.cii import read_cii

        return read_cii(root)
    if root.tag in (f"{{{UBL_INVOICE}}}Invoice", f"{{{UBL_CREDIT_NOTE}}}CreditNote"):
        from reglo.formats.ubl import read_ubl

        return read_ubl(root)
    raise UnreadableDocument(_other_root(str(root.tag)))


def _other_root(tag: str) -> Text:
    namespace, _, name = tag.rpartition("}")
    if "ferd" in namespace and name == "CrossIndustryDocument":
        return Text(
            fr="C'est une facture ZUGFeRD 1.0, d'avant la norme EN 16931 : demandez-la en Factur-X ou ZUGFeRD 2.",
            en="This is a ZUGFeRD 1.0 invoice, older than EN 16931: ask for Factur-X or ZUGFeRD 2.",
        )
    if name in ("Invoice", "CreditNote", "CrossIndustryInvoice"):
        return Text(
            fr=f"L'élément <{name}> n'est pas dans l'espace de noms d'une facture UBL 2.1 ou CII D16B.",
            en=f"The element <{name}> is not in the namespace of a UBL 2.1 or CII D16B invoice.",
        )
    known = document_named(name)
    if known is not None:
        return Text(
            fr=f"Ce fichier XML (<{name}>) est {known.fr} : Réglo lit des factures UBL et CII.",
            en=f"This XML file (<{name}>) is {known.en}: Réglo reads UBL and CII invoices.",
        )
    return Text(
        fr=f"Ce fichier XML commence par <{name[:60]}> : ce n'est ni une facture UBL, ni une facture CII.",
        en=f"This XML file begins with <{name[:60]}>: it is neither a UBL nor a CII invoice.",
    )
