"""Doing jobs, at least once each.

A job is a row, claimed with a lease. Whoever dies while working on it loses the claim when the lease ends, and the job
is begun again: hence *at least once*. What makes a second time harmless is the handler: it looks at its row first and
does nothing where the work is done, or carries a key that the other side knows (Message-ID, Idempotency-Key).
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from reglo.core.errors import DomainError
from reglo.jobs.handlers import HANDLERS, LEASE
from reglo.jobs.models import Job, JobState
from reglo.jobs.secrets import without_secrets

log = structlog.get_logger("reglo.jobs")

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""How long to wait after each attempt that failed; after the last one there is one more attempt, then the job fails."""

MOST_ATTEMPTS = len(WAITS) + 1


def due_jobs(now: datetime) -> QuerySet[Job]:
    """The jobs that may be begun: waiting and due, or left behind by a worker that died."""
    return Job.objects.filter(
        Q(state=JobState.WAITING, due_at__lte=now) | Q(state=JobState.RUNNING, lease_until__lte=now)
    )


def do(job_id: int, *, now: datetime) -> Job | None:
    """Do a job if it is there to be done, and write down how it went. None where there was nothing to do.

    Never raises for what a handler does: one job that fails stops no other.
    """
    job = _claim(job_id, now)
    if job is None:
        return None
    try:
        _work(job, now)
    except Exception as error:  # noqa: BLE001  # the outermost loop of the worker: it is recorded and the row kept
        _write_failure(job, error, now)
    else:
        _finish(job, state=JobState.DONE, finished_at=now, last_error="")
        log.info("job_done", job=job.pk, kind=job.kind, organisation=job.organisation_id, attempt=job.attempts)
    return job


def _claim(job_id: int, now: datetime) -> Job | None:
    """The job, now ours until its lease ends; None where it is done, not due or in other hands."""
    with transaction.atomic(durable=True):
        job = due_jobs(now).select_for_update(skip_locked=True).filter(pk=job_id).first()
        if job is None:
            return None
        if job.attempts >= MOST_ATTEMPTS:  # each time, whoever did it died
            job.state, job.finished_at = JobState.FAILED, now
            job.last_error = job.last_error or "the worker died at each attempt"
            job.save(update_fields=["state", "finished_at", "last_error"])
            return None
        handler = HANDLERS.get(job.kind)
        job.state, job.attempts = JobState.RUNNING, job.attempts + 1
        job.lease_until, job.enqueued_at = now + (handler.within if handler else LEASE), None
        job.save(update_fields=["state", "attempts", "lease_until", "enqueued_at"])
    return job


def _work(job: Job, now: datetime) -> None:
    if job.kind not in HANDLERS:
        raise LookupError(f"no room handles jobs of kind {job.kind}")
    HANDLERS[job.kind].work(job, now)


def _write_failure(job: Job, error: Exception, now: datetime) -> None:
    is_last = job.attempts >= MOST_ATTEMPTS or (isinstance(error, DomainError) and error.is_lasting)
    _finish(
        job,
        state=JobState.FAILED if is_last else JobState.WAITING,
        finished_at=now if is_last else None,
        due_at=job.due_at if is_last else now + WAITS[job.attempts - 1],
        last_error=without_secrets(f"{type(error).__name__}: {error}"),
    )
    log.warning(
        "job_failed" if is_last else "job_attempt_failed",
        job=job.pk,
        kind=job.kind,
        organisation=job.organisation_id,
        attempt=job.attempts,
        error=type(error).__name__,
        exc_info=None if isinstance(error, DomainError) else error,
    )


def _finish(job: Job, **facts: object) -> None:
    """Write how an attempt ended, unless the lease was over and somebody else has begun the job again."""
    facts |= {"lease_until": None}
    for name, value in facts.items():
        setattr(job, name, value)
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts).update(**facts)
