"""Who owes what, and since when it is late: equal to the cent with every other figure of the ledger."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from reglo.core.metrics import OpenAmount, age
from reglo.core.money import from_minor
from reglo.ledger.models import Side
from reglo.ledger.queries import balances_at, open_items_at
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.aged_balance import KIND
from reglo.reporting.reports.aged_balance.rows import rows_by_customer, rows_by_invoice, rows_by_segment, total_of
from tests.forecast.world import billed, paid
from tests.ledger.facts import a_payment
from tests.ledger.moves import allocated, reversed_, undone
from tests.site import TODAY, a_customer, an_organisation

pytestmark = pytest.mark.django_db


def _on(day: date, by: str = "customer") -> Asked:
    return Asked(start=day, end=day, today=TODAY, by=by)


def _told(organisation: Organisation, asked: Asked) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, asked)


def _a_history() -> Organisation:
    """Two customers: paid late, in part, on account, reversed, undone, a credit that settles nothing."""
    organisation = an_organisation()
    first, second = a_customer(organisation, name="Alpha"), a_customer(organisation, name="Beta", kind="public")
    paid(billed(first, 200), late=20)
    part = billed(first, 150)
    allocation = allocated(part, a_payment(first, 500_00, received_on=TODAY - timedelta(days=60)), 500_00, on=TODAY)
    billed(second, 80)
    billed(second, 10)
    a_payment(second, 77_77, received_on=TODAY - timedelta(days=5))
    reversed_(a_payment(second, 33_33, received_on=TODAY - timedelta(days=40)).entry)
    undone(allocation, on=TODAY + timedelta(days=3))
    return organisation


@pytest.mark.parametrize("ago", [-30, -3, 0, 1, 4, 6, 39, 59, 61, 100, 151, 300])
def test_on_any_day_it_equals_the_balance_of_the_ledger_and_a_count_item_by_item(ago: int) -> None:
    organisation, day = _a_history(), TODAY - timedelta(days=ago)
    rows = rows_by_customer(organisation, _on(day))
    balances = {customer: from_minor(owed, "EUR") for (customer, _), owed in balances_at(organisation, on=day).items()}
    assert {row.customer_id: row.balance for row in rows if row.balance} == balances
    items: Any = open_items_at(organisation, on=day).filter(side=Side.DEBIT)  # each with `open_at`
    debits = [(each.open_at, each.due_date) for each in items]
    naive = age([OpenAmount(from_minor(amount, "EUR"), due) for amount, due in debits], day)
    assert total_of(rows, "").buckets == tuple(bucket.amount for bucket in naive)
    by_invoice = total_of(rows_by_invoice(organisation, _on(day)), "")
    assert (by_invoice.buckets, by_invoice.credits) == (total_of(rows, "").buckets, total_of(rows, "").credits)
    assert total_of(rows_by_segment(organisation, rows, {}), "").balance == sum(balances.values(), Decimal(0))


def test_it_says_who_is_late_in_a_sentence_and_in_buckets() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation, name="Alpha")
    billed(customer, 40)
    billed(customer, 5)
    told = _told(organisation, _on(TODAY))
    assert told.lead == "Customers owed you €2,400.00. €1,200.00 of it was late (50%), with 1 customer."
    (row,) = told.tables[0].rows
    assert row.buckets == (Decimal(1200), Decimal(1200), Decimal(0), Decimal(0), Decimal(0))
    assert [column.label for column in told.tables[0].columns][1:3] == ["Not due", "1 to 30 days"]


def test_an_empty_ledger_explains_itself() -> None:
    told = _told(an_organisation(), _on(TODAY))
    assert told.lead == "Nobody owed you anything."
    assert told.tables[0].empty == "Nothing was open on that day."
    assert not told.charts


def test_a_merged_customer_stands_under_the_one_that_stays() -> None:
    organisation = an_organisation()
    kept = a_customer(organisation, name="Alpha")
    billed(a_customer(organisation, name="Alpha SARL", merged_into=kept), 40)
    billed(kept, 40)
    (row,) = rows_by_customer(organisation, _on(TODAY))
    assert (row.customer_id, row.balance) == (kept.pk, Decimal(2400))


def test_more_invoices_ask_no_more_queries() -> None:
    organisation = an_organisation()
    counts = []
    for _round in range(2):
        for _each in range(3):
            billed(a_customer(organisation), 40)
        with CaptureQueriesContext(connection) as asked:
            rows_by_customer(organisation, _on(TODAY - timedelta(days=2)))
        counts.append(len(asked))
    assert counts == [4, 4]
