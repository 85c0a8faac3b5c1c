"""Proposals of ours: drafted with their cost, sent with words that never change, withdrawn, expired."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from reglo.collection.models import Dispute, DisputeState, Proposal, ProposalKind, ProposalState
from reglo.collection.queries.exposure import items_of_invoices
from reglo.collection.queries.proposals import (
    forecast_of,
)
from reglo.collection.services.promises import owed_together
from reglo.collection.services.proposals.model import VALID_FOR, Wish, closed
from reglo.collection.services.proposals.writing import (
    create_proposal,
    fix_words,
    locked_proposal,
    record_act,
    require_as_it_was,
    words_of,
)
from reglo.core.money import minor_units
from reglo.core.plans import equal_plan, require_plan
from reglo.core.proposals import (
    Debt,
    discount_proposal,
    later_date_proposal,
    plan_proposal,
    split_proposal,
    waiver_proposal,
)
from reglo.core.proposals import Proposal as Offer
from reglo.customers.models import Contact, Customer
from reglo.delivery.models import MessageKind
from reglo.delivery.services.outbox import Letter, write_message
from reglo.delivery.services.values import common_values, day_text
from reglo.journal.services import REGLO, Actor
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of


def draft_proposal(
    *,
    organisation: Organisation,
    customer: Customer,
    item_ids: Collection[int],
    wish: Wish,
    by: Actor,
    now: datetime,
    valid_until: date | None = None,
) -> Proposal:
    """Prepare a proposal with its cost; nothing is sent yet.

    Raises NothingOwed, InvalidPlan, InvalidProposal, Dispute.DoesNotExist.
    """
    with transaction.atomic(durable=True):
        items = _items_of(organisation, customer, item_ids, wish)
        today = today_of(organisation, now)
        forecast = forecast_of(customer, items, today=today)
        dispute = _dispute_of(organisation, wish)
        offer = offer_for(wish, forecast.together, today=today, dispute=dispute)
        proposal = create_proposal(
            customer,
            items,
            wish.kind,
            offer,
            ProposalState.DRAFT,
            by=by,
            now=now,
            dispute=dispute,
            valid_until=valid_until or min(today + VALID_FOR, max(offer.payments[0].on, today)),
        )
        record_act("proposal-drafted", proposal, by=by, now=now)
    return proposal


def send_proposal(
    *, proposal_id: int, organisation: Organisation, contact: Contact, by: Actor, now: datetime
) -> Proposal:
    """Fix the words of a draft and send it with a link to the portal. What was sent before is only sent again.

    It takes the place of what the customer asked for about the same items. Raises ProposalClosed, ProposalOutdated,
    NoAddress, BadWording.
    """
    with transaction.atomic(durable=True):
        proposal = locked_proposal(proposal_id, organisation)
        if proposal.state == ProposalState.DRAFT:
            require_as_it_was(proposal)
            fix_words(proposal)
            proposal.state, proposal.sent_at = ProposalState.SENT, now
            proposal.save()
            asked = Proposal.objects.of(organisation).filter(
                state=ProposalState.ASKED, items__in=proposal.items.values("pk")
            )
            ids = list(asked.values_list("pk", flat=True))
            Proposal.objects.filter(pk__in=ids).update(state=ProposalState.WITHDRAWN, answered_at=now)
        elif proposal.state != ProposalState.SENT:
            raise closed()
        write_message(_letter(proposal, contact), key=f"proposal:{proposal.pk}:{contact.pk}", by=by, now=now)
        record_act("proposal-sent", proposal, by=by, now=now, after={"to": contact.email, "sha256": proposal.sha256})
    return proposal


def withdraw_proposal(*, proposal_id: int, organisation: Organisation, by: Actor, now: datetime) -> Proposal:
    """Take back what nobody has answered yet. A second time changes nothing. Raises ProposalClosed."""
    with transaction.atomic(durable=True):
        proposal = locked_proposal(proposal_id, organisation)
        if proposal.state == ProposalState.WITHDRAWN:
            return proposal
        if proposal.state not in (ProposalState.DRAFT, ProposalState.SENT):
            raise closed()
        proposal.state = ProposalState.WITHDRAWN
        proposal.save(update_fields=["state"])
        record_act("proposal-withdrawn", proposal, by=by, now=now)
    return proposal


def expire_proposals(*, now: datetime) -> int:
    """Close what was not answered in time; how many."""
    rows = Proposal.objects.filter(state=ProposalState.SENT, valid_until__lt=(now + timedelta(days=1)).date())
    expired = 0
    for proposal in rows.select_related("organisation", "customer"):
        if proposal.valid_until is None or proposal.valid_until >= today_of(proposal.organisation, now):
            continue
        with transaction.atomic(durable=True):
            closed = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.SENT)
            if closed.update(state=ProposalState.EXPIRED):
                expired += 1
                record_act("proposal-expired", proposal, by=REGLO, now=now)
    return expired


def offer_for(wish: Wish, debt: Debt, *, today: date, dispute: Dispute | None = None) -> Offer:
    """What a wish brings. Raises InvalidPlan, InvalidProposal."""
    if wish.kind == ProposalKind.PLAN:
        plan = equal_plan(debt.amount, count=wish.count, first=wish.by_day, currency=debt.currency)
        require_plan(plan, amount=debt.amount, today=today)
        return plan_proposal(plan, waives_penalties=wish.waives_penalties)
    if wish.kind == ProposalKind.DISCOUNT:
        return discount_proposal(debt, percent=wish.percent, by=wish.by_day, today=today)
    if wish.kind == ProposalKind.SPLIT:
        places = minor_units(debt.currency)
        disputed = Decimal(dispute.amount_minor).scaleb(-places) if dispute else Decimal(0)
        return split_proposal(debt, disputed=disputed, by=wish.by_day, today=today)
    if wish.kind == ProposalKind.DATE:
        return later_date_proposal(debt, on=wish.by_day, today=today, waives_penalties=wish.waives_penalties)
    return waiver_proposal(debt, by=wish.by_day, today=today)


def _items_of(organisation: Organisation, customer: Customer, item_ids: Collection[int], wish: Wish) -> list[OpenItem]:
    """What a proposal is about: of a split, the items of the disputed invoice."""
    dispute = _dispute_of(organisation, wish)
    if dispute is not None:
        item_ids = [
            each.pk for each in items_of_invoices(organisation, [dispute.invoice_id]).get(dispute.invoice_id, [])
        ]
    return owed_together(organisation, customer, item_ids)


def _dispute_of(organisation: Organisation, wish: Wish) -> Dispute | None:
    if wish.kind != ProposalKind.SPLIT or wish.dispute_id is None:
        return None
    return Dispute.objects.of(organisation).get(pk=wish.dispute_id, state=DisputeState.OPEN)


def _letter(proposal: Proposal, contact: Contact) -> Letter:
    language = proposal.customer.language
    return Letter(
        kind=MessageKind.PROPOSAL,
        organisation=proposal.organisation,
        customer=proposal.customer,
        contact=contact,
        values={
            **common_values(proposal.customer, contact),
            "proposal": _body_of(proposal),
            "valid_until": day_text(proposal.valid_until, language),
        },
        path=f"proposals/{proposal.pk}/",
        attaches_document=False,
    )


def _body_of(proposal: Proposal) -> str:
    """The words without the last sentence, which the message says itself."""
    return words_of(proposal).rpartition("\n\n")[0]
