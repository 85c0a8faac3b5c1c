"""What a customer owes, as it sees it: from the ledger alone, with what was said and agreed about each item."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from reglo.collection.models import Dispute, Proposal, ProposalState
from reglo.collection.queries.disputes import disputes_of
from reglo.collection.queries.exposure import Owed, credit_items, invoice_id_of, owed_items, owed_of, paid_items
from reglo.collection.queries.plans import JudgedPlan, plan_standings, plans_of_customers
from reglo.collection.queries.promises import JudgedPromise, promised_days, promises_of_customers
from reglo.collection.queries.proposals import shown_proposals
from reglo.core.plans import PlanState
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation

_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedItem:
    """An open item and how it stands."""

    item: OpenItem
    invoice_id: int | None
    is_late: bool
    promised: date | None  #: day of a promise that is not kept, if it is not past
    is_in_plan: bool
    dispute: Dispute | None

    @property
    def asks_nothing(self) -> bool:
        """Whether it waits: nobody expects it now."""
        return bool(self.promised or self.is_in_plan or self.dispute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything about money between the customer and the organisation."""

    owed: tuple[Owed, ...]
    items: tuple[OwedItem, ...]
    credits: tuple[OpenItem, ...]
    paid: tuple[OpenItem, ...]
    promises: tuple[JudgedPromise, ...]
    plans: tuple[JudgedPlan, ...]
    disputes: tuple[Dispute, ...]
    proposals: tuple[Proposal, ...]


def account_of(organisation: Organisation, customers: tuple[int, ...], *, today: date) -> Account:
    """The statement of a customer; a constant number of statements, however long it is."""
    return Account(
        owed=owed_of(organisation, customers, today=today),
        items=tuple(owed_now(organisation, customers, today=today)),
        credits=tuple(credit_items(organisation, customers)[:_SHOWN]),
        paid=tuple(paid_items(organisation, customers, today=today)[:_SHOWN]),
        promises=tuple(promises_of_customers(organisation, customers, today=today)[:5]),
        plans=tuple(plans_of_customers(organisation, customers, today=today)),
        disputes=tuple(disputes_of(organisation).filter(customer__in=customers).order_by("-opened_at")[:20]),
        proposals=tuple(shown_proposals(organisation, customers).order_by("-made_at")[:20]),
    )


def owed_now(organisation: Organisation, customers: tuple[int, ...], *, today: date) -> list[OwedItem]:
    """What is open, the first due first, with what was said about it."""
    items = list(owed_items(organisation, customers))
    ids = [each.pk for each in items]
    promised, standings = promised_days(organisation, ids), plan_standings(organisation, today=today, item_ids=ids)
    disputed = _disputes(organisation, items)
    return [
        OwedItem(
            item=each,
            invoice_id=invoice_id_of(each),
            is_late=each.due_date is not None and each.due_date < today,
            promised=_still(promised.get(each.pk), today),
            is_in_plan=each.pk in standings and standings[each.pk].state is not PlanState.BROKEN,
            dispute=disputed.get(invoice_id_of(each) or 0),
        )
        for each in items
    ]


def waiting_for_answer(organisation: Organisation, customers: tuple[int, ...]) -> QuerySet[Proposal]:
    """Proposals that the customer can accept."""
    return shown_proposals(organisation, customers).filter(state=ProposalState.SENT)


def _still(day: date | None, today: date) -> date | None:
    return day if day is not None and day >= today else None


def _disputes(organisation: Organisation, items: list[OpenItem]) -> Mapping[int, Dispute]:
    ids = [number for number in map(invoice_id_of, items) if number is not None]
    rows = disputes_of(organisation).filter(invoice__in=ids, state="open")
    return {each.invoice_id: each for each in rows}
