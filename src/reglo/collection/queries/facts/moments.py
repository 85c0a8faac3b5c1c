"""What stood at a moment: open items, disputes, promises, plans, steps. Now, or at the end of a day gone by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db.models import F, Max, OuterRef, Q, QuerySet

from reglo.banking.queries.payments import pending_minor_of
from reglo.collection.models import Dispute, Plan, Promise, Proposal, ProposalState
from reglo.collection.queries.discussed import items_of, open_proposals
from reglo.collection.queries.disputes import disputed_amounts
from reglo.collection.queries.plans import judged, plan_standings, with_paid
from reglo.collection.queries.promises import promised_days, settlements, summed
from reglo.core.accounting import EventKind
from reglo.core.collection import PlanStanding
from reglo.ledger.models import OpenItem
from reglo.ledger.queries import open_items_at
from reglo.organisations.models import Organisation


class Moment(Protocol):
    """When one looks, and what stood then; items are given by their ids."""

    @property
    def day(self) -> date:
        """The day in the zone of the organisation."""

    @property
    def at(self) -> datetime:
        """The instant up to which things count."""

    def items(self, customers: Collection[int]) -> QuerySet[OpenItem]:
        """The open items of some customers, each with `left`, what is open of it."""

    def disputes(self, invoices: Collection[int]) -> Mapping[int, Dispute]:
        """The open dispute of each invoice that has one."""

    def promised(self, items: Collection[int]) -> Mapping[int, date]:
        """The day promised for each item with a promise that is not kept."""

    def plans(self, items: Collection[int]) -> Mapping[int, PlanStanding]:
        """How the plan of each item in one stands."""

    def discussed(self, items: Collection[int]) -> frozenset[int]:
        """The items that a request or a proposal without an answer is about."""

    def pending(self, items: Collection[int]) -> Mapping[int, int]:
        """What bank lines that nobody has judged may pay of each item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """This instant."""

    organisation: Organisation
    day: date
    at: datetime

    def items(self, customers: Collection[int]) -> QuerySet[OpenItem]:
        """See Moment."""
        rows = OpenItem.objects.of(self.organisation).filter(customer__in=customers, open_minor__gt=0)
        return rows.annotate(left=F("open_minor"))

    def disputes(self, invoices: Collection[int]) -> Mapping[int, Dispute]:
        """See Moment."""
        return disputed_amounts(self.organisation, invoices)

    def promised(self, items: Collection[int]) -> Mapping[int, date]:
        """See Moment."""
        return promised_days(self.organisation, items)

    def plans(self, items: Collection[int]) -> Mapping[int, PlanStanding]:
        """See Moment."""
        return plan_standings(self.organisation, today=self.day, item_ids=items)

    def discussed(self, items: Collection[int]) -> frozenset[int]:
        """See Moment."""
        return items_of(open_proposals(self.organisation, today=self.day), items)

    def pending(self, items: Collection[int]) -> Mapping[int, int]:
        """See Moment."""
        return pending_minor_of(items)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOfDay:
    """The end of a day gone by, from what was written until then.

    What waited to be matched then is not known any more, and counts as nothing.
    """

    organisation: Organisation
    day: date
    at: datetime

    def items(self, customers: Collection[int]) -> QuerySet[OpenItem]:
        """See Moment."""
        rows = open_items_at(self.organisation, on=self.day).filter(customer__in=customers)
        return rows.annotate(left=F("open_at"))

    def disputes(self, invoices: Collection[int]) -> Mapping[int, Dispute]:
        """See Moment."""
        rows = Dispute.objects.of(self.organisation).filter(invoice__in=invoices, opened_at__lte=self.at)
        return {each.invoice_id: each for each in rows.filter(self._not_yet("closed_at"))}

    def promised(self, items: Collection[int]) -> Mapping[int, date]:
        """See Moment."""
        rows = Promise.objects.of(self.organisation).filter(items__in=items, told_at__lte=self.at)
        rows = rows.filter(self._not_yet("withdrawn_at"), self._not_yet("kept_at"))
        days = rows.order_by().values(item=F("items")).annotate(by_day=Max("by"))
        return {row["item"]: row["by_day"] for row in days}

    def plans(self, items: Collection[int]) -> Mapping[int, PlanStanding]:
        """See Moment."""
        settled = settlements().filter(
            debit_item__plan_items__plan=OuterRef("pk"), at__gt=OuterRef("began_at"), on__lte=self.day
        )
        rows = Plan.objects.of(self.organisation).filter(items__item__in=items, began_at__lte=self.at).distinct()
        rows = rows.filter(self._not_yet("completed_at"), self._not_yet("ended_at"))
        rows = with_paid(rows).annotate(paid_minor=summed(settled, "debit_item__plan_items__plan"))
        found: dict[int, PlanStanding] = {}
        for plan in rows.prefetch_related("items").order_by("began_at", "pk"):
            here = judged(plan, today=self.day)
            standing = PlanStanding(str(plan.pk), here.state, here.missing.on if here.missing else None)
            found.update({each.item_id: standing for each in plan.items.all()})
        return found

    def discussed(self, items: Collection[int]) -> frozenset[int]:
        """See Moment."""
        rows = Proposal.objects.of(self.organisation).filter(self._not_yet("answered_at"))
        rows = rows.exclude(state__in=(ProposalState.DRAFT, ProposalState.WITHDRAWN))
        asked = Q(by_customer=True, made_at__lte=self.at) | Q(sent_at__lte=self.at, valid_until__gte=self.day)
        return items_of(rows.filter(asked), items)

    def pending(self, items: Collection[int]) -> Mapping[int, int]:  # noqa: ARG002  # see Moment
        """See Moment."""
        return {}

    def _not_yet(self, field: str) -> Q:
        return Q(**{field: None}) | Q(**{f"{field}__gt": self.at})


#: Debits on a customer's account that ask for money. Others give it back (a refund), or undo what was settled.
ASKING = (EventKind.DOCUMENT, EventKind.PENALTY, EventKind.DOUBTFUL, EventKind.REPLACEMENT)
