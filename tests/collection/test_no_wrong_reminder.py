"""A search for a wrong reminder that leaves through the room.

Random weeks of a customer: invoices, payments, promises, disputes, pauses, policies, workers that come and go. What
leaves is held against a ledger of the test's own, kept in plain numbers, which knows nothing of Réglo's decisions.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reglo.collection.models import Dispute, DisputeScope, Promise, Relationship, StepItem, StepTaken
from reglo.collection.services.rounds import decide_customer
from reglo.core.collection import DEFAULT_POLICY
from reglo.customers.models import Customer
from reglo.delivery.models import Message
from reglo.ledger.models import OpenItem
from tests.collection.cases import DUE, a_collecting_organisation, an_invoice, at, collect_by, pay_item, work
from tests.site import NOW, a_customer

pytestmark = pytest.mark.django_db(transaction=True)

_BEGINS = DUE - timedelta(days=12)
_GRACE = DEFAULT_POLICY.promise_grace_days
_OTHER = replace(DEFAULT_POLICY, steps=(*DEFAULT_POLICY.steps[1:3], *DEFAULT_POLICY.steps[4:]), days_between=3)


@dataclass
class Told:
    """What the test itself knows of an invoice."""

    owed: int
    promised: date | None = None
    disputed: bool = False


@dataclass
class World:
    """The test's own book."""

    customer: Customer
    day: date = _BEGINS
    debts: dict[int, Told] = field(default_factory=dict)
    paused_until: date | None = None
    seen: set[int] = field(default_factory=set)
    last: date | None = None

    def check(self) -> None:
        """Hold each message that has left since against the book. Days between are those of the milder policy."""
        fresh = Message.objects.filter(customer=self.customer, sent_at__isnull=False).exclude(pk__in=self.seen)
        sent = list(fresh.order_by("pk"))
        assert len(sent) <= 1, "two messages on a day"
        for message in sent:
            self.seen.add(message.pk)
            assert self.paused_until is None or self.day > self.paused_until
            assert self.last is None or (self.day - self.last).days >= _OTHER.days_between
            assert self.day.weekday() < 5
            self.last = self.day
            self._check_items(message)

    def _check_items(self, message: Message) -> None:
        for line in StepItem.objects.filter(step__message=message).select_related("item"):
            told = self.debts[line.item_id]
            assert 0 < line.open_minor <= told.owed, "asked for what is not owed"
            assert not told.disputed, "disputed"
            assert told.promised is None or self.day > told.promised + timedelta(days=_GRACE), "promised"
            if line.tone in ("friendly", "firm", "last", "formal-notice"):
                assert line.item.due_date is not None
                assert line.item.due_date < self.day, "called late before it is"

    def latest(self) -> tuple[int, Told]:
        """The last invoice."""
        return list(self.debts.items())[-1]


_days = st.integers(1, 9)
_acts = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), _days),
        st.tuples(st.just("bill"), st.just(0)),
        st.tuples(st.just("pay"), st.sampled_from([1, 300_00, 2000_00])),
        st.tuples(st.just("pay-after-deciding"), st.sampled_from([1, 300_00, 2000_00])),
        st.tuples(st.just("promise"), st.integers(0, 12)),
        st.tuples(st.just("dispute"), st.just(0)),
        st.tuples(st.just("settle"), st.just(0)),
        st.tuples(st.just("pause"), st.integers(0, 10)),
        st.tuples(st.just("policy"), st.integers(0, 1)),
    ),
    min_size=6,
    max_size=14,
)


# Each history takes seconds: one that fails is shown as it was found.
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(_acts)
def test_no_history_makes_a_wrong_reminder_leave(acts: list[tuple[str, int]]) -> None:
    world = World(a_customer(a_collecting_organisation(thanks=False)))
    _bill(world)
    for act, amount in acts:
        _do(world, act, amount)
        for _ in range(amount if act == "wait" else 1):
            world.day += timedelta(days=1)
            work(at(world.day))
            world.check()
    _check_rungs(world)


def _check_rungs(world: World) -> None:
    """Never the same rung twice, never two messages of a day."""
    rungs = StepItem.objects.filter(step__customer=world.customer).exclude(key="").values_list("item", "key")
    assert len(rungs) == len(set(rungs))
    days = StepTaken.objects.filter(customer=world.customer, task_kind="").exclude(state="dropped")
    assert days.count() == days.values("day").distinct().count()


def _bill(world: World) -> None:
    invoice = an_invoice(world.customer)
    item = OpenItem.objects.get(customer=world.customer, reference=invoice.number)
    world.debts[item.pk] = Told(item.amount_minor)


def _do(world: World, act: str, amount: int) -> None:
    now, organisation = at(world.day, 10), world.customer.organisation
    item, told = world.latest()
    match act:
        case "bill":
            _bill(world)
        case "pay-after-deciding" | "pay":
            if act != "pay":
                world.day += timedelta(days=1)
                decide_customer(customer_id=world.customer.pk, organisation=organisation, now=at(world.day, 8))
            if told.owed:
                paid = min(amount, told.owed)
                pay_item(OpenItem.objects.get(pk=item), paid, now=at(world.day, 10))
                told.owed -= paid
            if act != "pay":
                work(at(world.day, 11))
                world.check()
        case "promise":
            _promise(world, world.day + timedelta(days=amount))
        case "dispute" if not told.disputed and told.owed:
            told.disputed = True
            _dispute(world, item, told)
        case "settle" if told.disputed:
            told.disputed = False
            Dispute.objects.filter(customer=world.customer, closed_at=None).update(state="withdrawn", closed_at=now)
            for each in world.debts.values():
                each.disputed = False
        case "pause":
            world.paused_until = world.day + timedelta(days=amount)
            Relationship.objects.update_or_create(
                organisation=organisation, customer=world.customer, defaults={"paused_until": world.paused_until}
            )
        case "policy":
            collect_by(organisation, (DEFAULT_POLICY, _OTHER)[amount], thanks=False)


def _promise(world: World, by: date) -> None:
    item, told = world.latest()
    if not told.owed:
        return
    Promise.objects.filter(customer=world.customer, withdrawn_at=None).update(withdrawn_at=NOW)
    for each in world.debts.values():
        each.promised = None
    told.promised = by
    row = Promise.objects.create(
        organisation=world.customer.organisation,
        customer=world.customer,
        amount_minor=told.owed,
        currency="EUR",
        by=by,
        told_by="Claire",
        told_at=at(world.day),
        on_portal=True,
    )
    row.items.add(item)


def _dispute(world: World, item: int, told: Told) -> None:
    Dispute.objects.create(
        organisation=world.customer.organisation,
        customer=world.customer,
        invoice_id=OpenItem.objects.get(pk=item).origin.source_id,
        scope=DisputeScope.WHOLE,
        amount_minor=told.owed,
        reason="Cassé",
        opened_by="Claire",
        opened_at=at(world.day),
        on_portal=True,
    )
