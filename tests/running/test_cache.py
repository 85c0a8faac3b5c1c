"""The cache in files: counts hold for all processes of a machine, and for as long as they were begun for."""

import threading
from pathlib import Path

import pytest

from reglo.web import cache
from reglo.web.cache import FileCache


@pytest.fixture
def files(tmp_path: Path) -> FileCache:
    """An empty cache."""
    return FileCache(str(tmp_path / "cache"), {})


def test_a_count_ends_when_it_was_begun_to_end(files: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000_000.0
    monkeypatch.setattr(cache.time, "time", lambda: now)
    files.add("tries", 0, timeout=3600)
    assert files.incr("tries") == 1
    now += 3599
    assert files.incr("tries") == 2
    now += 2
    with pytest.raises(ValueError, match="tries"):
        files.incr("tries")


def test_a_count_without_end_has_none(files: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000_000.0
    monkeypatch.setattr(cache.time, "time", lambda: now)
    files.set("visits", 1, timeout=None)
    files.incr("visits", 2)
    now += 10**8
    assert files.get("visits") == 3


def test_those_who_count_at_once_are_all_counted(files: FileCache, tmp_path: Path) -> None:
    files.set("visits", 0)

    def count() -> None:
        mine = FileCache(str(tmp_path / "cache"), {})  # as another process has it
        for _ in range(25):
            mine.incr("visits")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert files.get("visits") == 100
