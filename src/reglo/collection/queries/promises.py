"""Reading promises: which hold, what was paid on them, what became of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from reglo.collection.models import Promise
from reglo.core.accounting import EventKind
from reglo.core.collection import DEFAULT_POLICY
from reglo.core.money import minor_units
from reglo.core.promises import Promise as Word
from reglo.core.promises import PromiseState, judge_promise
from reglo.ledger.models import Allocation, OpenItem
from reglo.organisations.models import Organisation

GRACE_DAYS = DEFAULT_POLICY.promise_grace_days
"""For the bank to book a transfer that was made on the last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPromise:
    """A promise, what was paid on it, and what became of it."""

    promise: Promise
    paid_minor: int
    state: PromiseState

    @property
    def left_minor(self) -> int:
        """What is missing of it."""
        return max(self.promise.amount_minor - self.paid_minor, 0)


def promises_of(organisation: Organisation) -> QuerySet[Promise]:
    """All promises, each with `paid_minor` and `left_minor`, what is open of its items."""
    return with_paid(Promise.objects.of(organisation)).select_related("customer", "organisation")


def waiting(rows: QuerySet) -> QuerySet:
    """Those that may still be kept or broken."""
    return rows.filter(withdrawn_at=None, broken_at=None, kept_at=None)


def with_paid(rows: QuerySet) -> QuerySet:
    """Promises with `paid_minor`, what was settled of their items since, and `still_open`, what is open of them."""
    settled = settlements().filter(debit_item__promises=OuterRef("pk"), at__gt=OuterRef("told_at"))
    open_now = OpenItem.objects.filter(promises=OuterRef("pk")).order_by().values("promises")
    return rows.annotate(
        paid_minor=summed(settled, "debit_item__promises"),
        still_open=Coalesce(Subquery(open_now.annotate(sum=Sum("open_minor")).values("sum")), 0),
    )


def settlements() -> QuerySet[Allocation]:
    """What settles debts; moving one to the doubtful ones does not."""
    return Allocation.objects.exclude(credit_item__kind=EventKind.DOUBTFUL).order_by()


def summed(rows: QuerySet, by: str) -> Coalesce:
    """The sum of some allocations for each row of the outer query."""
    return Coalesce(Subquery(rows.values(by).annotate(sum=Sum("amount_minor")).values("sum")), 0)


def judged(promise: Promise, *, today: date) -> JudgedPromise:
    """What became of a promise that was read by `promises_of`. Once nothing is owed any more, it is kept."""
    paid, still_open = promise.paid_minor, promise.still_open  # type: ignore[attr-defined]  # of `with_paid`
    places = -minor_units(promise.currency)
    word = Word(amount=Decimal(promise.amount_minor).scaleb(places), by=promise.by)
    state = judge_promise(word, paid=Decimal(paid).scaleb(places), today=today, grace_days=GRACE_DAYS)
    if not still_open:
        state = PromiseState.KEPT
    return JudgedPromise(promise=promise, paid_minor=max(paid, 0), state=state)


def promises_of_customers(
    organisation: Organisation, customers: Collection[int], *, today: date
) -> list[JudgedPromise]:
    """The last promises of a customer, the newest first, without those that were taken back."""
    rows = promises_of(organisation).filter(customer__in=customers, withdrawn_at=None)
    newest = rows.prefetch_related("items").order_by("-told_at", "-pk")[:20]
    return [judged(each, today=today) for each in newest]


def promised_days(organisation: Organisation, item_ids: Collection[int] | None = None) -> Mapping[int, date]:
    """For each open item that a promise is about which is not kept, the day that was promised, the latest word."""
    rows = Promise.objects.of(organisation).filter(withdrawn_at=None, kept_at=None, items__open_minor__gt=0)
    if item_ids is not None:
        rows = rows.filter(items__in=item_ids)
    days = rows.order_by().values(item=F("items")).annotate(by_day=Max("by"))
    return {row["item"]: row["by_day"] for row in days}
