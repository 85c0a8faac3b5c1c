"""A state machine that searches for a wrong reminder."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from reglo.core.collection import (
    DEFAULT_POLICY,
    Channel,
    CustomerFacts,
    Decision,
    Done,
    PlanStanding,
    Policy,
    Profile,
    Receivable,
    ReceivableKind,
    Stance,
    Step,
    Tone,
    act_text,
    check_policy,
    decide,
    still_right,
)
from reglo.core.plans import PlanState
from tests.core.collection.oracle import GRACE, Debt, World, wrongs

_OTHER_LADDER = Policy(
    steps=(
        Step(key="early", offset=-5, tone=Tone.PRACTICAL),
        Step(key="firm", offset=2, tone=Tone.FIRM),
        Step(key="friendly", offset=9, tone=Tone.FIRM, channel=Channel.CALL),
        Step(key="court", offset=16, tone=Tone.FORMAL_NOTICE, channel=Channel.LETTER, least_amount=Decimal(200)),
    ),
    days_between=3,
    promise_grace_days=GRACE,
)
_OTHER_STANCES = replace(
    DEFAULT_POLICY,
    steps=(
        Step(key="soft", offset=4, tone=Tone.FRIENDLY, stances=frozenset({Stance.CONSIDERATE})),
        Step(key="firm", offset=6, tone=Tone.FIRM, least_amount=Decimal(300)),
        Step(key="formal-notice", offset=8, tone=Tone.FORMAL_NOTICE, channel=Channel.LETTER),
    ),
    small_amount=Decimal(50),
)
POLICIES = (DEFAULT_POLICY, _OTHER_LADDER, _OTHER_STANCES)

profiles = st.builds(
    Profile,
    stance=st.sampled_from(Stance),
    channel=st.sampled_from((None, None, Channel.LETTER, Channel.CALL)),
    weekday=st.sampled_from((None, 1, 4)),
    is_in_difficulty=st.sampled_from((False, False, False, True)),
    is_strategic=st.sampled_from((False, False, False, True)),
)


def facts_of(world: World) -> CustomerFacts:
    """What the program knows of the world."""
    receivables = [_receivable(debt) for debt in world.debts]
    if world.credit:
        receivables.append(
            Receivable(
                key="credit",
                number="A-1",
                issued=date(2026, 1, 1),
                due=date(2026, 1, 1),
                open_amount=world.credit,
                kind=ReceivableKind.CREDIT_NOTE,
            )
        )
    return CustomerFacts(
        key="customer",
        receivables=tuple(receivables),
        profile=world.profile,
        last_message_on=max(world.messages, default=None),
        is_insolvent=world.insolvent,
        paused_until=world.paused_until,
        unreachable=frozenset({Channel.EMAIL}) if world.bounced else frozenset(),
        asked=frozenset(world.tasks),
    )


def _receivable(debt: Debt) -> Receivable:
    return Receivable(
        key=debt.key,
        number=debt.key.upper(),
        issued=debt.issued,
        due=debt.due,
        open_amount=debt.owed,
        disputed=debt.disputed,
        is_split=debt.split,
        pending=debt.matching,
        promised_until=debt.promised,
        plan=PlanStanding(debt.plan, PlanState(debt.plan_state)) if debt.plan else None,
        done=tuple(Done(*each) for each in debt.log),
    )


def carry_out(decision: Decision, world: World) -> None:
    """Let the message leave and the tasks be put on the list."""
    debts = {debt.key: debt for debt in world.debts}
    for act in (*([decision.message] if decision.message else []), *decision.tasks):
        for item in act.items:
            if item.step and item.tone:
                debts[item.receivable].log.append((item.step, decision.day, item.tone))
    if decision.message:
        world.messages.append(decision.day)
    world.tasks += [task.key for task in decision.tasks]


class Collection(RuleBasedStateMachine):
    """One customer through everything that can happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.policy = DEFAULT_POLICY
        self.day = date(2026, 1, 5)
        self.numbers = 0
        self.not_before: date | None = None  # what the last decision said, while nothing has changed
        self.is_told = False

    def _happened(self) -> None:
        self.is_told = False

    def _pick(self, place: int) -> Debt:
        return self.world.debts[place % len(self.world.debts)]

    @initialize(profile=profiles, policy=st.sampled_from(POLICIES), dues=st.lists(st.integers(-30, 45), min_size=1))
    def begin(self, profile: Profile, policy: Policy, dues: list[int]) -> None:
        self.world.profile, self.policy = profile, policy
        for days in dues[:4]:
            self.issue("250.00", days)

    @rule(
        amount=st.sampled_from(("10.00", "100.00", "250.00", "1000.00")),
        days=st.integers(-30, 45) | st.integers(-800, -31),
    )
    def issue(self, amount: str, days: int) -> None:
        """A new invoice, or an old one that is imported."""
        due = self.day + timedelta(days=days)
        issued = min(self.day, due - timedelta(days=30)) if days < 0 else self.day
        self.numbers += 1
        self.world.debts.append(Debt(f"f-{self.numbers}", issued, due, Decimal(amount)))
        self._happened()

    @precondition(lambda self: self.world.debts)
    @rule(place=st.integers(0, 9), share=st.sampled_from(("1", "0.5", "0.01")))
    def pay(self, place: int, share: str) -> None:
        debt = self._pick(place)
        debt.owed -= (debt.owed * Decimal(share)).quantize(Decimal("0.01"))
        debt.matching = Decimal(0)
        debt.disputed = min(debt.disputed, debt.owed)
        if debt.owed == 0:
            debt.promised = None
        self._happened()

    @precondition(lambda self: self.world.debts)
    @rule(place=st.integers(0, 9), share=st.sampled_from(("0", "0.3", "1")))
    def find_a_bank_line(self, place: int, share: str) -> None:
        debt = self._pick(place)
        debt.matching = debt.owed * Decimal(share)
        self._happened()

    @precondition(lambda self: self.world.debts)
    @rule(place=st.integers(0, 9), share=st.sampled_from(("0.4", "1")), split=st.booleans())
    def dispute(self, place: int, share: str, split: bool) -> None:
        debt = self._pick(place)
        debt.disputed, debt.split = debt.owed * Decimal(share), split
        self._happened()

    @precondition(lambda self: self.world.debts)
    @rule(place=st.integers(0, 9))
    def settle_the_dispute(self, place: int) -> None:
        debt = self._pick(place)
        debt.disputed, debt.split = Decimal(0), False
        self._happened()

    @precondition(lambda self: self.world.debts)
    @rule(place=st.integers(0, 9), days=st.integers(0, 15))
    def promise(self, place: int, days: int) -> None:
        self._pick(place).promised = self.day + timedelta(days=days)
        self._happened()

    @precondition(lambda self: self.world.debts)
    @rule(place=st.integers(0, 9), state=st.sampled_from(("respected", "late", "broken")))
    def plan(self, place: int, state: str) -> None:
        debt = self._pick(place)
        debt.plan, debt.plan_state = debt.plan or f"plan-{self.numbers}", state
        self._happened()

    @precondition(lambda self: self.world.debts)
    @rule(place=st.integers(0, 9))
    def end_the_plan(self, place: int) -> None:
        self._pick(place).plan = None
        self._happened()

    @rule(amount=st.sampled_from(("0", "30.00", "400.00")))
    def credit(self, amount: str) -> None:
        self.world.credit = Decimal(amount)
        self._happened()

    @rule(insolvent=st.sampled_from((False, False, False, True)))
    def open_or_close_proceedings(self, insolvent: bool) -> None:
        self.world.insolvent = insolvent
        self._happened()

    @rule(days=st.integers(-1, 10))
    def pause(self, days: int) -> None:
        self.world.paused_until = self.day + timedelta(days=days)
        self._happened()

    @rule(bounced=st.booleans())
    def bounce(self, bounced: bool) -> None:
        self.world.bounced = bounced
        self.world.tasks = [task for task in self.world.tasks if not task.startswith("unreachable")]
        self._happened()

    @rule(policy=st.sampled_from(POLICIES), profile=profiles)
    def change_policy_and_profile(self, policy: Policy, profile: Profile) -> None:
        self.policy, self.world.profile = policy, profile
        self._happened()

    @rule(days=st.sampled_from((-60, -5, -1, 90)))
    def jump_of_the_clock(self, days: int) -> None:
        self.day += timedelta(days=days)
        self._happened()

    @rule(days=st.integers(1, 25))
    def server_is_off(self, days: int) -> None:
        self.day += timedelta(days=days)
        self._decide()

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        for _ in range(days):
            self.day += timedelta(days=1)
            self._decide()

    @rule()
    def run_again(self) -> None:
        """Any command may run at any moment, any number of times."""
        self._decide()

    def teardown(self) -> None:
        """Whatever has come about, live with it for a while, then for a season without what held it up."""
        self.days_pass(30)
        world = self.world
        world.insolvent, world.paused_until, world.bounced, world.credit = False, None, False, Decimal(0)
        for debt in world.debts[::2]:
            debt.matching = debt.disputed = Decimal(0)
        self._happened()
        self.days_pass(90)

    def _decide(self) -> None:
        facts = facts_of(self.world)
        decision = decide(facts, self.policy, self.day)
        assert list(wrongs(decision, self.world, self.policy)) == []
        assert still_right(act_text(decision), facts, self.policy, self.day) == decision
        assert decision.why.fr
        assert decision.why.en
        if self.is_told and decision.acts:
            assert self.not_before is not None, "it was said that nothing would come"
            assert self.day >= self.not_before, f"it was said that nothing would come before {self.not_before}"
        assert decision.next_on is None or decision.next_on > self.day
        _accounted_for(decision, self.world)
        carry_out(decision, self.world)
        self.not_before, self.is_told = decision.next_on, True


def _accounted_for(decision: Decision, world: World) -> None:
    """Each debt is in an act of the day, or it is said why it is left alone."""
    acts = (*([decision.message] if decision.message else []), *decision.tasks)
    named = {item.receivable for act in acts for item in act.items} | {rest.receivable for rest in decision.rests}
    assert named >= {debt.key for debt in world.debts}


def test_the_policies_of_the_machine_differ_in_what_they_allow() -> None:
    fatal = [[each.where for each in check_policy(policy) if each.severity == "fatal"] for policy in POLICIES]
    assert fatal == [[], [], []]


TestCollection = Collection.TestCase
TestCollection.settings = settings(max_examples=80, stateful_step_count=20, deadline=None)
