"""How far a file has come, for the page that waits: told by whoever makes it, perhaps on another machine."""

from django.core.cache import cache

from reglo.reporting.accounting.fec import Progress

_AN_HOUR = 3600


def note_progress(file_id: int) -> Progress:
    """What is told how much of a file is done."""
    return lambda done, total: cache.set(_key(file_id), (done, total), _AN_HOUR)


def progress_of(file_id: int) -> tuple[int, int]:
    """How much is done of how much; of one that has not begun, nothing of one."""
    found: tuple[int, int] = cache.get(_key(file_id), (0, 1))
    return found


def _key(file_id: int) -> str:
    return f"file-progress-{file_id}"
