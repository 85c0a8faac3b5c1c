"""`reglo backup`: everything that the site knows, in one file, while it is in use."""

from pathlib import Path

import click

from reglo.cli.commands import command
from reglo.cli.errors import ACCEPTED
from reglo.cli.language import say
from reglo.cli.output import print_line
from reglo.core.findings import Text


@command(
    "backup",
    text=Text(
        fr="Sauvegarder tout le site dans un fichier, sans l'arrêter.\n"
        "Le fichier est aussi secret que la base. On le restaure sur SQLite comme sur PostgreSQL.",
        en="Back the whole site up into one file, without stopping it.\n"
        "The file is as secret as the database. It restores on SQLite and on PostgreSQL alike.",
    ),
    examples=("reglo backup reglo-$(date +%F).zip",),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def backup(file: Path) -> int:
    """Write the file and say what it holds."""
    from reglo.cli.site import open_site

    open_site()
    from django.utils import timezone

    from reglo.web.running.backup import make_backup

    tables = make_backup(file, now=timezone.now())
    rows, size = sum(table.rows for table in tables), file.stat().st_size / 1_000_000
    print_line(
        say(
            Text(
                fr=f"{file} : {rows} lignes de {len(tables)} tables, {size:.1f} Mo",
                en=f"{file}: {rows} rows of {len(tables)} tables, {size:.1f} MB",
            )
        )
    )
    return ACCEPTED
