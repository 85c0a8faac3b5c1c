"""What a customer says stops its reminders at once, and what it does not keep lets the ladder go on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from reglo.billing.models import Invoice
from reglo.collection.models import Plan, ProposalKind
from reglo.collection.queries.facts import facts_for
from reglo.collection.services.disputes import reject_dispute
from reglo.collection.services.plans import end_plan
from reglo.collection.services.promises import make_promise, withdraw_promise
from reglo.collection.services.proposals import refuse_request, withdraw_proposal
from reglo.core.collection import DEFAULT_POLICY, decide
from reglo.core.collection.rests import Reason
from reglo.customers.models import Customer
from tests.collection.debts import CLAIRE, a_debtor, ids_of
from tests.collection.test_disputes import disputed
from tests.collection.test_proposals import a_sent_one, asked
from tests.site import INES, NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)

LATE = NOW + timedelta(days=36)  # the invoice of today is due in thirty


def rest(customer: Customer, now: datetime = LATE) -> Reason | None:
    """Why the customer is left alone; None where something is done."""
    decision = decide(facts_for(customer, now=now), DEFAULT_POLICY, now.date())
    return None if decision.acts else next((each.reason for each in decision.rests), decision.reason)


def promised(customer: Customer) -> Callable[[], object]:
    made = make_promise(
        organisation=customer.organisation,
        customer=customer,
        item_ids=ids_of(customer),
        by_day=TODAY + timedelta(days=40),
        amount_minor=None,
        told_by="Claire",
        on_portal=True,
        by=CLAIRE,
        now=NOW,
    )
    return lambda: withdraw_promise(promise_id=made.pk, organisation=customer.organisation, by=INES, now=LATE)


def in_dispute(customer: Customer) -> Callable[[], object]:
    made = disputed(Invoice.objects.get(customer=customer))
    facts = {"dispute_id": made.pk, "organisation": customer.organisation}
    return lambda: reject_dispute(answer="Le bon est signé", by=INES, now=LATE, **facts)


def in_a_plan(customer: Customer) -> Callable[[], object]:
    asked(customer)
    plan = Plan.objects.get(customer=customer)
    return lambda: end_plan(plan_id=plan.pk, organisation=customer.organisation, by=INES, now=LATE)


def unanswered(customer: Customer) -> Callable[[], object]:
    request = asked(customer, count=12)  # beyond what is granted by itself
    facts = {"proposal_id": request.pk, "organisation": customer.organisation}
    return lambda: refuse_request(answer="Trois mois au plus", by=INES, now=LATE, **facts)


def offered(customer: Customer) -> Callable[[], object]:
    sent = a_sent_one(customer, ProposalKind.DISCOUNT)
    facts = {"proposal_id": sent.pk, "organisation": customer.organisation}
    return lambda: withdraw_proposal(by=INES, now=LATE, **facts)


@pytest.mark.parametrize(
    ("say", "now", "reason"),
    [
        (promised, LATE, Reason.PROMISED),
        (in_dispute, LATE, Reason.DISPUTED),
        (in_a_plan, NOW + timedelta(days=5), Reason.IN_PLAN),
        (unanswered, LATE, Reason.UNANSWERED),
        (offered, NOW, Reason.UNANSWERED),
    ],
)
def test_what_is_said_holds_the_ladder_and_its_end_lets_it_go_on(
    say: Callable[[Customer], Callable[[], object]], now: datetime, reason: Reason
) -> None:
    customer = a_debtor()
    assert rest(customer) is None
    take_back = say(customer)
    assert rest(customer, now) is reason
    take_back()
    assert rest(customer) is None


def test_a_promise_and_a_plan_that_are_not_kept_hold_nothing_any_more() -> None:
    first, second = a_debtor(), a_debtor()
    promised(first), in_a_plan(second)
    assert rest(first, NOW + timedelta(days=49)) is None
    assert rest(second, NOW + timedelta(days=49)) is None
