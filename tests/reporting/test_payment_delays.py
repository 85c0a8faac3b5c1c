"""The statement of payment delays (C. com. D441-6), against a count on paper."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from reglo.collection.models import Dispute, DisputeScope
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked, Report, Table
from reglo.reporting.reports.payment_delays import KIND
from tests.collection.debts import a_debtor, items_of, pay
from tests.ledger.moves import doubtful
from tests.reporting.worlds import Bill, a_history, billed, paid
from tests.site import NOW, TODAY, a_customer, an_organisation

pytestmark = pytest.mark.django_db

YEAR = Asked(start=date(2026, 3, 1), end=date(2026, 10, 31), today=date(2026, 11, 24), by="with-tax")


def _made(organisation: Organisation, asked: Asked = YEAR) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, asked)


def _table(report: Report, key: str) -> Table:
    return next(table for table in report.tables if table.key == key)


def _rows(rows: Iterable[Any]) -> list[tuple[int, Decimal]]:
    return [(row.count, row.amount) for row in rows]


def _on_paper(parts: list[tuple[int, int]]) -> list[tuple[int, Decimal]]:
    """Days late and minor units, by the brackets of the decree."""
    brackets = [(0, 0), (1, 30), (31, 60), (61, 90), (91, 9999)]
    found = [[amount for days, amount in parts if first <= days <= last] for first, last in brackets]
    return [(len(amounts), Decimal(sum(amounts)) / 100) for amounts in found]


def _late(bill: Bill) -> tuple[int, int] | None:
    """What a bill adds to the statement of the year."""
    if bill.on > YEAR.end:
        return None
    if bill.left(YEAR.end):
        return ((YEAR.end - bill.due).days, bill.amount) if bill.due < YEAR.end else None
    paid_on = bill.paid_on or max(on for on, _ in bill.payments)
    return ((paid_on - bill.due).days, bill.amount) if paid_on > bill.due and paid_on >= YEAR.start else None


@pytest.mark.parametrize("seed", [21, 22])
def test_brackets_say_what_a_count_bill_by_bill_says(seed: int) -> None:
    bills = a_history(seed, bills=30)
    made = _made(bills[0].customer.organisation)
    open_then = [((YEAR.end - bill.due).days, bill.left(YEAR.end)) for bill in bills if bill.due <= YEAR.end]
    assert _rows(_table(made, "unpaid").rows) == _on_paper([part for part in open_then if part[1]])
    assert _rows(_table(made, "late").rows) == _on_paper([part for bill in bills if (part := _late(bill))])
    turnover = Decimal(sum(bill.amount for bill in bills if YEAR.start <= bill.on <= YEAR.end)) / 100
    (total,) = _table(made, "unpaid").totals
    assert total.share == total.amount / turnover


def test_amounts_are_without_tax_unless_asked_and_invoices_of_the_year_are_counted() -> None:
    customer = a_debtor("450.00", "100.00")
    first = items_of(customer)[0]
    pay(first, 540_00, on=TODAY + timedelta(days=20), now=NOW)
    late_on = TODAY + timedelta(days=40)
    asked = Asked(start=TODAY, end=late_on, today=late_on, by="without-tax")
    made = _made(customer.organisation, asked)
    assert _rows(_table(made, "unpaid").totals) == [(2, Decimal(450 + 200))]
    assert _rows(_table(made, "late").totals) == [(2, Decimal(900 + 200))]
    assert [figure.value for figure in made.figures] == ["€1,100.00", "2"]
    assert "30 days from its date" in _table(made, "references").rows[0].words
    assert made.lead.endswith("invoices of €650.00 were past their due date: 59.1% of the turnover.")


def test_disputed_invoices_are_left_out_and_counted_apart() -> None:
    customer = a_debtor("450.00", "100.00")
    disputed = items_of(customer)[0]
    Dispute.objects.create(
        organisation=customer.organisation,
        customer=customer,
        invoice_id=disputed.origin.source_id,
        scope=DisputeScope.WHOLE,
        amount_minor=1,
        reason="Pas conforme",
        opened_by="Claire",
        opened_at=NOW,
        on_portal=True,
    )
    end = TODAY + timedelta(days=100)
    made = _made(customer.organisation, Asked(start=TODAY, end=end, today=end, by="with-tax"))
    assert _rows(_table(made, "unpaid").totals) == [(1, Decimal(240))]
    assert _rows(_table(made, "excluded").rows) == [(1, Decimal(1080))]
    assert len(_table(made, "unpaid-invoices").rows) == 2


def test_what_became_doubtful_is_one_invoice_and_still_late() -> None:
    item = billed(a_customer(an_organisation()), 100_00, on=date(2026, 11, 1), due=date(2026, 12, 1))
    paid(item, 20_00, on=date(2026, 12, 3))
    doubtful(item)
    end = date(2026, 12, 31)
    made = _made(item.organisation, Asked(start=date(2026, 1, 1), end=end, today=end, by="with-tax"))
    assert _rows(_table(made, "unpaid").totals) == [(1, Decimal(100))]
    assert _rows(_table(made, "late").totals) == [(1, Decimal(100))]


def test_a_year_of_no_sales_has_no_part_of_the_turnover() -> None:
    made = _made(an_organisation())
    assert made.lead == "On 31\xa0October\xa02026 no invoice of yours was past its due date."
    assert _table(made, "unpaid").totals[0].share is None
    assert "none was issued" in _table(made, "references").rows[0].words
