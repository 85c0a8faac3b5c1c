"""The database itself refuses entries that do not balance, and changes of what is posted."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from reglo.ledger.protection import PROTECTION


def create(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on."""
    for statement in PROTECTION.statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, None)


def drop(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them off."""
    for statement in PROTECTION.statements_back(schema_editor.connection.vendor):
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    """Triggers of entries, lines, open items and allocations."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
