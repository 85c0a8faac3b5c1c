"""What customers owe: balances, open items, statements, today and at any date."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import OuterRef
from django.db.models.functions import Coalesce

from reglo.core.accounting import CUSTOMER_ROLES
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.ledger.models import Allocation, Line, OpenItem, Side
from reglo.organisations.models import Organisation


def balance_of(customer: Customer, *, on: date) -> Mapping[str, int]:
    """What a customer owes at the end of a day, by currency; less than nothing where it is owed."""
    lines = Line.objects.filter(customer__in=family_of(customer), date__lte=on)
    sums = lines.values("currency").annotate(owed=Sum(F("debit_minor") - F("credit_minor"))).order_by("currency")
    return {row["currency"]: row["owed"] for row in sums}


def balances_at(
    organisation: Organisation, *, on: date, customer_ids: Collection[int] | None = None
) -> Mapping[tuple[int, str], int]:
    """What each customer owes at the end of a day, by customer and currency, without those who owe nothing.

    Merged customers stand by themselves. One statement over the lines of customers' accounts.
    """
    lines = Line.objects.filter(organisation=organisation, role__in=CUSTOMER_ROLES, date__lte=on)
    if customer_ids is not None:
        lines = lines.filter(customer__in=customer_ids)
    sums = lines.values("customer", "currency").annotate(owed=Sum(F("debit_minor") - F("credit_minor"))).order_by()
    return {(row["customer"], row["currency"]): row["owed"] for row in sums if row["owed"]}


def open_items(
    organisation: Organisation, *, customer: Customer | None = None, side: Side | None = None
) -> QuerySet[OpenItem]:
    """What is open now, the first due first; of one customer (and those merged into it), on one side."""
    items = OpenItem.objects.of(organisation).filter(open_minor__gt=0)
    if customer is not None:
        items = items.filter(customer__in=family_of(customer))
    if side is not None:
        items = items.filter(side=side)
    return items.order_by("due_date", "document_date", "pk")


def open_items_at(organisation: Organisation, *, on: date, customer: Customer | None = None) -> QuerySet[OpenItem]:
    """What was open at the end of a day, each with `open_at`: what is open now and what was allocated since."""
    since = Allocation.objects.filter(organisation=organisation, on__gt=on)
    touched = Q(open_minor__gt=0)
    touched |= Q(pk__in=since.values("debit_item")) | Q(pk__in=since.values("credit_item"))
    items = OpenItem.objects.of(organisation).filter(touched, date__lte=on)
    if customer is not None:
        items = items.filter(customer__in=family_of(customer))
    opened = items.annotate(
        open_at=F("open_minor")
        + _sum(since.filter(debit_item=OuterRef("pk")), "debit_item")
        + _sum(since.filter(credit_item=OuterRef("pk")), "credit_item")
    )
    return opened.filter(open_at__gt=0).order_by("due_date", "document_date", "pk")


def _sum(allocations: QuerySet[Allocation], item: str) -> Coalesce:
    return Coalesce(Subquery(allocations.order_by().values(item).annotate(sum=Sum("amount_minor")).values("sum")), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A line of a customer's account, and what the customer owed after it."""

    line: Line
    balance_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A customer's account (*relevé de compte*) in one currency over some days."""

    opening_minor: int
    rows: tuple[StatementRow, ...]
    closing_minor: int


def statement_of(customer: Customer, *, currency: str, start: date, end: date) -> Statement:
    """All that moved on a customer's account from `start` to `end`, both included, in order."""
    lines = Line.objects.filter(customer__in=family_of(customer), currency=currency)
    sums = lines.filter(date__lt=start).aggregate(
        debit=Coalesce(Sum("debit_minor"), 0), credit=Coalesce(Sum("credit_minor"), 0)
    )
    opening = balance = sums["debit"] - sums["credit"]
    rows = []
    for line in lines.filter(date__range=(start, end)).select_related("entry").order_by("date", "id"):
        balance += line.amount_minor
        rows.append(StatementRow(line=line, balance_minor=balance))
    return Statement(opening_minor=opening, rows=tuple(rows), closing_minor=balance)
