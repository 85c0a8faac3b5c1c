"""What all tests share: what they need, and what is skipped where that is not there."""

import socket

import pytest
from django.db import connection


def _answers(port: int) -> bool:
    """Whether a service listens on this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what needs a service that is not there."""
    missing = {}
    if connection.vendor != "postgresql":
        missing["postgres"] = "needs PostgreSQL: make test runs it with REGLO_DATABASE set where one answers"
    if not _answers(6379):
        missing["redis"] = "needs Redis on 127.0.0.1:6379"
    for item in items:
        for mark, reason in missing.items():
            if mark in item.keywords:
                item.add_marker(pytest.mark.skip(reason=reason))
