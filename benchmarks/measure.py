"""How a figure is taken: medians of several runs, ours and the alternative in turn, so that a slow moment hits both."""

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table that the benchmark prints."""

    work: str
    ours: float | None  #: seconds
    alternative: float | None = None  #: seconds
    beside: str = ""  #: what the alternative is
    reach: str = ""  #: what the project asks of itself
    note: str = ""


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(ours: Callable[[], object], alternative: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median seconds of each, after one warm-up, taken in turn: A B A B …"""
    ours()
    alternative()
    gc.collect()
    pairs = [(seconds(ours), seconds(alternative)) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def median(work: Callable[[], object], runs: int) -> float:
    """Median seconds after one warm-up."""
    work()
    gc.collect()
    return statistics.median(seconds(work) for _ in range(runs))


def cold(command: list[str], runs: int) -> tuple[float, float]:
    """Median wall seconds and the largest resident memory in MiB of a command started `runs` times.

    Raises CalledProcessError if the command fails: a crash is quick, and must not look fast.
    """
    times, peaks = [], []
    for _ in range(runs + 1):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - start)
        peaks.append(usage.ru_maxrss / 1024)
        if os.waitstatus_to_exitcode(status):
            raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return statistics.median(times[1:]), max(peaks[1:])


def peak_memory() -> float:
    """Largest resident memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def python() -> str:
    """The interpreter that runs this."""
    return sys.executable
