"""What terms mean, for the eyes of whoever builds them: a sentence, an example, what the law says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.findings import Finding, Severity, Text
from reglo.core.terms import (
    AnnualCost,
    BuyerKind,
    Discount,
    Instalment,
    NothingGained,
    PaymentTerms,
    Sector,
    agreement,
    annual_cost,
    check_terms,
    discounts,
    due_dates,
)

#: Total with tax of the example.
EXAMPLE_GROSS = Decimal(1200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Terms in words, in dates and before the law."""

    sentence: Text
    issued: date
    gross: Decimal
    instalments: tuple[Instalment, ...]
    discounts: tuple[Discount, ...]
    discount_cost: AnnualCost | None  #: what the first discount costs a year, as interest
    findings: tuple[Finding, ...]

    @property
    def is_lawful(self) -> bool:
        """Whether the law lets one agree on it."""
        return not any(each.severity is Severity.FATAL for each in self.findings)


def meaning_of(terms: PaymentTerms, *, sector: Sector, buyer_kind: BuyerKind, today: date) -> Meaning:
    """What `terms` mean for an invoice of `today`."""
    return Meaning(
        sentence=agreement(terms),
        issued=today,
        gross=EXAMPLE_GROSS,
        instalments=due_dates(terms, invoice_date=today, gross=EXAMPLE_GROSS, delivery_date=today, receipt_date=today),
        discounts=discounts(terms, invoice_date=today, gross=EXAMPLE_GROSS, delivery_date=today, receipt_date=today),
        discount_cost=_cost(terms),
        findings=check_terms(terms, sector=sector, buyer_kind=buyer_kind, on=today),
    )


def _cost(terms: PaymentTerms) -> AnnualCost | None:
    if not terms.discounts:
        return None
    try:
        return annual_cost(terms.discounts[0], days=terms.delay.days)
    except NothingGained:
        return None
