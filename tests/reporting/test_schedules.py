"""Reports that go out by themselves: once to each address, whatever stops and starts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from reglo.jobs.models import Job
from reglo.journal.models import JournalEntry
from reglo.organisations.models import Organisation
from reglo.organisations.permissions import Role
from reglo.reporting.catalogue import REPORTS
from reglo.reporting.models import Dispatch, Schedule
from reglo.reporting.rhythm import Rhythm
from reglo.reporting.services.dispatches import make_due_dispatches, send_dispatch
from reglo.reporting.services.schedules import Wanted, resume_schedule, schedule_report, stop_schedule
from tests.reporting.samples import SAMPLE
from tests.site import INES, NOW, a_member, an_organisation

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 12, 3, 6, 30, tzinfo=UTC)  # half past seven in Paris


@pytest.fixture(autouse=True)
def _sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REPORTS, SAMPLE.name, SAMPLE)


def _scheduled(organisation: Organisation, *recipients: str) -> Schedule:
    wanted = Wanted(
        report="sample",
        grouping="product",
        rhythm=Rhythm.MONTH,
        days_in=2,
        recipients=recipients or ("ines@atelier.example",),
        language="fr",
    )
    return schedule_report(organisation=organisation, wanted=wanted, by=INES, now=NOW)


def test_a_report_goes_out_in_the_morning_of_its_day_over_the_month_that_ended() -> None:
    schedule = _scheduled(an_organisation(), "a@example.org", "b@example.org")
    assert schedule.next_on == date(2026, 12, 3)
    make_due_dispatches(now=MORNING - timedelta(hours=1))
    assert not Dispatch.objects.exists()
    for _again in range(2):
        make_due_dispatches(now=MORNING)
    assert sorted(Dispatch.objects.values_list("to", flat=True)) == ["a@example.org", "b@example.org"]
    assert Job.objects.filter(kind="send-report").count() == 2
    schedule.refresh_from_db()
    assert schedule.next_on == date(2027, 1, 3)


def test_what_fell_due_while_nothing_ran_goes_out_afterwards_each_over_its_own_days() -> None:
    _scheduled(an_organisation())
    for _each_minute in range(4):
        make_due_dispatches(now=datetime(2027, 2, 20, 12, tzinfo=UTC))
    days = list(Dispatch.objects.order_by("day").values_list("day", flat=True))
    assert days == [date(2026, 12, 3), date(2027, 1, 3), date(2027, 2, 3)]


def test_the_email_says_the_answer_and_carries_the_report_and_leaves_once() -> None:
    _scheduled(an_organisation())
    make_due_dispatches(now=MORNING)
    dispatch = Dispatch.objects.get()
    for _again in range(2):
        send_dispatch(dispatch_id=dispatch.pk, now=MORNING)
    (message,) = mail.outbox
    assert message.to == ["ines@atelier.example"]
    assert message.subject == "Sample, du 1er novembre 2026 au 30 novembre 2026 – Atelier Lumière SAS"
    assert "from 2026-11-01 to 2026-11-30 in EUR by product." in str(message.body)
    assert message.extra_headers["Message-ID"] == dispatch.message_id
    assert message.extra_headers["Date"] == "Thu, 03 Dec 2026 06:30:00 +0000"
    assert [name for name, _content, _type in message.attachments] == [
        "sample-2026-11-30.pdf",
        "sample-2026-11-30.xlsx",
    ]


def test_a_stopped_report_stays_and_one_taken_up_again_does_not_send_what_was_left_out() -> None:
    schedule = _scheduled(an_organisation())
    stop_schedule(schedule=schedule, by=INES, now=NOW)
    make_due_dispatches(now=MORNING)
    assert not Dispatch.objects.exists()
    resume_schedule(schedule=schedule, by=INES, now=MORNING)
    make_due_dispatches(now=MORNING)
    assert not Dispatch.objects.exists()
    schedule.refresh_from_db()
    assert schedule.next_on == date(2027, 1, 3)
    acts = list(JournalEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-3:] == ["schedule-added", "schedule-stopped", "schedule-resumed"]


def _client(organisation: Organisation, role: Role = Role.OWNER) -> Client:
    client = Client()
    client.force_login(a_member(organisation, role=role))
    return client


def _url(organisation: Organisation, name: str, **parts: int) -> str:
    return reverse(f"reporting:{name}", kwargs={"slug": organisation.slug, **parts})


_TYPED = {"report": "sample:", "rhythm": "week", "days_in": "0", "recipients": "x@example.org", "language": "fr"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"recipients": "x@example.org nobody"}, "«\u00a0nobody\u00a0» n’est pas une adresse"),
        ({"recipients": " ".join(f"a{n}@example.org" for n in range(11))}, "dix adresses"),
        ({"days_in": "28"}, "27"),
        ({"report": "nothing:"}, "nothing"),
    ],
)
def test_what_cannot_be_sent_is_said_beside_its_field(typed: dict[str, str], said: str) -> None:
    organisation = an_organisation()
    page = _client(organisation).post(_url(organisation, "schedule-new"), _TYPED | typed)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Schedule.objects.exists()


def test_a_page_changes_stops_and_resumes_a_report_that_is_there() -> None:
    organisation = an_organisation()
    schedule, client = _scheduled(organisation), _client(organisation)
    assert "ines@atelier.example" in client.get(_url(organisation, "schedules")).content.decode()
    assert client.get(_url(organisation, "schedule", pk=schedule.pk)).status_code == 200
    client.post(_url(organisation, "schedule-stop", pk=schedule.pk))
    assert "Reprendre" in client.get(_url(organisation, "schedules")).content.decode()
    client.post(_url(organisation, "schedule-resume", pk=schedule.pk))
    schedule.refresh_from_db()
    assert schedule.stopped_at is None
