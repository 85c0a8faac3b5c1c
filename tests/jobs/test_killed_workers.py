"""Workers that are killed at any instant lose no job; those that are asked to stop finish the one in hand."""

import random
import signal
import time
from collections import Counter
from pathlib import Path

from tests.depth import TIMES
from tests.running.sites import Site

JOBS, KILLS = 40 * TIMES, 3 * TIMES


def _lines(trace: Path) -> list[str]:
    return trace.read_text().splitlines() if trace.exists() else []


def _wait_for(trace: Path, count: int) -> None:
    end = time.monotonic() + 60
    while len(_lines(trace)) < count and time.monotonic() < end:
        time.sleep(0.005)


def test_workers_killed_at_random_instants_lose_no_job_and_do_none_of_them_in_vain(
    ready_site: Site, tmp_path: Path
) -> None:
    trace, seed = tmp_path / "trace", random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    assert ready_site.run_python("-m", "tests.jobs.counting_worker", "schedule", str(JOBS)).returncode == 0
    for _ in range(KILLS):
        process = ready_site.start("-m", "tests.jobs.counting_worker", "work", str(trace))
        _wait_for(trace, len(_lines(trace)) + chance.randint(1, 8))
        time.sleep(chance.uniform(0, 0.03))
        process.kill()
        process.communicate()
    finished = ready_site.run_python("-m", "tests.jobs.counting_worker", "finish", str(trace))
    assert f"done {JOBS}, effects {JOBS}" in finished.stdout, finished.stdout + finished.stderr
    begun = Counter(_lines(trace))
    assert len(begun) == JOBS
    assert sum(begun.values()) - JOBS <= KILLS  # only a job in hand is begun again


def test_a_worker_that_is_asked_to_stop_finishes_the_job_in_hand(ready_site: Site, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    assert ready_site.run_python("-m", "tests.jobs.counting_worker", "schedule", "400").returncode == 0
    process = ready_site.start("-m", "tests.jobs.counting_worker", "work", str(trace))
    _wait_for(trace, 5)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0, said
    begun = len(_lines(trace))
    assert begun < 400
    script = "import django; django.setup(); from reglo.jobs.queries import count_by_state as c; print(c())"
    states = ready_site.run_python("-c", script).stdout
    assert f"'running': 0, 'done': {begun}," in states
