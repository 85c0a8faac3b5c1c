import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.forecast import NothingToReplay, PaidInvoice, Trial, backtest
from tests.core.forecast.builders import HABITS, TODAY, a_year, paid, unpaid

RECEIVABLES = Path(__file__).parents[3] / "../shared/corpora/late-payments/accounts-receivable-2012.csv"
PAST = sorted(a_year(HABITS), key=lambda each: each.issued)
CUT = PAST[40].issued
AFTER = CUT + timedelta(days=1)


def told(trials: Sequence[Trial], until: date) -> list[tuple[object, ...]]:
    """What was forecast up to a day, without what came."""
    return [
        (each.invoice.customer, each.invoice.issued, each.age, each.expected, each.low, each.high, dict(each.guesses))
        for each in trials
        if each.invoice.issued + timedelta(days=each.age) <= until
    ]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), min_size=len(PAST), max_size=len(PAST)), st.data())
def test_what_came_later_changes_no_forecast(changes: list[tuple[int, bool]], data: st.DataObject) -> None:
    """Payments after the day come at other times, with other disputes; invoices issued after it are others."""
    begin = CUT - timedelta(days=21)
    other = list[PaidInvoice]()
    for each, (days, disputed) in zip(PAST, changes, strict=True):
        if each.issued > CUT and data.draw(st.booleans()):
            continue
        later = replace(each, paid=max(each.issued, CUT) + timedelta(days=days), disputed=disputed)
        other.append(later if each.paid > CUT else each)
    ages = (0, 7)
    before = told(backtest(PAST, from_day=begin, ages=ages).trials, CUT)
    after = told(backtest(other, from_day=begin, ages=ages).trials, CUT)
    # An invoice that is paid later may be asked about once more, never otherwise.
    assert [each for each in before if each[2] == 0] == [each for each in after if each[2] == 0]
    assert [each for each in after if each in before] == before
    assert before


def test_an_invoice_paid_on_its_day_of_issue_does_not_speak_for_itself() -> None:
    at_once = paid(-30, customer="late", issued=AFTER)
    (trial,) = backtest([*PAST[:40], at_once], from_day=AFTER).trials
    assert trial.expected > AFTER + timedelta(days=30)


def test_each_invoice_counts_once_at_issue_and_later_only_while_it_is_open() -> None:
    found = backtest(PAST, from_day=AFTER)
    asked = [each for each in PAST if each.issued >= AFTER]
    assert found.at_issue.count == len(asked)
    for age, score in found.by_age.items():
        if age:
            assert score.count == sum((each.paid - each.issued).days > age for each in asked)


def test_the_forecast_is_nearer_than_each_simple_guess() -> None:
    score = backtest(a_year(HABITS, each=40, spread=5), from_day=TODAY - timedelta(days=250), ages=(0,)).at_issue
    assert all(score.mean_absolute_error < error for error in score.baselines.values())
    assert 0.7 < score.coverage_80 < 0.9


def test_baselines_are_what_their_names_say() -> None:
    known = [paid(days, issued=date(2025, 1, 6) + timedelta(days=60 * place)) for place, days in enumerate((10, 20))]
    (trial,) = backtest([*known, paid(17, issued=date(2025, 9, 1))], from_day=date(2025, 9, 1), ages=(0,)).trials
    assert trial.guesses == {"due_date": 0, "customer_mean_delay": 15, "exponential_smoothing": 13}


def test_unpaid_invoices_are_heard_and_not_judged() -> None:
    waiting = [unpaid(customer="usual", issued=PAST[0].issued, key=str(place)) for place in range(5)]
    with_them, without = (backtest(PAST, from_day=AFTER, unpaid=each, ages=(0,)) for each in (waiting, []))
    assert with_them.at_issue.count == without.at_issue.count
    expected = [
        sum(each.expected.toordinal() for each in found.trials if each.invoice.customer == "usual")
        for found in (with_them, without)
    ]
    assert expected[0] > expected[1]


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2030, 1, 1)])
def test_a_day_outside_the_invoices_is_refused_with_where_they_are(day: date) -> None:
    with pytest.raises(NothingToReplay) as refused:
        backtest(PAST, from_day=day)
    assert refused.value.field == "from"
    assert "2025" in refused.value.message.fr or "2026" in refused.value.message.fr


def test_no_invoices_at_all_are_refused() -> None:
    with pytest.raises(NothingToReplay):
        backtest([], from_day=TODAY)


def test_history_without_any_payment_yet_is_enough_to_begin() -> None:
    first, second = paid(10, issued=date(2025, 1, 6)), paid(10, issued=date(2025, 1, 8))
    assert backtest([first, second], from_day=date(2025, 1, 8)).at_issue.count == 1


@pytest.mark.corpora
@pytest.mark.skipif(not RECEIVABLES.exists(), reason="../shared/corpora is not here")
def test_real_payments_are_forecast_better_than_by_simple_guesses_and_the_band_holds() -> None:
    score = backtest(_real(), from_day=date(2012, 7, 1), ages=(0,)).at_issue
    assert all(score.mean_absolute_error < 0.95 * error for error in score.baselines.values())
    assert 0.76 <= score.coverage_80 <= 0.84


def _real() -> list[PaidInvoice]:
    with RECEIVABLES.open(newline="") as file:
        return [
            PaidInvoice(
                customer=row["customerID"],
                segment=row["countryCode"],
                channel=row["PaperlessBill"],
                issued=_day(row["InvoiceDate"]),
                due=_day(row["DueDate"]),
                paid=_day(row["SettledDate"]),
                amount=Decimal(row["InvoiceAmount"]),
                disputed=row["Disputed"] == "Yes",
            )
            for row in csv.DictReader(file)
        ]


def _day(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()  # a day, no instant
