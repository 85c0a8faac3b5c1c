"""An index by which PostgreSQL finds a text within texts: three letters at a time (pg_trgm). SQLite reads them all."""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def search_index(table: str) -> migrations.RunPython:
    """The operation of a migration that puts such an index on the column `search` of `table`.

    The extension comes with PostgreSQL; whoever owns the database may switch it on.
    """
    return migrations.RunPython(
        _on_postgresql(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            f"CREATE INDEX {table}_trigrams ON {table} USING gin (search gin_trgm_ops)",
        ),
        _on_postgresql(f"DROP INDEX {table}_trigrams"),
    )


def _on_postgresql(*statements: str) -> Callable[[object, BaseDatabaseSchemaEditor], None]:
    def run(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run
