"""Drafts as founders type them: a good one, and one for each kind of sale."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from reglo.core.composition import (
    Buyer,
    DeliverySite,
    DocumentKind,
    Draft,
    DraftLine,
    PaidDeposit,
    PaymentDetails,
    PaymentMethod,
    Reduction,
    Seller,
    VatSituation,
)
from reglo.core.document import Address, Contact, DocumentReference, Identifier, Period
from reglo.core.mentions import Nature
from reglo.core.parties import Insurance, LegalIdentity, Register, VatRegime
from reglo.core.terms import BuyerKind, Delay, DiscountTier, EndOfMonth, PaymentTerms, Share

COMPANY = Seller(
    name="Atelier Lumière",
    identity=LegalIdentity(
        siren="732829320",
        siret="73282932000074",
        legal_form="SAS",
        capital=Decimal("10000"),
        register_town="Lyon",
    ),
    address=Address(line_1="12 rue de la République", city="Lyon", post_code="69001", country="FR"),
    contact=Contact(name="Alice Durand", phone="+33 4 00 00 00 00", email="alice@atelier-lumiere.example"),
)
SOLE_TRADER = Seller(
    name="Jeanne Martin",
    identity=LegalIdentity(siren="732829320", sole_trader=True, register=Register.RNE, vat_regime=VatRegime.FRANCHISE),
    address=Address(line_1="3 rue des Lilas", city="Nantes", post_code="44000", country="FR"),
)
BUILDER = replace(
    COMPANY,
    identity=replace(
        COMPANY.identity,
        insurance=Insurance(insurer="Assurances du Rhône", contact="5 quai Rambaud, 69002 Lyon"),
        approved_body_member=True,
        vat_regime=VatRegime.DEBITS,
    ),
)
FIRM = Buyer(
    name="Boulangerie Martin SARL",
    siren="552100554",
    vat_number="FR96552100554",
    address=Address(line_1="3 place du Marché", city="Nantes", post_code="44000", country="FR"),
)
CITY = Buyer(
    name="Ville de Paris",
    kind=BuyerKind.PUBLIC,
    siret="21750001600019",
    address=Address(line_1="4 rue de Lobau", city="Paris", post_code="75004", country="FR"),
)
CONSUMER = Buyer(
    name="Paul Petit",
    kind=BuyerKind.CONSUMER,
    address=Address(line_1="1 rue Haute", city="Lyon", post_code="69001", country="FR"),
    contact=Contact(email="paul.petit@courriel.example"),
)
GERMAN = Buyer(
    name="Muster GmbH",
    vat_number="DE136695976",
    address=Address(line_1="Hauptstraße 1", city="Berlin", post_code="10115", country="DE"),
)
AMERICAN = Buyer(
    name="Sample Inc.",
    address=Address(line_1="1 Main Street", city="Boston", post_code="02108", country="US"),
    contact=Contact(email="billing@sample.example"),
)


def a_draft_line(**terms: Any) -> DraftLine:
    """A day of advice at 600 EUR and 20 %."""
    values: dict[str, Any] = {
        "name": "Conseil",
        "quantity": Decimal(2),
        "unit": "DAY",
        "price": Decimal("600"),
        "vat": Decimal(20),
        "nature": Nature.SERVICES,
    }
    return DraftLine(**{**values, **terms})


def a_draft(**terms: Any) -> Draft:
    """A sound draft between two French companies."""
    values: dict[str, Any] = {
        "number": "F2026-0001",
        "issue_date": date(2026, 9, 15),
        "seller": COMPANY,
        "buyer": FIRM,
        "lines": (a_draft_line(),),
        "payment": PaymentDetails(iban="FR7630006000011234567890189", bic="AGRIFRPP", account_name="Atelier Lumière"),
        "delivery": DeliverySite(date=date(2026, 9, 14)),
    }
    return Draft(**{**values, **terms})


def goods(**terms: Any) -> DraftLine:
    """A lamp at 80 EUR."""
    values: dict[str, Any] = {"name": "Lampe", "unit": "C62", "price": Decimal("80"), "nature": Nature.GOODS}
    return a_draft_line(**{**values, **terms})


def _exempt(situation: VatSituation, **terms: Any) -> Draft:
    return a_draft(lines=(a_draft_line(vat=situation),), **terms)


ORIGINAL = (DocumentReference(number="F2026-0001", issue_date=date(2026, 9, 15)),)

#: One draft for each kind of sale that a small business makes.
SOUND: Mapping[str, Draft] = {
    "services": a_draft(),
    "goods delivered elsewhere": a_draft(
        lines=(goods(reference="L-1", description="Bois et laiton"),),
        delivery=DeliverySite(
            date=date(2026, 9, 12),
            name="Entrepôt Sud",
            address=Address(line_1="Quai 4", city="Marseille", post_code="13002", country="FR"),
        ),
        purchase_order="BC-77",
        despatch_advice="BL-12",
    ),
    "goods and services, several rates": a_draft(
        lines=(a_draft_line(), goods(vat=Decimal("5.5"), name="Livre", price=Decimal("19.99"), quantity=Decimal(3))),
        reductions=(Reduction(reason="Fidélité", percent=Decimal(5), vat=Decimal(20)),),
    ),
    "line reduced": a_draft(lines=(a_draft_line(reductions=(Reduction(reason="Remise", percent=Decimal(10)),)),)),
    "over a month": a_draft(
        delivery=None, period=Period(start=date(2026, 8, 1), end=date(2026, 8, 31)), contract="C-2026-4"
    ),
    "VAT on debits, insured builder": a_draft(seller=BUILDER),
    "deposit": a_draft(
        number="F2026-0002",
        kind=DocumentKind.DEPOSIT,
        delivery=None,
        terms=PaymentTerms(deposit=Share(percent=Decimal(30))),
        lines=(a_draft_line(name="Acompte de 30 %", quantity=Decimal(1), price=Decimal(360)),),
    ),
    "final after a deposit": a_draft(
        deposits=(PaidDeposit(number="F2026-0002", issue_date=date(2026, 8, 1), amount=Decimal("432.00")),)
    ),
    "settled by its deposits": a_draft(
        deposits=(PaidDeposit(number="F2026-0002", issue_date=date(2026, 8, 1), amount=Decimal("1440.00")),)
    ),
    "paid already": a_draft(paid_on=date(2026, 9, 10)),
    "credit note": a_draft(number="A2026-0001", kind=DocumentKind.CREDIT_NOTE, preceding_invoices=ORIGINAL),
    "corrective": a_draft(number="F2026-0009", kind=DocumentKind.CORRECTIVE, preceding_invoices=ORIGINAL),
    "early-payment discount, 45 days end of month": a_draft(
        terms=PaymentTerms(
            delay=Delay(days=45, end_of_month=EndOfMonth.AFTER_DAYS),
            discounts=(DiscountTier(percent=Decimal(2), days=10),),
        )
    ),
    "franchise": a_draft(seller=SOLE_TRADER, lines=(a_draft_line(vat=None),)),
    "building subcontractor": _exempt(VatSituation.REVERSE_CHARGE_BUILDING, seller=BUILDER),
    "services to Germany": _exempt(VatSituation.SERVICES_EU_BUSINESS, buyer=GERMAN, delivery=None),
    "goods to Germany": a_draft(buyer=GERMAN, delivery=None, lines=(goods(vat=VatSituation.INTRA_EU_GOODS),)),
    "export to the United States": a_draft(
        buyer=AMERICAN,
        lines=(goods(vat=VatSituation.EXPORT),),
        payment=PaymentDetails(iban="FR7630006000011234567890189"),
    ),
    "export in dollars": a_draft(buyer=AMERICAN, currency="USD", lines=(goods(vat=VatSituation.EXPORT),)),
    "services to the United States in dollars": _exempt(
        VatSituation.SERVICES_OUTSIDE_EU, buyer=AMERICAN, currency="USD"
    ),
    "services to the United States": _exempt(VatSituation.SERVICES_OUTSIDE_EU, buyer=AMERICAN),
    "in dollars": a_draft(
        currency="USD",
        euro_rate=Decimal("0.9150"),
        buyer=replace(FIRM, registration=Identifier(value="552100554", scheme="0002")),
    ),
    "in yen, which have no decimals": a_draft(
        currency="JPY",
        euro_rate=Decimal("0.0061"),
        lines=(a_draft_line(price=Decimal("12345.5"), quantity=Decimal("1.5")),),
    ),
    "in dinars, which have three decimals": a_draft(
        currency="TND",
        euro_rate=Decimal("0.2951"),
        lines=(a_draft_line(price=None, price_with_vat=Decimal("12.345"), quantity=Decimal(3)),),
    ),
    "credit note in dollars": a_draft(
        number="A2026-0002",
        kind=DocumentKind.CREDIT_NOTE,
        preceding_invoices=ORIGINAL,
        currency="USD",
        euro_rate=Decimal("0.9150"),
    ),
    "public buyer": a_draft(buyer=CITY, buyer_reference="SERVICE-12", purchase_order="ENG-2026-88"),
    "consumer": a_draft(
        buyer=CONSUMER,
        lines=(goods(price=None, price_with_vat=Decimal("19.99"), quantity=Decimal(3)),),
        terms=PaymentTerms(delay=Delay(days=0)),
        payment=PaymentDetails(method=PaymentMethod.CARD),
    ),
    "direct debit": a_draft(
        payment=PaymentDetails(
            method=PaymentMethod.DIRECT_DEBIT,
            mandate="RUM-1",
            creditor="FR72ZZZ123456",
            debited_iban="FR7630006000011234567890189",
        )
    ),
    "cheque": a_draft(payment=PaymentDetails(method=PaymentMethod.CHEQUE)),
    "in two languages": a_draft(
        language="en", buyer=GERMAN, lines=(a_draft_line(vat=VatSituation.SERVICES_EU_BUSINESS),)
    ),
    "several orders": a_draft(
        lines=(
            a_draft_line(order=DocumentReference(number="BC-1"), order_line="3"),
            goods(
                order=DocumentReference(number="BC-2"),
                despatch_advice=DocumentReference(number="BL-2"),
                note="Livrée en avance",
            ),
        )
    ),
    "in lots": a_draft(
        lines=(
            a_draft_line(group="Lot 1 – Étude", name="Relevé"),
            a_draft_line(group="Lot 1 – Étude", name="Plans", quantity=Decimal(3)),
            goods(name="Déplacement"),
            goods(group="Lot 2 – Lampes", vat=Decimal("5.5")),
            goods(group="Lot 2 – Lampes", name="Reprise", quantity=Decimal(-2), vat=Decimal("5.5")),
        ),
        reductions=(Reduction(reason="Fidélité", percent=Decimal(5), vat=Decimal(20)),),
    ),
    **{
        f"exempt: {situation}": _exempt(situation)
        for situation in (
            VatSituation.MEDICAL,
            VatSituation.TEACHING,
            VatSituation.FINANCE,
            VatSituation.INSURANCE,
            VatSituation.BARE_RENT,
            VatSituation.NON_PROFIT,
            VatSituation.DISBURSEMENT,
            VatSituation.MARGIN_USED_GOODS,
            VatSituation.MARGIN_ART,
            VatSituation.MARGIN_COLLECTIBLES,
            VatSituation.MARGIN_TRAVEL,
            VatSituation.REVERSE_CHARGE_WASTE,
        )
    },
}
