"""The worker's clock: sweeps run once a minute whatever the number of workers, forgotten jobs are told again."""

from datetime import datetime, timedelta

import pytest

from reglo.jobs.clock import EVERY, beat, enqueue_due, tick
from reglo.jobs.handlers import handles, sweeps
from reglo.jobs.models import Heartbeat, Job
from reglo.jobs.queries import is_worker_alive
from tests.jobs.test_services import a_job
from tests.site import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sweep_runs_once_a_minute_however_many_workers_there_are() -> None:
    ran: list[datetime] = []
    sweeps("collect")(ran.append)
    tick(NOW)
    tick(NOW + timedelta(seconds=20))
    tick(NOW + EVERY)
    assert ran == [NOW, NOW + EVERY]


def test_a_sweep_that_fails_stops_no_other_and_no_job() -> None:
    ran: list[datetime] = []

    @sweeps("first")
    def fail(now: datetime) -> None:
        raise RuntimeError("broken")

    sweeps("second")(ran.append)
    handles("count")(lambda job, now: None)
    job = a_job(due_at=NOW, now=NOW - timedelta(hours=1))
    tick(NOW)
    assert ran == [NOW]
    job.refresh_from_db()
    assert job.enqueued_at == NOW


def test_an_engine_that_forgot_is_told_again_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr("reglo.jobs.clock.enqueue", told.append)
    job = a_job()
    assert enqueue_due(NOW + timedelta(minutes=5)) == 0
    assert enqueue_due(NOW + timedelta(minutes=11)) == 1
    assert enqueue_due(NOW + timedelta(minutes=12)) == 0
    assert told == [job.pk]


def test_a_job_of_a_dead_worker_is_told_when_its_lease_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr("reglo.jobs.clock.enqueue", told.append)
    a_job()
    Job.objects.update(state="running", attempts=1, enqueued_at=None, lease_until=NOW + timedelta(minutes=5))
    assert enqueue_due(NOW + timedelta(minutes=4)) == 0
    assert enqueue_due(NOW + timedelta(minutes=5)) == 1


def test_a_worker_lives_as_long_as_it_says_so() -> None:
    assert not is_worker_alive(NOW)
    beat(NOW)
    beat(NOW + EVERY)
    assert Heartbeat.objects.get().started_at == NOW
    assert is_worker_alive(NOW + timedelta(minutes=3))
    assert not is_worker_alive(NOW + timedelta(minutes=10))
