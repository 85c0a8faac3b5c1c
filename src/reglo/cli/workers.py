"""Many documents on all cores: chunks to worker processes, few at a time so that memory stays flat."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_all_start_methods, get_context

from reglo.cli.conversion import Job, Outcome, Wish, convert_all
from reglo.core.errors import DomainError
from reglo.core.findings import Text

_CHUNK = 10  #: documents that a worker takes at a time
_WAITING = 3  #: chunks in flight for each worker
_FEW = 8  #: documents that are not worth a second process


class WorkerDied(DomainError):
    """A worker process was killed from outside, or ran out of memory."""

    code = "worker-died"


def convert_jobs(jobs: Iterable[Job], wish: Wish, *, processes: int) -> Iterator[Outcome]:
    """The outcome of each job, in the order of the jobs."""
    source = iter(jobs)
    first = list(islice(source, _FEW))
    if processes == 1 or len(first) < _FEW:
        for job in (*first, *source):
            yield from convert_all([job], wish)
        return
    yield from _in_processes(_chunks(first, source), wish, processes)


def _chunks(first: list[Job], source: Iterator[Job]) -> Iterator[list[Job]]:
    yield first
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def _in_processes(chunks: Iterator[list[Job]], wish: Wish, processes: int) -> Iterator[Outcome]:
    # Not fork: the parent may have threads, and a forked child would inherit their locks.
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_interrupts_to_the_parent)
    running: deque[Future[list[Outcome]]] = deque()
    try:
        for chunk in chunks:
            running.append(pool.submit(convert_all, chunk, wish))
            if len(running) >= processes * _WAITING:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()
    except BrokenProcessPool as error:
        raise WorkerDied(
            Text(
                fr="Un processus de conversion s'est arrêté (mémoire ?) : relancez avec --jobs 1.",
                en="A worker process died (memory?): run again with --jobs 1.",
            )
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
