"""`reglo restore`: a backup into an empty database, then the proof that it is whole."""

from pathlib import Path

import click

from reglo.cli.commands import command
from reglo.cli.language import say
from reglo.cli.output import print_line
from reglo.cli.verify import print_verdicts
from reglo.core.findings import Text


@command(
    "restore",
    text=Text(
        fr="Restaurer une sauvegarde dans une base vide, puis vérifier les chaînes.\n"
        "Une base qui contient déjà quelque chose est refusée. Une sauvegarde plus ancienne est mise à jour. "
        "État de sortie : 1 si une chaîne ne tient pas.",
        en="Restore a backup into an empty database, then verify the chains.\n"
        "A database that holds anything is refused. An older backup is brought up to date. "
        "Exit status: 1 if a chain does not hold.",
    ),
    examples=("REGLO_DATA=/srv/neuf reglo restore reglo-2026-11-24.zip",),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def restore(file: Path) -> int:
    """Restore, say what, and verify."""
    from reglo.cli.site import open_site

    open_site()
    from reglo.web.running.restore import restore_backup

    tables = restore_backup(file)
    rows = sum(table.rows for table in tables)
    print_line(
        say(
            Text(
                fr=f"Restauré : {rows} lignes de {len(tables)} tables",
                en=f"Restored: {rows} rows of {len(tables)} tables",
            )
        )
    )
    return print_verdicts()
