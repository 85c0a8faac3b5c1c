"""From page content to PDF: one warm Typst compiler, our template, the fonts of the packages and nothing else."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from reglo.formats.pdf.content import Page
from reglo.formats.pdf.fonts import folders
from reglo.formats.pdf.papers import PaperContent

_INVOICE, _PAPER = "invoice.typ", "paper.typ"
#: ISO 19005-3 level A (archival, tagged) and ISO 14289-1 (accessible), both claimed and both checked by Typst.
_STANDARDS: list["typst.PDFStandard"] = ["a-3a", "ua-1"]

# A compiler serves one call at a time.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedXml:
    """An XML file to be carried in the PDF."""

    content: bytes  #: UTF-8
    filename: str
    relationship: str  #: alternative or data: AFRelationship, in the spelling of Typst
    description: str


def typeset_paper(content: PaperContent, *, written: date) -> bytes:
    """The PDF of a letter or another paper, as archival and accessible as an invoice. Raises typst.TypstError."""
    return _pdf(_PAPER, {"page": json.dumps(content, ensure_ascii=False)}, written)


def typeset(page: Page, *, issued: date | None, xml: EmbeddedXml | None = None) -> bytes:
    """The PDF of `page`. The same content gives the same bytes: the only date in it is the date of issue.

    Raises typst.TypstError where a text has a character that no font draws.
    """
    inputs = {"page": json.dumps(page, ensure_ascii=False)}
    if xml is not None:
        inputs["xml"] = xml.content.decode()
        inputs["attachment"] = json.dumps(
            {"filename": xml.filename, "relationship": xml.relationship, "description": xml.description}
        )
    return _pdf(_INVOICE, inputs, issued or date(2000, 1, 1))


def _pdf(template: str, inputs: dict[str, str], day: date) -> bytes:
    midnight = datetime.combine(day, time(), UTC)
    with _ONE_AT_A_TIME:
        pdf = _compiler(template).compile(
            sys_inputs=inputs, format="pdf", pdf_standards=_STANDARDS, timestamp=int(midnight.timestamp())
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gives one file for a PDF")
    return pdf


def typeset_pictures(page: Page, *, dots_per_inch: float) -> tuple[bytes, ...]:
    """The pages of `page` as PNG, for a screen. Raises typst.TypstError as `typeset` does."""
    with _ONE_AT_A_TIME:
        made = _compiler(_INVOICE).compile(
            sys_inputs={"page": json.dumps(page, ensure_ascii=False)}, format="png", ppi=dots_per_inch
        )
    return (made,) if isinstance(made, bytes) else tuple(made or ())


@cache
def _compiler(template: str) -> typst.Compiler:
    """A compiler that has read the fonts; what it learnt of the template stays warm between pages."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders()]
    )
    place = Path(__file__).with_name(template)
    return typst.Compiler(str(place), root=str(place.parent), font_paths=fonts, ignore_system_fonts=True)
