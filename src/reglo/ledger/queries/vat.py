"""VAT due by period and rate, from entries alone: by debits or by receipts, as each document was booked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum

from reglo.core.accounting import AccountRole
from reglo.ledger.models import Line
from reglo.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class VatSum:
    """Base and tax of one category and rate, in minor units of one currency."""

    currency: str
    category: str
    rate: Decimal
    base_minor: int
    tax_minor: int


def vat_due(organisation: Organisation, *, start: date, end: date) -> tuple[VatSum, ...]:
    """The VAT that became due from `start` to `end`, both included, the highest rate first."""
    lines = Line.objects.of(organisation).filter(
        role=AccountRole.VAT_COLLECTED, date__range=(start, end), vat_rate__isnull=False
    )
    sums = lines.values("currency", "vat_category", "vat_rate").annotate(
        base=Sum("base_minor"), credit=Sum(F("credit_minor") - F("debit_minor"))
    )
    return tuple(
        VatSum(
            currency=row["currency"],
            category=row["vat_category"],
            rate=row["vat_rate"] or Decimal(0),
            base_minor=row["base"],
            tax_minor=row["credit"],
        )
        for row in sums.order_by("currency", "-vat_rate", "vat_category")
    )
