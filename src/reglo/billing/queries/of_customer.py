"""Reading the documents of a customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from reglo.billing.models import Invoice, Quote
from reglo.core.composition import DocumentKind
from reglo.organisations.models import Organisation

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Billed:
    """What was billed in one currency, with tax, credit notes deducted; minor units."""

    currency: str
    this_year: int
    ever: int


def latest_invoices(organisation: Organisation, customers: Sequence[int]) -> QuerySet[Invoice]:
    """The newest invoices of some customers."""
    rows = Invoice.objects.of(organisation).filter(customer_id__in=customers).defer("document")
    return rows.order_by("-issue_date", "-id")[:_SHOWN]


def latest_quotes(organisation: Organisation, customers: Sequence[int]) -> QuerySet[Quote]:
    """The newest quotes of some customers."""
    rows = Quote.objects.of(organisation).filter(customer_id__in=customers, deleted_at=None).defer("document")
    return rows.order_by("-updated_at", "-id")[:_SHOWN]


def sums_of(organisation: Organisation, customers: Sequence[int], today: date) -> list[Billed]:
    """What was billed to some customers, by currency."""
    rows = Invoice.objects.of(organisation).filter(customer_id__in=customers)
    ever = _signed_sums(rows)
    this_year = _signed_sums(rows.filter(issue_date__year=today.year))
    return [Billed(currency, this_year.get(currency, 0), amount) for currency, amount in sorted(ever.items())]


def _signed_sums(rows: QuerySet[Invoice]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for currency, kind, asked in (
        rows.order_by()
        .values("currency", "kind")
        .annotate(asked=Sum("due_minor"))
        .values_list("currency", "kind", "asked")
    ):
        sums[currency] = sums.get(currency, 0) + (-asked if kind == DocumentKind.CREDIT_NOTE.value else asked)
    return sums
