"""Reading instalment plans: how they stand, judged by what was paid."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from reglo.collection.models import Plan, PlanPart
from reglo.collection.queries.promises import settlements, summed
from reglo.core.collection import PlanStanding
from reglo.core.money import minor_units
from reglo.core.plans import Instalment, Payment, PlanState, judge_plan, missing_instalment
from reglo.core.plans import Plan as Agreed
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation

GRACE_DAYS = 3
"""For the bank to book an instalment that was paid on its last day (`core.plans.judge_plan`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """An instalment and what of it is paid."""

    on: date
    amount_minor: int
    paid_minor: int

    @property
    def is_paid(self) -> bool:
        """Whether nothing of it is missing."""
        return self.paid_minor >= self.amount_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPlan:
    """A plan and how it stands."""

    plan: Plan
    paid_minor: int
    state: PlanState
    missing: Instalment | None  #: the first instalment that is not paid, with what is missing of it
    parts: tuple[ShownPart, ...]

    @property
    def total_minor(self) -> int:
        """What the instalments add up to."""
        return sum(each.amount_minor for each in self.parts)

    @property
    def left_minor(self) -> int:
        """What is still to be paid."""
        return max(self.total_minor - self.paid_minor, 0)


def plans_of(organisation: Organisation) -> QuerySet:
    """All plans, each with `paid_minor`, what was settled of its items since it began."""
    return with_paid(Plan.objects.of(organisation)).select_related("customer", "organisation", "proposal")


def running(rows: QuerySet) -> QuerySet:
    """Those that still say when one pays, kept to or broken."""
    return rows.filter(completed_at=None, ended_at=None)


def with_paid(rows: QuerySet) -> QuerySet:
    """Plans with `paid_minor`, `still_open`, what is open of their items, and their instalments in order."""
    open_now = OpenItem.objects.filter(plan_items__plan=OuterRef("pk")).order_by().values("plan_items__plan")
    settled = settlements().filter(debit_item__plan_items__plan=OuterRef("pk"), at__gt=OuterRef("began_at"))
    parts = Prefetch("parts", queryset=PlanPart.objects.order_by("on"))
    return rows.annotate(
        paid_minor=summed(settled, "debit_item__plan_items__plan"),
        still_open=Coalesce(Subquery(open_now.annotate(sum=Sum("open_minor")).values("sum")), 0),
    ).prefetch_related(parts)


def judged(plan: Plan, *, today: date) -> JudgedPlan:
    """How a plan stands that was read by `with_paid`. Once nothing is owed any more, it is completed."""
    paid = max(plan.paid_minor, 0)  # type: ignore[attr-defined]  # of `with_paid`
    places = -minor_units(plan.currency)
    parts = list(plan.parts.all())
    agreed = Agreed(
        instalments=tuple(Instalment(each.on, Decimal(each.amount_minor).scaleb(places)) for each in parts),
        currency=plan.currency,
    )
    if not plan.still_open:  # type: ignore[attr-defined]  # of `with_paid`; the rest was credited
        paid = max(paid, sum(each.amount_minor for each in parts))
    amount = Decimal(paid).scaleb(places)
    return JudgedPlan(
        plan=plan,
        paid_minor=paid,
        state=judge_plan(agreed, payments=[Payment(today, amount)], today=today, grace_days=GRACE_DAYS),
        missing=missing_instalment(agreed, amount),
        parts=tuple(_shown(parts, paid)),
    )


def _shown(parts: Iterable[PlanPart], paid: int) -> Iterable[ShownPart]:
    parts = list(parts)
    before = [0, *accumulate(each.amount_minor for each in parts)]
    for part, start in zip(parts, before, strict=False):
        covered = min(max(paid - start, 0), part.amount_minor)
        yield ShownPart(on=part.on, amount_minor=part.amount_minor, paid_minor=covered)


def plans_of_customers(organisation: Organisation, customers: Collection[int], *, today: date) -> list[JudgedPlan]:
    """The plans of a customer that still say when it pays, the newest first."""
    rows = running(plans_of(organisation)).filter(customer__in=customers).order_by("-began_at", "-pk")
    return [judged(each, today=today) for each in rows]


def plan_standings(
    organisation: Organisation, *, today: date, item_ids: Collection[int] | None = None
) -> Mapping[int, PlanStanding]:
    """For each item that a running plan pays, how the plan stands."""
    rows = running(plans_of(organisation)).prefetch_related("items")
    if item_ids is not None:
        rows = rows.filter(items__item__in=item_ids).distinct()
    found: dict[int, PlanStanding] = {}
    for plan in rows.order_by("began_at", "pk"):
        here = judged(plan, today=today)
        standing = PlanStanding(str(plan.pk), here.state, here.missing.on if here.missing else None)
        found.update({each.item_id: standing for each in plan.items.all()})
    return found
