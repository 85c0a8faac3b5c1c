"""An invoice or a quote as a PDF."""

from collections.abc import Collection
from datetime import date
from typing import NoReturn

import typst

from reglo.core.document import Invoice
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.quotes import Offer
from reglo.formats.pdf.content import page_content
from reglo.formats.pdf.content.quotes import Signature, everything, quote_content
from reglo.formats.pdf.coverage import unprintable
from reglo.formats.pdf.look import Look
from reglo.formats.pdf.papers import Paper, paper_content
from reglo.formats.pdf.typesetting import EmbeddedXml, typeset, typeset_paper, typeset_pictures


class UnprintableText(DomainError):
    """The invoice has characters that no font can draw; `reglo.formats.pdf.unprintable` lists where."""

    code = "unprintable-text"


def render_pdf(
    invoice: Invoice, *, look: Look | None = None, language: str = "fr", xml: EmbeddedXml | None = None
) -> bytes:
    """`invoice` as PDF/A-3a and PDF/UA-1, A4, the same bytes for the same input on any machine.

    language: "fr" or "en", of the words that we add; `xml` is carried inside. Nothing is computed: what the invoice
    lacks, the page lacks.
    Raises LogoRefused for a logo that cannot be printed, UnprintableText for characters that no font has.
    """
    page = page_content(invoice, look or Look(), language)
    try:
        return typeset(page, issued=invoice.issue_date, xml=xml)
    except typst.TypstError as error:
        _refuse(invoice, error)


def render_pictures(
    invoice: Invoice, *, look: Look | None = None, language: str = "fr", dots_per_inch: float = 120
) -> tuple[bytes, ...]:
    """The pages of `render_pdf` as PNG: what a screen shows beside a form, quicker than a PDF can be opened.

    Raises LogoRefused and UnprintableText as `render_pdf` does.
    """
    try:
        return typeset_pictures(page_content(invoice, look or Look(), language), dots_per_inch=dots_per_inch)
    except typst.TypstError as error:
        _refuse(invoice, error)


def render_quote(
    offer: Offer,
    *,
    look: Look | None = None,
    language: str = "fr",
    taken: Collection[int] | None = None,
    signature: Signature | None = None,
) -> bytes:
    """A quote as PDF/A-3a and PDF/UA-1, with its options and a place to sign, or who signed.

    taken: the options and alternatives that were chosen, once they were. Raises as `render_pdf` does, and BadChoice.
    """
    page = quote_content(offer, look or Look(), language, taken=taken, signature=signature)
    try:
        return typeset(page, issued=offer.draft.issue_date)
    except typst.TypstError as error:
        _refuse(everything(offer), error)


def render_quote_pictures(
    offer: Offer,
    *,
    look: Look | None = None,
    language: str = "fr",
    taken: Collection[int] | None = None,
    signature: Signature | None = None,
    dots_per_inch: float = 120,
) -> tuple[bytes, ...]:
    """The pages of `render_quote` as PNG."""
    page = quote_content(offer, look or Look(), language, taken=taken, signature=signature)
    try:
        return typeset_pictures(page, dots_per_inch=dots_per_inch)
    except typst.TypstError as error:
        _refuse(everything(offer), error)


def render_paper(paper: Paper, *, written: date) -> bytes:
    """A letter, statement or cover as PDF/A-3a and PDF/UA-1; the same bytes for the same input.

    Raises LogoRefused, and UnprintableText for characters that no font has.
    """
    try:
        return typeset_paper(paper_content(paper), written=written)
    except typst.TypstError as error:
        raise UnprintableText(
            Text(
                fr="Un nom ou une adresse contient des signes qu'aucune police ne sait imprimer.",
                en="A name or an address has characters that no font can print.",
            )
        ) from error


def _refuse(invoice: Invoice, error: typst.TypstError) -> NoReturn:
    """Say where the characters are that no font draws; raise the error itself where it is something else."""
    findings = unprintable(invoice)
    if not findings:
        raise error
    raise UnprintableText(
        Text(
            fr=" ".join(f"{each.where} : {each.message.fr}" for each in findings),
            en=" ".join(f"{each.where}: {each.message.en}" for each in findings),
        ),
        field=findings[0].where,
    ) from error
