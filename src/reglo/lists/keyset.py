"""Pages by keyset: the next page begins after the last row of this one, however many rows stand before it."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page: the value that sorts it, as text, and its id."""

    value: str
    pk: int

    def __str__(self) -> str:
        return urlsafe_b64encode(json.dumps([self.value, self.pk]).encode()).decode().rstrip("=")


def cursor_of(row: Model, order: str) -> Cursor:
    """Where the page after `row` begins, in the order of a field."""
    return Cursor(_field(type(row), order).value_to_string(row), row.pk)


def bad_cursor_as_none(text: str) -> Cursor | None:
    """A cursor from an address; None for what is none."""
    try:
        value, pk = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError):
        return None
    return Cursor(value, pk) if isinstance(value, str) and isinstance(pk, int) and pk < 2**63 else None


def rows_after(rows: QuerySet, order: str, cursor: Cursor) -> QuerySet:
    """The rows behind a cursor. A cursor whose value does not fit the field begins at the first row."""
    name = order.removeprefix("-")
    try:
        value = _field(rows.model, order).to_python(cursor.value)
    except ValidationError:
        return rows
    side = "lt" if order.startswith("-") else "gt"
    # The first condition says again what the second implies, so that the index on the field is used.
    return rows.filter(
        Q(**{f"{name}__{side}e": value}),
        Q(**{f"{name}__{side}": value}) | Q(**{name: value, f"id__{side}": cursor.pk}),
    )


def _field(model: type[Model], order: str) -> Field:
    found = model._meta.get_field(order.removeprefix("-"))
    if not isinstance(found, Field):
        raise FieldDoesNotExist(order)
    return found
