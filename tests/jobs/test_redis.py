"""Jobs through Redis: done as well, and not lost when Redis forgets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.test_killed_workers import _lines, _wait_for
from tests.running.sites import Site

pytestmark = pytest.mark.redis

_REDIS = "redis://127.0.0.1:6379/13"


@pytest.fixture
def fleet(sqlite_site: Site) -> Iterator[Site]:
    """A site whose jobs go through Redis, in a database of Redis that is emptied before and after."""
    from redis import Redis

    server = Redis.from_url(_REDIS)
    server.flushdb()
    yield Site(sqlite_site.variables | {"REGLO_TASKS": _REDIS})
    server.flushdb()


def test_jobs_go_through_redis_and_are_done(fleet: Site, tmp_path: Path) -> None:
    from redis import Redis

    assert fleet.run_python("-m", "tests.jobs.counting_worker", "schedule", "20").returncode == 0
    assert Redis.from_url(_REDIS).llen("rq:queue:default") == 20
    finished = fleet.run_python("-m", "tests.jobs.counting_worker", "finish", str(tmp_path / "trace"))
    assert "done 20, effects 20" in finished.stdout, finished.stdout + finished.stderr


def test_a_worker_that_is_killed_and_a_redis_that_forgets_lose_no_job(fleet: Site, tmp_path: Path) -> None:
    from redis import Redis

    trace = tmp_path / "trace"
    assert fleet.run_python("-m", "tests.jobs.counting_worker", "schedule", "20").returncode == 0
    process = fleet.start("-m", "tests.jobs.counting_worker", "work", str(trace))
    _wait_for(trace, 5)
    process.kill()
    process.communicate()
    Redis.from_url(_REDIS).flushdb()
    finished = fleet.run_python("-m", "tests.jobs.counting_worker", "finish", str(trace))
    assert "done 20, effects 20" in finished.stdout, finished.stdout + finished.stderr
    assert len(set(_lines(trace))) == 20


def test_a_site_whose_redis_is_away_still_writes_its_jobs_down(sqlite_site: Site) -> None:
    away = Site(sqlite_site.variables | {"REGLO_TASKS": "redis://127.0.0.1:1/0"})
    assert away.run_python("-m", "tests.jobs.counting_worker", "schedule", "2").returncode == 0
    script = "import django; django.setup(); from reglo.jobs.queries import count_by_state as c; print(c())"
    assert "'waiting': 2" in away.run_python("-c", script).stdout
