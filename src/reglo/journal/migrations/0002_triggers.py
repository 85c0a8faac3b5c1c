"""The database itself refuses to change, delete or replace an entry of the journal."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = (
    """
    CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_journalentry
    BEGIN SELECT RAISE(ABORT, 'entries of the journal are never changed'); END
    """,
    """
    CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_journalentry
    BEGIN SELECT RAISE(ABORT, 'entries of the journal are never deleted'); END
    """,
    # INSERT OR REPLACE deletes without firing the trigger of DELETE.
    """
    CREATE TRIGGER journal_entry_not_replaced BEFORE INSERT ON journal_journalentry
    WHEN EXISTS (
        SELECT 1 FROM journal_journalentry
        WHERE id = NEW.id OR (organisation_id = NEW.organisation_id AND sequence = NEW.sequence)
    )
    BEGIN SELECT RAISE(ABORT, 'entries of the journal are never replaced'); END
    """,
)
_SQLITE_BACK = (
    "DROP TRIGGER journal_entry_unchanged",
    "DROP TRIGGER journal_entry_kept",
    "DROP TRIGGER journal_entry_not_replaced",
)
_POSTGRESQL = (
    """
    CREATE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'entries of the journal are never changed or deleted' USING ERRCODE = '23000';
    END $$
    """,
    """
    CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE OR DELETE ON journal_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()
    """,
    """
    CREATE TRIGGER journal_entry_kept BEFORE TRUNCATE ON journal_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse()
    """,
)
_POSTGRESQL_BACK = (
    "DROP TRIGGER journal_entry_kept ON journal_journalentry",
    "DROP TRIGGER journal_entry_unchanged ON journal_journalentry",
    "DROP FUNCTION journal_entry_refuse()",
)


def create(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on."""
    _run(schema_editor, _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE)


def drop(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them off."""
    _run(schema_editor, _POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else _SQLITE_BACK)


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers of the journal."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
