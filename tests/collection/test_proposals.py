"""Proposals and plans: their cost, their proof, what they do, and what is left of them when they are not kept."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reglo.billing.models import Invoice
from reglo.collection.models import (
    Dispute,
    DisputeScope,
    PenaltyDecision,
    Plan,
    Promise,
    Proposal,
    ProposalKind,
    ProposalState,
)
from reglo.collection.queries.leeway import leeway_of
from reglo.collection.queries.plans import judged, plan_standings, plans_of
from reglo.collection.queries.promises import promised_days
from reglo.collection.queries.proposals import cost_of_offer, forecast_of, offer_of, price_of
from reglo.collection.services.leeway import FIELDS, change_leeway
from reglo.collection.services.plans import end_plan, note_plans
from reglo.collection.services.proposals import (
    OtherWords,
    ProposalClosed,
    ProposalOutdated,
    Wish,
    answer_proposal,
    ask_plan,
    draft_proposal,
    expire_proposals,
    grant_request,
    refuse_request,
    say_in_proposal,
    send_proposal,
    withdraw_proposal,
)
from reglo.collection.services.proposals_kept import settle_kept_proposals
from reglo.core.dates import next_business_day
from reglo.core.plans import InvalidPlan, PlanState
from reglo.core.proposals import InvalidProposal
from reglo.core.rates import shipped_rates
from reglo.customers.models import Customer
from reglo.delivery.models import Message, MessageKind
from reglo.ledger.queries import balance_of, settlement_offers
from tests.collection.debts import CLAIRE, a_debtor, ids_of, items_of, pay
from tests.collection.test_disputes import disputed
from tests.rows import undone
from tests.site import INES, NOW, TODAY, a_member

pytestmark = pytest.mark.django_db(transaction=True)

LATER = next_business_day(TODAY + timedelta(days=20))
FAR = date(2027, 12, 31)


def a_draft_of(customer: Customer, kind: ProposalKind = ProposalKind.PLAN, **changes: Any) -> Proposal:
    """A proposal about all that a customer owes."""
    wish: dict[str, Any] = {"kind": kind, "by_day": LATER, "count": 3, "percent": Decimal(5)}
    return draft_proposal(
        organisation=customer.organisation,
        customer=customer,
        item_ids=ids_of(customer),
        wish=Wish(**wish | changes),
        by=INES,
        now=NOW,
    )


def a_sent_one(customer: Customer, kind: ProposalKind = ProposalKind.PLAN, **changes: Any) -> Proposal:
    """The same, sent."""
    made = a_draft_of(customer, kind, **changes)
    contact = customer.contacts.get()
    return send_proposal(proposal_id=made.pk, organisation=customer.organisation, contact=contact, by=INES, now=NOW)


def answered(proposal: Proposal, accepted: bool = True, **changes: Any) -> Proposal:
    """The customer's answer on the portal."""
    facts: dict[str, Any] = {"sha256": proposal.sha256, "now": NOW, "name": "Claire Petit", "answer": ""}
    return answer_proposal(
        proposal_id=proposal.pk, organisation=proposal.organisation, accepted=accepted, by=CLAIRE, **facts | changes
    )


def asked(customer: Customer, count: int = 3, first: date | None = None) -> Proposal:
    """A request for a plan."""
    return ask_plan(
        organisation=customer.organisation,
        customer=customer,
        item_ids=ids_of(customer),
        count=count,
        first=first,
        reason="Un mois difficile",
        name="Claire Petit",
        by=CLAIRE,
        now=NOW,
    )


@pytest.mark.parametrize("kind", [kind for kind in ProposalKind if kind != ProposalKind.SPLIT])
def test_a_proposal_is_sent_with_words_that_never_change_and_a_link(kind: ProposalKind) -> None:
    customer = a_debtor("450.00", "100.00")
    sent = a_sent_one(customer, kind)
    assert sent.state == ProposalState.SENT
    assert sent.text_fr != sent.text_en
    assert len(sent.sha256) == 64
    message = Message.objects.get(kind=MessageKind.PROPOSAL)
    assert sent.text_fr.split("\n", maxsplit=1)[0] in message.text
    assert message.link_path == f"proposals/{sent.pk}/"
    send_proposal(
        proposal_id=sent.pk,
        organisation=customer.organisation,
        contact=customer.contacts.get(),
        by=INES,
        now=NOW + timedelta(days=1),
    )
    assert Message.objects.filter(kind=MessageKind.PROPOSAL).count() == 1


def test_the_cost_is_what_the_core_says_summed_over_the_debts() -> None:
    customer = a_debtor("450.00", "100.00")
    items = items_of(customer)
    draft = a_draft_of(customer, ProposalKind.DISCOUNT)
    forecast = forecast_of(customer, items, today=TODAY)
    cost = cost_of_offer(offer_of(draft), forecast, money_percent=Decimal(5), rates=shipped_rates())
    assert price_of(draft) == 132_000 * 95 // 100
    assert cost.discount == Decimal("55.00")  # 5 % of 1,100 without tax
    assert draft.cost_minor == int(cost.total * 100)
    assert cost.days < 0


@pytest.mark.parametrize(
    ("kind", "changes", "error"),
    [
        (ProposalKind.PLAN, {"by_day": TODAY - timedelta(days=1)}, InvalidPlan),
        (ProposalKind.PLAN, {"count": 0}, InvalidPlan),
        (ProposalKind.DISCOUNT, {"percent": Decimal(100)}, InvalidProposal),
        (ProposalKind.DATE, {"by_day": date(2026, 12, 25)}, InvalidProposal),
    ],
)
def test_a_proposal_that_means_nothing_is_refused(
    kind: ProposalKind, changes: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        a_draft_of(a_debtor(), kind, **changes)


def test_a_plan_that_is_accepted_begins_with_its_parts_and_items() -> None:
    customer = a_debtor("450.00", "100.00")
    sent = a_sent_one(customer)
    for _ in range(2):
        assert answered(sent).state == ProposalState.ACCEPTED
    plan = Plan.objects.get()
    assert sum(each.amount_minor for each in plan.parts.all()) == 132_000
    assert set(plan.items.values_list("item", flat=True)) == set(ids_of(customer))
    standing = plan_standings(customer.organisation, today=TODAY)
    assert {each.state for each in standing.values()} == {PlanState.RESPECTED}


@pytest.mark.parametrize("kind", [ProposalKind.DATE, ProposalKind.DISCOUNT, ProposalKind.WAIVER])
def test_an_accepted_day_holds_the_reminders_like_a_promise(kind: ProposalKind) -> None:
    customer = a_debtor()
    proposal = answered(a_sent_one(customer, kind))
    promise = Promise.objects.get()
    assert (promise.proposal, promise.by, promise.amount_minor) == (proposal, LATER, price_of(proposal))
    assert promised_days(customer.organisation) == dict.fromkeys(ids_of(customer), LATER)


def test_other_words_a_late_answer_and_a_second_answer_are_refused() -> None:
    customer = a_debtor()
    sent = a_sent_one(customer)
    with pytest.raises(OtherWords):
        answered(sent, sha256="0" * 64)
    with pytest.raises(ProposalClosed):
        answered(sent, now=NOW + timedelta(days=30))
    answered(sent, accepted=False, answer="Trop court")
    with pytest.raises(ProposalClosed):
        answered(sent)
    assert not Plan.objects.exists()


def test_what_was_paid_meanwhile_makes_a_proposal_outdated() -> None:
    customer = a_debtor()
    sent = a_sent_one(customer)
    pay(items_of(customer)[0], 1_000)
    with pytest.raises(ProposalOutdated):
        answered(sent)
    sent.refresh_from_db()
    assert sent.state == ProposalState.SENT


def test_a_proposal_expires_and_can_be_withdrawn() -> None:
    customer = a_debtor()
    first, second = a_sent_one(customer), a_sent_one(customer)
    withdraw_proposal(proposal_id=first.pk, organisation=customer.organisation, by=INES, now=NOW)
    assert expire_proposals(now=NOW) == 0
    assert expire_proposals(now=NOW + timedelta(days=60)) == 1
    second.refresh_from_db()
    assert second.state == ProposalState.EXPIRED
    with pytest.raises(ProposalClosed):
        answered(first)


def test_a_split_frees_the_undisputed_part_alone() -> None:
    customer = a_debtor()
    dispute = disputed(Invoice.objects.get(), DisputeScope.AMOUNT, amount_minor=20_000)
    sent = a_sent_one(customer, ProposalKind.SPLIT, dispute_id=dispute.pk)
    answered(sent)
    dispute.refresh_from_db()
    assert dispute.is_split
    assert Promise.objects.get().amount_minor == 88_000
    assert Dispute.objects.get().state == "open"


def test_a_request_within_the_leeway_is_granted_and_beyond_it_waits() -> None:
    customer = a_debtor()
    a_member(customer.organisation)
    assert asked(customer).state == ProposalState.ACCEPTED
    assert asked(customer).pk == Proposal.objects.get().pk
    other = a_debtor()
    a_member(other.organisation)
    request = asked(other, count=12)
    assert request.state == ProposalState.ASKED
    granted = grant_request(proposal_id=request.pk, organisation=other.organisation, answer="", by=INES, now=NOW)
    assert granted.state == ProposalState.ACCEPTED
    assert Plan.objects.get(customer=other).parts.count() == 12
    assert Message.objects.filter(kind=MessageKind.ANSWER, customer=other).count() == 1
    assert Message.objects.filter(kind=MessageKind.NOTICE).count() == 2


def test_a_request_is_refused_with_reasons_or_answered_with_another_proposal() -> None:
    customer = a_debtor()
    request = asked(customer, count=12)
    facts = {"proposal_id": request.pk, "organisation": customer.organisation, "by": INES, "now": NOW}
    with pytest.raises(ProposalClosed):
        refuse_request(answer=" ", **facts)
    say_in_proposal(text="Peut-on en parler ?", is_ours=True, name="Inès", **facts)
    a_sent_one(customer)
    request.refresh_from_db()
    assert request.state == ProposalState.WITHDRAWN
    with pytest.raises(ProposalClosed):
        refuse_request(answer="Non", **facts)


def test_the_leeway_decides_what_is_granted() -> None:
    customer = a_debtor()
    facts = {name: getattr(leeway_of(customer.organisation), name) for name in FIELDS}
    change_leeway(organisation=customer.organisation, facts=facts | {"grants_plans": False}, by=INES, now=NOW)
    assert asked(customer).state == ProposalState.ASKED


def test_a_broken_plan_is_noted_once_told_and_falls_back() -> None:
    customer = a_debtor()
    owner = a_member(customer.organisation)
    asked(customer)
    plan = Plan.objects.get()
    first = plan.parts.order_by("on").first()
    assert first is not None
    assert note_plans(now=NOW) == 0
    broken = NOW + timedelta(days=(first.on - TODAY).days + 4)
    assert note_plans(now=broken) == 1
    assert note_plans(now=broken + timedelta(days=1)) == 0
    plan.refresh_from_db()
    assert plan.broken_at == broken
    assert {each.state for each in plan_standings(customer.organisation, today=broken.date()).values()} == {
        PlanState.BROKEN
    }
    assert Message.objects.filter(kind=MessageKind.NOTICE, to=owner.email).count() == 2
    end_plan(plan_id=plan.pk, organisation=customer.organisation, by=INES, now=broken)
    assert not plan_standings(customer.organisation, today=broken.date())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payments=st.lists(st.integers(1, 60_000), max_size=5), day=st.integers(0, 120))
def test_how_a_plan_stands_is_told_by_the_ledger_alone(payments: list[int], day: int) -> None:
    with undone():
        customer = a_debtor()
        asked(customer)
        paid = 0
        for minor in payments:
            part = min(minor, 108_000 - paid)
            if part:
                pay(items_of(customer)[0], part)
                paid += part
        today = TODAY + timedelta(days=day)
        found = judged(plans_of(customer.organisation).get(), today=today)
        assert found.paid_minor == paid
        assert found.left_minor == 108_000 - paid == balance_of(customer, on=FAR).get("EUR", 0)
        assert sum(each.paid_minor for each in found.parts) == paid
        due = sum(each.amount_minor for each in found.parts if each.on < today)
        if paid == 108_000:
            assert found.state is PlanState.COMPLETED
        else:
            assert (found.state is PlanState.RESPECTED) == (paid >= due)


def test_a_plan_that_is_paid_is_completed_and_its_penalties_given_up_if_it_said_so() -> None:
    customer = a_debtor()
    a_member(customer.organisation)
    Invoice.objects.all()
    sent = a_sent_one(customer, by_day=LATER, waives_penalties=True)
    answered(sent)
    pay(items_of(customer)[0], 108_000)
    assert note_plans(now=NOW + timedelta(days=2)) == 1
    assert Plan.objects.get().completed_at is not None
    assert settle_kept_proposals(now=NOW + timedelta(days=2)) == 1
    assert settle_kept_proposals(now=NOW + timedelta(days=3)) == 0


def test_a_discount_whose_price_was_paid_in_time_is_booked_once() -> None:
    customer = a_debtor()
    sent = answered(a_sent_one(customer, ProposalKind.DISCOUNT))
    item = items_of(customer)[0]
    offer = settlement_offers(customer.organisation, on=LATER).get()
    assert (offer.item, offer.amount_minor, offer.last_day) == (item, price_of(sent), LATER)
    assert not settlement_offers(customer.organisation, on=LATER + timedelta(days=1))
    pay(item, price_of(sent) - 1)
    assert settle_kept_proposals(now=NOW + timedelta(days=1)) == 0
    pay(item, 1)
    assert settle_kept_proposals(now=NOW + timedelta(days=1)) == 1
    assert settle_kept_proposals(now=NOW + timedelta(days=1)) == 0
    assert not items_of(customer)
    assert balance_of(customer, on=FAR).get("EUR", 0) == 0


def test_a_discount_that_was_paid_too_late_is_none() -> None:
    customer = a_debtor()
    sent = answered(a_sent_one(customer, ProposalKind.DISCOUNT))
    late = NOW + timedelta(days=60)
    pay(items_of(customer)[0], price_of(sent), now=late)
    assert settle_kept_proposals(now=late) == 0
    assert items_of(customer)[0].open_minor == 108_000 - price_of(sent)


def test_penalties_are_given_up_for_what_is_paid_by_the_day() -> None:
    customer = a_debtor()
    item = items_of(customer)[0]
    late = NOW + timedelta(days=50)
    day = next_business_day(late.date() + timedelta(days=5))
    made = draft_proposal(
        organisation=customer.organisation,
        customer=customer,
        item_ids=ids_of(customer),
        wish=Wish(kind=ProposalKind.WAIVER, by_day=day),
        by=INES,
        now=late,
    )
    assert made.cost_minor > 4_000
    sent = send_proposal(
        proposal_id=made.pk, organisation=customer.organisation, contact=customer.contacts.get(), by=INES, now=late
    )
    answered(sent, now=late)
    pay(item, 108_000, now=late + timedelta(days=1))
    assert settle_kept_proposals(now=late + timedelta(days=2)) == 1
    waived = PenaltyDecision.objects.get()
    assert waived.state == "waived"
    assert waived.interest_minor > 0
    assert waived.indemnity_minor == 4_000
