"""Take the invoice out of a PDF: whoever made it, wherever it hangs, whatever its name.

A PDF carries files in three places: the name tree of embedded files, the lists of associated files (/AF) of the
document and of its pages, and the file attachments among the annotations of a page. ISO 32000-2, 7.11.4, 14.13 and
12.5.6.15. Factur-X asks for the first two; files in the wild have any of them.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.facturx.attachments import begin_of, content_of, is_invoice

#: Names that the standards give to the invoice: Factur-X and ZUGFeRD 2.1, ZUGFeRD 2.0, ZUGFeRD 1, XRechnung.
KNOWN_NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})

#: What qpdf may unpack of the PDF's own structure, in bytes: far more than any invoice needs.
_STRUCTURE_LIMIT = 32 * 1024 * 1024

pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_STRUCTURE_LIMIT,
    png_max_memory=_STRUCTURE_LIMIT,
    tiff_max_memory=_STRUCTURE_LIMIT,
    run_length_max_memory=_STRUCTURE_LIMIT,
    doc_max_warnings=1000,
)

# What qpdf thinks of a damaged PDF is said in our words, by the error; without a handler Python prints it.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Embedded:
    """An invoice as it hung in a PDF."""

    xml: bytes
    filename: str
    relationship: str  #: AFRelationship: Data, Alternative, Source…; Unspecified where the PDF says nothing


def extract_invoice(pdf: bytes) -> Embedded:
    """The one invoice inside `pdf`, as bytes that nobody has parsed yet.

    Raises UnreadableDocument for what is no PDF, damaged, encrypted, without an invoice, or with two that differ.
    """
    _refuse_what_is_no_pdf(pdf)
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            if document.is_encrypted:
                raise UnreadableDocument(_ENCRYPTED)
            return _only_one(_invoices(document))
    except pikepdf.PasswordError as error:
        raise UnreadableDocument(_ENCRYPTED) from error
    except (pikepdf.PikepdfError, UnicodeDecodeError) as error:
        raise UnreadableDocument(_DAMAGED) from error


def _refuse_what_is_no_pdf(pdf: bytes) -> None:
    if not pdf.strip():
        raise UnreadableDocument(Text(fr="Le fichier est vide.", en="The file is empty."))
    if b"%PDF-" not in pdf[:1024]:
        raise UnreadableDocument(Text(fr="Le fichier n'est pas un PDF.", en="The file is not a PDF."))
    if b"%%EOF" not in pdf.rstrip(b"\0\t\r\n ")[-1024:]:
        raise UnreadableDocument(
            Text(
                fr="Le PDF est incomplet : sa fin manque. Demandez-le ou téléchargez-le de nouveau.",
                en="The PDF is incomplete: its end is missing. Ask for it or download it again.",
            )
        )


def _only_one(invoices: Iterator[Embedded]) -> Embedded:
    found: Embedded | None = None
    for each in invoices:
        if found is None:
            found = each
        elif each.xml != found.xml:
            raise UnreadableDocument(_two_invoices(found.filename, each.filename))
    if found is None:
        raise UnreadableDocument(_NONE)
    return found


def _invoices(document: pikepdf.Pdf) -> Iterator[Embedded]:
    """Every embedded file that is an invoice, each file once."""
    seen: set[tuple[int, int]] = set()
    for name, specification in _file_specifications(document):
        stream = _stream_of(specification)
        if stream is None or (stream.is_indirect and stream.objgen in seen):
            continue
        seen.add(stream.objgen)
        filename = _filename(specification) or name
        if filename.lower() in KNOWN_NAMES or is_invoice(begin_of(stream)):
            yield Embedded(content_of(stream, filename), filename, _relationship(specification))


def _file_specifications(document: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Where files hang in a PDF: name tree, associated files, annotations; with the name they have there."""
    root = document.Root
    names = _dictionary(root, "/Names")
    if names is not None and isinstance(names.get("/EmbeddedFiles"), pikepdf.Dictionary):
        yield from pikepdf.NameTree(names.EmbeddedFiles).items()
    yield from _associated(root)
    for page in document.pages:
        yield from _associated(page.obj)
        for annotation in _array(page.obj, "/Annots"):
            if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/FileAttachment":
                yield "", annotation.get("/FS", pikepdf.Dictionary())


def _associated(owner: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    for specification in _array(owner, "/AF"):
        yield "", specification


def _array(owner: pikepdf.Object, key: str) -> list[pikepdf.Object]:
    value = owner.get(key)
    return list(value) if isinstance(value, pikepdf.Array) else []


def _dictionary(owner: pikepdf.Object, key: str) -> pikepdf.Dictionary | None:
    value = owner.get(key)
    return value if isinstance(value, pikepdf.Dictionary) else None


def _stream_of(specification: pikepdf.Object) -> pikepdf.Stream | None:
    """The embedded file itself, or None where the specification only names a file elsewhere."""
    if not isinstance(specification, pikepdf.Dictionary):
        return None
    embedded = _dictionary(specification, "/EF")
    if embedded is None:
        return None
    stream = embedded.get("/UF", embedded.get("/F"))
    return stream if isinstance(stream, pikepdf.Stream) else None


def _filename(specification: pikepdf.Object) -> str:
    """The name without any folder, for no reader may follow one."""
    name = specification.get("/UF", specification.get("/F", ""))
    return str(name).replace("\\", "/").rsplit("/", 1)[-1]


def _relationship(specification: pikepdf.Object) -> str:
    return str(specification.get("/AFRelationship", "/Unspecified")).removeprefix("/")


def _two_invoices(first: str, second: str) -> Text:
    return Text(
        fr=f"Le PDF contient deux factures différentes, « {first} » et « {second} » : on ne sait laquelle fait foi.",
        en=f'The PDF has two different invoices, "{first}" and "{second}": nobody can tell which one counts.',
    )


_ENCRYPTED = Text(
    fr="Le PDF est chiffré, ce qu'une facture Factur-X ne peut être : enregistrez-le sans protection.",
    en="The PDF is encrypted, which a Factur-X invoice may not be: save it without protection.",
)
_DAMAGED = Text(
    fr="Le PDF est endommagé et ne peut être lu. Demandez-le ou téléchargez-le de nouveau.",
    en="The PDF is damaged and cannot be read. Ask for it or download it again.",
)
_NONE = Text(
    fr="Le PDF ne contient aucune facture électronique (ni CII ni UBL) : c'est une image de facture, pas une facture.",
    en="The PDF has no electronic invoice in it (neither CII nor UBL): it is a picture of an invoice, not an invoice.",
)
