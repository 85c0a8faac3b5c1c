"""What these tests share."""

from tests.running.conftest import data, site  # noqa: F401  # fixtures
