"""Characters that no font draws are found before the page is made, and never become boxes unnoticed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.document import Item, Note
from reglo.core.findings import Severity
from reglo.formats.pdf import UnprintableText, render_pdf, unprintable
from reglo.formats.pdf.coverage import covered
from reglo.formats.pdf.fonts import PLAIN, families_for, font_files
from tests.builders import a_buyer, a_line, an_invoice
from tests.formats.pdf_samples import abroad, with_everything

TIBETAN = "བོད"


def test_ordinary_invoices_and_the_scripts_of_our_fonts_have_no_finding() -> None:
    for invoice in (an_invoice(), with_everything(), abroad()):
        assert unprintable(invoice) == ()


def test_a_finding_names_term_place_and_characters() -> None:
    invoice = an_invoice(
        buyer=a_buyer(name=f"Lhassa {TIBETAN}"), lines=(a_line(), a_line("2", item=Item(name="\ue000 et \x07")))
    )
    first, second = unprintable(invoice)
    assert (first.rule, first.severity, first.term, first.where) == (
        "REGLO-GLYPH", Severity.FATAL, "BT-44", "buyer.name",
    )  # fmt: skip
    assert "U+0F56" in first.message.fr
    assert (second.term, second.where) == ("BT-153", "lines[1].item.name")
    assert "U+E000, U+0007" in second.message.en


def test_what_is_not_printed_is_no_finding() -> None:
    assert unprintable(an_invoice(notes=(Note(subject="BAR", text=TIBETAN),))) == ()


def test_rendering_such_an_invoice_says_where() -> None:
    with pytest.raises(UnprintableText) as raised:
        render_pdf(an_invoice(buyer=a_buyer(name=TIBETAN)))
    assert raised.value.field == "buyer.name"
    assert "buyer.name" in raised.value.message.fr


@given(st.characters(exclude_categories=("Cs",)))
@settings(max_examples=60, deadline=None)
def test_what_has_no_finding_can_be_printed(character: str) -> None:
    invoice = an_invoice(buyer=a_buyer(name=f"A {character} b"))
    if unprintable(invoice):
        return
    assert render_pdf(invoice)


def test_the_letters_taken_for_granted_are_in_the_fonts() -> None:
    assert {ord(character) for character in PLAIN} - {0x0A} <= covered()


def test_every_family_that_the_page_names_is_installed() -> None:
    import typst

    from reglo.formats.pdf.fonts import folders

    families = set(
        typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders())).families()
    )
    for country in ("FR", "CN", "JP", "KR", "TW", "HK"):
        invoice = an_invoice()
        assert invoice.buyer is not None
        assert invoice.buyer.address is not None
        buyer = replace(invoice.buyer, address=replace(invoice.buyer.address, country=country))
        assert set(families_for(replace(invoice, buyer=buyer), "漢")) <= families
    assert len(font_files()) > 20


def test_han_characters_are_those_of_the_buyers_country() -> None:
    invoice = an_invoice()
    assert invoice.buyer is not None
    assert invoice.buyer.address is not None
    japanese = replace(invoice.buyer, address=replace(invoice.buyer.address, country="JP"))
    assert "Noto Sans CJK JP" in families_for(replace(invoice, buyer=japanese), "漢")
    assert "Noto Sans CJK SC" in families_for(invoice, "漢")


def test_fallbacks_are_tried_only_for_text_that_needs_them() -> None:
    assert families_for(an_invoice(), "Été 2026 – 1\u202f234,56 €") == ["Source Sans 3"]
    assert len(families_for(an_invoice(), "Été Ж")) > 20
