"""When the open invoices will be paid, from the books; kept day by day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reglo.collection.services.promises import make_promise
from reglo.forecast.models import Foreseen, Frequency, OutgoingKind
from reglo.forecast.queries import expected_cash, lowest_treasury
from reglo.forecast.queries.facts import facts_of
from reglo.forecast.queries.foreseen import expected_within
from reglo.forecast.queries.kept import kept_forecast
from reglo.forecast.queries.outgoings import days_of
from reglo.forecast.services.forecasts import forecast_day, schedule_forecasts, up_to_date
from reglo.forecast.services.outgoings import OutgoingFacts, add_outgoing, stop_outgoing
from reglo.forecast.services.replays import ask_for_replay, replay_past
from reglo.forecast.stored import read_forecast, read_replay
from reglo.jobs.models import Job
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation
from tests.banking.rows import a_line, a_statement
from tests.forecast.world import a_payer, billed, paid
from tests.site import INES, NOW, TODAY, a_customer, an_organisation

pytestmark = pytest.mark.django_db

RENT = OutgoingFacts(
    kind=OutgoingKind.RENT,
    label="Atelier",
    amount_minor=2_400_00,
    frequency=Frequency.MONTH,
    first_on=TODAY - timedelta(days=300),
    last_on=None,
)


def _organisation_with_habits() -> tuple[Organisation, OpenItem, OpenItem]:
    """One customer that pays on the day, one that pays three weeks late; each owes the same since the same day."""
    organisation = an_organisation()
    prompt, slow = a_customer(organisation, name="Prompt"), a_customer(organisation, name="Lent")
    a_payer(prompt, late=0)
    a_payer(slow, late=21)
    return organisation, billed(prompt, 20), billed(slow, 20)


def test_a_slow_payer_is_expected_later_and_the_reason_says_so() -> None:
    organisation, of_prompt, of_slow = _organisation_with_habits()
    outlook = read_forecast(forecast_day(organisation=organisation, now=NOW).content)
    found = {each.item_id: each for each in outlook.invoices}
    assert found[of_prompt.pk].expected + timedelta(days=14) < found[of_slow.pk].expected
    assert "après l'échéance" in found[of_slow.pk].reason.fr
    assert sum(each.amount_minor for each in outlook.invoices) == 2 * 1_200_00
    assert outlook.days[-1].so_far.high <= 2 * 1_200_00


def test_a_promise_moves_the_day_and_asks_for_a_newer_forecast() -> None:
    organisation, _, of_slow = _organisation_with_habits()
    before = forecast_day(organisation=organisation, now=NOW)
    assert up_to_date(organisation=organisation, now=NOW) == before
    by = TODAY + timedelta(days=3)
    make_promise(
        organisation=organisation,
        customer=of_slow.customer,
        item_ids=[of_slow.pk],
        by_day=by,
        amount_minor=None,
        told_by="Claire",
        on_portal=False,
        by=INES,
        now=NOW,
    )
    after = up_to_date(organisation=organisation, now=NOW)
    assert after is not None
    assert after.pk == before.pk  # one a day
    assert after.digest != before.digest
    expected = {each.item_id: each.expected for each in read_forecast(after.content).invoices}
    assert expected[of_slow.pk] == by


def test_the_same_books_give_the_same_forecast() -> None:
    organisation, _, _ = _organisation_with_habits()
    assert forecast_day(organisation=organisation, now=NOW).content == (
        forecast_day(organisation=organisation, now=NOW + timedelta(hours=1)).content
    )


def test_what_is_foreseen_is_read_by_others_and_old_forecasts_keep_their_sums_alone() -> None:
    organisation, _, _ = _organisation_with_habits()
    assert expected_cash(organisation, today=TODAY) is None
    forecast_day(organisation=organisation, now=NOW)
    expected = expected_cash(organisation, today=TODAY)
    assert expected is not None
    assert expected.range.low <= expected.range.middle <= expected.range.high
    assert lowest_treasury(organisation, today=TODAY) is None  # no statement was imported
    forecast_day(organisation=organisation, now=NOW + timedelta(days=1))
    first, second = Foreseen.objects.order_by("day")
    assert not first.content["invoices"]
    assert first.content["weeks"]
    assert second.content["invoices"]


def test_the_dashboard_reads_the_days_of_a_forecast_and_none_of_its_invoices() -> None:
    organisation, _, _ = _organisation_with_habits()
    foreseen = forecast_day(organisation=organisation, now=NOW)
    month = expected_within(TODAY, read_forecast(foreseen.content), days=30)
    with CaptureQueriesContext(connection) as asked:
        assert expected_cash(organisation, today=TODAY) == month
    assert len(asked) == 1
    Foreseen.objects.update(content={"days": foreseen.content["days"]})
    assert expected_cash(organisation, today=TODAY) == month
    assert expected_cash(organisation, today=TODAY + timedelta(days=8)) is None


def test_a_statement_asks_for_a_newer_forecast_with_the_treasury() -> None:
    organisation, _, _ = _organisation_with_habits()
    before = forecast_day(organisation=organisation, now=NOW)
    assert read_forecast(before.content).lowest is None
    statement = a_statement(organisation, opening_on=TODAY - timedelta(days=2), opening_minor=50_000)
    a_line(statement, 10_000, booked=TODAY - timedelta(days=1))
    after = up_to_date(organisation=organisation, now=NOW)
    assert after is not None
    days = read_forecast(after.content).days
    assert days[0].balance is not None
    assert days[0].balance.low >= 60_000


def test_an_invoice_in_another_currency_is_left_out_and_counted() -> None:
    organisation = an_organisation()
    billed(a_customer(organisation), 5, currency="USD")
    foreseen = forecast_day(organisation=organisation, now=NOW)
    assert foreseen.left_out == 1
    assert read_forecast(foreseen.content).invoices == ()


def test_an_organisation_without_anything_has_a_forecast_of_nothing() -> None:
    outlook = read_forecast(forecast_day(organisation=an_organisation(), now=NOW).content)
    assert {day.so_far.high for day in outlook.days} == {0}


def test_more_invoices_ask_no_more_queries() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    counts = []
    for _round in range(2):
        for _each in range(4):
            paid(billed(customer, 90), late=5)
            billed(customer, 10)
        with CaptureQueriesContext(connection) as asked:
            facts_of(organisation, today=TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_outgoing_comes_on_its_day_each_month_until_it_is_stopped() -> None:
    organisation = an_organisation()
    rent = add_outgoing(organisation=organisation, facts=RENT, by=INES, now=NOW)
    days = list(days_of(rent, TODAY, TODAY + timedelta(days=91)))
    assert [day.day for day in days] == [RENT.first_on.day] * 3
    stop_outgoing(outgoing=rent, by=INES, now=NOW)
    rent.refresh_from_db()
    assert rent.stopped_at == NOW


def test_each_morning_one_forecast_is_asked_for() -> None:
    organisation = an_organisation()
    billed(a_customer(organisation), 5)
    for _minute in range(3):
        schedule_forecasts(now=NOW)
    assert Job.objects.filter(kind="make-forecast").count() == 1


def test_the_past_is_replayed_once_and_too_little_of_it_is_said() -> None:
    organisation, _, _ = _organisation_with_habits()
    replay = ask_for_replay(organisation=organisation, now=NOW)
    assert ask_for_replay(organisation=organisation, now=NOW) == replay
    replay_past(replay_id=replay.pk, now=NOW)
    replay.refresh_from_db()
    scores = read_replay(replay.content or [])
    assert scores[0].count > 5
    assert scores[0].error < scores[0].guesses["due_date"]
    empty = ask_for_replay(organisation=an_organisation(slug="autre"), now=NOW)
    replay_past(replay_id=empty.pk, now=NOW)
    empty.refresh_from_db()
    assert "10" in empty.problem_fr
    assert empty.done_at == NOW


def test_a_month_later_what_was_foreseen_stands_beside_what_came_of_it() -> None:
    organisation, of_prompt, _ = _organisation_with_habits()
    forecast_day(organisation=organisation, now=NOW)
    later = TODAY + timedelta(days=30)
    assert kept_forecast(organisation, today=TODAY + timedelta(days=29)) is None
    paid(of_prompt, late=0)
    kept = kept_forecast(organisation, today=later)
    assert kept is not None
    assert (kept.day, kept.came) == (TODAY, 1_200_00)
    assert kept.foreseen.low <= kept.foreseen.middle <= kept.foreseen.high
