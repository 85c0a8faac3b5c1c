"""Promises: made within limits, replaced, kept by money alone, noted once."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reglo.collection.models import Promise
from reglo.collection.queries.promises import judged, promised_days, promises_of
from reglo.collection.services.promises import (
    BadPromise,
    NothingOwed,
    make_promise,
    note_promises,
    withdraw_promise,
)
from reglo.core.promises import PromiseState
from reglo.customers.models import Customer
from reglo.delivery.models import Message, MessageKind
from reglo.journal.models import JournalEntry
from tests.collection.debts import CLAIRE, a_debtor, ids_of, items_of, pay
from tests.rows import undone
from tests.site import INES, NOW, TODAY, a_member

pytestmark = pytest.mark.django_db(transaction=True)


def promise(customer: Customer, *, days: int = 5, amount: int | None = None, on_portal: bool = True) -> Promise:
    """A promise about all that is owed."""
    return make_promise(
        organisation=customer.organisation,
        customer=customer,
        item_ids=ids_of(customer),
        by_day=TODAY + timedelta(days=days),
        amount_minor=amount,
        told_by="Claire Petit",
        on_portal=on_portal,
        by=CLAIRE if on_portal else INES,
        now=NOW,
    )


def test_a_promise_is_for_all_that_is_open_unless_it_says_less() -> None:
    customer = a_debtor("450.00", "100.00")
    a_member(customer.organisation)
    made = promise(customer)
    assert made.amount_minor == 108_000 + 24_000
    assert made.told_from == "192.0.2.7"
    assert promised_days(customer.organisation) == dict.fromkeys(ids_of(customer), TODAY + timedelta(days=5))
    notice = Message.objects.get(kind=MessageKind.NOTICE)
    assert "1\u202f320,00" in notice.subject or "1 320,00" in notice.subject.replace("\u202f", " ")
    assert JournalEntry.objects.get(act="promise-made").customer_id == customer.pk


def test_the_same_word_twice_is_one_promise() -> None:
    customer = a_debtor()
    assert promise(customer).pk == promise(customer).pk
    assert JournalEntry.objects.filter(act="promise-made").count() == 1


def test_a_later_word_replaces_the_former() -> None:
    customer = a_debtor()
    first, second = promise(customer), promise(customer, days=9)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert set(promised_days(customer.organisation).values()) == {second.by}


@pytest.mark.parametrize(("days", "amount"), [(-1, None), (46, None), (5, 0), (5, -1), (5, 108_001)])
def test_a_promise_of_the_past_the_far_future_or_too_much_is_refused(days: int, amount: int | None) -> None:
    with pytest.raises(BadPromise):
        promise(a_debtor(), days=days, amount=amount)
    assert not Promise.objects.exists()


def test_a_person_may_note_a_day_that_the_portal_refuses() -> None:
    customer = a_debtor()
    assert promise(customer, days=120, on_portal=False).told_from is None


def test_nobody_promises_to_pay_what_it_does_not_owe() -> None:
    customer, other = a_debtor(), a_debtor()
    with pytest.raises(NothingOwed):
        make_promise(
            organisation=customer.organisation,
            customer=customer,
            item_ids=ids_of(other),
            by_day=TODAY,
            amount_minor=None,
            told_by="x",
            on_portal=True,
            by=CLAIRE,
            now=NOW,
        )


def test_a_promise_is_kept_by_money_broken_without_it_and_noted_once() -> None:
    kept, broken = a_debtor(), a_debtor()
    promise(kept, amount=50_000), promise(broken)
    pay(items_of(kept)[0], 50_000)
    later = NOW + timedelta(days=8)
    assert note_promises(now=later) == 2
    assert note_promises(now=later + timedelta(days=9)) == 0
    assert Promise.objects.get(customer=kept).kept_at == later
    assert Promise.objects.get(customer=broken).broken_at == later
    assert not promised_days(kept.organisation)
    assert promised_days(broken.organisation)


def test_a_promise_that_was_taken_back_holds_nothing() -> None:
    customer = a_debtor()
    made = promise(customer)
    for _ in range(2):
        withdraw_promise(promise_id=made.pk, organisation=customer.organisation, by=INES, now=NOW)
    assert not promised_days(customer.organisation)
    assert JournalEntry.objects.filter(act="promise-withdrawn").count() == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amount=st.integers(1, 108_000),
    payments=st.lists(st.integers(1, 40_000), max_size=4),
    days=st.integers(0, 20),
)
def test_what_became_of_a_promise_is_told_by_the_ledger_alone(amount: int, payments: list[int], days: int) -> None:
    with undone():
        customer = a_debtor()
        promise(customer, amount=amount)
        left, paid = 108_000, 0
        for minor in payments:
            part = min(minor, left - paid)
            if part:
                pay(items_of(customer)[0], part)
                paid += part
        found = judged(promises_of(customer.organisation).get(), today=TODAY + timedelta(days=days))
        if paid >= amount:
            assert found.state is PromiseState.KEPT
        else:
            assert found.state is (PromiseState.PENDING if days <= 7 else PromiseState.BROKEN)
        assert found.left_minor == max(amount - paid, 0)
