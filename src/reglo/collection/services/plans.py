"""Instalment plans: begun by an accepted proposal, noted once when broken or completed, ended by a person."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from reglo.collection.addresses import within
from reglo.collection.models import Plan, PlanItem, PlanPart, Promise, Proposal
from reglo.collection.queries.plans import JudgedPlan, judged, running, with_paid
from reglo.collection.queries.promises import waiting
from reglo.core.findings import Text
from reglo.core.money import minor_amount
from reglo.core.plans import Instalment, PlanState
from reglo.delivery.services import send_notice
from reglo.delivery.services.values import amount_text
from reglo.journal.services import REGLO, Actor, record
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

_BATCH = 200


def begin_plan(
    proposal: Proposal, *, items: Sequence[OpenItem], instalments: Iterable[Instalment], by: Actor, now: datetime
) -> Plan:
    """Begin the plan of an accepted proposal, in the caller's transaction.

    It takes the place of any plan and promise about the same items.
    """
    organisation = proposal.organisation
    standing = running(Plan.objects.of(organisation)).filter(items__item__in=items)
    Plan.objects.filter(pk__in=standing.values("pk")).update(ended_at=now)
    promised = waiting(Promise.objects.of(organisation)).filter(items__in=items)
    Promise.objects.filter(pk__in=promised.values("pk")).update(withdrawn_at=now)
    plan = Plan.objects.create(
        organisation=organisation,
        customer=proposal.customer,
        proposal=proposal,
        currency=proposal.currency,
        began_at=now,
    )
    PlanPart.objects.bulk_create(
        PlanPart(
            organisation=organisation, plan=plan, on=each.on, amount_minor=minor_amount(each.amount, plan.currency)
        )
        for each in instalments
    )
    PlanItem.objects.bulk_create(
        PlanItem(organisation=organisation, plan=plan, item=each, open_minor=each.open_minor) for each in items
    )
    _record("plan-began", plan, by=by, now=now)
    return plan


def end_plan(*, plan_id: int, organisation: Organisation, by: Actor, now: datetime) -> Plan:
    """End a plan by decision: the ladder goes on where it was left. A second time changes nothing."""
    with transaction.atomic(durable=True):
        rows = Plan.objects.of(organisation).select_related("customer").select_for_update(of=("self",))
        plan = rows.get(pk=plan_id)
        if plan.ended_at is None and plan.completed_at is None:
            plan.ended_at = now
            plan.save(update_fields=["ended_at"])
            _record("plan-ended", plan, by=by, now=now)
    return plan


def note_plans(*, now: datetime) -> int:
    """Note once which plans were broken or completed since the last look, and tell the owners; how many."""
    rows = running(with_paid(Plan.objects.all())).select_related("organisation", "customer", "proposal")
    noted = 0
    for plan in rows.order_by("pk").iterator(chunk_size=_BATCH):
        found = judged(plan, today=today_of(plan.organisation, now))
        if found.state is PlanState.COMPLETED:
            noted += _note(found, "completed_at", "plan-completed", now=now)
        elif found.state is PlanState.BROKEN and plan.broken_at is None:
            noted += _note(found, "broken_at", "plan-broken", now=now)
    return noted


def _note(found: JudgedPlan, column: str, act: str, *, now: datetime) -> int:
    plan = found.plan
    with transaction.atomic(durable=True):
        noted = running(Plan.objects.filter(pk=plan.pk, **{column: None})).update(**{column: now})
        if noted:
            _tell(found, act, now=now)
            _record(act, plan, by=REGLO, now=now)
    return noted


def _tell(found: JudgedPlan, act: str, *, now: datetime) -> None:
    organisation, name = found.plan.organisation, found.plan.customer.name
    left = {each: amount_text(found.left_minor, found.plan.currency, each) for each in ("fr", "en")}
    if act == "plan-broken":
        subject = Text(fr=f"{name} ne suit plus son échéancier", en=f"{name} no longer keeps to its plan")
        body = Text(
            fr=f"Il reste {left['fr']} à payer. Les relances reprennent là où elles s'étaient arrêtées, sauf si vous "
            "convenez d'autre chose.",
            en=f"{left['en']} are left to pay. Reminders go on where they had stopped, unless you agree otherwise.",
        )
    else:
        subject = Text(fr=f"{name} a payé tout son échéancier", en=f"{name} has paid its whole plan")
        body = Text(fr="Un mot de remerciement fera plaisir.", en="A word of thanks will be welcome.")
    send_notice(
        organisation=organisation,
        subject=subject.in_language(organisation.language),
        body=body.in_language(organisation.language),
        path=within("collection:plan", pk=found.plan.pk),
        key=f"{act}:{found.plan.pk}",
        by=REGLO,
        now=now,
    )


def _record(act: str, plan: Plan, *, by: Actor, now: datetime) -> None:
    record(
        act,
        organisation_id=plan.organisation_id,
        subject=plan,
        by=by,
        at=now,
        customer_id=plan.customer_id,
        after={"amount_minor": plan.proposal.amount_minor, "currency": plan.currency},
    )
