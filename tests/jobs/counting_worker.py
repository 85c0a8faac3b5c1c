# ruff: noqa: E402
"""A real worker whose jobs leave a trace, to be killed.

python -m tests.jobs.counting_worker schedule 60     writes jobs down
python -m tests.jobs.counting_worker work FILE       does them until it is killed or told to stop
python -m tests.jobs.counting_worker finish FILE     does them until none is left, and prints how they stand
"""

import signal
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import django

django.setup()  # before the models are imported

from django.db import connection
from django.utils import timezone

from reglo.jobs import clock
from reglo.jobs.handlers import handles
from reglo.jobs.models import Job, JobState, SweepRun
from reglo.jobs.queries import count_by_state
from reglo.jobs.services import schedule
from reglo.jobs.worker import Worker
from reglo.web.running.start import prepare_database

_LEASE = timedelta(seconds=1)
clock._FORGOTTEN = timedelta(seconds=1)  # in the test nobody waits ten minutes


def use(trace: Path) -> None:
    """Handle jobs: a line for each time one is begun, and a row that there can be only one of."""

    @handles("count", within=_LEASE)
    def count(job: Job, now: datetime) -> None:
        with trace.open("a") as file:
            file.write(f"{job.subject_id}\n")
        SweepRun.objects.get_or_create(name=f"effect-{job.subject_id}", defaults={"ran_at": now})
        time.sleep(0.01)  # so that there is something to be killed in


def schedule_all(count: int) -> None:
    """Write jobs down, all of them due."""
    prepare_database()
    now = timezone.now()
    for number in range(count):
        schedule("count", subject_id=number, organisation_id=None, key=f"count-{number}", due_at=now, now=now)


def work(*, until_done: bool) -> None:
    """Run the worker as `reglo worker` does, with a clock that is quicker."""
    worker = Worker(every=timedelta(seconds=0.3))
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    if until_done:
        threading.Thread(target=_stop_when_done, args=(worker,), daemon=True).start()
    worker.run()


def _stop_when_done(worker: Worker) -> None:
    end = time.monotonic() + 60
    while Job.objects.exclude(state=JobState.DONE).exists() and time.monotonic() < end:
        time.sleep(0.1)
    connection.close()
    worker.stop()


def main(act: str, argument: str) -> None:
    """Do as told."""
    if act == "schedule":
        schedule_all(int(argument))
        return
    use(Path(argument))
    work(until_done=act == "finish")
    if act == "finish":
        effects = SweepRun.objects.filter(name__startswith="effect-").count()
        print(f"done {count_by_state()['done']}, effects {effects}, states {count_by_state()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
