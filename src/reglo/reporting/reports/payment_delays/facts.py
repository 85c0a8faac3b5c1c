"""Invoices that were late at the end of a financial year, and those that were during it; in a fixed number of queries.

C. com. D441-6, I 2° and II, as since 27 February 2021 (decree 2021-211); models of the tables: A441-2, annex 4-1.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from statistics import median
from typing import Any

from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, When

from reglo.billing.models import Invoice
from reglo.core.accounting import AccountRole, EventKind
from reglo.core.composition import DocumentKind
from reglo.core.money import from_minor, round_half_up
from reglo.ledger.models import Line, OpenItem, Side
from reglo.ledger.queries import open_items_at
from reglo.organisations.models import Organisation
from reglo.reporting.disputed import disputed_invoices
from reglo.reporting.paid import ASKING, asking_items
from reglo.reporting.report import Asked

_NOTHING = Decimal(0)
_SALES = (AccountRole.SALES_GOODS, AccountRole.SALES_SERVICES, AccountRole.SALES_MIXED)
BOUNDS = (0, 30, 60, 90)  #: days late at which the brackets of annex 4-1 end; the last one has no end


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePart:
    """What of an invoice was late; of several due dates each is a part of its own."""

    invoice_id: int
    number: str
    customer: str
    due: date
    days: int  #: late
    amount: Decimal  #: with or without tax, as was asked
    is_disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """Parts that were late between so many days and so many."""

    first: int
    last: int | None  #: None is without end
    count: int  #: invoices
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """All that the statement says of customers."""

    unpaid: Sequence[LatePart]  #: at the end of the year, what was left to pay (I)
    late: Sequence[LatePart]  #: during the year, whole invoices or due dates (II)
    turnover: Decimal  #: of the year
    issued: int  #: invoices of the year
    issued_amount: Decimal
    terms: tuple[int, Decimal, int] | None  #: least, median and most days from date to due date of the year's invoices


def delays_of(organisation: Organisation, asked: Asked, *, with_tax: bool) -> Delays:
    """The delays of a financial year, in one currency."""
    disputed = disputed_invoices(organisation, asked.currency, asked.end)
    read = partial(_parts, asked=asked, disputed=disputed, with_tax=with_tax)
    unpaid = _unpaid(organisation, asked)
    past = unpaid.filter(due_date__lt=asked.end)
    paid_late = _paid_late(organisation, asked).exclude(pk__in=past.order_by().values("pk"))
    invoices = _issued(organisation, asked)
    sums = invoices.aggregate(count=Count("pk"), net=Sum("net_minor", default=0), gross=Sum("gross_minor", default=0))
    return Delays(
        unpaid=tuple(read(unpaid, amount="open_at")),
        late=(*read(past, amount="amount_minor"), *read(paid_late, amount="amount_minor", paid="paid_on")),
        turnover=_turnover(organisation, asked, with_tax=with_tax),
        issued=sums["count"],
        issued_amount=from_minor(sums["gross" if with_tax else "net"], asked.currency),
        terms=_terms(invoices),
    )


def brackets_of(parts: Iterable[LatePart]) -> list[Bracket]:
    """Parts by days late: 0, 1 to 30, 31 to 60, 61 to 90, 91 and more. An invoice counts once in each of its own."""
    known = list(parts)
    ends = (*BOUNDS, None)
    found, first = [], 0
    for last in ends:
        within = [each for each in known if first <= each.days and (last is None or each.days <= last)]
        found.append(Bracket(first=first, last=last, count=count_of(within), amount=amount_of(within)))
        first = (last or 0) + 1
    return found


def count_of(parts: Iterable[LatePart]) -> int:
    """How many invoices some parts are of."""
    return len({each.invoice_id for each in parts})


def amount_of(parts: Iterable[LatePart]) -> Decimal:
    """What some parts come to."""
    return sum((each.amount for each in parts), _NOTHING)


def _unpaid(organisation: Organisation, asked: Asked) -> QuerySet:
    """What was open at the end and due by then; due on the last day is 0 days late."""
    items = open_items_at(organisation, on=asked.end)
    return items.filter(side=Side.DEBIT, kind__in=ASKING, currency=asked.currency, due_date__lte=asked.end)


def _paid_late(organisation: Organisation, asked: Asked) -> QuerySet:
    """What was paid late in the year, each with `paid_on`, the day of the last payment until its end."""
    live = Q(debit_allocations__reverses=None, debit_allocations__reversal=None, debit_allocations__on__lte=asked.end)
    money = live & Q(debit_allocations__credit_item__kind=EventKind.PAYMENT)
    doubt = live & Q(debit_allocations__credit_item__kind=EventKind.DOUBTFUL)
    items = asking_items(organisation, asked.currency).annotate(
        paid_on=Max("debit_allocations__on", filter=money), moved=Count("debit_allocations", filter=doubt)
    )
    return items.filter(paid_on__gt=F("due_date"), paid_on__gte=asked.start, moved=0).order_by("due_date", "pk")


def _parts(
    items: QuerySet, *, asked: Asked, disputed: frozenset[int], with_tax: bool, amount: str, paid: str = ""
) -> Iterator[LatePart]:
    """Items as parts; late until the day in the field `paid`, until the end of the year where there is none."""
    invoices = Invoice.objects.filter(organisation=OuterRef("organisation"), pk=OuterRef("origin__source_id"))
    rows = items.annotate(net=Subquery(invoices.values("net_minor")), gross=Subquery(invoices.values("gross_minor")))
    fields = (
        "origin__source_id",
        "reference",
        "customer__name",
        "due_date",
        amount,
        "net",
        "gross",
        paid or "due_date",
    )
    for pk, number, customer, due, minor, net, gross, paid_on in rows.values_list(*fields).iterator(chunk_size=2000):
        yield LatePart(
            invoice_id=pk,
            number=number,
            customer=customer,
            due=due,
            days=((paid_on if paid else asked.end) - due).days,
            amount=from_minor(minor if with_tax else _without_tax(minor, net, gross), asked.currency),
            is_disputed=pk in disputed,
        )


def _without_tax(minor: int, net: int | None, gross: int | None) -> int:
    """The part of an amount of an invoice that is no tax, in the proportion of the whole invoice."""
    return int(round_half_up(Decimal(minor) * net / gross, 0)) if net and gross else minor


def _issued(organisation: Organisation, asked: Asked) -> QuerySet[Invoice]:
    """The invoices of the year; credit notes are none."""
    rows = Invoice.objects.of(organisation).filter(issue_date__range=(asked.start, asked.end), currency=asked.currency)
    return rows.exclude(kind=DocumentKind.CREDIT_NOTE)


def _turnover(organisation: Organisation, asked: Asked, *, with_tax: bool) -> Decimal:
    """Without tax, what the accounts of sales say; with tax, what was billed, credit notes deducted."""
    if with_tax:
        billed = OpenItem.objects.of(organisation).filter(kind__in=(EventKind.DOCUMENT, EventKind.REPLACEMENT))
        return _sum(billed, Case(When(side=Side.DEBIT, then=F("amount_minor")), default=-F("amount_minor")), asked)
    sold = Line.objects.of(organisation).filter(role__in=_SALES)
    return _sum(sold, F("credit_minor") - F("debit_minor"), asked)


def _sum(rows: QuerySet, amount: Any, asked: Asked) -> Decimal:
    within = rows.filter(date__range=(asked.start, asked.end), currency=asked.currency).order_by()
    return from_minor(within.aggregate(sum=Sum(amount, default=0))["sum"], asked.currency)


def _terms(invoices: QuerySet[Invoice]) -> tuple[int, Decimal, int] | None:
    """How many days the year's invoices gave to pay: by each pair of days, so that few rows come."""
    pairs = invoices.exclude(due_date=None).order_by().values_list("issue_date", "due_date").annotate(count=Count("pk"))
    days = sorted(day for issued, due, count in pairs for day in [(due - issued).days] * count)
    return (days[0], Decimal(str(median(days))), days[-1]) if days else None
