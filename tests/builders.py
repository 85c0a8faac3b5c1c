"""Builders shared by the tests: a good invoice, and the smallest change to it."""

from datetime import date
from decimal import Decimal
from typing import Any

from reglo.core.document import (
    Address,
    Allowance,
    BankAccount,
    Delivery,
    Identifier,
    Invoice,
    Item,
    Line,
    Note,
    Party,
    Payment,
    PaymentMeans,
    Price,
)
from reglo.core.totals import with_totals


def a_line(
    identifier: str = "1", *, quantity: str = "1", net: str = "100", rate: str = "20", category: str = "S", **terms: Any
) -> Line:
    """A line for `quantity` units at `net` EUR without tax."""
    values: dict[str, Any] = {
        "identifier": identifier,
        "quantity": Decimal(quantity),
        "unit": "C62",
        "price": Price(net=Decimal(net)),
        "vat_category": category,
        "vat_rate": Decimal(rate),
        "item": Item(name="Conseil"),
    }
    return Line(**{**values, **terms})


def a_seller(**terms: Any) -> Party:
    """A French company that charges VAT."""
    values: dict[str, Any] = {
        "name": "Atelier Lumière SAS",
        "legal_registration": Identifier(value="732829320", scheme="0002"),
        "vat_identifier": "FR44732829320",
        "legal_information": "SAS au capital de 10 000 €, RCS Lyon 732 829 320",
        "electronic_address": Identifier(value="732829320", scheme="0225"),
        "address": Address(line_1="12 rue de la République", city="Lyon", post_code="69001", country="FR"),
    }
    return Party(**{**values, **terms})


def a_buyer(**terms: Any) -> Party:
    """A French company."""
    values: dict[str, Any] = {
        "name": "Boulangerie Martin SARL",
        "legal_registration": Identifier(value="552100554", scheme="0002"),
        "vat_identifier": "FR96552100554",
        "electronic_address": Identifier(value="552100554", scheme="0225"),
        "address": Address(line_1="3 place du Marché", city="Nantes", post_code="44000", country="FR"),
    }
    return Party(**{**values, **terms})


def an_invoice(**terms: Any) -> Invoice:
    """An invoice between two French companies that breaks no rule, but for the `terms` given."""
    values: dict[str, Any] = {
        "number": "F2026-0001",
        "issue_date": date(2026, 9, 15),
        "type_code": "380",
        "currency": "EUR",
        "due_date": date(2026, 10, 15),
        "payment_terms": "Paiement à 30 jours date de facture.",
        "business_process": "S1",
        "specification": "urn:cen.eu:en16931:2017",
        "notes": (
            Note(subject="PMT", text="Indemnité forfaitaire pour frais de recouvrement : 40 €."),
            Note(subject="PMD", text="Pénalités de retard : trois fois le taux d'intérêt légal."),
            Note(subject="AAB", text="Pas d'escompte pour paiement anticipé."),
            Note(subject="BAR", text="B2B"),
        ),
        "seller": a_seller(),
        "buyer": a_buyer(),
        "delivery": Delivery(date=date(2026, 9, 14)),
        "payment": Payment(
            means=(PaymentMeans(code="30", account=BankAccount(identifier="FR7630006000011234567890189")),),
            remittance_information="RF12F20260001",
        ),
        "lines": (a_line(),),
    }
    return with_totals(Invoice(**{**values, **terms}))


def an_allowance(amount: str = "10", rate: str = "20", category: str = "S", **terms: Any) -> Allowance:
    """An allowance at document level, in EUR without tax."""
    values: dict[str, Any] = {
        "amount": Decimal(amount),
        "vat_category": category,
        "vat_rate": Decimal(rate),
        "reason": "Remise commerciale",
    }
    return Allowance(**{**values, **terms})
