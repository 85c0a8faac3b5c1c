"""What is decided for one customer on one day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from reglo.core.collection import (
    DEFAULT_POLICY,
    Channel,
    CustomerFacts,
    Decision,
    Done,
    PlanStanding,
    Policy,
    Profile,
    Reason,
    Receivable,
    ReceivableKind,
    Stance,
    TaskKind,
    Tone,
    carried_out,
    decide,
)
from reglo.core.plans import PlanState
from reglo.core.terms import BuyerKind

DUE = date(2026, 3, 2)  # a Monday


def a_receivable(key: str = "f-1", **changes: Any) -> Receivable:
    """An invoice of 1,000 € due on Monday 2 March 2026."""
    given = {"key": key, "number": key.upper(), "issued": date(2026, 1, 31), "due": DUE, "open_amount": Decimal(1000)}
    return Receivable(**(given | changes))


def a_customer(*receivables: Receivable, **changes: Any) -> CustomerFacts:
    """A customer who owes these, or an invoice of 1,000 €."""
    return CustomerFacts(key="c", receivables=receivables or (a_receivable(),), **changes)


def lived(facts: CustomerFacts, first: date, days: int, policy: Policy = DEFAULT_POLICY) -> list[Decision]:
    """The decisions with something to do of so many days, each carried out."""
    acted = []
    for ahead in range(days):
        decision = decide(facts, policy, first + timedelta(days=ahead))
        if decision.acts:
            acted.append(decision)
            facts = carried_out(decision, facts)
    return acted


def steps(decisions: list[Decision]) -> list[tuple[int, str]]:
    """Days from the due date, and step of the first item."""
    found = []
    for each in decisions:
        items = each.message.items if each.message else each.tasks[0].items
        found.append(((each.day - DUE).days, next(item.step or "" for item in items if item.step)))
    return found


def test_the_ladder_is_climbed_day_by_day_and_waits_for_working_days() -> None:
    acted = lived(a_customer(), date(2026, 2, 1), 90)
    assert steps(acted) == [
        (-10, "gentle"),
        (0, "practical"),  # J-2 is a Saturday
        (7, "friendly"),  # five days after the last message is a Saturday
        (14, "firm"),  # five days after it is a Saturday again
        (21, "last"),  # J+20 is a Sunday
        (30, "formal-notice"),
    ]


def test_what_was_never_chased_starts_gently_however_late_it_is_and_keeps_the_distances_of_the_ladder() -> None:
    acted = lived(a_customer(), DUE + timedelta(days=210), 60)  # an import of old invoices
    tones = [each.message.tone for each in acted if each.message]
    assert tones == [Tone.FRIENDLY, Tone.FIRM, Tone.LAST, Tone.FORMAL_NOTICE]
    days = [each.day for each in acted]
    distances = [(after - before).days for before, after in pairwise(days)]
    assert all(got >= asked for got, asked in zip(distances, (7, 10, 10), strict=True))


def test_a_server_that_was_off_sends_one_message_and_not_those_that_it_missed() -> None:
    done = (Done("friendly", DUE + timedelta(days=3), Tone.FRIENDLY),)
    facts = a_customer(a_receivable(done=done), last_message_on=DUE + timedelta(days=3))
    acted = lived(facts, DUE + timedelta(days=28), 5)  # firm, and last, were missed
    assert steps(acted) == [(28, "firm")]


def test_a_reminder_before_the_due_date_is_left_out_where_its_day_came_with_the_invoice() -> None:
    facts = a_customer(a_receivable(issued=DUE - timedelta(days=8)))
    assert steps(lived(facts, DUE - timedelta(days=8), 10)) == [(0, "practical")]


def test_one_message_holds_all_that_is_late_in_the_tone_of_the_hardest_step() -> None:
    old = a_receivable("old", due=date(2026, 2, 2), done=(Done("firm", date(2026, 2, 12), Tone.FIRM),))
    new = a_receivable("new", due=date(2026, 2, 20))
    young = a_receivable("young", due=date(2026, 2, 27))
    decision = decide(a_customer(new, old, young), DEFAULT_POLICY, date(2026, 3, 2))
    assert decision.message is not None
    assert decision.message.tone is Tone.LAST
    assert [(item.receivable, item.step) for item in decision.message.items] == [
        ("old", "last"),
        ("new", "friendly"),
        ("young", "friendly"),
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"open_amount": Decimal(0)}, Reason.PAID),
        ({"open_amount": Decimal(-5)}, Reason.PAID),
        ({"pending": Decimal(1)}, Reason.PENDING_MATCH),
        ({"disputed": Decimal(1000)}, Reason.DISPUTED),
        ({"disputed": Decimal(200)}, Reason.DISPUTED),
        ({"disputed": Decimal(1000), "is_split": True}, Reason.DISPUTED),
        ({"promised_until": date(2026, 3, 12)}, Reason.PROMISED),
        ({"promised_until": date(2026, 3, 10)}, Reason.PROMISED),  # the two days of grace
        ({"plan": PlanStanding("p", PlanState.RESPECTED)}, Reason.IN_PLAN),
        ({"is_discussed": True}, Reason.UNANSWERED),
        ({"kind": ReceivableKind.CREDIT_NOTE}, Reason.CREDIT),
        ({"kind": ReceivableKind.ADVANCE}, Reason.CREDIT),
    ],
)
def test_these_are_left_alone(changes: dict[str, Any], reason: Reason) -> None:
    decision = decide(a_customer(a_receivable(**changes)), DEFAULT_POLICY, date(2026, 3, 12))
    assert not decision.acts
    assert [rest.reason for rest in decision.rests] == [reason]


def test_without_such_a_reason_it_would_be_chased_on_that_day() -> None:
    assert decide(a_customer(), DEFAULT_POLICY, date(2026, 3, 12)).acts


def test_the_undisputed_part_is_asked_for_once_the_split_is_agreed() -> None:
    facts = a_customer(a_receivable(disputed=Decimal(200), is_split=True))
    decision = decide(facts, DEFAULT_POLICY, date(2026, 3, 12))
    assert decision.message is not None
    assert [item.amount for item in decision.message.items] == [Decimal(800)]


def test_credit_is_taken_off_the_oldest_debt_first() -> None:
    credit = a_receivable("a-1", kind=ReceivableKind.CREDIT_NOTE, open_amount=Decimal(1300))
    old, new = a_receivable("old", due=date(2026, 1, 31)), a_receivable("new", due=date(2026, 2, 27))
    decision = decide(a_customer(new, credit, old), DEFAULT_POLICY, date(2026, 3, 12))
    assert decision.message is not None
    assert [(item.receivable, item.amount) for item in decision.message.items] == [("new", Decimal(700))]
    assert Reason.COVERED in [rest.reason for rest in decision.rests]


def test_credit_in_another_currency_pays_nothing() -> None:
    credit = a_receivable("a-1", kind=ReceivableKind.CREDIT_NOTE, open_amount=Decimal(5000), currency="USD")
    assert decide(a_customer(a_receivable(), credit), DEFAULT_POLICY, date(2026, 3, 12)).message is not None


def test_a_promise_is_said_and_the_day_after_its_grace_is_the_next() -> None:
    decision = decide(a_customer(a_receivable(promised_until=date(2026, 3, 13))), DEFAULT_POLICY, date(2026, 3, 12))
    assert decision.why.fr == (
        "Rien aujourd'hui\N{NO-BREAK SPACE}: paiement de F-1 promis pour le vendredi 13 mars 2026. "
        "Pas avant le lundi 16 mars 2026."
    )
    assert decision.next_on == date(2026, 3, 16)


def test_a_broken_promise_gets_its_own_words_once_and_the_ladder_goes_on_where_it_was_left() -> None:
    done = (Done("firm", date(2026, 3, 12), Tone.FIRM),)
    facts = a_customer(a_receivable(done=done, promised_until=date(2026, 3, 20)), last_message_on=date(2026, 3, 12))
    acted = lived(facts, date(2026, 3, 13), 60)
    assert [step for _, step in steps(acted)] == ["promise-broken@2026-03-20", "last", "formal-notice"]
    assert acted[0].day == date(2026, 3, 23)
    assert acted[0].message is not None
    assert (acted[0].message.tone, acted[0].message.template) == (Tone.FIRM, "promise-broken")


def test_another_promise_broken_is_another_step() -> None:
    done = (Done("promise-broken@2026-03-06", date(2026, 3, 9), Tone.FRIENDLY),)
    facts = a_customer(a_receivable(done=done, promised_until=date(2026, 3, 20)), last_message_on=date(2026, 3, 9))
    assert steps(lived(facts, date(2026, 3, 21), 3)) == [(21, "promise-broken@2026-03-20")]


def test_a_promise_for_a_day_before_the_due_date_just_lapses() -> None:
    facts = a_customer(a_receivable(promised_until=date(2026, 2, 20)))
    assert steps(lived(facts, date(2026, 2, 19), 20)) == [(-7, "gentle"), (0, "practical"), (7, "friendly")]


def test_a_broken_plan_falls_back_to_the_ladder_and_a_late_one_asks_a_person_once() -> None:
    late = a_customer(a_receivable(plan=PlanStanding("p", PlanState.LATE, date(2026, 3, 10))))
    decision = decide(late, DEFAULT_POLICY, date(2026, 3, 12))
    assert decision.message is None
    assert [task.kind for task in decision.tasks] == [TaskKind.PLAN_LATE]
    assert not decide(carried_out(decision, late), DEFAULT_POLICY, date(2026, 3, 13)).acts
    broken = a_customer(a_receivable(plan=PlanStanding("p", PlanState.BROKEN)))
    assert [step for _, step in steps(lived(broken, date(2026, 3, 12), 30))] == [
        "plan-broken@p",
        "firm",
        "last",
        "formal-notice",
    ]


def test_what_is_left_open_after_a_plan_was_paid_is_chased_as_usual() -> None:
    facts = a_customer(a_receivable(plan=PlanStanding("p", PlanState.COMPLETED)))
    assert steps(lived(facts, date(2026, 3, 5), 3)) == [(3, "friendly")]


def test_insolvency_stops_everything_but_the_task_to_declare_the_claim() -> None:
    acted = lived(a_customer(is_insolvent=True), date(2026, 2, 1), 90)
    assert [(each.message, [task.kind for task in each.tasks]) for each in acted] == [(None, [TaskKind.DECLARE_CLAIM])]
    assert acted[0].next_on is None


def test_an_address_that_bounced_is_a_task_and_the_step_waits_for_an_address() -> None:
    facts = a_customer(unreachable=frozenset({Channel.EMAIL}))
    acted = lived(facts, date(2026, 3, 5), 10)
    assert [[task.kind for task in each.tasks] for each in acted] == [[TaskKind.UNREACHABLE]]
    mended = replace(carried_out(acted[0], facts), unreachable=frozenset())
    assert steps(lived(mended, date(2026, 3, 12), 1)) == [(10, "friendly")]


@pytest.mark.parametrize(
    "profile",
    [
        Profile(is_strategic=True),
        Profile(stance=Stance.CONSIDERATE),
        Profile(stance=Stance.FIRM, is_in_difficulty=True),
    ],
)
def test_a_formal_notice_to_these_is_for_a_person_to_decide(profile: Profile) -> None:
    acted = lived(a_customer(profile=profile), date(2026, 2, 1), 120)
    assert not any(each.message and each.message.tone is Tone.FORMAL_NOTICE for each in acted)
    assert [task.kind for each in acted for task in each.tasks][-1] is TaskKind.FORMAL_NOTICE


def test_a_formal_notice_is_not_the_first_word_where_the_conditions_leave_out_all_before_it() -> None:
    steps_of = DEFAULT_POLICY.steps
    large_only = tuple(replace(each, least_amount=Decimal(5000)) for each in steps_of[:-1])
    policy = replace(DEFAULT_POLICY, steps=(*large_only, steps_of[-1]))
    assert lived(a_customer(), date(2026, 2, 1), 120, policy) == []
    large = a_customer(a_receivable(open_amount=Decimal(5000)))
    assert steps(lived(large, date(2026, 2, 1), 120, policy))[-1] == (30, "formal-notice")


def test_after_a_change_of_policy_the_ladder_goes_on_from_the_tone_that_was_reached() -> None:
    done = (Done("firm-of-old", date(2026, 3, 12), Tone.FIRM),)
    facts = a_customer(a_receivable(done=done), last_message_on=date(2026, 3, 12))
    assert steps(lived(facts, date(2026, 3, 13), 30)) == [(21, "last"), (30, "formal-notice")]


def test_a_policy_changed_on_the_day_of_a_call_sends_no_second_step_on_that_day() -> None:
    facts = a_customer(a_receivable(done=(Done("friendly", DUE + timedelta(days=31), Tone.FRIENDLY),)))
    notice = next(step for step in DEFAULT_POLICY.steps if step.tone is Tone.FORMAL_NOTICE)
    alone = replace(DEFAULT_POLICY, steps=(replace(notice, offset=8),))
    assert not decide(facts, alone, DUE + timedelta(days=31)).acts
    assert lived(facts, DUE + timedelta(days=31), 10, alone)[0].day >= DUE + timedelta(days=31 + alone.days_between)


def test_a_promise_broken_on_the_day_of_a_step_is_answered_on_another() -> None:
    """A step may be dated after the promise was broken, where a clock was ahead."""
    called = DUE + timedelta(days=10)
    facts = a_customer(
        a_receivable(done=(Done("firm", called, Tone.FIRM),), promised_until=called - timedelta(days=3)),
    )
    assert not decide(facts, DEFAULT_POLICY, called).acts
    assert lived(facts, called, 5)[0].day > called


def test_a_call_is_a_task() -> None:
    acted = lived(a_customer(profile=Profile(channel=Channel.CALL)), date(2026, 3, 5), 5)
    assert [[task.kind for task in each.tasks] for each in acted] == [[TaskKind.CALL]]


def test_little_is_only_asked_for_together_with_more() -> None:
    little = a_receivable("little", open_amount=Decimal("9.99"))
    alone = decide(a_customer(little), DEFAULT_POLICY, date(2026, 3, 12))
    assert (alone.acts, alone.reason, alone.next_on) == (False, Reason.SMALL, None)
    together = decide(a_customer(little, a_receivable()), DEFAULT_POLICY, date(2026, 3, 12))
    assert together.message is not None
    assert len(together.message.items) == 2


def test_the_preferred_weekday_is_waited_for_until_the_next_step_and_no_longer() -> None:
    thursdays = a_customer(profile=Profile(weekday=3))
    assert steps(lived(thursdays, date(2026, 2, 1), 45)) == [
        (-4, "gentle"),  # from J-10 to J-3 there is one Thursday
        (3, "friendly"),  # from J-2 to the due date there is none, and the four days after the message are quiet
        (10, "firm"),
    ]


def test_a_preferred_weekday_that_does_not_come_before_the_next_step_is_given_up() -> None:
    tight = replace(DEFAULT_POLICY, steps=tuple(each for each in DEFAULT_POLICY.steps if each.offset in (3, 10)))
    tight = replace(tight, steps=(tight.steps[0], replace(tight.steps[1], offset=5)))
    mondays = a_customer(profile=Profile(weekday=0))
    assert steps(lived(mondays, date(2026, 3, 3), 5, tight)) == [(3, "friendly")]  # a Thursday


def test_nobody_is_written_to_on_a_holiday_or_a_weekend() -> None:
    easter = a_customer(a_receivable(due=date(2026, 4, 3)))  # J+3 is Easter Monday
    assert decide(easter, DEFAULT_POLICY, date(2026, 4, 6)).reason is Reason.DAY_OFF
    assert decide(easter, DEFAULT_POLICY, date(2026, 4, 7)).acts


def test_a_clock_that_was_ahead_silences_until_it_is_caught_up() -> None:
    facts = a_customer(last_message_on=date(2027, 1, 1))
    assert decide(facts, DEFAULT_POLICY, date(2026, 3, 12)).reason is Reason.CLOCK


def test_a_call_of_a_day_to_come_silences_its_receivable_until_it_is_caught_up() -> None:
    """No message was sent by it, so the last message says nothing of the clock."""
    ahead = DUE + timedelta(days=60)
    called = a_customer(a_receivable(done=(Done("firm", ahead, Tone.FIRM),)))
    assert decide(called, DEFAULT_POLICY, DUE + timedelta(days=35)).reason is Reason.CLOCK
    assert [each.day > ahead for each in lived(called, DUE + timedelta(days=31), 90)] == [True, True]


def test_what_waits_for_an_address_sends_no_letter_about_others_on_another_day() -> None:
    """The patience of a step that a person has in hand ends on a Wednesday; the letter goes on a Tuesday."""
    climbed = [Done(step, DUE + timedelta(days=20), Tone.LAST) for step in ("friendly", "firm", "last")]
    old = a_receivable("f-1", done=tuple(climbed))
    small = a_receivable("f-2", due=DUE + timedelta(days=22), open_amount=Decimal(10))
    facts = a_customer(
        old,
        small,
        profile=Profile(weekday=1),
        last_message_on=DUE + timedelta(days=22),
        unreachable=frozenset({Channel.EMAIL}),
    )
    acted = lived(facts, DUE + timedelta(days=23), 30)
    assert [(each.day.weekday(), bool(each.message)) for each in acted] == [(1, False), (1, True)]


def test_a_step_is_not_repeated_when_the_clock_goes_back() -> None:
    facts = a_customer()
    sent = decide(facts, DEFAULT_POLICY, date(2026, 3, 12))
    assert sent.acts
    assert lived(carried_out(sent, facts), date(2026, 3, 5), 10) == []


def test_a_consumer_hears_nothing_of_penalties() -> None:
    consumer = decide(a_customer(buyer_kind=BuyerKind.CONSUMER), DEFAULT_POLICY, date(2026, 3, 12))
    firm = decide(a_customer(), DEFAULT_POLICY, date(2026, 3, 12))
    assert consumer.message is not None
    assert firm.message is not None
    assert (consumer.message.speaks_of_penalties, firm.message.speaks_of_penalties) == (False, True)


def test_what_is_very_old_and_was_never_chased_is_put_before_a_person_once() -> None:
    acted = lived(a_customer(a_receivable(due=date(2023, 3, 1), issued=date(2023, 1, 1))), date(2026, 3, 2), 90)
    assert [[task.kind for task in each.tasks] for each in acted] == [[TaskKind.TOO_OLD]]


def test_a_pause_is_kept_to_its_last_day() -> None:
    facts = a_customer(paused_until=date(2026, 3, 12))
    assert decide(facts, DEFAULT_POLICY, date(2026, 3, 12)).next_on == date(2026, 3, 13)
    assert decide(facts, DEFAULT_POLICY, date(2026, 3, 13)).acts


def test_a_customer_who_owes_nothing_is_said_to() -> None:
    decision = decide(CustomerFacts(key="c", receivables=()), DEFAULT_POLICY, date(2026, 3, 12))
    assert decision.why.en == "Nothing today: this customer owes nothing."
    assert decision.next_on is None


def test_what_is_not_late_and_has_no_step_today_is_not_listed() -> None:
    later = a_receivable("later", due=date(2026, 4, 30))
    decision = decide(a_customer(a_receivable(), later), DEFAULT_POLICY, date(2026, 3, 12))
    assert decision.message is not None
    assert [item.receivable for item in decision.message.items] == ["f-1"]


def test_a_promise_broken_after_the_formal_notice_is_not_answered_by_another() -> None:
    done = (Done("formal-notice", date(2026, 4, 1), Tone.FORMAL_NOTICE),)
    facts = a_customer(a_receivable(done=done, promised_until=date(2026, 4, 10)), last_message_on=date(2026, 4, 1))
    acted = lived(facts, date(2026, 4, 2), 60)
    assert [each.message.tone for each in acted if each.message] == [Tone.FRIENDLY]
