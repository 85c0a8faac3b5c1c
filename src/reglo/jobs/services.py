"""Scheduling jobs: what is to be done later is a row, written in the transaction of its cause."""

from datetime import datetime

from django.db import transaction

from reglo.jobs.engine import enqueue
from reglo.jobs.models import Job, JobState


def schedule(
    kind: str,
    *,
    subject_id: int,
    organisation_id: int | None,
    key: str,
    due_at: datetime,
    now: datetime | None = None,
) -> Job:
    """Write down that something is to be done, in the transaction of its cause; the same `key` is one job.

    due_at: not before. now: the instant of the cause, `due_at` where it is not given. A job that is due by then is
    handed to the engine as soon as the transaction is through; the others by the worker's clock. One that is there
    already stays as it is: of the job that is given back, only `pk` is sure.
    """
    now = now or due_at
    job = Job(
        key=key,
        kind=kind,
        subject_id=subject_id,
        organisation_id=organisation_id,
        due_at=due_at,
        enqueued_at=now if due_at <= now else None,
        created_at=now,
    )
    # One statement, which writes nothing new where the key is there and gives its row all the same.
    Job.objects.bulk_create([job], update_conflicts=True, unique_fields=["key"], update_fields=["key"])
    if job.enqueued_at is not None:
        # robust: an engine that is away must not fail the act; the clock tells it again.
        transaction.on_commit(lambda: enqueue(job.pk), robust=True)
    return job


def try_again(*, now: datetime, organisation_id: int | None = None) -> int:
    """Let failed jobs, of one organisation or all, be begun anew; how many there are."""
    failed = Job.objects.filter(state=JobState.FAILED)
    if organisation_id is not None:
        failed = failed.filter(organisation_id=organisation_id)
    return failed.update(state=JobState.WAITING, attempts=0, due_at=now, enqueued_at=None, finished_at=None)
