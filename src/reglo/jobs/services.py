"""Scheduling jobs and doing them."""

from collections.abc import Callable
from datetime import datetime

from reglo.jobs.models import Job

Handler = Callable[[Job, datetime], None]

_HANDLERS: dict[str, Handler] = {}
_SWEEPS: dict[str, Callable[[datetime], None]] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Make a function of a room's `tasks.py` the one that does jobs of `kind`: handler(job, now)."""

    def register(handler: Handler) -> Handler:
        _HANDLERS[kind] = handler
        return handler

    return register


def sweeps(name: str) -> Callable[[Callable[[datetime], None]], Callable[[datetime], None]]:
    """Make a function of a room's `tasks.py` one that the worker calls every minute: it schedules what is due."""

    def register(sweep: Callable[[datetime], None]) -> Callable[[datetime], None]:
        _SWEEPS[name] = sweep
        return sweep

    return register


def schedule(kind: str, *, subject_id: int, organisation_id: int | None, key: str, due_at: datetime) -> Job:
    """Write down that something is to be done, in the transaction of its cause; the same `key` is one job."""
    job, _ = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "subject_id": subject_id,
            "organisation_id": organisation_id,
            "due_at": due_at,
            "created_at": due_at,
        },
    )
    return job
