"""The worker: an engine that does jobs, and beside it the clock that finds what is due."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connection
from django.utils import timezone

from reglo.jobs.clock import EVERY, enqueue_due, tick
from reglo.jobs.doing import do, due_jobs

log = structlog.get_logger("reglo.jobs")

_PAUSE = 1.0  #: seconds between two looks into an empty queue
_LOOK = timedelta(seconds=2)  #: between two looks for jobs that have come due
_RQ_IDLE = 2  #: seconds after which rq comes back from an empty queue, to see whether it shall stop
_RQ_TTL = 60  #: seconds after which Redis forgets a worker that died
_AFTER_TROUBLE = 5.0  #: seconds before trying again where the database or the broker is away


class Worker:
    """One worker of this process: `run` until `stop`, which lets the job in hand be finished."""

    def __init__(self, *, every: timedelta = EVERY) -> None:
        self._every = every  #: between two ticks of the clock
        self._stopping = threading.Event()
        self._engine = _rq_engine if uses_redis() else _database_engine
        self._let_engine_go: Callable[[], None] = lambda: None

    def run(self) -> None:
        """Do jobs until told to stop."""
        log.info("worker_started", engine="redis" if uses_redis() else "database")
        clock = threading.Thread(target=self._run_clock, name="reglo-clock")
        clock.start()
        try:
            while not self._stopping.is_set():
                with self._surviving():
                    work, self._let_engine_go = self._engine()
                    if not self._stopping.is_set():
                        work()
        finally:
            self.stop()
            clock.join()
            connection.close()
            log.info("worker_stopped")

    def stop(self) -> None:
        """Finish the job in hand, begin none."""
        self._stopping.set()
        self._let_engine_go()

    def _run_clock(self) -> None:
        """A tick each minute; in between, a look for jobs that have come due, such as e-mails that can be undone."""
        ticked_at: datetime | None = None
        while True:
            with self._surviving():
                close_old_connections()
                now = timezone.now()
                if ticked_at is None or now - ticked_at >= self._every:
                    ticked_at = now
                    tick(now)
                else:
                    enqueue_due(now)
                connection.close()
            if self._stopping.wait(min(_LOOK, self._every).total_seconds()):
                return

    @contextmanager
    def _surviving(self) -> Iterator[None]:
        """Wait and go on where the database or the broker is away: both come back."""
        try:
            yield
        except (DatabaseTrouble, OSError, ConnectionError) as error:
            log.error("worker_trouble", error=type(error).__name__, exc_info=error)
            close_old_connections()
            self._stopping.wait(_AFTER_TROUBLE)


def uses_redis() -> bool:
    """Whether jobs go through Redis rather than the database."""
    return "rq" in settings.TASKS["default"]["BACKEND"]


def do_all_due() -> int:
    """One turn without engine: tick, then do what is due; how many jobs were begun."""
    tick(timezone.now())
    done = 0
    for job_id in list(due_jobs(timezone.now()).order_by("due_at", "pk").values_list("pk", flat=True)):
        done += do(job_id, now=timezone.now()) is not None
    return done


def _database_engine() -> tuple[Callable[[], None], Callable[[], None]]:
    """The database as queue: how it runs, and how it is let go."""
    from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker

    from reglo.jobs.clock import worker_name

    engine = DatabaseWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=_PAUSE,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_name()[-64:],
    )

    def let_go() -> None:
        engine.running = False

    return engine.run, let_go


def _rq_engine() -> tuple[Callable[[], None], Callable[[], None]]:
    """Redis as queue. Jobs run in this process, not in a fork of it: the clock's thread would not survive one."""
    import django_rq
    from django_tasks_rq import Job as QueuedTask
    from rq import SimpleWorker
    from rq.timeouts import TimerDeathPenalty

    class ThreadedWorker(SimpleWorker):
        """One that leaves the signals of the process alone, so that it may run in any thread."""

        death_penalty_class = TimerDeathPenalty

        def _install_signal_handlers(self) -> None:
            pass

    queue = django_rq.get_queue("default", job_class=QueuedTask)
    engine = ThreadedWorker([queue], connection=queue.connection, job_class=QueuedTask, worker_ttl=_RQ_TTL)

    def work() -> None:
        engine.work(logging_level="WARNING", max_idle_time=_RQ_IDLE)

    def let_go() -> None:
        engine._stop_requested = True  # what rq's own signal handler sets

    return work, let_go
