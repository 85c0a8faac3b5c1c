from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.forecast import InvoiceForecast, OpenInvoice, PaidInvoice, make_forecast
from reglo.core.plans import Instalment, Plan
from reglo.core.promises import Promise
from tests.core.forecast.builders import HABITS, TODAY, a_year, paid, unpaid

HISTORY = a_year(HABITS)
IN_TEN_DAYS = TODAY + timedelta(days=10)


def forecast(invoice: OpenInvoice, history: list[PaidInvoice] = HISTORY, **rest: Any) -> InvoiceForecast:
    """The forecast of one invoice."""
    return make_forecast(history, [invoice], today=TODAY, draws=2, **rest).invoices[0]


def test_who_pays_late_is_expected_late() -> None:
    prompt, late = (forecast(unpaid(customer=each)).expected_day for each in ("prompt", "late"))
    assert 25 < (late - prompt).days < 45


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 20),
    st.integers(0, 8000),
    st.integers(0, 400),
    st.decimals("0", "1000000", places=2),
    st.booleans(),
)
def test_whatever_is_open_is_expected_from_today_on(
    known: int, age: int, term: int, amount: Decimal, disputed: bool
) -> None:
    issued = TODAY - timedelta(days=age)
    invoice = unpaid(issued=issued, due=issued + timedelta(days=term), amount=amount, disputed=disputed)
    found = forecast(invoice, HISTORY[:known])
    low, middle, high = (found.by_chance(each) for each in (0.1, 0.5, 0.9))
    assert TODAY <= low <= middle <= high
    assert middle == found.expected_day
    assert found.amount == amount
    assert all(sum(each.outlook.chances().values()) == 1 for each in found.parts)


def test_without_any_history_a_week_late_is_assumed_and_said() -> None:
    found = forecast(unpaid(due=date(2026, 7, 1)), [])
    assert abs((found.expected_day - date(2026, 7, 8)).days) <= 2
    assert "semaine de retard est supposée" in found.reason.fr
    assert "assumed" in found.reason.en


def test_one_payment_is_enough_to_begin() -> None:
    found = forecast(unpaid(), [paid(20)])
    assert TODAY < found.by_chance(0.1) < found.by_chance(0.9)
    assert "un paiement" in found.reason.fr


def test_an_invoice_due_years_ago_is_called_a_guess() -> None:
    found = forecast(unpaid(customer="fair", issued=date(2019, 1, 7)))
    assert found.is_guess
    assert "supposition" in found.reason.fr
    assert found.expected_day > TODAY + timedelta(days=365)


def test_nobody_is_expected_on_a_weekend_where_nobody_pays_then() -> None:
    weekdays = [each for each in a_year(HABITS, each=60) if each.paid.weekday() < 5]
    chances = forecast(unpaid(customer="usual"), weekdays).parts[0].outlook.chances()
    assert sum(chance for day, chance in chances.items() if day.weekday() >= 5) < 0.03


def test_a_dispute_delays() -> None:
    disputed = forecast(unpaid(customer="usual", disputed=True))
    plain = forecast(unpaid(customer="usual"))
    assert (disputed.expected_day - plain.expected_day).days >= 5
    assert "litige" in disputed.reason.fr


def test_how_much_a_dispute_delays_is_learnt() -> None:
    issued = TODAY - timedelta(days=200)
    quick = [paid(0, issued=issued)] * 60
    slow = [*quick, *[paid(60, issued=issued, disputed=True)] * 20]
    days = {
        name: forecast(unpaid(disputed=True), told).expected_day for name, told in (("quick", quick), ("slow", slow))
    }
    assert (days["slow"] - days["quick"]).days > 20


def test_a_promise_is_expected_on_its_day_as_often_as_promises_are_kept() -> None:
    promise = Promise(amount=Decimal(100), by=IN_TEN_DAYS)
    found = forecast(unpaid(customer="late", promise=promise), promise_kept=0.75)
    assert found.expected_day == IN_TEN_DAYS
    assert found.parts[0].outlook.chances()[IN_TEN_DAYS] >= 0.75
    assert "Promis pour le 11/06/2026" in found.reason.fr


def test_a_promise_of_a_part_leaves_the_rest_to_habit() -> None:
    promise = Promise(amount=Decimal(40), by=IN_TEN_DAYS)
    promised, rest = forecast(unpaid(customer="late", promise=promise)).parts
    assert (promised.amount, rest.amount) == (40, 60)
    assert promised.outlook.expected_day == IN_TEN_DAYS < rest.outlook.expected_day


def test_a_promise_that_is_over_counts_no_more() -> None:
    broken = Promise(amount=Decimal(100), by=TODAY - timedelta(days=1))
    with_it, without = forecast(unpaid(promise=broken)), forecast(unpaid())
    assert with_it.parts == without.parts
    assert "n'a pas été tenue" in with_it.reason.fr


def test_a_plan_is_expected_instalment_by_instalment() -> None:
    days = [date(2026, 6, 15), date(2026, 7, 15), date(2026, 8, 17)]
    plan = Plan(instalments=tuple(Instalment(day, Decimal(30)) for day in days))
    found = forecast(unpaid(customer="late", amount=Decimal(90), plan=plan))
    assert [each.outlook.expected_day for each in found.parts] == days
    assert found.expected_day == days[-1]


@pytest.mark.parametrize("owed", ["50", "90", "130"])
def test_a_plan_of_another_sum_than_is_open_loses_no_cent(owed: str) -> None:
    plan = Plan(instalments=(Instalment(IN_TEN_DAYS, Decimal(60)), Instalment(date(2026, 7, 15), Decimal(30))))
    assert forecast(unpaid(amount=Decimal(owed), plan=plan)).amount == Decimal(owed)


def test_a_plan_without_instalments_is_as_if_there_were_none() -> None:
    assert forecast(unpaid(plan=Plan(instalments=()))).parts == forecast(unpaid()).parts


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(["0.01", "3", "1000"]))
def test_the_days_do_not_depend_on_the_unit_of_money(factor: str) -> None:
    scaled = [
        paid(each.delay, customer=each.customer, issued=each.issued, amount=each.amount * Decimal(factor))
        for each in HISTORY
    ]
    plain, other = unpaid(amount=Decimal(512)), unpaid(amount=512 * Decimal(factor))
    assert forecast(plain).parts[0].outlook == forecast(other, scaled).parts[0].outlook


def test_the_reason_names_habit_and_what_weighs() -> None:
    found = forecast(unpaid(customer="late"))
    assert "Ce client paie" in found.reason.fr
    assert "12 paiements" in found.reason.fr
    assert "from 12 payments" in found.reason.en
    assert "n'a encore rien payé" in forecast(unpaid(customer="new")).reason.fr
