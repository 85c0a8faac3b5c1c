"""How well one is paid: the figures, against a recomputation on paper."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from reglo.collection.models import Dispute, DisputeScope, Promise
from reglo.core.composition import DocumentKind
from reglo.core.habit import Settled
from reglo.core.metrics import average_days_late, collection_effectiveness, simple_dso
from reglo.organisations.models import Organisation
from reglo.reporting.disputed import disputed_at
from reglo.reporting.periods import Period
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.getting_paid import KIND
from reglo.reporting.reports.getting_paid.facts import books_of
from reglo.reporting.reports.getting_paid.figures import month_figures, whole_figures
from tests.collection.debts import a_debtor, items_of, pay
from tests.ledger.moves import undone
from tests.reporting.worlds import Bill, a_history, billed, paid
from tests.site import NOW, TODAY, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

YEAR = Asked(start=date(2026, 1, 15), end=date(2026, 10, 20), today=date(2026, 11, 24))


def _made(organisation: Organisation, asked: Asked = YEAR) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, asked)


def _euros(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)


def _owed(bills: list[Bill], day: date) -> Decimal:
    return _euros(sum(bill.left(day) for bill in bills))


def _late(bills: list[Bill], day: date) -> Decimal:
    return _euros(sum(bill.left(day) for bill in bills if bill.due < day))


def _billed(bills: list[Bill], start: date, end: date) -> Decimal:
    return _euros(sum(bill.amount for bill in bills if start <= bill.on <= end))


def _payments(bills: list[Bill], start: date, end: date) -> list[Settled]:
    rows = [(bill.due, on, amount) for bill in bills for on, amount in bill.payments if start <= on <= end]
    return [Settled(due=due, paid=on, amount=_euros(amount)) for due, on, amount in rows]


@pytest.mark.parametrize("seed", [1, 2])
def test_each_month_says_what_a_recomputation_bill_by_bill_says(seed: int) -> None:
    bills = a_history(seed)
    books = books_of(bills[0].customer.organisation, YEAR)
    for month in books.months:
        found, before = month_figures(books, month), month.start - timedelta(days=1)
        owed, late = _owed(bills, month.end), _late(bills, month.end)
        assert (found.owed, found.late) == (owed, late)
        assert found.sales == _billed(bills, month.start, month.end)
        assert found.dso == simple_dso(owed, _billed(bills, month.end - timedelta(days=89), month.end), 90)
        assert found.days_late == average_days_late(_payments(bills, month.start, month.end))
        assert found.effectiveness == collection_effectiveness(
            owed_before=_owed(bills, before), sales=found.sales, owed_after=owed, not_due_after=owed - late
        )
        assert found.count_back == _counted_back(bills, owed, month.end)


def _counted_back(bills: list[Bill], owed: Decimal, end: date) -> Decimal | None:
    """Day by day within months: the same sum, another way."""
    rest, days, last = owed, Decimal(0), end
    while rest > 0 and last.year > 2020:
        first = last.replace(day=1)
        sales, length = _billed(bills, first, last), (last - first).days + 1
        if rest < sales:
            return days + rest * length / sales
        rest, days, last = rest - sales, days + length, first - timedelta(days=1)
    return days if rest <= 0 else None


def test_the_whole_period_is_judged_by_all_its_sales_and_payments() -> None:
    bills = a_history(3)
    found = whole_figures(books_of(bills[0].customer.organisation, YEAR), Period("", YEAR.start, YEAR.end))
    owed = _owed(bills, YEAR.end)
    assert found.dso == simple_dso(owed, _billed(bills, YEAR.start, YEAR.end), (YEAR.end - YEAR.start).days + 1)
    assert found.days_late == average_days_late(_payments(bills, YEAR.start, YEAR.end))


def test_a_credit_note_that_settles_nothing_yet_lessens_what_is_owed_not_what_is_late() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    billed(customer, 100_00, on=date(2026, 2, 1), due=date(2026, 3, 1))
    billed(customer, 50_00, on=date(2026, 5, 1), due=date(2026, 5, 1), kind=DocumentKind.CREDIT_NOTE)
    found = whole_figures(books_of(organisation, YEAR), Period("", YEAR.start, YEAR.end))
    assert (found.owed, found.late, found.sales) == (Decimal(60), Decimal(120), Decimal(60))
    assert found.best == 0


def test_a_payment_that_was_taken_back_never_came_and_other_currencies_are_left_out() -> None:
    organisation = an_organisation()
    item = billed(a_customer(organisation), 100_00, on=date(2026, 2, 1), due=date(2026, 3, 1))
    money = paid(item, 120_00, on=date(2026, 4, 1))
    undone(money.credit_allocations.get(), on=date(2026, 4, 2))
    foreign = billed(item.customer, 100_00, on=date(2026, 2, 1), due=date(2026, 3, 1), currency="USD")
    paid(foreign, 120_00, on=date(2026, 4, 1))
    found = whole_figures(books_of(organisation, YEAR), Period("", YEAR.start, YEAR.end))
    assert found.days_late is None
    assert found.sales == Decimal(120)


def test_promises_count_once_they_fell_due() -> None:
    customer = a_debtor()
    for kept, broken in ((NOW, None), (NOW, None), (None, NOW), (None, None)):
        Promise.objects.create(
            organisation=customer.organisation,
            customer=customer,
            amount_minor=1,
            currency="EUR",
            by=date(2026, 6, 1),
            told_by="Claire",
            told_at=NOW,
            on_portal=False,
            kept_at=kept,
            broken_at=broken,
        )
    found = whole_figures(books_of(customer.organisation, YEAR), Period("", YEAR.start, YEAR.end))
    assert found.kept == Decimal(2) / 3
    link = _made(customer.organisation).figures[-1].link
    client = logged_in(a_member(customer.organisation))
    assert len(client.get(link).context["page"].rows) == 4
    assert len(client.get(link.replace("from=2026-01-15", "from=2026-06-02")).context["page"].rows) == 0


def test_what_is_disputed_is_at_most_what_is_left_and_ends_with_the_dispute() -> None:
    customer = a_debtor("450.00", "450.00")
    disputed, _ = items_of(customer)
    pay(disputed, 900_00, on=TODAY + timedelta(days=5), now=NOW)
    Dispute.objects.create(
        organisation=customer.organisation,
        customer=customer,
        invoice_id=disputed.origin.source_id,
        scope=DisputeScope.AMOUNT,
        amount_minor=500_00,
        reason="Pas conforme",
        opened_by="Claire",
        opened_at=NOW,
        closed_at=NOW + timedelta(days=10),
        on_portal=True,
    )
    asked = Asked(start=TODAY, end=TODAY + timedelta(days=9), today=TODAY)
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=5), TODAY + timedelta(days=10)]
    assert list(disputed_at(customer.organisation, "EUR", days).values()) == [0, 500_00, 180_00, 0]
    found = whole_figures(books_of(customer.organisation, asked), Period("", asked.start, asked.end))
    assert found.disputed == Decimal(180) / Decimal(2160 - 900)


def test_a_firm_that_billed_nothing_is_told_so_and_nothing_is_divided_by_nothing() -> None:
    made = _made(an_organisation())
    assert made.lead.startswith("Nothing was owed to you")
    assert {figure.value for figure in made.figures} == {"–"} | {figure.value for figure in made.figures[:1]}


def test_the_number_of_queries_does_not_grow_with_the_bills() -> None:
    few, many = a_history(4, bills=4), a_history(5, bills=20)
    counts = []
    for bills in (few, many):
        with CaptureQueriesContext(connection) as caught:
            _made(bills[0].customer.organisation)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 10
