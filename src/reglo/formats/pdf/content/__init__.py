"""What stands on the page, as plain values: every figure written out, every label chosen, nothing left to compute.

The template (`invoice.typ`) only places it. The values go there as JSON, so that no text of an invoice is ever read as
markup, and they are all a test needs to know what the page says.
"""

from typing import TypedDict

from reglo.core.document import Invoice
from reglo.formats.pdf import fonts
from reglo.formats.pdf.content.lines import Table, table_content
from reglo.formats.pdf.content.notes import footer, notes_content
from reglo.formats.pdf.content.parties import PartyBlock, buyer_block, other_blocks, seller_block
from reglo.formats.pdf.content.payment import PaymentBlock, payment_content
from reglo.formats.pdf.content.references import facts, references
from reglo.formats.pdf.content.text import Pair, fits, texts_in
from reglo.formats.pdf.content.totals import Sums, sums_content
from reglo.formats.pdf.logo import prepared_logo
from reglo.formats.pdf.look import Look, accent_of
from reglo.formats.pdf.wording import title, word

#: Width by height of the place where the logo stands: 84 mm by 20 mm.
_COLUMN_RATIO = 4.2


class SignatureBlock(TypedDict):
    """Where a quote is signed, or by whom it was."""

    heading: str
    lines: list[str]
    blanks: list[str]  #: what is to be written by hand


class Page(TypedDict):
    """All that the template reads."""

    language: str
    fonts: list[str]
    fill: str
    ink: str
    title: str
    number: str
    document_title: str
    author: str
    logo: str
    logo_alt: str
    logo_is_wide: bool
    seller: PartyBlock
    buyer: PartyBlock
    others: list[PartyBlock]
    facts: list[Pair]
    due: Pair
    references: list[Pair]
    table: Table
    sums: Sums
    payment: PaymentBlock
    notes: list[str]
    notes_heading: str
    notes_keep_together: bool
    footer: str
    page_word: str
    choices: Table | None  #: of a quote: what may be taken besides
    choices_heading: str
    signature: SignatureBlock | None  #: of a quote


def page_content(invoice: Invoice, look: Look, language: str) -> Page:
    """Everything that the pages of `invoice` say in `language` ("fr" or "en")."""
    accent = accent_of(look.accent)
    logo = prepared_logo(look.logo) if look.logo else None
    seller_name = (invoice.seller.name if invoice.seller else None) or ""
    name = title(invoice).in_language(language)
    number = invoice.number or ""
    notes = notes_content(invoice)
    sums = sums_content(invoice, language)
    page = Page(
        language=language,
        fonts=[],
        fill=accent.fill,
        ink=accent.ink,
        title=name,
        number=number,
        document_title=" ".join(part for part in (name, number, "–" if seller_name else "", seller_name) if part),
        author=seller_name,
        logo="",
        logo_is_wide=logo is not None and logo.ratio > _COLUMN_RATIO,
        logo_alt=word("logo_alt", language, name=seller_name),
        seller=seller_block(invoice, language),
        buyer=buyer_block(invoice, language),
        others=other_blocks(invoice, language),
        facts=facts(invoice, language),
        due=sums["due"],
        references=references(invoice, language),
        table=table_content(invoice, language),
        sums=sums,
        payment=payment_content(invoice, language),
        notes=notes,
        notes_heading=word("mentions", language),
        notes_keep_together=fits(notes),
        footer=footer(invoice.seller),
        page_word=word("page", language),
        choices=None,
        choices_heading="",
        signature=None,
    )
    page["fonts"] = fonts_of(page, invoice)
    page["logo"] = logo.svg if logo else ""  # after the fonts are chosen: it is long, and has no text
    return page


def fonts_of(page: Page, invoice: Invoice) -> list[str]:
    """The fonts that the texts of a page need."""
    return fonts.families_for(invoice, "".join(texts_in({**page, "logo": ""})))
