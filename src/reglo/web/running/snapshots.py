"""A database as rows in files: what a backup holds, on whichever database it was made.

One line of JSON a row, one file a table. Values are written as the fields of the models mean them (an instant with its
time zone, bytes in base 64), so what comes from SQLite goes to PostgreSQL too; the keys of a JSON value are sorted,
since PostgreSQL forgets their order.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models, transaction

LEFT_OUT = frozenset(
    {
        "sessions.session",  # people log in again
        "usersessions.usersession",
        "django_tasks_db.dbtaskresult",  # what the engine is told is told again
        "jobs.heartbeat",
        "jobs.sweeprun",
    }
)
"""Models whose rows mean nothing elsewhere."""

_AT_A_TIME = 200  #: rows; some hold a PDF


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a snapshot."""

    model: str  #: "billing.invoice"
    columns: tuple[str, ...]
    rows: int = 0
    sha256: str = ""


@contextmanager
def unchanging_view() -> Iterator[None]:
    """Read the database as it is at one instant, while others go on writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # not immediate, as elsewhere: in WAL a reader holds nobody up
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def models_of(apps: Apps) -> Iterator[type[models.Model]]:
    """The models whose rows a snapshot holds."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower not in LEFT_OUT and model._meta.managed and not model._meta.proxy:
            yield model


def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a model, as attributes."""
    return tuple(field.attname for field in model._meta.local_concrete_fields)


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    """The rows of a model, each as a line."""
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    for row in rows.iterator(chunk_size=_AT_A_TIME):
        yield json.dumps([_written(value) for value in row], ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _written(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, (bytes, memoryview)):
        return b64encode(bytes(value)).decode()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, float, str, list, dict)):
        return value
    return str(value)


def load(model: type[models.Model], columns: tuple[str, ...], lines: Iterator[bytes]) -> int:
    """Insert rows as they were written, in the transaction of the caller; how many."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    wanted = [fields[name] for name in columns]
    count, batch = 0, []
    for line in lines:
        batch.append(_row(model, wanted, json.loads(line)))
        count += 1
        if len(batch) == _AT_A_TIME:
            _insert(model, wanted, batch)
            batch = []
    if batch:
        _insert(model, wanted, batch)
    return count


def _row(model: type[models.Model], fields: list[Any], values: list[Any]) -> models.Model:
    row = model()
    for field, value in zip(fields, values, strict=True):
        setattr(row, field.attname, _read(field, value))
    return row


def _read(field: Any, value: Any) -> Any:
    """A value as the field has it."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return b64decode(value)
    return field.to_python(value)


def _insert(model: type[models.Model], fields: list[Any], rows: list[models.Model]) -> None:
    size = connection.ops.bulk_batch_size(fields, rows)
    for begin in range(0, len(rows), size):
        # raw: the instants that a field would set by itself stay as they were
        model._base_manager.all()._insert(rows[begin : begin + size], fields=fields, using="default", raw=True)  # type: ignore[attr-defined]


def reset_sequences(rows_of: list[type[models.Model]]) -> None:
    """Let the database number new rows after those that were inserted with their numbers."""
    from django.core.management.color import no_style

    statements = connection.ops.sequence_reset_sql(no_style(), rows_of)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
