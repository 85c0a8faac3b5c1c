"""How a figure is taken: medians of several runs, ours and the alternative in turn, so that a slow moment hits both."""

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

#: What tells the time within this process. On a machine that others use, CPU time says more: see `use_cpu_time`.
_clock: Callable[[], float] = time.perf_counter


def use_cpu_time() -> None:
    """From now on, count what this process computes, and not what it waits for a processor."""
    global _clock  # noqa: PLW0603  # one clock for a run
    _clock = time.process_time


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
    """Time of one call."""
    start = _clock()
    work()
    return _clock() - start


def side_by_side(ours: Callable[[], object], alternative: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median seconds of each, warm, taken in turns: A A … B B … A A …

    Short work runs several times a turn, or each would find the processor's caches full of the other's data.
    """
    ours()
    alternative()
    gc.collect()
    turns = min(runs, _TURNS)
    mine, theirs = list[float](), list[float]()
    for _ in range(turns):
        mine += [seconds(ours) for _ in range(runs // turns)]
        theirs += [seconds(alternative) for _ in range(runs // turns)]
    return statistics.median(mine), statistics.median(theirs)


_TURNS = 10


def median(work: Callable[[], object], runs: int) -> float:
    """Median seconds after one warm-up."""
    work()
    gc.collect()
    return statistics.median(seconds(work) for _ in range(runs))


#: Starts a command and prints its wall seconds, its CPU seconds, its largest resident memory in KiB and its exit
#: status. A process of its own, and a small one: Linux counts the memory of the process that starts another in the
#: peak of the one started.
_STARTER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
cpu = usage.ru_utime + usage.ru_stime
print(time.perf_counter() - start, cpu, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True, slots=True)
class Start:
    """What it takes to start a command and let it end."""

    wall: float  #: seconds, median
    cpu: float  #: seconds, median
    peak: float  #: MiB resident, the most of all runs


def cold(command: list[str], runs: int) -> Start:
    """A command started `runs` times, its modules compiled as those of an installed package are.

    Raises CalledProcessError if the command fails: a crash is quick, and must not look fast.
    """
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        starts = [_start(command, environment) for _ in range(runs + 1)][1:]
    return Start(
        wall=statistics.median(each.wall for each in starts),
        cpu=statistics.median(each.cpu for each in starts),
        peak=max(each.peak for each in starts),
    )


def _start(command: list[str], environment: dict[str, str]) -> Start:
    starter = [sys.executable, "-S", "-c", _STARTER, *command]
    answer = subprocess.run(starter, capture_output=True, check=True, env=environment)
    wall, cpu, memory, status = answer.stdout.split()
    if int(status):
        raise subprocess.CalledProcessError(int(status), command)
    return Start(wall=float(wall), cpu=float(cpu), peak=int(memory) / 1024)


def python() -> str:
    """The interpreter that runs this."""
    return sys.executable
