"""What would have gone out, two policies side by side, and the words that a decision is stored in."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from reglo.core.collection import (
    DEFAULT_POLICY,
    CustomerFacts,
    Done,
    Tone,
    act_text,
    compare,
    decide,
    decision_data,
    outlook_of,
    simulate,
    still_right,
)
from tests.core.collection.test_decision import DUE, a_customer, a_receivable, lived

FIRST, LAST = date(2026, 2, 1), date(2026, 5, 1)


def paid_on(day: date, today: date) -> CustomerFacts:
    """A customer who owes 1,000 € until it pays."""
    return a_customer(a_receivable(open_amount=Decimal(0) if today >= day else Decimal(1000)))


def paid_in_march(today: date) -> Iterator[CustomerFacts]:
    """All customers: there is one."""
    yield paid_on(date(2026, 3, 20), today)


def test_a_simulation_is_what_would_have_been_decided_day_by_day() -> None:
    simulated = list(simulate(lambda _: [a_customer()], DEFAULT_POLICY, FIRST, LAST))
    assert simulated == lived(a_customer(), FIRST, (LAST - FIRST).days + 1)


def test_a_simulation_stops_when_the_customer_paid() -> None:
    simulated = list(simulate(paid_in_march, DEFAULT_POLICY, FIRST, LAST))
    assert max(each.day for each in simulated) < date(2026, 3, 20)
    assert outlook_of(simulated).by_tone == {Tone.GENTLE: 1, Tone.PRACTICAL: 1, Tone.FRIENDLY: 1, Tone.FIRM: 1}


def test_what_was_really_sent_in_the_simulated_time_is_left_out_and_what_was_before_it_counts() -> None:
    done = (Done("friendly", DUE + timedelta(days=3), Tone.FRIENDLY), Done("firm", DUE + timedelta(days=10), Tone.FIRM))
    facts = a_customer(a_receivable(done=done), last_message_on=DUE + timedelta(days=10))
    simulated = list(simulate(lambda _: [facts], DEFAULT_POLICY, DUE + timedelta(days=8), DUE + timedelta(days=12)))
    assert [item.step for each in simulated if each.message for item in each.message.items] == ["firm"]


def test_two_policies_are_told_side_by_side() -> None:
    without_reminders = replace(DEFAULT_POLICY, steps=tuple(each for each in DEFAULT_POLICY.steps if each.offset > 0))
    compared = compare(paid_in_march, DEFAULT_POLICY, without_reminders, FIRST, LAST)
    assert (compared.before.messages, compared.after.messages) == (4, 2)
    assert compared.customers_with_fewer == ("c",)
    assert compared.customers_with_more == ()
    assert compared.before.by_step - compared.after.by_step == {"gentle": 1, "practical": 1}


def test_a_decision_is_still_right_until_something_changes() -> None:
    today = date(2026, 3, 12)
    decided = decide(a_customer(), DEFAULT_POLICY, today)
    text = act_text(decided)
    assert still_right(text, a_customer(), DEFAULT_POLICY, today) == decided
    for changed in (
        a_customer(a_receivable(open_amount=Decimal(0))),
        a_customer(a_receivable(open_amount=Decimal(999))),
        a_customer(a_receivable(promised_until=today)),
        a_customer(last_message_on=today),
        a_customer(a_receivable(), a_receivable("f-2")),
    ):
        assert still_right(text, changed, DEFAULT_POLICY, today) is None


def test_a_decision_is_plain_json() -> None:
    data = decision_data(decide(a_customer(), DEFAULT_POLICY, date(2026, 3, 12)))
    assert json.loads(json.dumps(data)) == data
    assert data["message"]["items"][0]["amount"] == "1000"
    assert data["day"] == "2026-03-12"
