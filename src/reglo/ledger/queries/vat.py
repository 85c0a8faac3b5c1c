"""VAT due by period and rate, from entries alone: by debits or by receipts, as each document was booked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum

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


@dataclass(frozen=True, slots=True, kw_only=True)
class VatMove:
    """A line that makes VAT due, or a sale without VAT, with the document behind it."""

    entry_id: int
    date: date
    reference: str
    kind: str  #: of its entry: at issue or with the payment
    category: str
    rate: Decimal
    base_minor: int
    tax_minor: int  #: 0 of a sale without VAT


SALES_ROLES = (AccountRole.SALES_GOODS, AccountRole.SALES_SERVICES, AccountRole.SALES_MIXED)
_TAXED = "S"


def vat_moves(organisation: Organisation, *, currency: str, start: date, end: date) -> list[VatMove]:
    """Each line behind the VAT of some days, in order: what became due, and what was sold without VAT."""
    lines = Line.objects.of(organisation).filter(currency=currency, date__range=(start, end))
    due = lines.filter(role=AccountRole.VAT_COLLECTED, vat_rate__isnull=False)
    untaxed = lines.filter(role__in=SALES_ROLES).exclude(vat_category=_TAXED).exclude(vat_category="")
    amount = F("credit_minor") - F("debit_minor")
    found = [_move(row, base=row["base_minor"], tax=row["amount"]) for row in _with(due, amount)]
    found += [_move(row, base=row["amount"], tax=0) for row in _with(untaxed, amount)]
    return sorted(found, key=lambda each: (each.date, each.entry_id, each.category, -each.rate))


def _with(lines: QuerySet[Line], amount: Any) -> QuerySet[Line, dict[str, Any]]:
    names = ("entry_id", "date", "entry__reference", "entry__kind", "vat_category", "vat_rate", "base_minor")
    return lines.annotate(amount=amount).values(*names, "amount")


def _move(row: dict[str, Any], *, base: int, tax: int) -> VatMove:
    return VatMove(
        entry_id=row["entry_id"],
        date=row["date"],
        reference=row["entry__reference"],
        kind=row["entry__kind"],
        category=row["vat_category"],
        rate=row["vat_rate"] or Decimal(0),
        base_minor=base,
        tax_minor=tax,
    )


def vat_pending(organisation: Organisation, *, currency: str, on: date) -> int:
    """The VAT that was invoiced and waits for its payment at the end of a day."""
    return _balance(organisation, AccountRole.VAT_PENDING, currency=currency, end=on)


def vat_account_moved(organisation: Organisation, *, currency: str, start: date, end: date) -> int:
    """By how much the account of the VAT due grew on some days, whatever the lines say of base and rate."""
    return _balance(organisation, AccountRole.VAT_COLLECTED, currency=currency, start=start, end=end)


def sales_booked(organisation: Organisation, *, currency: str, start: date, end: date) -> int:
    """What was booked on the accounts of sales on some days, credit notes deducted."""
    lines = Line.objects.of(organisation).filter(role__in=SALES_ROLES, currency=currency, date__range=(start, end))
    sold: int = lines.aggregate(sum=Sum(F("credit_minor") - F("debit_minor"), default=0))["sum"]
    return sold


def _balance(
    organisation: Organisation, role: AccountRole, *, currency: str, end: date, start: date | None = None
) -> int:
    lines = Line.objects.of(organisation).filter(role=role, currency=currency, date__lte=end)
    if start is not None:
        lines = lines.filter(date__gte=start)
    grown: int = lines.aggregate(sum=Sum(F("credit_minor") - F("debit_minor"), default=0))["sum"]
    return grown
