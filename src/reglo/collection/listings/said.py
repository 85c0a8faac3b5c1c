"""The lists of what customers said and what was agreed with them: disputes, promises, proposals, plans."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.collection.forms.disputes import SCOPES
from reglo.collection.forms.proposals import KINDS
from reglo.collection.models import DisputeState, ProposalState
from reglo.collection.queries import plans, promises
from reglo.core.folding import folded
from reglo.core.plans import PlanState
from reglo.core.promises import PromiseState
from reglo.lists.listing import CellKind, Choice, Column, Filter, Listing
from reglo.organisations.queries import today_of

Shown = tuple[str | Lazy, str]

DISPUTE_STATES: dict[str, Shown] = {
    DisputeState.OPEN: (_("open"), "orange"),
    DisputeState.SETTLED: (_("settled"), "green"),
    DisputeState.REJECTED: (_("answered with reasons"), "secondary"),
    DisputeState.WITHDRAWN: (_("withdrawn"), "secondary"),
}
PROMISE_STATES: dict[str, Shown] = {
    PromiseState.PENDING: (_("awaited"), "blue"),
    PromiseState.KEPT: (_("kept"), "green"),
    PromiseState.BROKEN: (_("not kept"), "red"),
}
REPLACED: Shown = (_("taken back or replaced"), "secondary")
PROPOSAL_STATES: dict[str, Shown] = {
    ProposalState.ASKED: (_("asked by the customer"), "orange"),
    ProposalState.DRAFT: (_("being prepared"), "secondary"),
    ProposalState.SENT: (_("awaiting an answer"), "blue"),
    ProposalState.ACCEPTED: (_("accepted"), "green"),
    ProposalState.REFUSED: (pgettext_lazy("answer", "refused"), "red"),
    ProposalState.EXPIRED: (_("not answered in time"), "secondary"),
    ProposalState.WITHDRAWN: (_("withdrawn"), "secondary"),
}
PLAN_STATES: dict[str, Shown] = {
    PlanState.RESPECTED: (_("respected"), "green"),
    PlanState.LATE: (_("an instalment is missing"), "orange"),
    PlanState.BROKEN: (_("broken"), "red"),
    PlanState.COMPLETED: (_("completed"), "green"),
}
ENDED: Shown = (_("ended"), "secondary")


def promise_state(promise: Any) -> Shown:
    """What became of a promise, in a word."""
    if promise.withdrawn_at is not None:
        return REPLACED
    today = today_of(promise.organisation, timezone.now())
    return PROMISE_STATES[promises.judged(promise, today=today).state]


def plan_state(plan: Any) -> Shown:
    """How a plan stands, in a word."""
    if plan.ended_at is not None:
        return ENDED
    return PLAN_STATES[plans.judged(plan, today=today_of(plan.organisation, timezone.now())).state]


def _page(name: str, of: Any, **parts: int) -> str:
    return reverse(name, kwargs={"slug": of.organisation.slug, **parts})


def _by_customer(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(customer__search__contains=folded(text))


def _by_invoice(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(Q(customer__search__contains=folded(text)) | Q(invoice__number__icontains=text))


def _state(state: str, label: str | Lazy) -> Choice:
    return Choice(key=state, label=label, narrow=lambda rows: rows.filter(state=state))


_CUSTOMER = Column(key="customer", label=_("Customer"), value=lambda row: row.customer.name)

DISPUTES = Listing(
    name="disputes",
    title=_("Disputes"),
    columns=(
        Column(
            key="invoice",
            label=_("Invoice"),
            value=lambda row: row.invoice.number,
            link=lambda row: _page("collection:dispute", row, pk=row.pk),
        ),
        _CUSTOMER,
        Column(
            key="scope",
            label=_("What"),
            value=lambda row: str(dict(SCOPES)[row.scope]),
            on_phone=False,
        ),
        Column(
            key="amount",
            label=_("Disputed"),
            value=lambda row: (row.amount_minor, row.invoice.currency),
            kind=CellKind.MONEY,
        ),
        Column(key="state", label=_("State"), value=lambda row: DISPUTE_STATES[row.state], kind=CellKind.BADGE),
        Column(
            key="opened",
            label=_("Since"),
            value=lambda row: row.opened_at,
            kind=CellKind.MOMENT,
            order="opened_at",
            on_phone=False,
        ),
    ),
    order="-opened_at",
    search=_by_invoice,
    filters=(
        Filter(
            key="state",
            label=_("State"),
            choices=tuple(_state(state, label) for state, (label, _colour) in DISPUTE_STATES.items()),
        ),
    ),
    template="collection/disputes.html",
    empty=(
        _("Nobody disputes anything"),
        _("When a customer says on its portal that something is wrong, or tells you by phone, it waits here for you."),
    ),
)

PROMISES = Listing(
    name="promises",
    title=_("Promises to pay"),
    columns=(
        Column(
            key="customer",
            label=_("Customer"),
            value=lambda row: row.customer.name,
            link=lambda row: _page("collection:story", row, customer_pk=row.customer_id),
        ),
        Column(
            key="amount", label=_("Amount"), value=lambda row: (row.amount_minor, row.currency), kind=CellKind.MONEY
        ),
        Column(key="by", label=_("By"), value=lambda row: row.by, kind=CellKind.DATE, order="by"),
        Column(key="state", label=_("State"), value=promise_state, kind=CellKind.BADGE),
        Column(key="who", label=_("Said by"), value=lambda row: row.told_by, on_phone=False),
        Column(
            key="told",
            label=_("On"),
            value=lambda row: row.told_at,
            kind=CellKind.MOMENT,
            order="told_at",
            on_phone=False,
        ),
    ),
    order="-told_at",
    search=_by_customer,
    filters=(
        Filter(
            key="state",
            label=_("State"),
            choices=(
                Choice(key="waiting", label=_("awaited"), narrow=promises.waiting),
                Choice(key="kept", label=_("kept"), narrow=lambda rows: rows.filter(kept_at__isnull=False)),
                Choice(key="broken", label=_("not kept"), narrow=lambda rows: rows.filter(broken_at__isnull=False)),
            ),
        ),
    ),
    period="by",
    template="collection/promises.html",
    empty=(
        _("No promise yet"),
        _("A customer says on its portal when it will pay, or you note what it told you. Reminders wait until then."),
    ),
)

PROPOSALS = Listing(
    name="proposals",
    title=_("Proposals"),
    columns=(
        Column(
            key="customer",
            label=_("Customer"),
            value=lambda row: row.customer.name,
            link=lambda row: _page("collection:proposal", row, pk=row.pk),
        ),
        Column(key="kind", label=_("What"), value=lambda row: str(KINDS[row.kind])),
        Column(
            key="amount", label=_("Which debt"), value=lambda row: (row.amount_minor, row.currency), kind=CellKind.MONEY
        ),
        Column(
            key="cost",
            label=_("Cost for you"),
            value=lambda row: (row.cost_minor, row.currency),
            kind=CellKind.MONEY,
            on_phone=False,
        ),
        Column(key="state", label=_("State"), value=lambda row: PROPOSAL_STATES[row.state], kind=CellKind.BADGE),
        Column(
            key="made",
            label=_("Made"),
            value=lambda row: row.made_at,
            kind=CellKind.MOMENT,
            order="made_at",
            on_phone=False,
        ),
    ),
    order="-made_at",
    search=_by_customer,
    filters=(
        Filter(
            key="state",
            label=_("State"),
            choices=tuple(_state(state, label) for state, (label, _colour) in PROPOSAL_STATES.items()),
        ),
        Filter(
            key="kind",
            label=_("What"),
            choices=tuple(
                Choice(key=kind.value, label=label, narrow=lambda rows, kind=kind: rows.filter(kind=kind))  # type: ignore[misc]  # bound here
                for kind, label in KINDS.items()
            ),
        ),
    ),
    template="collection/proposals.html",
    empty=(
        _("No proposal yet"),
        _("A customer that cannot pay as agreed asks for a plan on its portal; or you propose one from its story."),
    ),
)

PLANS = Listing(
    name="plans",
    title=_("Plans"),
    columns=(
        Column(
            key="customer",
            label=_("Customer"),
            value=lambda row: row.customer.name,
            link=lambda row: _page("collection:plan", row, pk=row.pk),
        ),
        Column(
            key="amount",
            label=_("Amount"),
            value=lambda row: (row.proposal.amount_minor, row.currency),
            kind=CellKind.MONEY,
        ),
        Column(
            key="paid",
            label=_("Paid"),
            value=lambda row: (max(row.paid_minor, 0), row.currency),
            kind=CellKind.MONEY,
            on_phone=False,
        ),
        Column(key="state", label=_("State"), value=plan_state, kind=CellKind.BADGE),
        Column(key="began", label=_("Since"), value=lambda row: row.began_at, kind=CellKind.MOMENT, order="began_at"),
    ),
    order="-began_at",
    search=_by_customer,
    filters=(
        Filter(
            key="state",
            label=_("State"),
            choices=(
                Choice(key="running", label=_("running"), narrow=plans.running),
                Choice(key="broken", label=_("broken"), narrow=lambda rows: rows.filter(broken_at__isnull=False)),
                Choice(
                    key="completed", label=_("completed"), narrow=lambda rows: rows.filter(completed_at__isnull=False)
                ),
            ),
        ),
    ),
    template="collection/plans.html",
    empty=(
        _("No plan yet"),
        _("A plan lets a customer in difficulty pay in parts. While it keeps to it, nobody reminds it."),
    ),
)
