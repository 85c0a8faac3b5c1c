"""What is known of customers: from the ledger alone, in a fixed number of statements, now and on a day gone by."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reglo.collection.models import Dispute, DisputeScope, Promise
from reglo.collection.queries.facts import facts_for, facts_of, facts_on
from reglo.core.collection import Channel, CustomerFacts, ReceivableKind
from reglo.customers.models import Customer
from tests.collection.cases import DUE, a_collecting_organisation, a_debtor, an_invoice, at, item_of, pay, work
from tests.site import NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

_GENTLE = DUE - timedelta(days=10)


def statements(organisation: Any) -> int:
    """How many statements it takes to read all facts."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list(facts_of(organisation, now=NOW))
    return len(queries)


def test_the_number_of_statements_does_not_grow_with_the_customers() -> None:
    organisation = an_organisation()
    a_debtor(organisation)
    one = statements(organisation)
    for number in range(8):
        an_invoice(a_debtor(organisation, name=f"Client {number}"))
    assert statements(organisation) == one


def test_only_customers_with_something_open_are_given_once_each() -> None:
    organisation = an_organisation()
    owing, _, paid = a_debtor(organisation), a_customer(organisation), a_debtor(organisation)
    an_invoice(owing)
    pay(paid, now=NOW)
    a_debtor(an_organisation())
    assert [facts.key for facts in facts_of(organisation, now=NOW)] == [str(owing.pk)]


def test_a_merged_customer_is_told_under_the_one_that_is_left() -> None:
    organisation = an_organisation()
    gone, left = a_debtor(organisation), a_debtor(organisation)
    Customer.objects.filter(pk=gone.pk).update(merged_into=left)
    (facts,) = facts_of(organisation, now=NOW)
    assert facts.key == str(left.pk)
    assert len(facts.receivables) == 2


def test_money_that_is_not_allocated_counts_for_the_customer() -> None:
    organisation = an_organisation()
    customer = a_debtor(organisation)
    pay(customer, 100_00, now=NOW)
    (debt,) = facts_for(customer, now=NOW).receivables
    assert (debt.key, str(debt.open_amount)) == (str(item_of(customer).pk), "980.00")
    assert debt.kind is ReceivableKind.INVOICE


def test_a_customer_without_an_address_cannot_be_reached() -> None:
    customer = a_debtor(an_organisation())
    customer.contacts.update(email="")
    Customer.objects.filter(pk=customer.pk).update(line_1="", city="")
    assert facts_for(customer, now=NOW).unreachable == {Channel.EMAIL, Channel.LETTER}


def test_a_day_gone_by_is_told_as_it_was_known() -> None:
    customer = a_debtor(a_collecting_organisation())
    organisation, invoice = customer.organisation, item_of(customer).origin.source_id
    work(at(_GENTLE))
    pay(customer, 80_00, now=at(_GENTLE + timedelta(days=2)))
    promise = Promise.objects.create(
        organisation=organisation,
        customer=customer,
        amount_minor=1000_00,
        currency="EUR",
        by=DUE,
        told_by="Claire",
        told_at=at(_GENTLE + timedelta(days=4)),
        on_portal=True,
    )
    promise.items.add(item_of(customer))
    Dispute.objects.create(
        organisation=organisation,
        customer=customer,
        invoice_id=invoice,
        scope=DisputeScope.WHOLE,
        amount_minor=1000_00,
        reason="Cassé",
        opened_by="Claire",
        opened_at=at(_GENTLE + timedelta(days=6)),
        on_portal=True,
        state="withdrawn",
        closed_at=at(_GENTLE + timedelta(days=8)),
    )
    on = facts_on(organisation)

    def told(after: int) -> tuple[str, bool, bool, int]:
        (facts,) = on(_GENTLE + timedelta(days=after))
        (debt,) = facts.receivables
        return str(debt.open_amount), debt.promised_until is not None, debt.disputed > 0, len(debt.done)

    assert told(-1) == ("1080.00", False, False, 0)
    assert told(1) == ("1080.00", False, False, 1)
    assert told(3) == ("1000.00", False, False, 1)
    assert told(5) == ("1000.00", True, False, 1)
    assert told(7) == ("1000.00", True, True, 1)
    assert told(9) == ("1000.00", True, False, 1)


def test_now_and_the_end_of_today_agree() -> None:
    customer = a_debtor(an_organisation())
    pay(customer, 80_00, now=NOW)
    (then,) = facts_on(customer.organisation)(NOW.date())
    now: CustomerFacts = facts_for(customer, now=NOW)
    assert then.receivables == now.receivables
