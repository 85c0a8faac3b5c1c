"""How a figure is taken: medians of several runs, ours and the alternative in turn, so that a slow moment hits both."""

import gc
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


#: Starts a command and prints its wall seconds, its largest resident memory in KiB and its exit status. A process of
#: its own, and a small one: Linux counts the memory of the process that starts another in the peak of the one started.
_STARTER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - start, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


def cold(command: list[str], runs: int) -> tuple[float, float]:
    """Median wall seconds and the largest resident memory in MiB of a command started `runs` times.

    Raises CalledProcessError if the command fails: a crash is quick, and must not look fast.
    """
    times, peaks = [], []
    for _ in range(runs + 1):
        answer = subprocess.run([sys.executable, "-S", "-c", _STARTER, *command], capture_output=True, check=True)
        wall, memory, status = answer.stdout.split()
        if int(status):
            raise subprocess.CalledProcessError(int(status), command)
        times.append(float(wall))
        peaks.append(int(memory) / 1024)
    return statistics.median(times[1:]), max(peaks[1:])


def python() -> str:
    """The interpreter that runs this."""
    return sys.executable
