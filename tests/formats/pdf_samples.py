"""Invoices that fill a page in every way, for the tests of the PDF and for looking at."""

from datetime import date
from decimal import Decimal

from reglo.core.document import (
    Address,
    Allowance,
    Attribute,
    BankAccount,
    Contact,
    Delivery,
    DocumentReference,
    Identifier,
    Invoice,
    Item,
    Line,
    LineKind,
    Note,
    Party,
    Payment,
    PaymentMeans,
    Period,
    Price,
    SupportingDocument,
    Totals,
    VatBreakdown,
)
from tests.builders import a_buyer, a_line, a_seller, an_allowance, an_invoice

NOTES = (
    Note(subject="PMT", text="Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 €."),
    Note(
        subject="PMD",
        text="Pénalités de retard : trois fois le taux d'intérêt légal, exigibles dès le lendemain de l'échéance.",
    ),
    Note(subject="AAB", text="Aucun escompte pour paiement anticipé."),
    Note(subject="BAR", text="B2B"),
)


def with_everything() -> Invoice:
    """Mixed VAT, discounts of every kind, references, deposit, delivery elsewhere, sub-lines."""
    return an_invoice(
        number="F2026-0042",
        buyer_reference="Mme Lefèvre, achats",
        purchase_order="BC-2026-118",
        contract="CT-2025-07",
        project="Ouverture Nantes",
        despatch_advice="BL-2026-311",
        notes=NOTES,
        preceding_invoices=(DocumentReference(number="F2026-0031", issue_date=date(2026, 7, 2)),),
        period=Period(start=date(2026, 8, 1), end=date(2026, 8, 31)),
        seller=a_seller(
            identifiers=(Identifier(value="73282932000074", scheme="0009"),),
            contact=Contact(name="Camille Roche", phone="04 72 00 00 00", email="compta@atelier-lumiere.example"),
        ),
        delivery=Delivery(
            name="Boulangerie Martin, fournil",
            date=date(2026, 9, 14),
            address=Address(
                line_1="Zone des Landes", line_2="Bâtiment C", city="Rezé", post_code="44400", country="FR"
            ),
        ),
        lines=(
            Line(
                identifier="1",
                kind=LineKind.GROUP,
                vat_category="S",
                vat_rate=Decimal(20),
                item=Item(name="Éclairage du magasin"),
            ),
            a_line(
                "1.1",
                quantity="12",
                net="75.5",
                parent="1",
                unit="H87",
                price=Price(gross=Decimal(80), discount=Decimal(8), net=Decimal(72)),
                item=Item(
                    name="Suspension en laiton",
                    description="Abat-jour tourné, câble textile de 2 m.\nLampe fournie.",
                    seller_identifier="SUS-12",
                    attributes=(Attribute(name="Couleur", value="laiton brossé"),),
                ),
            ),
            a_line("1.2", quantity="7.5", net="62", parent="1", unit="HUR", item=Item(name="Pose et réglage")),
            a_line("2", quantity="40", net="3.1275", rate="5.5", unit="MTR", item=Item(name="Câble recyclé")),
            a_line(
                "3",
                quantity="1",
                net="350",
                rate="10",
                unit="LS",
                allowances=(Allowance(amount=Decimal(35), percent=Decimal(10), reason="Client fidèle"),),
                item=Item(name="Dépose de l'ancien éclairage"),
            ),
            a_line("4", quantity="2", net="1250", category="E", rate="0", unit="DAY", item=Item(name="Formation")),
        ),
        allowances=(an_allowance("25"),),
        charges=(an_allowance("18.40", reason="Port et emballage"),),
        totals=Totals(paid=Decimal(600)),
        vat_breakdown=(
            VatBreakdown(
                category="E",
                rate=Decimal(0),
                exemption_reason="Exonération de TVA, article 261, 4-4° du CGI (formation).",
            ),
        ),
        payment=Payment(
            means=(
                PaymentMeans(
                    code="58",
                    account=BankAccount(
                        identifier="FR7630006000011234567890189", bic="AGRIFRPP", name="Atelier Lumière SAS"
                    ),
                ),
            ),
            remittance_information="RF18539007547034",
        ),
        supporting_documents=(SupportingDocument(reference="PV-12", description="Procès-verbal de réception"),),
    )


def with_many_lines(count: int) -> Invoice:
    """A long document."""
    return an_invoice(
        number="F2026-0060",
        lines=tuple(
            a_line(
                str(place),
                quantity=str(1 + place % 7),
                net=f"{10 + place * 3 % 97}.{place % 10}0",
                item=Item(name=f"Article n° {place}", description="Livré sur palette." if place % 4 == 0 else None),
            )
            for place in range(1, count + 1)
        ),
    )


def a_credit_note() -> Invoice:
    """An *avoir* on an invoice."""
    return an_invoice(
        number="A2026-0003",
        type_code="381",
        due_date=None,
        payment_terms=None,
        preceding_invoices=(DocumentReference(number="F2026-0001", issue_date=date(2026, 9, 15)),),
    )


def abroad() -> Invoice:
    """An export in dollars to a buyer whose name no Latin font has."""
    return an_invoice(
        number="F2026-0077",
        currency="USD",
        buyer=Party(
            name="上海明珠贸易有限公司",
            trading_name="شركة النور للتجارة",
            address=Address(line_1="南京东路 100 号", city="上海", post_code="200001", country="CN"),
        ),
        lines=(
            a_line(
                "1", category="G", rate="0", net="1234.5", quantity="3", item=Item(name="Lampe « œuvre » – חברת אור")
            ),
            a_line(
                "2",
                category="G",
                rate="0",
                net="-20",
                item=Item(name="Reprise", description="テーブルランプ 한국 Москва ไทย"),
            ),
        ),
        vat_breakdown=(
            VatBreakdown(category="G", rate=Decimal(0), exemption_reason="Exonération, article 262 I du CGI."),
        ),
    )


def with_long_texts() -> Invoice:
    """Names without a space, descriptions of a page and more."""
    sentence = "Réalisation, livraison, pose et réglage de l'ensemble des luminaires selon le plan joint. "
    return an_invoice(
        number="F2026-LONG-NUMERO-DE-35-CARACTERES1",
        seller=a_seller(
            name="Société anonyme coopérative d'intérêt collectif des ateliers lyonnais de lumière et d'optique"
        ),
        buyer=a_buyer(name="X" * 90),
        lines=(
            a_line("1", item=Item(name="A" * 200, description="https://exemple.test/" + "b" * 300)),
            a_line("2", item=Item(name="Description d'une demi-page", description=sentence * 20)),
            a_line("3", item=Item(name="Description de plusieurs pages", description=(sentence * 4 + "\n") * 40)),
            a_line("4", net="123456789.99", quantity="1000"),
        ),
        notes=(*NOTES, Note(text=sentence * 12)),
    )
