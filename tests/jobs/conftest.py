"""Handlers of these tests, put away after each."""

from collections.abc import Iterator

import pytest

from reglo.jobs.handlers import HANDLERS, SWEEPS
from tests.running.conftest import (  # noqa: F401  # fixtures
    data,
    migrated_postgresql,
    migrated_sqlite,
    ready_site,
    site,
    sqlite_site,
)


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    handlers, sweeps = dict(HANDLERS), dict(SWEEPS)
    SWEEPS.clear()
    yield
    HANDLERS.clear()
    HANDLERS.update(handlers)
    SWEEPS.clear()
    SWEEPS.update(sweeps)
