"""What a worker does each minute: it says that it lives, runs the sweeps and tells the engine what is due."""

import os
import socket
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q

from reglo.jobs.doing import due_jobs
from reglo.jobs.engine import enqueue
from reglo.jobs.handlers import SWEEPS, Sweep
from reglo.jobs.models import Heartbeat, Job, SweepRun

log = structlog.get_logger("reglo.jobs")

EVERY = timedelta(minutes=1)
_NEARLY = EVERY - timedelta(seconds=5)  #: clocks of two workers differ a little
_FORGOTTEN = timedelta(minutes=10)  #: an engine that has not begun a job by then is told again
_AT_A_TIME = 1000
_DEAD = timedelta(days=1)  #: the heartbeat of a worker that is gone is kept so long


def worker_name() -> str:
    """The name of this process among the workers."""
    return f"{socket.gethostname()}-{os.getpid()}"[:100]


def tick(now: datetime) -> None:
    """One minute of the clock."""
    beat(now)
    for name, sweep in SWEEPS.items():
        run_sweep(name, sweep, now)
    enqueue_due(now)


def beat(now: datetime) -> None:
    """Say that this worker lives."""
    Heartbeat.objects.update_or_create(
        worker=worker_name(), defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
    )
    Heartbeat.objects.filter(seen_at__lt=now - _DEAD).delete()


def run_sweep(name: str, sweep: Sweep, now: datetime) -> bool:
    """Run a sweep, unless another worker did so within the minute; whether it ran. A failure stops no other."""
    if not _claim_sweep(name, now):
        return False
    try:
        sweep(now)
    except Exception as error:  # the outermost loop: the sweep runs again in a minute
        log.error("sweep_failed", sweep=name, error=type(error).__name__, exc_info=error)
    return True


def _claim_sweep(name: str, now: datetime) -> bool:
    with transaction.atomic(durable=True):
        run, is_new = SweepRun.objects.get_or_create(name=name, defaults={"ran_at": now})
        return is_new or bool(SweepRun.objects.filter(pk=run.pk, ran_at__lte=now - _NEARLY).update(ran_at=now))


def enqueue_due(now: datetime) -> int:
    """Tell the engine of the jobs that are due and that it does not know, or seems to have forgotten; how many."""
    unknown = Q(enqueued_at=None) | Q(enqueued_at__lte=now - _FORGOTTEN)
    jobs = list(due_jobs(now).filter(unknown).order_by("due_at").values_list("pk", flat=True)[:_AT_A_TIME])
    for job_id in jobs:
        Job.objects.filter(pk=job_id).update(enqueued_at=now)
        enqueue(job_id)
    return len(jobs)
