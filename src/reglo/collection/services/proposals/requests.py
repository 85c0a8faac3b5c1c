"""Plans that a customer asks for: granted at once within the leeway, else answered by a person."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from reglo.collection.models import Proposal, ProposalKind, ProposalState
from reglo.collection.queries.leeway import leeway_of, limits_of
from reglo.collection.services.plans import begin_plan
from reglo.collection.services.promises import owed_together
from reglo.collection.services.proposals.answering import carry_out
from reglo.collection.services.proposals.model import LONGEST_WORDS, MOST_INSTALMENTS, AskedPlan, ProposalClosed, closed
from reglo.collection.services.proposals.writing import (
    create_proposal,
    fix_words,
    locked_proposal,
    note_answer,
    record_act,
    require_as_it_was,
    tell_owners,
    words_of,
    write_back,
)
from reglo.core.findings import Text
from reglo.core.money import from_minor
from reglo.core.plans import InvalidPlan, equal_plan, require_plan, suggested_plan
from reglo.core.proposals import Proposal as Offer
from reglo.core.proposals import (
    plan_proposal,
)
from reglo.customers.models import Customer
from reglo.delivery.services.values import amount_text
from reglo.formats.data.stored import write_stored
from reglo.journal.services import Actor
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

_NBSP = "\N{NO-BREAK SPACE}"


def worked_out_plan(
    organisation: Organisation, items: Sequence[OpenItem], *, count: int, first: date | None, today: date
) -> AskedPlan:
    """The plan that a customer gets if it asks for `count` instalments, and whether it is granted at once.

    first: the day of the first payment; None is soon. Raises InvalidPlan for what is no plan at all.
    """
    leeway, currency = leeway_of(organisation), items[0].currency
    amount = _amount_of(items)
    if not 1 <= count <= MOST_INSTALMENTS:
        raise InvalidPlan(
            Text(fr=f"De 1 à {MOST_INSTALMENTS} échéances.", en=f"From 1 to {MOST_INSTALMENTS} instalments."),
            field="count",
        )
    limits = limits_of(leeway, currency)
    try:
        plan = suggested_plan(amount, count=count, today=today, limits=limits, currency=currency)
        if first is not None and first != plan.instalments[0].on:
            plan = equal_plan(amount, count=count, first=first, currency=currency)
            require_plan(plan, amount=amount, today=today, limits=limits)
    except InvalidPlan as beyond:
        soon = today + timedelta(days=min(7, leeway.first_within_days))
        plan = equal_plan(amount, count=count, first=first or soon, currency=currency)
        require_plan(plan, amount=amount, today=today)
        return AskedPlan(plan=plan, problem=beyond.message)
    if not leeway.grants_plans:
        return AskedPlan(
            plan=plan, problem=Text(fr="Nous répondons à chaque demande.", en="We answer each request ourselves.")
        )
    return AskedPlan(plan=plan, problem=None)


def ask_plan(
    *,
    organisation: Organisation,
    customer: Customer,
    item_ids: Collection[int],
    count: int,
    first: date | None,
    reason: str,
    name: str,
    by: Actor,
    now: datetime,
    user_agent: str = "",
) -> Proposal:
    """Take a customer's request for instalments: within the leeway it is a plan at once, else it waits for a person.

    The same request again is the first one. The owners are told. Raises NothingOwed, InvalidPlan.
    """
    with transaction.atomic(durable=True):
        items = owed_together(organisation, customer, item_ids)
        asked = worked_out_plan(organisation, items, count=count, first=first, today=today_of(organisation, now))
        offer = plan_proposal(asked.plan)
        same = _same_request(customer, items, offer)
        if same is not None:
            return same
        state = ProposalState.ASKED if asked.problem else ProposalState.ACCEPTED
        proposal = create_proposal(
            customer, items, ProposalKind.PLAN, offer, state, by=by, now=now, reason=reason, asked=name
        )
        if asked.problem is None:
            fix_words(proposal)
            note_answer(proposal, state, name=name, answer="", by=by, now=now, user_agent=user_agent)
            begin_plan(proposal, items=items, instalments=offer.payments, by=by, now=now)
        _tell_request(proposal, by=by, now=now)
        act = "plan-asked" if asked.problem else "plan-granted"
        record_act(act, proposal, by=by, now=now, after={"name": name, "text": reason})
    return proposal


def grant_request(*, proposal_id: int, organisation: Organisation, answer: str, by: Actor, now: datetime) -> Proposal:
    """Say yes to what a customer asked for: it holds at once, and the customer is told. Raises ProposalClosed."""
    with transaction.atomic(durable=True):
        proposal = locked_proposal(proposal_id, organisation)
        if proposal.state == ProposalState.ACCEPTED:
            return proposal
        if proposal.state != ProposalState.ASKED:
            raise closed()
        require_as_it_was(proposal)
        fix_words(proposal)
        proposal.state, proposal.answered_at, proposal.answered_by = ProposalState.ACCEPTED, now, by.name[:100]
        proposal.answer = answer.strip()[:LONGEST_WORDS]
        proposal.save()
        carry_out(proposal, by=by, now=now)
        yes = Text(fr="C'est d'accord.", en="We agree.").in_language(proposal.customer.language)
        write_back(proposal, "\n\n".join(filter(None, (proposal.answer or yes, words_of(proposal)))), by=by, now=now)
        record_act("plan-granted", proposal, by=by, now=now, after={"text": proposal.answer})
    return proposal


def refuse_request(*, proposal_id: int, organisation: Organisation, answer: str, by: Actor, now: datetime) -> Proposal:
    """Say no to what a customer asked for, with a reason that it reads. Raises ProposalClosed."""
    with transaction.atomic(durable=True):
        proposal = locked_proposal(proposal_id, organisation)
        if proposal.state != ProposalState.ASKED:
            raise closed()
        if not answer.strip():
            raise ProposalClosed(
                Text(fr="Dites pourquoi, ou proposez autre chose.", en="Say why, or propose something else."),
                field="answer",
            )
        proposal.state, proposal.answered_at, proposal.answered_by = ProposalState.REFUSED, now, by.name[:100]
        proposal.answer = answer.strip()[:LONGEST_WORDS]
        proposal.save()
        write_back(proposal, proposal.answer, by=by, now=now)
        record_act("request-refused", proposal, by=by, now=now, after={"text": proposal.answer})
    return proposal


def _same_request(customer: Customer, items: Sequence[OpenItem], offer: Offer) -> Proposal | None:
    """What the customer asked for in these words before, and that still stands."""
    rows = Proposal.objects.filter(
        customer=customer,
        kind=ProposalKind.PLAN,
        by_customer=True,
        state__in=(ProposalState.ASKED, ProposalState.ACCEPTED),
        content={"offer": write_stored(offer)},
    ).exclude(plan__ended_at__isnull=False)
    wanted = {each.pk for each in items}
    return next((each for each in rows if set(each.items.values_list("pk", flat=True)) == wanted), None)


def _amount_of(items: Sequence[OpenItem]) -> Decimal:
    return from_minor(sum(each.open_minor for each in items), items[0].currency)


def _tell_request(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    who, organisation = proposal.customer.name, proposal.organisation
    amount = {each: amount_text(proposal.amount_minor, proposal.currency, each) for each in ("fr", "en")}
    if proposal.state == ProposalState.ASKED:
        subject = Text(fr=f"{who} demande un échéancier", en=f"{who} asks for a plan")
        body = Text(
            fr=f"Pour {amount['fr']}. La demande dépasse ce que vous accordez d'office{_NBSP}: à vous de répondre.",
            en=f"For {amount['en']}. It asks for more than you grant by itself: the answer is yours.",
        )
    else:
        subject = Text(fr=f"{who} a pris un échéancier", en=f"{who} has taken a plan")
        body = Text(
            fr=f"Pour {amount['fr']}, dans les limites que vous avez fixées. Les relances attendent.",
            en=f"For {amount['en']}, within the limits that you set. Reminders wait.",
        )
    said = f"\n\n{proposal.reason}" if proposal.reason else ""
    words = body.in_language(organisation.language) + said
    tell_owners(proposal, subject, words, key=f"plan-asked:{proposal.pk}", by=by, now=now)
