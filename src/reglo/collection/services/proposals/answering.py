"""The customer's answer to a proposal, with its proof, and what acceptance does."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from reglo.collection.models import Dispute, DisputeState, Proposal, ProposalKind, ProposalState
from reglo.collection.queries.disputes import open_of_invoice
from reglo.collection.queries.proposals import (
    last_day_of,
    offer_of,
    price_of,
    shares_of,
)
from reglo.collection.services.plans import begin_plan
from reglo.collection.services.promises import add_promise, owed_together
from reglo.collection.services.proposals.model import OtherWords, ProposalOutdated, closed
from reglo.collection.services.proposals.writing import (
    locked_proposal,
    note_answer,
    record_act,
    require_as_it_was,
    tell_owners,
)
from reglo.core.findings import Text
from reglo.core.money import minor_amount, minor_units
from reglo.journal.services import Actor
from reglo.ledger.models import OpenItem
from reglo.ledger.services import Source, offer_settlement
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of


def answer_proposal(
    *,
    proposal_id: int,
    organisation: Organisation,
    accepted: bool,
    name: str,
    answer: str,
    sha256: str,
    by: Actor,
    now: datetime,
    user_agent: str = "",
) -> Proposal:
    """Take the customer's answer to a proposal that was sent, with its proof; accepted, it holds at once.

    sha256: of the text that was shown. The same answer again changes nothing. Raises OtherWords, ProposalClosed,
    ProposalOutdated.
    """
    with transaction.atomic(durable=True):
        proposal = locked_proposal(proposal_id, organisation)
        wanted = ProposalState.ACCEPTED if accepted else ProposalState.REFUSED
        if proposal.state == wanted:
            return proposal
        _require_answerable(proposal, sha256, today=today_of(organisation, now))
        note_answer(proposal, wanted, name=name, answer=answer, by=by, now=now, user_agent=user_agent)
        if accepted:
            carry_out(proposal, by=by, now=now)
        _tell_answer(proposal, by=by, now=now)
        act = "proposal-accepted" if accepted else "proposal-refused"
        record_act(act, proposal, by=by, now=now, after={"name": name, "text": answer, "sha256": sha256})
    return proposal


def _require_answerable(proposal: Proposal, sha256: str, *, today: date) -> None:
    if proposal.state != ProposalState.SENT or (proposal.valid_until is not None and proposal.valid_until < today):
        raise closed()
    if sha256 != proposal.sha256:
        raise OtherWords(
            Text(
                fr="Ce n'est pas le texte de cette proposition. Rechargez la page et relisez-la.",
                en="This is not the text of this proposal. Load the page again and read it.",
            )
        )


def carry_out(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """What an accepted proposal does: a plan begins, or a day is promised; a split frees the undisputed part."""
    item_ids = list(proposal.items.values_list("pk", flat=True))
    require_as_it_was(proposal)
    items = owed_together(proposal.organisation, proposal.customer, item_ids)
    offer = offer_of(proposal)
    others = Proposal.objects.filter(state=ProposalState.SENT, items__in=item_ids).exclude(pk=proposal.pk)
    Proposal.objects.filter(pk__in=list(others.values_list("pk", flat=True))).update(state=ProposalState.WITHDRAWN)
    if proposal.kind == ProposalKind.PLAN:
        begin_plan(proposal, items=items, instalments=offer.payments, by=by, now=now)
        return
    if proposal.dispute is not None:
        _split(proposal.dispute, items)
    if proposal.kind == ProposalKind.DISCOUNT:
        _offer_less(proposal, items, now=now)
    add_promise(
        items,
        customer=proposal.customer,
        amount_minor=price_of(proposal),
        by_day=offer.payments[0].on if proposal.kind == ProposalKind.SPLIT else last_day_of(proposal),
        told_by=proposal.answered_by,
        on_portal=by.user_id is None,
        by=by,
        now=now,
        proposal=proposal,
    )


def _offer_less(proposal: Proposal, items: Sequence[OpenItem], *, now: datetime) -> None:
    """Tell the ledger what settles each item until the last day, so that a payment of so much is known."""
    places = minor_units(proposal.currency)
    amounts = [Decimal(each.open_minor).scaleb(-places) for each in items]
    prices = shares_of(Decimal(price_of(proposal)).scaleb(-places), amounts, places)
    for item, price in zip(items, prices, strict=True):
        offer_settlement(
            item,
            amount_minor=minor_amount(price, proposal.currency),
            last_day=last_day_of(proposal),
            source=Source("proposal", proposal.pk),
            now=now,
        )


def _split(dispute: Dispute, items: Sequence[OpenItem]) -> None:
    """The customer pays what it does not dispute; the rest waits for an end of the dispute."""
    if dispute.state != DisputeState.OPEN or open_of_invoice(dispute.invoice) <= dispute.amount_minor or not items:
        raise ProposalOutdated(Text(fr="Ce litige a pris fin entre-temps.", en="This dispute has ended meanwhile."))
    Dispute.objects.filter(pk=dispute.pk).update(is_split=True)


def _tell_answer(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    who = proposal.customer.name
    if proposal.state == ProposalState.ACCEPTED:
        subject = Text(fr=f"{who} accepte votre proposition", en=f"{who} accepts your proposal")
    else:
        subject = Text(fr=f"{who} refuse votre proposition", en=f"{who} refuses your proposal")
    if by.user_id is None:
        tell_owners(proposal, subject, proposal.answer, key=f"proposal-answered:{proposal.pk}", by=by, now=now)
