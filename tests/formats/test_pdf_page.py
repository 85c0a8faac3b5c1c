"""The page as a PDF: what it says and in which order, how it breaks, what a screen reader and an archive find."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.document import (
    Address,
    Allowance,
    Contact,
    Delivery,
    DocumentReference,
    Invoice,
    Item,
    Line,
    LineKind,
    Note,
    Price,
    Totals,
)
from reglo.core.totals import with_totals
from reglo.formats.pdf import Look, render_pdf, unprintable
from reglo.formats.pdf.content.text import breakable, pair
from tests.builders import a_buyer, a_line, a_seller, an_invoice
from tests.formats.pdf_reading import fonts, metadata, opened, places, structure, tags, text, texts
from tests.formats.pdf_samples import NOTES, a_credit_note, abroad, with_everything, with_long_texts, with_many_lines

GOLDEN = """\
Atelier Lumière SAS
12 rue de la République
69001 Lyon
SIREN 732 829 320
N° TVA FR44732829320
Facture
F2026-0001
Facturé à
Boulangerie Martin SARL
3 place du Marché
44000 Nantes
SIREN 552 100 554
N° TVA FR96552100554
Date d'émission
15 septembre 2026
Échéance
15 octobre 2026
Net à payer
120,00 €
Date de livraison ou d'exécution 14 septembre 2026
N° Désignation Quantité Unité Prix unitaire HT TVA Montant HT
1 Conseil 1 unité 100,00 20 % 100,00
Détail de la TVA
Taux Base HT TVA
20 % 100,00 20,00
Total HT 100,00 €
Total TVA 20,00 €
Total TTC 120,00 €
Net à payer 120,00 €
Règlement
Moyen Virement
IBAN FR76 3000 6000 0112 3456 7890 189
Référence à rappeler RF12 F202 6000 1
Paiement à 30 jours date de facture.
Payer par virement
Mentions
Indemnité forfaitaire pour frais de recouvrement : 40 €.
Pénalités de retard : trois fois le taux d'intérêt légal.
Pas d'escompte pour paiement anticipé.
Atelier Lumière SAS – SAS au capital de 10 000 €, RCS Lyon 732 829 320 F2026-0001 · page 1 / 1"""


def test_a_simple_invoice_reads_in_the_order_of_the_eye() -> None:
    assert text(render_pdf(an_invoice())).strip() == GOLDEN


def test_the_words_that_we_add_are_in_the_language_asked_for() -> None:
    english = text(render_pdf(an_invoice(), language="en"))
    for phrase in ("Invoice", "Billed to", "15 October 2026", "Amount due", "€120.00", "20%", "Payment reference"):
        assert phrase in english
    assert "Facture" not in english


def test_a_name_and_its_value_are_parted_as_each_language_does() -> None:
    french, english = text(render_pdf(with_everything())), text(render_pdf(with_everything(), language="en"))
    for name, value in (("Couleur", "laiton brossé"), ("Client fidèle (10 %)", "−35,00")):
        assert f"{name} : {value}" in french
    for name, value in (("Couleur", "laiton brossé"), ("Client fidèle (10%)", "−35.00")):
        assert f"{name}: {value}" in english


def test_everything_that_the_invoice_says_is_on_the_page() -> None:
    page = text(render_pdf(with_everything()))
    for phrase in (
        "BC-2026-118", "CT-2025-07", "BL-2026-311", "Mme Lefèvre, achats", "Ouverture Nantes",
        "F2026-0031 du 02/07/2026", "du 01/08/2026 au 31/08/2026", "Boulangerie Martin, fournil", "44400 Rezé",
        "732 829 320 00074", "Camille Roche", "Abat-jour tourné", "Réf. SUS-12", "Couleur : laiton brossé",
        "Client fidèle (10 %) : −35,00", "12 pièces 80,00", "3,1275",
        "Remise commerciale −25,00 €", "Port et emballage 18,40 €", "Déjà payé −600,00 €", "Exonéré",
        "article 261, 4-4° du CGI", "Total HT 4 262,50 €", "Total TTC 4 565,36 €", "Net à payer 3 965,36 €",
        "AGRIFRPP", "RF18 5390 0754 7034", "Procès-verbal de réception", "dès le lendemain de l'échéance",
    ):  # fmt: skip
        assert phrase in page


@pytest.mark.parametrize(
    ("code", "process", "french", "english"),
    [
        ("380", "S1", "Facture", "Invoice"),
        ("380", "S4", "Facture de solde", "Final invoice"),
        ("381", "S1", "Avoir", "Credit note"),
        ("384", "S1", "Facture rectificative", "Corrective invoice"),
        ("386", "S1", "Facture d'acompte", "Deposit invoice"),
        ("389", "S1", "Autofacture", "Self-billed invoice"),
    ],
)
def test_a_document_is_called_by_its_name(code: str, process: str, french: str, english: str) -> None:
    invoice = an_invoice(type_code=code, business_process=process)
    assert f"\n{french}\nF2026-0001\n" in text(render_pdf(invoice))
    assert f"\n{english}\nF2026-0001\n" in text(render_pdf(invoice, language="en"))


def test_a_credit_note_credits_and_shows_no_code_to_pay_by() -> None:
    page = text(render_pdf(a_credit_note()))
    assert "À votre crédit\n120,00 €" in page
    assert "Facture d'origine F2026-0001 du 15/09/2026" in page
    assert "Payer par virement" not in page
    assert "Net à payer" not in page


def test_currencies_keep_their_own_decimals() -> None:
    yen = an_invoice(currency="JPY", lines=(a_line(net="1234"),))
    dinar = an_invoice(currency="TND", lines=(a_line(net="1.2345", quantity="10"),))
    assert "1 481 ¥" in text(render_pdf(yen))
    assert "14,820 TND" in text(render_pdf(dinar))


def test_a_note_for_machines_is_not_printed_and_a_repeated_one_only_once() -> None:
    invoice = an_invoice(notes=(Note(subject="BAR", text="B2B"), Note(text="Merci."), Note(text="Merci.")))
    page = text(render_pdf(invoice))
    assert "B2B" not in page
    assert page.count("Merci.") == 1


@pytest.mark.parametrize("count", [2, 30, 60, 200])
def test_lines_are_whole_the_header_repeats_and_pages_are_numbered(count: int) -> None:
    pages = texts(render_pdf(with_many_lines(count)))
    for number, page in enumerate(pages, start=1):
        assert f"F2026-0060 · page {number} / {len(pages)}" in page
        assert ("Désignation" in page) == ("Article n°" in page)
    where = {int(line): number for number, page in enumerate(pages) for line in re.findall(r"Article n° (\d+)", page)}
    assert list(where) == list(range(1, count + 1))
    for line, number in where.items():
        if line % 4 == 0:
            assert f"Article n° {line}\nLivré sur palette." in pages[number]


@pytest.mark.parametrize("count", [11, 12, 15, 16, 21, 22, 25, 26])
def test_no_block_is_torn_where_a_page_ends(count: int) -> None:
    pdf = render_pdf(replace(with_many_lines(count), notes=NOTES))
    for first, last in (
        ("Détail de la TVA", "Total TTC"),
        ("Règlement", "Payer par virement"),
        ("Mentions", "Aucun escompte"),
    ):
        [(begin, _)], [(end, _)] = places(pdf, first), places(pdf, last)
        assert begin == end


def test_terms_and_notes_longer_than_a_page_go_on_to_the_next() -> None:
    sentence = "Le prix est révisé chaque année selon l'indice joint au contrat. "
    invoice = an_invoice(payment_terms=sentence * 200, notes=(Note(text=sentence * 200),))
    pages = texts(render_pdf(invoice))
    assert len(pages) > 2
    assert sum(" ".join(page.split()).count("Le prix est révisé") for page in pages) == 400


def test_a_reduction_of_the_whole_stands_on_one_line_with_its_percent() -> None:
    reduction = Allowance(amount=Decimal("5"), percent=Decimal(5), reason="Remise de fin d'année", vat_category="S")
    page = text(render_pdf(with_totals(an_invoice(allowances=(replace(reduction, vat_rate=Decimal(20)),)))))
    assert "\nRemise de fin d'année (5 %) −5,00 €\n" in page


def test_a_thousand_lines_fill_their_pages() -> None:
    pages = texts(render_pdf(with_many_lines(1000)))
    assert sum(page.count("Article n°") for page in pages) == 1000
    assert len(pages) < 40


def test_long_texts_stay_within_the_margins() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(render_pdf(with_long_texts()))
    left, right = 17 / 25.4 * 72, 193 / 25.4 * 72
    for page in document:
        reader = page.get_textpage()
        for place in range(reader.count_rects()):
            x_from, y_from, x_to, _ = reader.get_rect(place)
            assert left < x_from < x_to < right
            assert y_from > 20


def test_a_description_longer_than_a_page_goes_on_to_the_next() -> None:
    sentence = "Réalisation selon le plan joint, pose et réglage compris. "
    invoice = an_invoice(lines=(a_line(item=Item(name="Chantier", description=sentence * 250)),))
    pages = texts(render_pdf(invoice))
    assert len(pages) > 1
    found = sum(" ".join(page.split()).count("Réalisation selon") for page in pages)
    assert found == 250


def test_no_text_is_ever_markup() -> None:
    hostile = '#panic() $x$ *b* _i_ <label> @ref // \\ `raw` = title "quote" [x] #{1} \\u{41} {"a": 1}'
    invoice = an_invoice(
        number="#1*",
        seller=a_seller(name=hostile),
        buyer=a_buyer(name=hostile),
        lines=(a_line(item=Item(name=hostile, description=hostile)),),
        notes=(Note(text=hostile),),
        payment_terms=hostile,
    )
    page = " ".join(text(render_pdf(invoice)).split())
    assert page.count("#panic() $x$ *b* _i_ <label> @ref //") >= 6


def test_names_in_other_scripts_are_set() -> None:
    page = text(render_pdf(abroad()))
    for word in ("上海明珠贸易有限公司", "한국", "Москва", "テーブルランプ", "Chine"):
        assert word in page


def test_an_empty_invoice_still_makes_a_page() -> None:
    assert "Facture" in text(render_pdf(Invoice()))
    assert "Facture" in text(render_pdf(an_invoice(lines=())))


def test_an_invoice_already_paid_says_so() -> None:
    invoice = with_totals(replace(an_invoice(), totals=Totals(paid=Decimal(120))))
    page = text(render_pdf(invoice))
    assert "Déjà payé −120,00 €" in page
    assert "Net à payer\n0,00 €\nFacture acquittée" in page
    assert "Amount due\n€0.00\nPaid" in text(render_pdf(invoice, language="en"))


def test_a_final_invoice_deducts_its_deposits_and_does_not_call_them_paid() -> None:
    invoice = with_totals(replace(an_invoice(), business_process="S4", totals=Totals(paid=Decimal(120))))
    assert "Acomptes déduits −120,00 €" in text(render_pdf(invoice))
    assert "Deposits deducted −€120.00" in text(render_pdf(invoice, language="en"))


def test_an_invoice_already_paid_asks_for_no_money() -> None:
    page = text(render_pdf(with_totals(replace(an_invoice(), totals=Totals(paid=Decimal(120))))))
    assert "Moyen Virement" in page
    for asking in ("Payer par virement", "IBAN", "Référence à rappeler"):
        assert asking not in page


def test_a_part_paid_or_a_free_invoice_is_not_called_paid() -> None:
    partly = with_totals(replace(an_invoice(), totals=Totals(paid=Decimal(119))))
    free = an_invoice(lines=(a_line(net="0"),))
    for invoice in (partly, free, replace(a_credit_note(), totals=Totals(paid=Decimal(1), due=Decimal(0)))):
        assert "acquittée" not in text(render_pdf(invoice))


def test_the_same_invoice_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.formats.pdf_samples import *; from reglo.formats.pdf import render_pdf;"
        "print([hashlib.sha256(render_pdf(i)).hexdigest() for i in (with_everything(), abroad())])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C"},
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    }  # fmt: skip
    assert len(runs) == 1


def test_the_pdf_is_dated_by_the_invoice() -> None:
    document = opened(render_pdf(an_invoice(issue_date=date(2026, 9, 15))))
    assert str(document.docinfo.CreationDate) == "D:20260915000000Z"
    assert document.docinfo.get("/CreationDate") == document.docinfo.get("/ModDate")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_archive_finds_what_pdf_a_3a_demands(language: str) -> None:
    """ISO 19005-3: the essentials, for veraPDF comes in no package that our machines can install."""
    pdf = render_pdf(with_everything(), language=language)
    document = opened(pdf)
    xmp = metadata(pdf)
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "/Filter" not in document.Root.Metadata
    [intent] = document.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    assert "/Encrypt" not in document.trailer
    assert len(document.trailer.ID) == 2
    forbidden = ("/JavaScript", "/JS", "/Launch", "/AA", "/OpenAction", "/URI", "/XFA")
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            assert not any(key in item for key in forbidden)
            assert item.get("/Filter") != "/LZWDecode"


def test_every_font_is_embedded_and_maps_to_unicode() -> None:
    document = opened(render_pdf(abroad()))
    descriptors = list(fonts(document))
    assert len(descriptors) >= 4
    for descriptor in descriptors:
        assert any(key in descriptor for key in ("/FontFile2", "/FontFile3"))
        assert re.match(r"/[A-Z]{6}\+", str(descriptor.FontName))
    composite = [
        item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"
    ]
    assert composite
    assert all("/ToUnicode" in item for item in composite)


def test_a_screen_reader_finds_title_language_headings_tables_and_pictures_in_words() -> None:
    """ISO 14289-1 (PDF/UA-1)."""
    pdf = render_pdf(with_many_lines(60), look=Look(logo=LOGO))
    document, xmp = opened(pdf), metadata(pdf)
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "Facture F2026-0060 – Atelier Lumière SAS" in xmp
    assert document.Root.Lang == "fr"
    assert document.Root.MarkInfo.Marked
    assert document.Root.ViewerPreferences.DisplayDocTitle
    found = tags(document)
    assert found["H1"] == 1
    assert found["H2"] >= 2
    assert found["Table"] == 2
    assert found["TH"] == 7 + 3
    assert found["TR"] >= 61
    pictures = [node for node in structure(document) if node.S == "/Figure"]
    assert {str(node.Alt) for node in pictures} == {
        "Logo : Atelier Lumière SAS",
        "Code QR de virement SEPA : 16\u202f094,88\u00a0€ à Atelier Lumière SAS, référence RF12F20260001",
    }


def test_the_header_that_repeats_is_read_out_once() -> None:
    document = opened(render_pdf(with_many_lines(60)))
    assert len(document.pages) == 3
    assert tags(document)["THead"] == 2


LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40"><rect width="100" height="40" fill="#0a7"/></svg>'


def test_lines_delivered_to_different_places_say_where() -> None:
    delivery = Delivery(
        name="Dépôt Est",
        date=date(2026, 9, 2),
        address=Address(line_1="2 rue Basse", post_code="67000", city="Strasbourg"),
    )
    invoice = an_invoice(lines=(a_line(delivery=delivery, order_line="40", buyer_accounting_reference="615200"),))
    page = " ".join(text(render_pdf(invoice)).split())
    assert "Livré à Dépôt Est, 2 rue Basse, 67000 Strasbourg" in page
    assert "02/09/2026" in page
    assert "Ligne de commande 40" in page
    assert "Imputation comptable 615200" in page


words = st.text(st.characters(codec="latin-1", exclude_categories=("Cc",)) | st.sampled_from("漢ש\n\t"), max_size=40)
figures = st.none() | st.decimals("-1e15", "1e15", places=5) | st.sampled_from([Decimal("1e40"), Decimal("1e-12")])
any_lines = st.builds(
    Line,
    identifier=words,
    parent=st.none() | words,
    kind=st.sampled_from([None, *LineKind, "OTHER"]),
    quantity=figures,
    unit=st.none() | words,
    net_amount=figures,
    price=st.none() | st.builds(Price, net=figures, gross=figures, discount=figures, base_quantity=figures),
    vat_category=st.none() | words,
    vat_rate=figures,
    item=st.none() | st.builds(Item, name=st.none() | words, description=st.none() | words),
    allowances=st.lists(st.builds(Allowance, amount=figures, percent=figures, reason=st.none() | words)).map(tuple),
)


@given(st.lists(any_lines, max_size=4).map(tuple), st.sampled_from(["fr", "en"]))
@settings(max_examples=25, deadline=None)
def test_whatever_a_line_says_or_lacks_the_page_is_made(lines: tuple[Line, ...], language: str) -> None:
    assert render_pdf(replace(an_invoice(), lines=lines), language=language)


def test_whom_to_ask_stands_on_short_lines_and_no_address_is_broken_in_a_word() -> None:
    email = "facturation@atelier-lumiere.example"
    contact = Contact(name="Inès Moreau", phone="+33 4 78 00 00 00", email=email)
    page = text(render_pdf(an_invoice(seller=a_seller(contact=contact))))
    assert f"Contact Inès Moreau\n+33 4 78 00 00 00\n{email}\n" in page


def test_a_tax_number_is_printed_where_it_is_not_the_siren_again() -> None:
    """In the franchise the seller has no VAT number, and BT-32 repeats its SIREN."""
    franchise = an_invoice(seller=a_seller(vat_identifier=None, tax_registration="732829320"))
    other = an_invoice(seller=a_seller(tax_registration="201/113/40209"))
    assert "N° fiscal" not in text(render_pdf(franchise))
    assert "N° fiscal 201/113/40209" in text(render_pdf(other))


def test_a_final_invoice_names_the_deposits_that_it_deducts() -> None:
    deposit = DocumentReference(number="F2026-0101", issue_date=date(2026, 9, 2))
    final = an_invoice(business_process="S4", preceding_invoices=(deposit,))
    assert "Acompte facturé F2026-0101 du 02/09/2026" in text(render_pdf(final))
    assert "Deposit invoiced F2026-0101 of 2 Sep 2026" in text(render_pdf(final, language="en"))


@pytest.mark.parametrize(
    ("kind", "process", "earlier", "label"),
    [
        ("380", "S4", "380", "Facture d'origine"),
        ("380", "S1", "386", "Acompte facturé"),
        ("384", "S4", None, "Facture d'origine"),
        ("381", "S4", None, "Facture d'origine"),
        ("381", "S1", "500", "Acompte facturé"),
    ],
)
def test_an_earlier_invoice_is_called_by_its_type_where_it_is_told(
    kind: str, process: str, earlier: str | None, label: str
) -> None:
    reference = DocumentReference(number="F2026-0101", type_code=earlier)
    invoice = an_invoice(type_code=kind, business_process=process, preceding_invoices=(reference,))
    assert f"{label} F2026-0101" in text(render_pdf(invoice))


def test_no_gap_stands_under_the_heading_of_what_has_no_account() -> None:
    pdf = render_pdf(replace(a_credit_note(), payment=None, payment_terms="Avoir à déduire."))
    [(_, heading)], [(_, terms)] = places(pdf, "Règlement"), places(pdf, "Avoir à déduire.")
    assert 8 < heading - terms < 20


def test_a_long_address_breaks_behind_its_marks_and_a_long_word_as_a_last_resort() -> None:
    assert breakable("comptabilite.fournisseurs@maisons-du-fleuve.example").split("\u200b") == [
        "comptabilite.", "fournisseurs@", "maisons-", "du-", "fleuve.", "example",
    ]  # fmt: skip
    assert breakable("x" * 33) == "x" * 33
    assert breakable("x" * 34) == "\u200b".join("x" * 34)
    assert pair("Contrat", "W" * 25)[0]["value"] == "\u200b".join("W" * 25)


def test_lines_from_the_right_keep_their_brackets() -> None:
    assert breakable("شركة (30)") == "\u2067شركة (30)\u2069"
    assert breakable("12 שלום\nEté (שלום)") == "\u206712 שלום\u2069\nEté (שלום)"
    assert unprintable(an_invoice(buyer=a_buyer(name="شركة النور (للتجارة)"))) == ()
