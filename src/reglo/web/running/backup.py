"""Backing the site up into one file, while it is in use."""

import hashlib
import json
import os
import zipfile
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.web.running.snapshots import Table, columns_of, lines_of, models_of, unchanging_view

FORMAT = 1
MANIFEST, SECRET = "manifest.json", "secret-key"


class BackupExists(DomainError):
    """There is a file of this name already."""

    code = "backup-exists"


def make_backup(path: Path, *, now: datetime) -> list[Table]:
    """Write everything that the site knows to `path`, as it is at one instant; what was written, by table.

    The file is whole or not there. It is as secret as the database: it holds the key that signs the links of the
    portal, where the site keeps one beside its data.
    """
    if path.exists():
        raise BackupExists(
            Text(
                fr=f"{path} existe déjà : choisissez un autre nom, ou supprimez-le.",
                en=f"{path} is already there: choose another name, or delete it.",
            )
        )
    unfinished = path.with_name(f"{path.name}.partial")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            tables = _write_all(archive, now)
            file.flush()
        with unfinished.open("rb") as whole:
            os.fsync(whole.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return tables


def _write_all(archive: zipfile.ZipFile, now: datetime) -> list[Table]:
    with unchanging_view():
        tables = [_write_table(archive, model) for model in models_of(apps)]
        migrations = sorted(MigrationRecorder(connection).applied_migrations())
    manifest = {
        "format": FORMAT,
        "reglo": version("reglo"),
        "made_at": now.isoformat(),
        "database": connection.vendor,
        "migrations": migrations,
        "tables": [asdict(table) for table in tables],
    }
    kept = settings.ENVIRONMENT.data / SECRET
    if kept.exists():
        archive.writestr(SECRET, kept.read_text())
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
    return tables


def _write_table(archive: zipfile.ZipFile, model: type[models.Model]) -> Table:
    label, digest, count = model._meta.label_lower, hashlib.sha256(), 0
    with archive.open(rows_name(label), "w", force_zip64=True) as file:
        for line in lines_of(model):
            file.write(line)
            digest.update(line)
            count += 1
    return Table(model=label, columns=columns_of(model), rows=count, sha256=digest.hexdigest())


def rows_name(label: str) -> str:
    """The name of the file of a table within the backup."""
    return f"rows/{label}.jsonl"


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What a backup says of itself."""
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    return manifest
