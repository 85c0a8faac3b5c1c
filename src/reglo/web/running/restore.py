"""Restoring a backup into an empty database."""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.web.running.backup import FORMAT, MANIFEST, SECRET, read_manifest, rows_name
from reglo.web.running.snapshots import Table, load, models_of, reset_sequences

_OF_DJANGO = frozenset({"contenttypes.contenttype", "auth.permission"})  # made with the schema, and restored

Node = tuple[str, str]


class NotEmpty(DomainError):
    """The database has rows, which a restore would mix with those of the backup."""

    code = "database-not-empty"


class BackupUnusable(DomainError):
    """The file is no backup, is damaged, or is of a program that we do not know."""

    code = "backup-unusable"


def restore_backup(path: Path) -> list[Table]:
    """Fill an empty database with a backup, then bring its schema up to date; what was restored, by table.

    The schema is made as it was when the backup was made, so that an older backup fits; then it is migrated. Rows are
    inserted in one transaction: all, or none.
    """
    archive = _open(path)
    with archive:
        manifest = read_manifest(archive)
        tables = [Table(**{**each, "columns": tuple(each["columns"])}) for each in manifest["tables"]]
        state = _make_schema([(app, name) for app, name in manifest["migrations"]])
        with transaction.atomic(durable=True):
            _load_all(archive, tables, state)
        _restore_secret(archive)
    call_command("migrate", interactive=False, verbosity=0)
    return tables


def _open(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise BackupUnusable(
            Text(fr=f"{path} n'est pas une sauvegarde de Réglo.", en=f"{path} is no backup of Réglo.")
        ) from error
    if MANIFEST not in archive.namelist() or read_manifest(archive).get("format") != FORMAT:
        archive.close()
        raise BackupUnusable(
            Text(
                fr=f"{path} n'est pas une sauvegarde que cette version de Réglo sait lire.",
                en=f"{path} is no backup that this version of Réglo can read.",
            )
        )
    return archive


def _make_schema(recorded: list[Node]) -> Any:
    """Make the tables as they were; the models of that time. Raises NotEmpty where there is something already."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    unknown = [node for node in recorded if node not in graph.nodes]
    if unknown:
        names = ", ".join(".".join(node) for node in unknown[:3])
        raise BackupUnusable(
            Text(
                fr=f"Cette sauvegarde vient d'une autre version de Réglo ({names}) : installez la plus récente.",
                en=f"This backup is of another version of Réglo ({names}): install the newest.",
            )
        )
    applied = set(executor.loader.applied_migrations)
    if applied:
        _check_empty(applied == set(recorded))
    targets = _latest(recorded, graph)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def _latest(recorded: list[Node], graph: Any) -> list[Node]:
    """The migrations of each app that no other recorded one of the same app follows."""
    known = set(recorded)
    return [
        node
        for node in recorded
        if not any(child.key in known and child.key[0] == node[0] for child in graph.node_map[node].children)
    ]


def _check_empty(is_same_schema: bool) -> None:
    filled = [
        model._meta.db_table
        for model in models_of(apps)
        if model._meta.label_lower not in _OF_DJANGO and is_same_schema and model._base_manager.exists()
    ]
    if filled:
        raise NotEmpty(
            Text(
                fr=f"La base n'est pas vide ({filled[0]}). Restaurez dans une base neuve : REGLO_DATABASE ou "
                "REGLO_DATA.",
                en=f"The database is not empty ({filled[0]}). Restore into a new one: REGLO_DATABASE or REGLO_DATA.",
            )
        )
    if not is_same_schema:
        raise NotEmpty(
            Text(
                fr="La base a déjà les tables d'une autre version. Restaurez dans une base neuve : REGLO_DATABASE ou "
                "REGLO_DATA.",
                en="The database has the tables of another version already. Restore into a new one: REGLO_DATABASE or "
                "REGLO_DATA.",
            )
        )


def _load_all(archive: zipfile.ZipFile, tables: list[Table], state: Any) -> None:
    made_with_schema = [state.get_model(label) for label in sorted(_OF_DJANGO)]
    for model in made_with_schema:
        model._base_manager.all().delete()
    for table in tables:
        lines = _Checked(archive, table)
        load(state.get_model(table.model), table.columns, iter(lines))
        lines.check()
    reset_sequences([state.get_model(table.model) for table in tables])


class _Checked:
    """The lines of a table, counted and hashed on their way."""

    def __init__(self, archive: zipfile.ZipFile, table: Table) -> None:
        self._archive, self._table = archive, table
        self._digest, self._rows = hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        with self._archive.open(rows_name(self._table.model)) as file:
            for line in file:
                self._digest.update(line)
                self._rows += 1
                yield line

    def check(self) -> None:
        """Raise BackupUnusable where the lines are not those that the manifest names."""
        if (self._rows, self._digest.hexdigest()) != (self._table.rows, self._table.sha256):
            raise BackupUnusable(
                Text(
                    fr=f"La sauvegarde est abîmée : {self._table.model} n'est pas ce que son sommaire annonce.",
                    en=f"The backup is damaged: {self._table.model} is not what its manifest names.",
                )
            )


def _restore_secret(archive: zipfile.ZipFile) -> None:
    """The key that signed the links already sent, unless the environment gives one."""
    kept = settings.ENVIRONMENT.data / SECRET
    if SECRET in archive.namelist() and kept.exists():
        kept.write_bytes(archive.read(SECRET))
