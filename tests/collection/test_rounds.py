"""The daily round: who is written to on which day, who is left alone, and what the last word before sending stops."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from reglo.collection.models import (
    CustomerDecision,
    Promise,
    Relationship,
    Round,
    StepItem,
    StepState,
    StepTaken,
    Verdict,
)
from reglo.collection.services.policies import switch_off
from reglo.collection.services.rounds import decide_customer, going, settle_steps, start_rounds, thank
from reglo.core.collection import DEFAULT_POLICY, TaskKind
from reglo.customers.models import Contact, Customer
from reglo.delivery.models import Message, MessageKind, MessageState
from reglo.delivery.services import cancel_message, deliver_message, delivering
from tests.collection.cases import (
    DUE,
    a_collecting_organisation,
    a_debtor,
    an_invoice,
    at,
    collect_by,
    days,
    item_of,
    pay,
    subjects_to,
    work,
)
from tests.site import INES, a_customer, a_member, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

_GENTLE = DUE - timedelta(days=10)  # a Monday
_LADDER = ["gentle", "practical", "friendly", "firm", "last"]


def live(first: date, number: int) -> None:
    """Let days pass with a worker that looks in each morning."""
    for day in days(first, number):
        work(at(day))


def test_a_customer_who_does_not_pay_is_led_up_the_ladder_once() -> None:
    customer = a_debtor(a_collecting_organisation())
    live(_GENTLE - timedelta(days=3), 60)
    assert subjects_to(customer) == _LADDER
    letter = StepTaken.objects.get(customer=customer, state=StepState.TO_DO)
    assert letter.tone == "formal-notice"
    assert letter.letter is not None
    assert bytes(letter.letter).startswith(b"%PDF")


def test_a_customer_who_pays_is_left_alone_from_then_on() -> None:
    customer = a_debtor(a_collecting_organisation())
    live(_GENTLE, 16)
    sent = len(subjects_to(customer))
    pay(customer, now=at(_GENTLE + timedelta(days=16)))
    live(_GENTLE + timedelta(days=17), 40)
    assert 0 < sent == len(subjects_to(customer))


def test_nothing_leaves_while_collection_is_off() -> None:
    organisation = an_organisation()
    customer = a_debtor(organisation)
    live(_GENTLE, 30)
    assert subjects_to(customer) == []
    assert not Round.objects.exists()


def test_nothing_leaves_outside_the_sending_hours_nor_on_a_holiday() -> None:
    customer = a_debtor(a_collecting_organisation())
    for hour in (0, 7, 17, 23):  # 9 to 18 in Paris is 8 to 17 here
        work(at(_GENTLE, hour))
    assert subjects_to(customer) == []
    work(at(date(2026, 12, 25), 10))
    work(at(date(2026, 12, 26), 10))
    assert subjects_to(customer) == []


def test_two_looks_on_one_day_send_one_message() -> None:
    customer = a_debtor(a_collecting_organisation())
    work(at(_GENTLE))
    work(at(_GENTLE, 10))
    decide_customer(customer_id=customer.pk, organisation=customer.organisation, now=at(_GENTLE, 11))
    work(at(_GENTLE, 12))
    assert subjects_to(customer) == ["gentle"]


def test_all_that_is_due_stands_in_one_message() -> None:
    customer = a_debtor(a_collecting_organisation())
    second = an_invoice(customer)
    work(at(_GENTLE))
    message = Message.objects.get(customer=customer)
    assert message.text.count("€") >= 3
    assert second.number in message.text
    assert "<table" in message.html
    assert not message.attaches_document


def test_a_single_invoice_comes_with_its_file() -> None:
    customer = a_debtor(a_collecting_organisation())
    work(at(_GENTLE))
    (email,) = mail.outbox
    assert [name for name, _, _ in email.attachments] == [f"{item_of(customer).reference}.pdf"]
    assert "/p/" in email.body


def _queued(customer: Customer) -> Message:
    """A reminder that is decided and has not left."""
    decide_customer(customer_id=customer.pk, organisation=customer.organisation, now=at(_GENTLE))
    return Message.objects.get(customer=customer, state=MessageState.QUEUED)


def test_a_payment_between_decision_and_sending_stops_the_message() -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)
    pay(customer, now=at(_GENTLE))
    deliver_message(message_id=message.pk, now=at(_GENTLE, 10))
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED
    assert "ne doit rien" in message.last_error
    work(at(_GENTLE, 11))
    step = StepTaken.objects.get(customer=customer)
    assert step.state == StepState.DROPPED
    assert "ne doit rien" in step.outcome
    assert mail.outbox == []


def test_a_payment_while_the_bytes_are_leaving_stops_them(monkeypatch: pytest.MonkeyPatch) -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)

    def slow_email_of(*arguments: object, **named: object):  # type: ignore[no-untyped-def]
        pay(customer, now=at(_GENTLE))
        return email_of(*arguments, **named)

    email_of = delivering.email_of
    monkeypatch.setattr(delivering, "email_of", slow_email_of)
    deliver_message(message_id=message.pk, now=at(_GENTLE, 10))
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED
    assert mail.outbox == []


def test_a_part_payment_makes_another_message_of_the_same_step() -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)
    pay(customer, 500_00, now=at(_GENTLE))
    deliver_message(message_id=message.pk, now=at(_GENTLE, 10))
    work(at(_GENTLE, 11))
    assert subjects_to(customer) == ["gentle"]
    sent = Message.objects.get(customer=customer, state=MessageState.SENT)
    assert "580,00" in sent.text
    assert "1\N{NARROW NO-BREAK SPACE}080,00" not in sent.text


def test_a_promise_stops_what_waits_in_the_outbox() -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)
    promise = Promise.objects.create(
        organisation=customer.organisation,
        customer=customer,
        amount_minor=1080_00,
        currency="EUR",
        by=DUE,
        told_by="Claire",
        told_at=at(_GENTLE),
        on_portal=True,
    )
    promise.items.add(item_of(customer))
    deliver_message(message_id=message.pk, now=at(_GENTLE, 10))
    work(at(_GENTLE, 11))
    assert subjects_to(customer) == []
    assert CustomerDecision.objects.get(customer=customer).reason == "promised"


def test_a_policy_switched_off_stops_what_waits_in_the_outbox() -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)
    switch_off(organisation=customer.organisation, by=INES, now=at(_GENTLE))
    deliver_message(message_id=message.pk, now=at(_GENTLE, 10))
    assert mail.outbox == []


def test_a_policy_that_changes_with_messages_queued_decides_them_again_and_repeats_none() -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)
    without = replace(DEFAULT_POLICY, steps=DEFAULT_POLICY.steps[1:])
    collect_by(customer.organisation, without)
    deliver_message(message_id=message.pk, now=at(_GENTLE, 10))
    live(_GENTLE, 30)
    assert "gentle" not in subjects_to(customer)
    collect_by(customer.organisation, DEFAULT_POLICY)
    live(_GENTLE + timedelta(days=30), 30)
    sent = subjects_to(customer)
    assert sent == [kind for kind in _LADDER if kind in sent]


def test_a_message_that_a_person_takes_back_does_not_come_again() -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)
    cancel_message(message_id=message.pk, organisation=customer.organisation, by=INES, now=at(_GENTLE))
    live(_GENTLE, 5)
    assert subjects_to(customer) == []


def test_a_message_after_hours_waits_for_the_next_day() -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)
    deliver_message(message_id=message.pk, now=at(_GENTLE, 20))
    work(at(_GENTLE + timedelta(days=1)))
    assert subjects_to(customer) == ["gentle"]
    assert "dans 9 jours" in StepTaken.objects.get(customer=customer, state=StepState.DONE).why_fr


def test_a_clock_that_jumps_ahead_and_back_repeats_nothing() -> None:
    customer = a_debtor(a_collecting_organisation())
    work(at(DUE + timedelta(days=4)))
    work(at(_GENTLE))
    work(at(_GENTLE + timedelta(days=1)))
    assert subjects_to(customer) == ["friendly"]
    assert CustomerDecision.objects.get(customer=customer).reason in ("clock", "not-yet")


@pytest.mark.parametrize(
    ("day", "opens"),  # the hour in UTC; clocks change on 25 October 2026 and on 28 March 2027
    [(date(2026, 10, 23), 7), (date(2026, 10, 26), 8), (date(2027, 3, 26), 8), (date(2027, 3, 30), 7)],
)
def test_nine_o_clock_stays_nine_o_clock_when_clocks_change(day: date, opens: int) -> None:
    organisation = a_collecting_organisation()
    start_rounds(now=at(day, opens - 1))
    assert not Round.objects.of(organisation).exists()
    start_rounds(now=at(day, opens))
    assert Round.objects.of(organisation).get().day == day


def test_the_year_ends_between_two_steps() -> None:
    customer = a_debtor(a_collecting_organisation())
    live(date(2026, 12, 28), 14)
    assert subjects_to(customer)[:2] == ["friendly", "firm"]
    assert StepTaken.objects.filter(day__year=2027).exists()


def test_a_bounced_address_becomes_a_task_and_the_step_comes_again_once_it_is_mended() -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)
    Message.objects.filter(pk=message.pk).update(state=MessageState.BOUNCED)
    Contact.objects.filter(customer=customer).update(bounced_at=at(_GENTLE))
    work(at(_GENTLE, 10))
    decide_customer(customer_id=customer.pk, organisation=customer.organisation, now=at(_GENTLE, 11))
    task = StepTaken.objects.get(customer=customer, state=StepState.TO_DO)
    assert task.task_kind == TaskKind.UNREACHABLE
    Contact.objects.filter(customer=customer).update(bounced_at=None, email="autre@librairie.example")
    work(at(_GENTLE + timedelta(days=1)))
    assert subjects_to(customer) == ["gentle"]
    task.refresh_from_db()
    assert task.state == StepState.DONE


def test_an_open_letter_is_dropped_once_it_asks_for_too_much() -> None:
    customer = a_debtor(a_collecting_organisation())
    live(_GENTLE, 50)
    letter = StepTaken.objects.get(customer=customer, state=StepState.TO_DO)
    pay(customer, 1000_00, now=at(_GENTLE + timedelta(days=50)))
    live(_GENTLE + timedelta(days=51), 3)
    letter.refresh_from_db()
    assert letter.state == StepState.DROPPED
    again = StepTaken.objects.get(customer=customer, state=StepState.TO_DO)
    assert again.items.get().open_minor == 80_00


def test_insolvency_stops_everything_and_asks_to_declare_the_claim() -> None:
    customer = a_debtor(a_collecting_organisation())
    Relationship.objects.create(organisation=customer.organisation, customer=customer, insolvent_since=_GENTLE)
    live(_GENTLE, 30)
    assert subjects_to(customer) == []
    assert StepTaken.objects.get(customer=customer).task_kind == TaskKind.DECLARE_CLAIM


def test_a_customer_that_prefers_letters_gets_one_to_post() -> None:
    customer = a_debtor(a_collecting_organisation())
    Relationship.objects.create(organisation=customer.organisation, customer=customer, channel="letter")
    work(at(_GENTLE))
    step = StepTaken.objects.get(customer=customer)
    assert (step.channel, step.state) == ("letter", StepState.TO_DO)
    assert bytes(step.letter or b"").startswith(b"%PDF")
    assert mail.outbox == []


def test_a_consumer_never_reads_of_penalties() -> None:
    customer = a_debtor(a_collecting_organisation(), kind="consumer", siren="")
    live(_GENTLE, 40)
    texts = " ".join(Message.objects.filter(customer=customer).values_list("text", flat=True))
    assert subjects_to(customer) == _LADDER
    assert "L441-10" not in texts
    assert "40\N{NO-BREAK SPACE}€" not in texts


def test_a_firm_reads_of_penalties_from_the_firm_tone_on() -> None:
    customer = a_debtor(a_collecting_organisation())
    live(_GENTLE, 40)
    with_law = [each.kind for each in Message.objects.filter(customer=customer) if "L441-10" in each.text]
    assert sorted(with_law) == ["firm", "last"]


def test_thanks_go_out_once_and_only_after_a_reminder() -> None:
    organisation = a_collecting_organisation()
    reminded, not_reminded = a_debtor(organisation), a_debtor(organisation)
    Relationship.objects.create(organisation=organisation, customer=not_reminded, paused_until=date(2027, 6, 1))
    work(at(_GENTLE))
    day = _GENTLE + timedelta(days=2)
    for customer in (reminded, not_reminded):
        pay(customer, now=at(day))
    for hour in (9, 11, 12, 13):
        thank(now=at(day, hour))
        work(at(day, hour))
    thanks = Message.objects.filter(kind=MessageKind.THANKS)
    assert [each.customer_id for each in thanks] == [reminded.pk]
    assert "1\N{NARROW NO-BREAK SPACE}080" in thanks.get().text


def test_thanks_can_be_switched_off() -> None:
    organisation = a_collecting_organisation(thanks=False)
    customer = a_debtor(organisation)
    work(at(_GENTLE))
    pay(customer, now=at(_GENTLE, 10))
    thank(now=at(_GENTLE, 14))
    assert not Message.objects.filter(kind=MessageKind.THANKS).exists()


def test_a_round_that_dies_after_any_customer_goes_on_and_repeats_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = a_collecting_organisation()
    customers = [a_debtor(organisation, name=f"Client {number}") for number in range(5)]
    monkeypatch.setattr(going, "_BATCH", 2)
    for survives in range(1, 8):
        lives = iter(range(survives))

        def dying(**facts: object):  # type: ignore[no-untyped-def]
            if next(lives, None) is None:  # noqa: B023  # called at once
                raise RuntimeError("killed")
            return decide_customer(**facts)  # type: ignore[arg-type]

        monkeypatch.setattr(going, "decide_customer", dying)
        work(at(_GENTLE) + timedelta(minutes=10 * survives))
    assert all(subjects_to(customer) == ["gentle"] for customer in customers)
    assert Round.objects.get().ended_at is not None


def test_a_rung_is_never_done_twice_whatever_writes_it() -> None:
    customer = a_debtor(a_collecting_organisation())
    work(at(_GENTLE))
    step = StepTaken.objects.get(customer=customer)
    with pytest.raises(IntegrityError), transaction.atomic():
        StepItem.objects.create(
            organisation=customer.organisation, step=step, item=item_of(customer), key="gentle", open_minor=1
        )


def test_what_was_decided_is_kept_for_every_customer() -> None:
    organisation = a_collecting_organisation()
    written, waiting = a_debtor(organisation), a_debtor(organisation)
    Relationship.objects.create(organisation=organisation, customer=waiting, paused_until=date(2027, 1, 31))
    a_customer(organisation)  # owes nothing
    work(at(_GENTLE))
    kept = {each.customer_id: each for each in CustomerDecision.objects.all()}
    assert kept.keys() == {written.pk, waiting.pk}
    assert kept[written.pk].verdict == Verdict.MESSAGE
    assert (kept[waiting.pk].verdict, kept[waiting.pk].reason) == (Verdict.WAIT, "paused")


def test_a_message_that_may_have_arrived_counts_as_done() -> None:
    customer = a_debtor(a_collecting_organisation())
    message = _queued(customer)
    Message.objects.filter(pk=message.pk).update(state=MessageState.FAILED, handing_over_at=timezone.now())
    settle_steps(now=at(_GENTLE, 10))
    live(_GENTLE, 4)
    assert subjects_to(customer) == []
    assert StepItem.objects.get().key == "gentle"


def test_a_customer_that_cannot_be_reminded_holds_up_nobody_and_the_owner_is_told() -> None:
    organisation = a_collecting_organisation()
    a_member(organisation, email="ines@atelier.example")
    unprintable, other = a_debtor(organisation), a_debtor(organisation)
    Customer.objects.filter(pk=unprintable.pk).update(name="\N{LINEAR B SYLLABLE B008 A}")
    Relationship.objects.create(organisation=organisation, customer=unprintable, channel="letter")
    work(at(_GENTLE))
    assert subjects_to(other) == ["gentle"]
    assert not StepTaken.objects.filter(customer=unprintable).exists()
    assert Message.objects.filter(kind=MessageKind.NOTICE, to="ines@atelier.example").count() == 1
