"""What all tests share: what they need, and what is skipped where that is not there."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import is_hypothesis_test, settings

from tests.depth import TIMES

_MADE_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
"""Tables whose rows come with the database and belong to no test."""


@pytest.fixture(autouse=True, scope="session")
def _tables_are_emptied_quickly_and_in_spite_of_triggers() -> Iterator[None]:
    """Let a test with transactions of its own be followed by an empty database, whatever triggers refuse.

    Django would truncate every table and then make its own rows again, which on PostgreSQL takes longer than the test.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: _empty_tables())
        yield


def _empty_tables() -> None:
    """Delete what is in those tables that have rows."""
    tables = sorted({*connection.introspection.django_table_names(only_existing=True)} - _MADE_BY_DJANGO)
    with without_triggers(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{each}' WHERE EXISTS (SELECT 1 FROM \"{each}\")" for each in tables)
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{table}"')


@contextmanager
def without_triggers() -> Iterator[None]:
    """Take the triggers off for a while: to empty tables, and to tamper with what they protect."""
    off, on = _switches()
    with connection.cursor() as cursor:
        for statement in off:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in on:
                cursor.execute(statement)


def _switches() -> tuple[Sequence[str], Sequence[str]]:
    """The statements that take all triggers off, and those that put them on again."""
    if connection.vendor == "postgresql":
        return ["SET session_replication_role = replica"], ["SET session_replication_role = origin"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in triggers], [statement for _, statement in triggers]


def _try_more_examples(test: Any) -> None:
    """Let a property, or a machine, be tried with `TIMES` the examples that it asks for."""
    name = "settings" if isinstance(test, type) else "_hypothesis_internal_use_settings"
    asked = getattr(test, name)
    setattr(test, name, settings(asked, max_examples=asked.max_examples * TIMES))


def _tried(item: pytest.Function) -> Any:
    """What says how many examples an item tries: its function, or the class of the machine that it runs."""
    function = getattr(item.obj, "__func__", item.obj)
    return item.cls if hasattr(function, "_hypothesis_state_machine_class") else function


def _answers(port: int) -> bool:
    """Whether a service listens on this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what needs a service that is not there; try more where that is asked for."""
    missing = {}
    if connection.vendor != "postgresql":
        missing["postgres"] = "needs PostgreSQL: make test runs it with REGLO_DATABASE set where one answers"
    if not _answers(6379):
        missing["redis"] = "needs Redis on 127.0.0.1:6379"
    for item in items:
        for mark, reason in missing.items():
            if mark in item.keywords:
                item.add_marker(pytest.mark.skip(reason=reason))
    if TIMES > 1:  # one function may stand behind several tests
        functions = (item for item in items if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj))
        for test in {_tried(item) for item in functions}:
            _try_more_examples(test)
