"""The tables of the forecast, which page, CSV and XLSX share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from reglo.core.money import from_minor
from reglo.lists.listing import CellKind, Column


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """An open invoice and when its money is expected."""

    reference: str
    url: str  #: of the invoice, else of the customer's account
    customer: str
    due: date | None
    expected: date
    low: date
    high: date
    open: Decimal
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """What a week should bring, and what surely goes out."""

    first: date
    low: Decimal
    middle: Decimal
    high: Decimal
    out: Decimal


INVOICES: Sequence[Column] = (
    Column(key="reference", label=_("Invoice"), value=lambda row: row.reference, link=lambda row: row.url),
    Column(key="customer", label=_("Customer"), value=lambda row: row.customer),
    Column(key="open", label=_("Open, EUR"), value=lambda row: row.open, kind=CellKind.AMOUNT),
    Column(key="due", label=_("Due"), value=lambda row: row.due, kind=CellKind.DATE, on_phone=False),
    Column(key="expected", label=_("Expected"), value=lambda row: row.expected, kind=CellKind.DATE),
    Column(key="low", label=_("Hardly before"), value=lambda row: row.low, kind=CellKind.DATE, on_phone=False),
    Column(key="high", label=_("Hardly after"), value=lambda row: row.high, kind=CellKind.DATE, on_phone=False),
    Column(key="why", label=_("Why"), value=lambda row: row.why, on_phone=False),
)

WEEKS: Sequence[Column] = (
    Column(key="first", label=_("Week from"), value=lambda row: row.first, kind=CellKind.DATE),
    Column(key="low", label=_("Hardly less, EUR"), value=lambda row: row.low, kind=CellKind.AMOUNT),
    Column(key="middle", label=_("Most likely, EUR"), value=lambda row: row.middle, kind=CellKind.AMOUNT),
    Column(key="high", label=_("Hardly more, EUR"), value=lambda row: row.high, kind=CellKind.AMOUNT),
    Column(key="out", label=_("Goes out, EUR"), value=lambda row: row.out, kind=CellKind.AMOUNT),
)


def euro(cents: int) -> Decimal:
    """Cents as an amount."""
    return from_minor(cents, "EUR")
