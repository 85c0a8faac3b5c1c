"""What accepted proposals bring once they are kept: the discount is booked, the penalties are given up."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Sum

from reglo.collection.models import PenaltyDecision, PenaltyState, Proposal, ProposalKind, ProposalState
from reglo.collection.queries.penalties import penalties_of
from reglo.collection.queries.promises import GRACE_DAYS
from reglo.collection.queries.proposals import last_day_of, offer_of, price_of
from reglo.collection.services.penalties import working_of
from reglo.core.accounting import EventKind, Reason
from reglo.journal.services import REGLO, record
from reglo.ledger.models import Allocation, OpenItem
from reglo.ledger.services import Source, settle_item
from reglo.organisations.queries import today_of

_REMEMBERED = timedelta(days=800)  #: longer than the longest plan


def settle_kept_proposals(*, now: datetime) -> int:
    """Book the discounts whose price was paid in time, and give up the penalties of what was paid as proposed.

    Each once; how many. What came too late brings nothing, and the whole stays due.
    """
    rows = Proposal.objects.filter(
        state=ProposalState.ACCEPTED, settled_at=None, answered_at__gt=now - _REMEMBERED
    ).exclude(kind=ProposalKind.SPLIT)
    return sum(_settle(each, now=now) for each in rows.values_list("pk", flat=True))


def _settle(proposal_id: int, *, now: datetime) -> int:
    with transaction.atomic(durable=True):
        rows = Proposal.objects.select_for_update(of=("self",)).select_related("organisation", "customer")
        proposal = rows.get(pk=proposal_id)
        if proposal.settled_at is not None:
            return 0
        today = today_of(proposal.organisation, now)
        items = list(proposal.items.select_related("entry", "origin").order_by("due_date", "pk"))
        if proposal.kind == ProposalKind.DISCOUNT and not _take_discount(proposal, items, today=today, now=now):
            return 0
        paid_on = _all_paid_on(items)
        if paid_on is None or paid_on > last_day_of(proposal) + timedelta(days=GRACE_DAYS):
            return 0
        if offer_of(proposal).waives_penalties:
            _waive(proposal, items, paid_on=paid_on, now=now)
        proposal.settled_at = now
        proposal.save(update_fields=["settled_at"])
        record(
            "proposal-kept",
            organisation_id=proposal.organisation_id,
            subject=proposal,
            by=REGLO,
            at=now,
            customer_id=proposal.customer_id,
            after={"amount_minor": proposal.amount_minor, "currency": proposal.currency},
        )
    return 1


def _take_discount(proposal: Proposal, items: Sequence[OpenItem], *, today: date, now: datetime) -> bool:
    """Book what is left as a discount, if the price was paid by the last day and the days of grace of the bank."""
    latest = last_day_of(proposal) + timedelta(days=GRACE_DAYS)
    paid = (
        Allocation.objects.filter(
            debit_item__in=items,
            credit_item__kind=EventKind.PAYMENT,
            at__gt=proposal.answered_at,
            on__lte=latest,
        ).aggregate(sum=Sum("amount_minor"))["sum"]
        or 0
    )
    if paid < price_of(proposal):
        return False
    for item in items:
        if item.open_minor:
            settle_item(
                organisation=proposal.organisation,
                item_id=item.pk,
                reason=Reason.DISCOUNT,
                amount_minor=item.open_minor,
                on=min(today, latest),
                source=Source("proposal", proposal.pk),
                by=REGLO,
                now=now,
            )
            item.open_minor = 0
    return True


def _all_paid_on(items: Sequence[OpenItem]) -> date | None:
    """The day on which the last of some items was paid; None while one is open."""
    if any(each.open_minor for each in items):
        return None
    paid = Allocation.objects.filter(debit_item__in=items, credit_item__kind=EventKind.PAYMENT, reversal=None)
    last: date | None = paid.aggregate(last=Max("on"))["last"]
    return last


def _waive(proposal: Proposal, items: Sequence[OpenItem], *, paid_on: date, now: datetime) -> None:
    """Decide for each item that was late that its interest and indemnity are given up, with their working."""
    reason = proposal.text_fr if proposal.organisation.language == "fr" else proposal.text_en
    late = [each for each in items if each.due_date is not None and each.due_date < paid_on]
    for owed in penalties_of(proposal.customer, late, until=paid_on):
        PenaltyDecision.objects.get_or_create(
            item=owed.item,
            until=paid_on,
            defaults={
                "organisation": proposal.organisation,
                "customer": proposal.customer,
                "state": PenaltyState.WAIVED,
                "interest_minor": owed.interest_minor,
                "indemnity_minor": owed.indemnity_minor,
                "working": working_of(owed),
                "reason": reason,
                "decided_at": now,
            },
        )
