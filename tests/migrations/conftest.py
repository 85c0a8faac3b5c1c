"""What these tests share."""

from tests.running.conftest import (  # noqa: F401  # fixtures
    data,
    migrated_postgresql,
    migrated_sqlite,
    ready_site,
    site,
)
