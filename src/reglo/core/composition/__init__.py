"""From what a founder types to a complete invoice: the one path by which Réglo makes a document.

    invoice = compose_invoice(Draft(number="F2026-0001", ...))

A `Draft` says who, what, how much and on which terms; everything that law and standards want around it (legal
information, notes, process code, due date, exemption reasons, references, totals) is worked out here.
"""

from reglo.core.composition.compose import compose_invoice, known_situation
from reglo.core.composition.draft import (
    Buyer,
    DeliverySite,
    DocumentKind,
    Draft,
    DraftLine,
    FaultyDraft,
    IncompleteDraft,
    PaidDeposit,
    PaymentDetails,
    PaymentMethod,
    Reduction,
    Seller,
)
from reglo.core.composition.reference import creditor_reference
from reglo.core.composition.vat_situations import VAT_TREATMENTS, VatSituation, VatTreatment

__all__ = [
    "VAT_TREATMENTS",
    "Buyer",
    "DeliverySite",
    "DocumentKind",
    "Draft",
    "DraftLine",
    "FaultyDraft",
    "IncompleteDraft",
    "PaidDeposit",
    "PaymentDetails",
    "PaymentMethod",
    "Reduction",
    "Seller",
    "VatSituation",
    "VatTreatment",
    "compose_invoice",
    "creditor_reference",
    "known_situation",
]
