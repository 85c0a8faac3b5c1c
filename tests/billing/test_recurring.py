"""Recurring invoices: their days, their prices, their words, and that each comes once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.billing.models import Draft, Invoice, Occurrence, Recurrence, Rhythm
from reglo.billing.queries.recurrences import announced, due_recurrences, history, recurrences
from reglo.billing.recurring import content_on, day_of, next_comings
from reglo.billing.recurring.placeholders import filled, words_of
from reglo.billing.recurring.revision import revised_content, revised_price, revisions_between
from reglo.billing.services.drafts import NotOfThisOrganisation
from reglo.billing.services.issue import issue_draft
from reglo.billing.services.recurring import (
    ISSUE_OCCURRENCE,
    MOST_AT_ONCE,
    RecurrenceFacts,
    RecurrenceNotPossible,
    change_recurrence,
    create_recurrence,
    end_recurrence,
    issue_occurrence,
    make_due_occurrences,
    pause_recurrence,
    resume_recurrence,
)
from reglo.billing.tasks import issue_what_came, make_what_is_due
from reglo.core.dates import end_of_month
from reglo.jobs.models import Job
from reglo.journal.models import JournalEntry
from reglo.organisations.models import Organisation
from tests.site import INES, NOW, TODAY, a_content, a_customer, a_draft, an_organisation

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def a_rule(**facts: Any) -> Recurrence:
    return Recurrence(**{"rhythm": Rhythm.MONTH, "every": 1, "starts_on": date(2026, 1, 31)} | facts)


def test_the_thirty_first_is_the_end_of_shorter_months_and_does_not_drift() -> None:
    days = [each.day for each in next_comings(a_rule(), from_number=0, at_most=5)]
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]


@settings(deadline=None)
@given(DAYS, st.sampled_from(Rhythm), st.integers(1, 12), st.integers(0, 60))
def test_each_coming_is_after_the_one_before_and_hangs_on_the_first_alone(
    start: date, rhythm: Rhythm, every: int, number: int
) -> None:
    rule = a_rule(starts_on=start, rhythm=rhythm, every=every)
    day = day_of(rule, number)
    assert day < day_of(rule, number + 1)
    if rhythm != Rhythm.WEEK:
        assert day.day == min(start.day, end_of_month(day).day)


def test_an_end_and_a_count_stop_it() -> None:
    until_april = a_rule(ends_on=date(2026, 4, 29))
    assert [each.number for each in next_comings(until_april, from_number=0, at_most=9)] == [0, 1, 2]
    assert [each.number for each in next_comings(a_rule(occurrences_at_most=2), from_number=1, at_most=9)] == [1]


@pytest.mark.parametrize(
    ("day", "month", "times"),
    [
        (date(2026, 2, 15), None, 0),
        (date(2027, 2, 14), None, 0),
        (date(2027, 2, 15), None, 1),
        (date(2029, 2, 15), None, 3),
        (date(2026, 12, 31), 1, 0),
        (date(2027, 1, 1), 1, 1),
        (date(2026, 6, 30), 7, 0),
        (date(2026, 7, 1), 7, 1),
        (date(2027, 2, 1), 2, 1),
    ],
)
def test_prices_are_revised_on_the_anniversary_or_in_the_month_named(day: date, month: int | None, times: int) -> None:
    assert revisions_between(date(2026, 2, 15), day, month) == times


def test_each_year_begins_from_the_price_that_was_charged() -> None:
    assert revised_price(Decimal("10.15"), Decimal("2.5"), 1) == Decimal("10.40")
    assert revised_price(Decimal("10.15"), Decimal("2.5"), 2) == Decimal("10.66")
    assert revised_price(Decimal("0.1234"), Decimal("2.5"), 1) == Decimal("0.1265")
    assert revised_price(Decimal("100"), Decimal("-10"), 1) == Decimal("90.00")


def test_what_is_no_price_stays_as_it_was_typed() -> None:
    content = a_content(lines=[{"price": "à voir"}, {"price": "1 000,00"}, "?", {"price_with_vat": "12"}])
    lines = revised_content(content, Decimal(10), 1)["lines"]
    assert lines == [{"price": "à voir"}, {"price": "1100.00"}, "?", {"price_with_vat": "13.20"}]


def test_words_are_filled_in_the_language_of_the_document() -> None:
    french = words_of(date(2026, 8, 1), date(2026, 8, 31), "fr")
    assert filled("Loyer {mois} {year}, {période}", french) == "Loyer août 2026, du 01/08/2026 au 31/08/2026"
    english = words_of(date(2026, 8, 1), date(2026, 8, 31), "en")
    assert filled("Rent {month}, {quarter}", english) == "Rent August, Q3"


@settings(deadline=None)
@given(st.text())
def test_braces_are_words_and_never_code(text: str) -> None:
    words = words_of(date(2026, 8, 1), date(2026, 8, 31), "fr")
    assert filled("{year.__class__} {0} {year!r} {{x}}", words) == "{year.__class__} {0} {year!r} {{x}}"
    if "{" not in text:
        assert filled(text, words) == text


def a_recurrence(organisation: Organisation, **changes: Any) -> Recurrence:
    facts: dict[str, Any] = {
        "label": "Maintenance",
        "content": a_content(title="Maintenance {mois} {année}"),
        "starts_on": date(2026, 9, 30),
        "issues_by_itself": True,
    }
    facts |= changes
    facts.setdefault("customer", a_customer(organisation))
    return create_recurrence(organisation=organisation, facts=RecurrenceFacts(**facts), by=INES, now=NOW)


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


def run(now: datetime) -> None:
    """A minute of the worker: what is due, then the jobs that it left."""
    make_what_is_due(now)
    for job in Job.objects.filter(kind=ISSUE_OCCURRENCE).order_by("pk"):
        issue_what_came(job, now)


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.mark.django_db
def test_each_day_has_its_invoice_once_however_often_the_worker_looks(organisation: Organisation) -> None:
    recurrence = a_recurrence(organisation)
    for day in range(3):
        run(on(2026, 9, 30) + timedelta(hours=day))
    run(on(2026, 10, 30))
    invoices = Invoice.objects.of(organisation).order_by("sequence")
    assert [each.issue_date for each in invoices] == [date(2026, 9, 30), date(2026, 10, 30)]
    assert [each.draft.content["title"] for each in invoices] == [
        "Maintenance septembre 2026",
        "Maintenance octobre 2026",
    ]
    recurrence.refresh_from_db()
    assert (recurrence.next_number, recurrence.next_on) == (2, date(2026, 11, 30))


@pytest.mark.django_db
def test_after_a_stop_all_that_was_due_comes_once_and_dated_of_its_day(organisation: Organisation) -> None:
    a_recurrence(organisation, starts_on=date(2026, 6, 30))
    run(NOW)
    run(NOW)
    dates = Invoice.objects.of(organisation).order_by("sequence").values_list("issue_date", flat=True)
    assert list(dates) == [date(2026, 6, 30), *(date(2026, month, 30) for month in range(7, 11))]


@pytest.mark.django_db
def test_where_the_series_has_gone_on_it_is_dated_today(organisation: Organisation) -> None:
    issue_draft(draft_id=a_draft(organisation).pk, organisation=organisation, by=INES, now=NOW)
    a_recurrence(organisation, starts_on=date(2026, 11, 10))
    run(NOW)
    assert Invoice.objects.of(organisation).order_by("-sequence")[0].issue_date == TODAY


@pytest.mark.django_db
def test_what_may_not_be_issued_waits_as_a_draft_that_says_why(organisation: Organisation) -> None:
    customer = a_customer(organisation, siren="732829321")
    recurrence = a_recurrence(organisation, customer=customer)
    run(on(2026, 9, 30))
    occurrence = recurrence.occurrences.get()
    assert "SIREN" in occurrence.problem
    assert occurrence.draft.issued_at is None
    customer.siren = "732829320"
    customer.save()
    issue_occurrence(occurrence_id=occurrence.pk, now=on(2026, 9, 30))
    occurrence.refresh_from_db()
    assert occurrence.problem == ""
    assert Invoice.objects.of(organisation).count() == 1


@pytest.mark.django_db
def test_without_the_wish_only_a_draft_is_left(organisation: Organisation) -> None:
    a_recurrence(organisation, issues_by_itself=False)
    run(on(2026, 9, 30))
    assert Draft.objects.of(organisation).get().occurrence is not None
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_draft_that_a_person_deleted_is_not_issued_behind_their_back(organisation: Organisation) -> None:
    recurrence = a_recurrence(organisation)
    make_due_occurrences(recurrence_id=recurrence.pk, now=on(2026, 9, 30))
    Draft.objects.update(deleted_at=NOW)
    run(on(2026, 9, 30))
    assert not Invoice.objects.exists()


@pytest.mark.django_db
def test_too_many_at_once_wait_for_a_person(organisation: Organisation) -> None:
    recurrence = a_recurrence(organisation, starts_on=date(2025, 1, 1), rhythm=Rhythm.WEEK)
    run(NOW)
    assert not Occurrence.objects.exists()
    assert JournalEntry.objects.filter(act="recurrence-held").count() == 1
    recurrence.refresh_from_db()
    assert recurrence.paused_at == NOW
    assert MOST_AT_ONCE == 24


@pytest.mark.django_db
@pytest.mark.parametrize(("catches_up", "numbers"), [(True, [0, 1, 2]), (False, [0])])
def test_a_pause_is_made_up_for_or_left_out(organisation: Organisation, catches_up: bool, numbers: list[int]) -> None:
    recurrence = a_recurrence(organisation, starts_on=date(2026, 8, 31))
    whose: dict[str, Any] = {"recurrence_id": recurrence.pk, "organisation": organisation, "by": INES}
    run(on(2026, 8, 31))
    pause_recurrence(now=on(2026, 9, 1), **whose)
    run(on(2026, 11, 5))
    resume_recurrence(now=on(2026, 11, 5), catches_up=catches_up, **whose)
    run(on(2026, 11, 5))
    assert sorted(Occurrence.objects.values_list("number", flat=True)) == numbers
    recurrence.refresh_from_db()
    assert (recurrence.next_number, recurrence.next_on) == (3, date(2026, 11, 30))


@pytest.mark.django_db
def test_it_ends_by_count_by_day_and_by_hand(organisation: Organisation) -> None:
    by_count = a_recurrence(organisation, occurrences_at_most=2)
    by_day = a_recurrence(organisation, ends_on=date(2026, 10, 1))
    by_hand = a_recurrence(organisation)
    end_recurrence(recurrence_id=by_hand.pk, organisation=organisation, by=INES, now=NOW)
    run(on(2027, 3, 1))
    assert [each.occurrences.count() for each in (by_count, by_day, by_hand)] == [2, 1, 0]
    assert set(Recurrence.objects.values_list("next_on", flat=True)) == {None}


@pytest.mark.django_db
def test_its_days_stay_once_the_first_has_come_and_its_content_may_change(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    recurrence = a_recurrence(organisation, customer=customer)
    run(on(2026, 9, 30))
    facts: dict[str, Any] = {"customer": customer, "label": "Autre", "content": a_content(), "issues_by_itself": True}
    whose: dict[str, Any] = {"recurrence_id": recurrence.pk, "organisation": organisation, "by": INES, "now": NOW}
    with pytest.raises(RecurrenceNotPossible):
        change_recurrence(facts=RecurrenceFacts(starts_on=date(2026, 10, 1), **facts), **whose)
    changed = change_recurrence(facts=RecurrenceFacts(starts_on=date(2026, 9, 30), **facts), **whose)
    assert (changed.label, changed.next_number, changed.next_on) == ("Autre", 1, date(2026, 10, 30))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"every": 0}, "every"),
        ({"ends_on": date(2026, 9, 29)}, "ends_on"),
        ({"occurrences_at_most": 0}, "occurrences_at_most"),
        ({"revision_percent": Decimal(101)}, "revision_percent"),
        ({"revision_month": 13}, "revision_month"),
    ],
)
def test_a_rule_without_sense_is_refused(organisation: Organisation, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RecurrenceNotPossible) as refused:
        a_recurrence(organisation, **changes)
    assert refused.value.field == field


@pytest.mark.django_db
def test_the_customer_of_another_organisation_is_refused(organisation: Organisation) -> None:
    with pytest.raises(NotOfThisOrganisation):
        a_recurrence(organisation, customer=a_customer(an_organisation()))


@pytest.mark.django_db
def test_a_preview_says_what_the_next_will_come_to(organisation: Organisation) -> None:
    recurrence = a_recurrence(organisation, revision_percent=Decimal(10), revision_month=1)
    previews = announced(recurrence, at_most=5)
    assert [each.net for each in previews] == [Decimal("900.00")] * 4 + [Decimal("990.00")]
    assert previews[0].coming.day == date(2026, 9, 30)
    coming = previews[4].coming
    assert content_on(recurrence, coming, "fr")["lines"][0]["price"] == "495.00"


@pytest.mark.django_db
def test_the_list_counts_what_came_and_what_waits(organisation: Organisation) -> None:
    a_recurrence(organisation)
    a_recurrence(organisation, issues_by_itself=False)
    run(on(2026, 10, 30))
    assert sorted((each.came, each.waiting) for each in recurrences(organisation)) == [(2, 0), (2, 2)]
    assert [each.number for each in history(Recurrence.objects.of(organisation)[0])] == [1, 0]
    assert due_recurrences(on(2026, 10, 31)) == []


@pytest.mark.django_db
def test_one_that_fails_does_not_hold_up_the_others(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reglo.billing import tasks

    bad, good = a_recurrence(organisation), a_recurrence(organisation)

    def make(*, recurrence_id: int, now: datetime) -> None:
        if recurrence_id == bad.pk:
            raise RuntimeError("disk full")
        make_due_occurrences(recurrence_id=recurrence_id, now=now)

    monkeypatch.setattr(tasks, "make_due_occurrences", make)
    make_what_is_due(on(2026, 9, 30))
    assert [each.recurrence for each in Occurrence.objects.all()] == [good]
