"""Which function does which kind of job: the rooms' `tasks.py` say so when the site starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reglo.jobs.models import Job

Work = Callable[[Job, datetime], None]
Sweep = Callable[[datetime], None]

LEASE = timedelta(minutes=5)  #: how long a job may take before its worker counts as dead


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """How a kind of job is done."""

    work: Work
    within: timedelta  #: the lease: after that another worker takes the job


HANDLERS: dict[str, Handler] = {}
SWEEPS: dict[str, Sweep] = {}


def handles(kind: str, *, within: timedelta = LEASE) -> Callable[[Work], Work]:
    """Make a function of a room's `tasks.py` the one that does jobs of `kind`: work(job, now).

    It may be called again for a job that was begun and not finished, so it looks first at what is done already.
    within: longer than the slowest job of this kind takes.
    """

    def register(work: Work) -> Work:
        HANDLERS[kind] = Handler(work=work, within=within)
        return work

    return register


def sweeps(name: str) -> Callable[[Sweep], Sweep]:
    """Make a function of a room's `tasks.py` one that the worker calls every minute: it schedules what is due."""

    def register(sweep: Sweep) -> Sweep:
        SWEEPS[name] = sweep
        return sweep

    return register
