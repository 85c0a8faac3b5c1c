"""The page of a quote: what it says, what may be chosen, where it is signed, and what only an invoice would say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reglo.core.composition import Reduction
from reglo.core.mentions import Nature
from reglo.core.quotes import BadChoice, Offer, OfferLine
from reglo.formats.pdf import Signature, UnprintableText, render_quote, render_quote_pictures
from tests.core.composition.drafts import BUILDER, a_draft, a_draft_line
from tests.formats.pdf_reading import metadata, opened, tags, text

LINES = (
    OfferLine(line=a_draft_line(name="Étude")),
    OfferLine(line=a_draft_line(name="Visite", price=Decimal(100), quantity=Decimal(1)), optional=True),
    OfferLine(line=a_draft_line(name="Bois", price=Decimal(300), quantity=Decimal(1)), alternative="Finition"),
    OfferLine(line=a_draft_line(name="Laiton", price=Decimal(500), quantity=Decimal(1)), alternative="Finition"),
)
OFFER = Offer(
    draft=a_draft(number="D2026-0001", delivery=None, lines=(LINES[0].line, LINES[2].line)),
    lines=LINES,
    title="Éclairage du fournil",
    valid_until=date(2026, 10, 15),
)

GOLDEN = """\
Atelier Lumière
12 rue de la République
69001 Lyon
SIREN 732 829 320
SIRET 732 829 320 00074
N° TVA FR44732829320
Contact Alice Durand
+33 4 00 00 00 00
alice@atelier-lumiere.example
Devis
D2026-0001
Client
Boulangerie Martin SARL
3 place du Marché
44000 Nantes
SIREN 552 100 554
N° TVA FR96552100554
Date d'émission
15 septembre 2026
Valable jusqu'au
15 octobre 2026
Total TTC
1 800,00 €
Objet Éclairage du fournil
N° Désignation Quantité Unité Prix unitaire HT TVA Montant HT
1 Étude 2 jours 600,00 20 % 1 200,00
2 Bois 1 jour 300,00 20 % 300,00
Détail de la TVA
Taux Base HT TVA
20 % 1 500,00 300,00
Total HT 1 500,00 €
Total TVA 300,00 €
Total TTC 1 800,00 €
Options et variantes
N° Désignation Quantité Unité Prix unitaire HT TVA Montant HT
A Options, non comprises dans le total
A1 Visite 1 jour 100,00 20 % 100,00
B Finition : une variante au choix
B1 Bois
Comprise dans le total
1 jour 300,00 20 % 300,00
B2 Laiton 1 jour 500,00 20 % 500,00
Conditions de règlement
Paiement à 30 jours date de facture.
Indemnité forfaitaire pour frais de recouvrement : 40 €, due de plein droit en cas de retard (C. com. art. D441-5).
Pénalités de retard : taux de refinancement de la BCE majoré de 10 points, exigibles sans rappel dès le lendemain de \
l'échéance (C. com. art.
L441-10).
Pas d'escompte pour paiement anticipé.
Bon pour accord
Options et variantes retenues (n°)
Date, nom et qualité du signataire, signature précédée de la mention « Bon pour accord »
Atelier Lumière – SAS au capital de 10 000 €, RCS Lyon 732 829 320 D2026-0001 · page 1 / 1"""


def test_a_quote_reads_in_the_order_of_the_eye() -> None:
    assert text(render_quote(OFFER)).strip() == GOLDEN


def test_what_only_an_invoice_says_is_not_on_a_quote() -> None:
    page = text(render_quote(replace(OFFER, draft=replace(OFFER.draft, seller=BUILDER))))
    for phrase in (
        "Échéance",
        "Net à payer",
        "IBAN",
        "Référence à rappeler",
        "Payer par virement",
        "débits",
        "Facture",
    ):
        assert phrase not in page
    assert "Assurances du Rhône" in page


def test_once_it_is_signed_a_quote_shows_what_was_taken_and_by_whom() -> None:
    signature = Signature(name="Claire Petit", day=date(2026, 9, 20), document_sha256="ab" * 32)
    page = text(render_quote(OFFER, taken=(1, 3), signature=signature))
    assert "Total TTC 2 160,00 €" in page
    assert "Laiton" in page
    assert "Bois" not in page
    assert "Accepté le 20 septembre 2026 par Claire Petit." in page
    assert "ab" * 32 in page
    assert "Signature" not in page


def test_a_quote_without_choices_has_no_table_of_them() -> None:
    page = text(render_quote(replace(OFFER, lines=LINES[:1])))
    assert "Options" not in page
    assert "Bon pour accord" in page


def test_a_quote_without_end_has_no_day_of_validity() -> None:
    assert "Valable" not in text(render_quote(replace(OFFER, valid_until=None)))


def test_the_words_that_we_add_are_in_the_language_asked_for() -> None:
    page = text(render_quote(OFFER, language="en"))
    for phrase in ("Quote", "Valid until", "Options and alternatives", "Finition: one of these", "Agreed"):
        assert phrase in page
    assert "Devis" not in page


def test_reductions_and_plans_stand_on_a_quote_as_on_an_invoice() -> None:
    draft = replace(a_draft(), reductions=(Reduction(reason="Fidélité", percent=Decimal(10)),))
    page = text(render_quote(replace(OFFER, draft=draft)))
    assert "Fidélité (10 %) −150,00 €" in page
    assert "14 septembre 2026" in page
    assert "prévue" in page


def test_a_quote_is_archival_and_accessible() -> None:
    pdf = render_quote(OFFER)
    assert "pdfaid" in metadata(pdf)
    assert tags(opened(pdf))["H1"] == 1
    assert pdf == render_quote(OFFER)


def test_a_choice_that_is_not_offered_is_not_printed() -> None:
    with pytest.raises(BadChoice):
        render_quote(OFFER, taken=(2, 3))


def test_what_no_font_draws_is_told_even_in_an_option() -> None:
    strange = OfferLine(line=a_draft_line(name="\U00012000", nature=Nature.SERVICES), optional=True)
    with pytest.raises(UnprintableText):
        render_quote(replace(OFFER, lines=(*LINES, strange)))


def test_the_pages_of_a_quote_can_be_shown_as_pictures() -> None:
    pictures = render_quote_pictures(OFFER, dots_per_inch=40)
    assert len(pictures) == 1
    assert pictures[0].startswith(b"\x89PNG")
