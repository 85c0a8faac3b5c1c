"""What the processes of a machine remember together for a while, in files."""

import fcntl
import pickle
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache


class FileCache(FileBasedCache):
    """Django's, but a count goes on until its own end, and two that count at once are two.

    Django's `incr` reads, then writes with the default time: a limit by the hour would end after five minutes.
    """

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a count. Raises ValueError where there is none."""
        self._createdir()  # type: ignore[attr-defined]  # the stubs name what is public
        with (Path(self._dir) / "counting.lock").open("w") as lock:  # type: ignore[attr-defined]
            fcntl.flock(lock, fcntl.LOCK_EX)
            end = self._end_of(key, version)
            value: Any = super().get(key, version=version)
            if value is None:
                raise ValueError(f"{key} is not counted")
            self.set(key, value + delta, timeout=None if end is None else end - time.time(), version=version)
        return value + delta

    def _end_of(self, key: str, version: int | None) -> float | None:
        """When what is kept under `key` is forgotten; None for never."""
        path = Path(self._key_to_file(key, version))  # type: ignore[attr-defined]
        try:
            with path.open("rb") as file:
                end: float | None = pickle.load(file)  # noqa: S301  # what this class wrote, in a folder of the owner's
        except FileNotFoundError:
            return None
        return end
