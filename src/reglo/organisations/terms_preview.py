"""What typed terms mean: the sentence of the invoice, an example, and what the law says of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.errors import DomainError
from reglo.core.findings import Finding, Text
from reglo.core.terms import Instalment, agreement, check_terms, due_dates, parse_terms

EXAMPLE_AMOUNT = Decimal(1000)
"""EUR: of the invoice of today that shows when terms are due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Terms as they were understood, or why they were not."""

    sentence: Text | None = None
    example: tuple[Instalment, ...] = ()
    findings: tuple[Finding, ...] = ()
    fault: Text | None = None


def read_terms(text: str, *, on: date) -> Reading:
    """What `text` means for an invoice of 1,000 € that is issued, delivered and received on a day."""
    try:
        terms = parse_terms(text)
        example = due_dates(terms, invoice_date=on, gross=EXAMPLE_AMOUNT, delivery_date=on, receipt_date=on)
    except DomainError as error:
        return Reading(fault=error.message)
    return Reading(sentence=agreement(terms), example=example, findings=check_terms(terms, on=on))
