"""Jobs: scheduled once, done at least once, tried again with patience, given up visibly."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.jobs.doing import MOST_ATTEMPTS, WAITS, do, due_jobs
from reglo.jobs.handlers import handles
from reglo.jobs.models import Job, JobState
from reglo.jobs.queries import count_by_state, troubles
from reglo.jobs.services import schedule, try_again
from tests.site import NOW, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def a_job(kind: str = "count", **changes: Any) -> Job:
    facts: dict[str, Any] = {"subject_id": 1, "organisation_id": None, "key": f"{kind}-1", "due_at": NOW, "now": NOW}
    return schedule(kind, **facts | changes)


class Failing:
    """A handler that fails so many times."""

    def __init__(self, error: Exception, times: int = 1_000) -> None:
        self.error, self.times, self.calls = error, times, 0

    def __call__(self, job: Job, now: datetime) -> None:
        self.calls += 1
        if self.calls <= self.times:
            raise self.error


def test_the_same_key_is_one_job() -> None:
    assert a_job().pk == a_job().pk
    assert Job.objects.count() == 1


def test_a_job_that_is_due_goes_to_the_engine_once_its_cause_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr("reglo.jobs.services.enqueue", told.append)
    with transaction.atomic():
        job = a_job()
        assert told == []
    assert told == [job.pk]


def test_an_engine_that_is_away_does_not_fail_the_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(job_id: int) -> None:
        raise ConnectionError

    monkeypatch.setattr("reglo.jobs.services.enqueue", refuse)
    with transaction.atomic():
        a_job()
    assert due_jobs(NOW).count() == 1


def test_a_job_of_later_waits() -> None:
    done: list[int] = []
    handles("count")(lambda job, now: done.append(job.pk))
    job = a_job(due_at=NOW + timedelta(hours=1))
    assert job.enqueued_at is None
    assert do(job.pk, now=NOW) is None
    assert do(job.pk, now=NOW + timedelta(hours=1)) is not None
    assert done == [job.pk]


def test_a_job_is_done_once() -> None:
    done: list[int] = []
    handles("count")(lambda job, now: done.append(job.pk))
    job = a_job()
    assert do(job.pk, now=NOW) is not None
    assert do(job.pk, now=NOW) is None
    assert done == [job.pk]
    job.refresh_from_db()
    assert (job.state, job.finished_at, job.lease_until) == (JobState.DONE, NOW, None)


def test_a_failure_is_written_down_and_tried_again_later() -> None:
    handles("count")(Failing(OSError("no route to host"), times=1))
    job = a_job()
    do(job.pk, now=NOW)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error) == (JobState.WAITING, 1, "OSError: no route to host")
    assert job.due_at == NOW + WAITS[0]
    assert do(job.pk, now=NOW) is None
    do(job.pk, now=NOW + WAITS[0])
    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error) == (JobState.DONE, 2, "")


def test_a_job_is_given_up_after_the_last_attempt_and_seen_by_its_organisation() -> None:
    organisation = an_organisation()
    failing = Failing(OSError("gone"))
    handles("count")(failing)
    job, now = a_job(organisation_id=organisation.pk), NOW
    for wait in (*WAITS, timedelta()):
        do(job.pk, now=now)
        now += wait
    job.refresh_from_db()
    assert (job.state, job.attempts, failing.calls) == (JobState.FAILED, MOST_ATTEMPTS, MOST_ATTEMPTS)
    assert [each.pk for each in troubles(organisation)] == [job.pk]
    assert list(troubles(an_organisation())) == []
    assert count_by_state() == {"waiting": 0, "running": 0, "done": 0, "failed": 1}


def test_what_cannot_get_better_is_given_up_at_once() -> None:
    class Refused(DomainError):
        is_lasting = True

    handles("count")(Failing(Refused(Text(fr="non", en="no"))))
    job = a_job()
    do(job.pk, now=NOW)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)


def test_a_failed_job_may_be_begun_anew() -> None:
    handles("count")(Failing(OSError("gone"), times=MOST_ATTEMPTS))
    job = a_job()
    Job.objects.update(state=JobState.FAILED, attempts=MOST_ATTEMPTS)
    assert try_again(now=NOW) == 1
    do(job.pk, now=NOW)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 1)


def test_a_job_that_nobody_handles_is_tried_again_for_a_newer_program_may_know_it() -> None:
    job = a_job("from-the-future")
    do(job.pk, now=NOW)
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert "from-the-future" in job.last_error


def test_one_that_fails_stops_no_other() -> None:
    done: list[int] = []
    handles("fail")(Failing(RuntimeError("broken")))
    handles("count")(lambda job, now: done.append(job.pk))
    bad, good = a_job("fail"), a_job("count")
    do(bad.pk, now=NOW)
    do(good.pk, now=NOW)
    assert done == [good.pk]


def test_a_claimed_job_is_left_alone_until_its_lease_ends() -> None:
    done: list[int] = []
    handles("count", within=timedelta(minutes=2))(lambda job, now: done.append(job.pk))
    job = a_job()
    Job.objects.update(state=JobState.RUNNING, attempts=1, lease_until=NOW + timedelta(minutes=2))
    assert do(job.pk, now=NOW + timedelta(minutes=1)) is None
    assert do(job.pk, now=NOW + timedelta(minutes=2)) is not None
    assert done == [job.pk]


def test_who_lost_the_claim_does_not_write_over_who_has_it() -> None:
    def overtaken(job: Job, now: datetime) -> None:
        Job.objects.filter(pk=job.pk).update(attempts=job.attempts + 1, lease_until=now + timedelta(minutes=5))

    handles("count")(overtaken)
    job = a_job()
    do(job.pk, now=NOW)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.RUNNING, 2)


def test_a_job_that_kills_each_worker_is_given_up() -> None:
    job = a_job()
    Job.objects.update(state=JobState.RUNNING, attempts=MOST_ATTEMPTS, lease_until=NOW)
    assert do(job.pk, now=NOW) is None
    job.refresh_from_db()
    assert (job.state, job.last_error) == (JobState.FAILED, "the worker died at each attempt")


@override_settings(SECRETS=("hunter2-of-the-mail-server",))
def test_no_secret_is_written_down() -> None:
    text = "auth failed with hunter2-of-the-mail-server at smtp://ines:other-secret@mail.example:587"
    handles("count")(Failing(OSError(text)))
    job = a_job()
    do(job.pk, now=NOW)
    job.refresh_from_db()
    assert "hunter2" not in job.last_error
    assert "other-secret" not in job.last_error
    assert "mail.example:587" in job.last_error
