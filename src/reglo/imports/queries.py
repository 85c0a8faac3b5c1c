"""Reading tables that were brought in."""

from datetime import date

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.imports.columns import names_of, rows_of
from reglo.imports.kinds import ImportKind, Plan, kind_of
from reglo.imports.models import TableImport
from reglo.imports.reading import Table, read_table


class UnknownKind(DomainError):
    """No room takes in tables of this kind."""

    code = "unknown-import-kind"


def require_kind(key: str) -> ImportKind:
    """The kind of that key. Raises UnknownKind."""
    kind = kind_of(key)
    if kind is None:
        raise UnknownKind(Text(fr="Ce type d'import n'existe pas.", en="There is no such kind of import."))
    return kind


def table_of(brought: TableImport) -> Table:
    """The table in a file that was brought. Raises UnreadableDocument."""
    return read_table(bytes(brought.content), names_of(require_kind(brought.kind)))


def plan_of(brought: TableImport, today: date, table: Table | None = None) -> Plan:
    """What taking in a table would do. Nothing is written."""
    kind = require_kind(brought.kind)
    rows = list(rows_of(kind, table or table_of(brought), brought.columns))
    mapped = frozenset(key for key in brought.columns.values() if key)
    return kind.plan(brought.organisation, rows, mapped, today)


def taken_in_before(brought: TableImport) -> TableImport | None:
    """The newest import of the same bytes, if they were taken in already."""
    same = TableImport.objects.of(brought.organisation).filter(kind=brought.kind, sha256=brought.sha256)
    return same.exclude(pk=brought.pk).exclude(taken_in_at=None).order_by("-taken_in_at").first()
