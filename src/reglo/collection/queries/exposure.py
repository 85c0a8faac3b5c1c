"""What a customer owes, from the ledger alone: by item and by currency, late or not, against what is accepted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet, Sum

from reglo.collection.models import Relationship
from reglo.core.accounting import EventKind
from reglo.core.habit import Habit, Settled, habit_of
from reglo.core.money import from_minor
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation

_YEAR = timedelta(days=365)
_REMEMBERED = 500  #: settled items that a habit is made from


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is owed in one currency; minor units."""

    currency: str
    due_minor: int  #: all open items that ask for money
    late_minor: int  #: of them, past their due date
    credit_minor: int  #: credit notes and payments that nothing is settled by yet

    @property
    def balance_minor(self) -> int:
        """What is left to pay; less than nothing where the customer is owed."""
        return self.due_minor - self.credit_minor

    @property
    def shown_minor(self) -> int:
        """What is left, without its sign."""
        return abs(self.balance_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What a customer owes in euro against what is accepted (*encours*)."""

    owed_minor: int
    limit_minor: int | None

    @property
    def percent(self) -> int:
        """Of the limit that is used; 100 where there is none but something is owed."""
        if not self.limit_minor:
            return 100 if self.owed_minor > 0 else 0
        return max(0, round(100 * self.owed_minor / self.limit_minor))

    @property
    def is_over(self) -> bool:
        """Whether more is owed than is accepted."""
        return self.limit_minor is not None and self.owed_minor > self.limit_minor

    @property
    def bar(self) -> int:
        """Width of a bar of 100."""
        return min(self.percent, 100)


def owed_items(organisation: Organisation, customers: Collection[int]) -> QuerySet[OpenItem]:
    """What some customers still have to pay, the first due first."""
    items = OpenItem.objects.of(organisation).filter(customer__in=customers, open_minor__gt=0, side=Side.DEBIT)
    return items.select_related("entry", "origin").order_by("due_date", "document_date", "pk")


def credit_items(organisation: Organisation, customers: Collection[int]) -> QuerySet[OpenItem]:
    """What is some customers' own: credit notes and payments that nothing is settled by yet."""
    items = OpenItem.objects.of(organisation).filter(customer__in=customers, open_minor__gt=0, side=Side.CREDIT)
    return items.select_related("entry", "origin").order_by("document_date", "pk")


def owed_of(organisation: Organisation, customers: Collection[int], *, today: date) -> tuple[Owed, ...]:
    """What some customers owe together, by currency."""
    debit, credit = Q(side=Side.DEBIT), Q(side=Side.CREDIT)
    rows = (
        OpenItem.objects.of(organisation)
        .filter(customer__in=customers, open_minor__gt=0)
        .order_by("currency")
        .values("currency")
        .annotate(
            due=Sum("open_minor", filter=debit, default=0),
            late=Sum("open_minor", filter=debit & Q(due_date__lt=today), default=0),
            credit=Sum("open_minor", filter=credit, default=0),
        )
    )
    return tuple(
        Owed(currency=row["currency"], due_minor=row["due"], late_minor=row["late"], credit_minor=row["credit"])
        for row in rows
    )


def exposure_of(organisation: Organisation, customers: Collection[int], owed: Iterable[Owed]) -> Exposure:
    """What is owed in euro against the limit of the relationship."""
    euro = sum(each.balance_minor for each in owed if each.currency == "EUR")
    limits = Relationship.objects.of(organisation).filter(customer__in=customers, limit_minor__isnull=False)
    return Exposure(owed_minor=euro, limit_minor=limits.values_list("limit_minor", flat=True).first())


def paid_items(organisation: Organisation, customers: Collection[int], *, today: date) -> QuerySet[OpenItem]:
    """What some customers have paid of late, each with `paid_on`, the day of the last payment; newest first."""
    return _settled(organisation, customers).filter(paid_on__gte=today - _YEAR).order_by("-paid_on", "-pk")


def habit_of_customers(organisation: Organisation, customers: Collection[int]) -> Habit | None:
    """How some customers pay, from their last settled items; None where there are too few."""
    rows = _settled(organisation, customers).filter(due_date__isnull=False).order_by("-due_date")
    known = rows.values_list("due_date", "paid_on", "amount_minor", "currency")[:_REMEMBERED]
    return habit_of(_settled_of(known))


def _settled_of(rows: Iterable[tuple[date | None, date, int, str]]) -> Iterable[Settled]:
    return [
        Settled(due=due, paid=paid, amount=from_minor(amount, currency))
        for due, paid, amount, currency in rows
        if due is not None
    ]


def _settled(organisation: Organisation, customers: Collection[int]) -> QuerySet:
    """Documents with nothing left open that money was paid on: what was only credited says nothing of a habit."""
    money = Q(debit_allocations__credit_item__kind=EventKind.PAYMENT)
    return (
        OpenItem.objects.of(organisation)
        .filter(customer__in=customers, side=Side.DEBIT, open_minor=0)
        .select_related("entry", "origin")
        .annotate(
            paid_on=Max("debit_allocations__on", filter=money),
            paid_minor=Sum("debit_allocations__amount_minor", filter=money, default=0),
        )
        .filter(paid_minor__gt=0)
    )


def invoice_id_of(item: OpenItem) -> int | None:
    """The issued document behind an item, doubtful or not; None for what is no document."""
    return item.origin.source_id if item.origin.source_kind == DOCUMENT_SOURCE else None


def items_of_invoices(organisation: Organisation, invoice_ids: Collection[int]) -> Mapping[int, list[OpenItem]]:
    """The open debit items of some issued documents, by document."""
    found: dict[int, list[OpenItem]] = {}
    items = OpenItem.objects.of(organisation).filter(
        side=Side.DEBIT,
        open_minor__gt=0,
        origin__source_kind=DOCUMENT_SOURCE,
        origin__source_id__in=invoice_ids,
    )
    for item in items.select_related("entry", "origin").order_by("due_date", "pk"):
        found.setdefault(item.origin.source_id, []).append(item)
    return found
