"""Who pays late: ranking and cost, against a recomputation on paper."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import pytest
from django.utils import translation

from reglo.core.habit import Settled
from reglo.customers.models import Customer
from reglo.organisations.models import Organisation
from reglo.reporting.paid import paid_items
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.payment_league import KIND
from reglo.reporting.reports.payment_league.facts import by_class, cost_of_delay, payers_of
from tests.ledger.moves import doubtful
from tests.reporting.worlds import Bill, a_history, billed, paid
from tests.site import a_customer, an_organisation

pytestmark = pytest.mark.django_db

YEAR = Asked(start=date(2026, 2, 1), end=date(2026, 12, 31), today=date(2027, 1, 5))


def _made(organisation: Organisation) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, YEAR)


def _paid(bills: list[Bill]) -> list[Bill]:
    return [bill for bill in bills if bill.paid_on and YEAR.start <= bill.paid_on <= YEAR.end]


def test_customers_are_ranked_by_the_median_of_their_days_late() -> None:
    bills = a_history(11, bills=30)
    items = paid_items(bills[0].customer.organisation, currency="EUR", start=YEAR.start, end=YEAR.end)
    payers = payers_of(items, money_percent=Decimal(5), currency="EUR")
    wanted: dict[int, list[int]] = {}
    for bill in _paid(bills):
        wanted.setdefault(bill.customer.pk, []).append(((bill.paid_on or bill.due) - bill.due).days)
    assert {each.customer_id: each.median for each in payers} == {
        pk: Decimal(str(median(delays))) for pk, delays in wanted.items()
    }
    assert [each.median for each in payers] == sorted((each.median for each in payers), reverse=True)
    assert sum(each.amount for each in payers) == Decimal(sum(bill.amount for bill in _paid(bills))) / 100
    euro_days = sum(bill.amount * max(((bill.paid_on or bill.due) - bill.due).days, 0) for bill in _paid(bills))
    assert abs(sum(each.cost for each in payers) - Decimal(euro_days) * 5 / 3650000) <= Decimal("0.02")


def _three(organisation: Organisation, name: str, delays: Sequence[int]) -> None:
    customer = a_customer(organisation, name=name)
    for number, delay in enumerate(delays):
        due = date(2026, 3 + number, 1)
        paid(billed(customer, 100_00, on=due - timedelta(days=30), due=due), 120_00, on=due + timedelta(days=delay))


def test_the_report_names_the_latest_and_the_soonest_and_opens_into_their_stories() -> None:
    organisation = an_organisation()
    _three(organisation, "Lambin", [20, 30, 40])
    _three(organisation, "Preste", [-5, -3, -1])
    _three(organisation, "Nouveau", [3])
    made = _made(organisation)
    assert made.lead == (
        "Lambin is usually the latest: 30 days after the due date. Preste pays soonest: 3 days before the due date."
    )
    ranking, few, delays = made.tables
    assert [row.name for row in ranking.rows] == ["Lambin", "Preste"]
    assert [row.name for row in few.rows] == ["Nouveau"]
    assert [(row.count, row.amount) for row in delays.rows] == [(3, 360), (1, 120), (2, 240), (1, 120), (0, 0)]
    link = ranking.columns[0].link
    assert link is not None
    assert f"/story/{ranking.rows[0].customer_id}/" in link(ranking.rows[0])


def test_what_became_doubtful_counts_when_it_is_paid_and_only_once() -> None:
    organisation = an_organisation()
    item = billed(a_customer(organisation), 100_00, on=date(2026, 3, 1), due=date(2026, 4, 1))
    paid(item, 20_00, on=date(2026, 4, 11))
    doubt = doubtful(item).items.get(side="debit")
    assert list(paid_items(organisation, currency="EUR", start=YEAR.start, end=YEAR.end)) == []
    paid(doubt, 100_00, on=date(2026, 12, 24))
    (found,) = paid_items(organisation, currency="EUR", start=YEAR.start, end=YEAR.end)
    assert (found.settled.amount, found.settled.due) == (Decimal(100), date(2026, 4, 1))


def test_of_merged_customers_the_one_that_is_left_stands_for_all() -> None:
    organisation = an_organisation()
    kept = a_customer(organisation, name="Kept")
    _three(organisation, "Merged", [1, 1, 1])
    merged = Customer.objects.get(organisation=organisation, name="Merged")
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    (row,) = _made(organisation).tables[0].rows
    assert (row.name, row.customer_id) == ("Kept", kept.pk)


def test_a_day_late_at_a_rate_costs_its_part_of_the_year() -> None:
    late = Settled(due=date(2026, 3, 1), paid=date(2026, 3, 31), amount=Decimal(36500))
    early = Settled(due=date(2026, 3, 1), paid=date(2026, 1, 1), amount=Decimal(36500))
    assert cost_of_delay([late, early], money_percent=Decimal(10), currency="EUR") == Decimal("300.00")
    assert [count for count, _ in by_class([late, early]).values()] == [1, 0, 1, 0, 0]


def test_a_firm_that_nobody_paid_has_nothing_to_rank() -> None:
    made = _made(an_organisation())
    assert made.lead.startswith("Nobody paid an invoice in full")
    assert made.charts == ()
    assert made.figures[0].value == "–"
