"""What a forecast is made from: open and paid invoices, words given, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Q, QuerySet, Sum

from reglo.collection.models import Dispute, DisputeState, Promise
from reglo.collection.queries.plans import judged, plans_of, running
from reglo.collection.queries.promises import waiting
from reglo.core.accounting import AccountRole, EventKind
from reglo.core.forecast import OpenInvoice, PaidInvoice
from reglo.core.money import from_minor, round_half_up
from reglo.core.plans import Instalment, Plan
from reglo.core.promises import Promise as Word
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation

_EUR = "EUR"
_REMEMBERED = 20_000  #: payments that are learnt from, the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of an organisation's receivables in euro on a day."""

    history: list[PaidInvoice]
    still_open: list[OpenInvoice]
    left_out: int  #: open invoices in other currencies


def facts_of(organisation: Organisation, *, today: date) -> Facts:
    """All that the forecast of `today` is made from. Doubtful receivables are not waited for."""
    customers = _customers(organisation)
    items = OpenItem.objects.of(organisation).filter(open_minor__gt=0, side=Side.DEBIT, date__lte=today)
    items = items.filter(role=AccountRole.CUSTOMERS)
    return Facts(
        history=_history(organisation, customers, today),
        still_open=_still_open(organisation, items.filter(currency=_EUR), customers, today),
        left_out=items.exclude(currency=_EUR).count(),
    )


def open_count(organisation: Organisation) -> int:
    """How many receivables are open."""
    return OpenItem.objects.of(organisation).filter(open_minor__gt=0, side=Side.DEBIT).count()


@dataclass(frozen=True, slots=True)
class _Who:
    """A customer as the forecast knows it: the one it was merged into, and what kind of buyer."""

    key: str
    segment: str


def _customers(organisation: Organisation) -> Mapping[int, _Who]:
    rows = Customer.objects.of(organisation).values_list("pk", "merged_into", "kind", "country")
    return {pk: _Who(str(merged or pk), f"{kind} {country}") for pk, merged, kind, country in rows}


def _history(organisation: Organisation, customers: Mapping[int, _Who], today: date) -> list[PaidInvoice]:
    """Documents that were paid in full with money, each with the day of the last payment."""
    money = Q(debit_allocations__credit_item__kind=EventKind.PAYMENT)
    settled = (
        OpenItem.objects.of(organisation)
        .filter(side=Side.DEBIT, open_minor=0, currency=_EUR, kind=EventKind.DOCUMENT)
        .annotate(
            paid_on=Max("debit_allocations__on", filter=money),
            paid_minor=Sum("debit_allocations__amount_minor", filter=money, default=0),
        )
        .filter(paid_minor__gt=0, paid_on__lte=today)
    )
    disputed = _disputed(organisation, is_open=False)
    rows = settled.order_by("-paid_on", "-pk").values_list(
        "customer", "document_date", "due_date", "amount_minor", "paid_on", "entry__source_id"
    )
    return [
        PaidInvoice(
            customer=customers[customer].key,
            segment=customers[customer].segment,
            issued=issued,
            due=max(due, issued),
            amount=from_minor(amount, _EUR),
            paid=paid,
            disputed=source in disputed,
        )
        for customer, issued, due, amount, paid, source in rows[:_REMEMBERED]
        if due is not None
    ]


def _still_open(
    organisation: Organisation, items: QuerySet[OpenItem], customers: Mapping[int, _Who], today: date
) -> list[OpenInvoice]:
    promises, plans = _promises(organisation), _plans(organisation, today)
    disputed = _disputed(organisation, is_open=True)
    rows = items.order_by("due_date", "pk").values_list(
        "pk", "customer", "document_date", "due_date", "open_minor", "entry__source_kind", "entry__source_id"
    )
    return [
        OpenInvoice(
            key=str(pk),
            customer=customers[customer].key,
            segment=customers[customer].segment,
            issued=min(issued, today),
            due=max(due or issued, min(issued, today)),
            amount=from_minor(amount, _EUR),
            disputed=kind == DOCUMENT_SOURCE and source in disputed,
            promise=Word(amount=from_minor(amount, _EUR), by=promises[pk]) if pk in promises else None,
            plan=_share(plans[pk], from_minor(amount, _EUR)) if pk in plans else None,
        )
        for pk, customer, issued, due, amount, kind, source in rows
    ]


def _disputed(organisation: Organisation, *, is_open: bool) -> set[int]:
    """The ids of the invoices that are, or ever were, disputed."""
    rows = Dispute.objects.of(organisation)
    if is_open:
        rows = rows.filter(state=DisputeState.OPEN)
    return set(rows.values_list("invoice_id", flat=True))


def _promises(organisation: Organisation) -> Mapping[int, date]:
    """The day that is promised for each open item; of several, the latest word."""
    rows = waiting(Promise.objects.of(organisation)).filter(items__open_minor__gt=0).order_by("told_at", "pk")
    return dict(rows.values_list("items", "by"))


@dataclass(frozen=True, slots=True)
class _Agreed:
    """The instalments of a plan that are not paid, and what is open of all that it is about."""

    instalments: tuple[Instalment, ...]
    open: Decimal


def _plans(organisation: Organisation, today: date) -> Mapping[int, _Agreed]:
    """The plan that pays each item, where it is kept to."""
    found: dict[int, _Agreed] = {}
    rows = running(plans_of(organisation)).filter(broken_at=None, currency=_EUR).prefetch_related("items__item")
    for plan in rows:
        parts = judged(plan, today=today).parts
        left = tuple(
            Instalment(part.on, from_minor(part.amount_minor - part.paid_minor, _EUR))
            for part in parts
            if not part.is_paid
        )
        items = [each.item for each in plan.items.all() if each.item.open_minor]
        agreed = _Agreed(left, from_minor(sum(item.open_minor for item in items), _EUR))
        found.update((item.pk, agreed) for item in items)
    return found


def _share(agreed: _Agreed, amount: Decimal) -> Plan:
    """Its part of each instalment, for one item of those that a plan pays."""
    return Plan(
        instalments=tuple(
            Instalment(each.on, round_half_up(each.amount * amount / agreed.open, 2)) for each in agreed.instalments
        )
    )
