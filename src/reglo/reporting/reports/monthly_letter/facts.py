"""What the letter tells, from the ledger and from what was said; in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from reglo.collection.models import Promise, StepTaken
from reglo.collection.queries.disputes import open_disputes
from reglo.core.accounting import EventKind
from reglo.core.money import from_minor
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.queries import came_in, open_items_at
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked

_NAMED = 3  #: how many of those who are late are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What was billed, credit notes deducted, and what came in, refunds deducted; with tax."""

    billed: Decimal
    came_in: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCustomer:
    """Who owes what past its due date."""

    customer_id: int
    name: str
    owed: Decimal
    days: int  #: since the first due date of what is late


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFacts:
    """A period, how it ended, and the one before it."""

    now: Flow
    before: Flow
    owed: Decimal  #: at its end, with tax; what is the customers' is not deducted
    late: Decimal
    late_customers: int
    latest: Sequence[LateCustomer]  #: those who owe most past its date
    messages: int  #: reminders sent
    disputes: int  #: open today
    broken_promises: int  #: broken within the period


def month_facts(organisation: Organisation, asked: Asked) -> MonthFacts:
    """What the letter about a period tells."""
    length = asked.end - asked.start
    day_before = asked.start - timedelta(days=1)
    # A whole month is compared with the whole month before, whatever its length.
    start_before = day_before.replace(day=1) if _is_month(asked.start, asked.end) else day_before - length
    late = _late_by_customer(organisation, asked)
    steps = StepTaken.objects.of(organisation).filter(day__range=(asked.start, asked.end))
    broken = Promise.objects.of(organisation).filter(broken_at__date__range=(asked.start, asked.end))
    return MonthFacts(
        now=_flow(organisation, asked.currency, asked.start, asked.end),
        before=_flow(organisation, asked.currency, start_before, day_before),
        owed=_owed(organisation, asked),
        late=sum((each.owed for each in late), Decimal(0)),
        late_customers=len(late),
        latest=late[:_NAMED],
        messages=steps.exclude(message=None).filter(message__sent_at__isnull=False).count(),
        disputes=open_disputes(organisation).count(),
        broken_promises=broken.count(),
    )


def _is_month(start: date, end: date) -> bool:
    return start.day == 1 and (end + timedelta(days=1)).day == 1


def _flow(organisation: Organisation, currency: str, start: date, end: date) -> Flow:
    items = OpenItem.objects.of(organisation).filter(
        kind__in=(EventKind.DOCUMENT, EventKind.REPLACEMENT), currency=currency, date__range=(start, end)
    )
    billed = items.aggregate(
        asked=Coalesce(Sum("amount_minor", filter=Q(side=Side.DEBIT)), 0),
        credited=Coalesce(Sum("amount_minor", filter=Q(side=Side.CREDIT)), 0),
    )
    paid = sum(came_in(organisation, currency=currency, start=start, end=end).values())
    return Flow(billed=from_minor(billed["asked"] - billed["credited"], currency), came_in=from_minor(paid, currency))


def _owed(organisation: Organisation, asked: Asked) -> Decimal:
    items = open_items_at(organisation, on=asked.end).filter(side=Side.DEBIT, currency=asked.currency)
    return from_minor(items.order_by().aggregate(sum=Sum("open_at"))["sum"] or 0, asked.currency)


def _late_by_customer(organisation: Organisation, asked: Asked) -> list[LateCustomer]:
    """Those who are late at the end of the period, who owes most first."""
    items = open_items_at(organisation, on=asked.end).filter(
        Q(due_date__lt=asked.end), side=Side.DEBIT, currency=asked.currency
    )
    found: dict[int, LateCustomer] = {}
    rows = items.order_by("due_date", "pk").values_list("customer", F("customer__name"), "open_at", "due_date")
    for customer_id, name, open_at, due in rows.iterator(chunk_size=2000):
        known = found.get(customer_id)
        found[customer_id] = LateCustomer(
            customer_id=customer_id,
            name=name,
            owed=from_minor(open_at, asked.currency) + (known.owed if known else 0),
            days=known.days if known else (asked.end - due).days,
        )
    return sorted(found.values(), key=lambda each: (-each.owed, each.name))
