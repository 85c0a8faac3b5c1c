"""The database itself refuses to change what is sealed, signed or sent."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from reglo.billing.protection import PROTECTION


def create(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on."""
    for statement in PROTECTION.statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, None)


def drop(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them off."""
    for statement in PROTECTION.statements_back(schema_editor.connection.vendor):
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    """Triggers of documents, seals and answers."""

    dependencies = [("billing", "0001_initial"), ("terms", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
