"""`reglo verify`: whether journal, issued documents and archives are as they were written."""

from pathlib import Path
from typing import BinaryIO

import click

from reglo.cli.commands import command
from reglo.cli.documents import unopened
from reglo.cli.errors import ACCEPTED, FATAL, UNREADABLE
from reglo.cli.language import colon, say
from reglo.cli.options import FILE
from reglo.cli.output import complain, one_line, print_line, styled
from reglo.core.errors import DomainError
from reglo.core.findings import Text


@command(
    "verify",
    text=Text(
        fr="Prouver que l'historique et les documents émis de chaque organisation n'ont pas changé.\n"
        "Nomme la première rupture de chaque chaîne. Avec des fichiers : prouver que ces archives de Réglo sont "
        "intactes, sans base de données. État de sortie : 1 s'il y a une rupture, 2 si un fichier n'est pas une "
        "archive.",
        en="Prove that the journal and the issued documents of each organisation did not change.\n"
        "Names the first break of each chain. With files: prove that these archives of Réglo are whole, without a "
        "database. Exit status: 1 if there is a break, 2 if a file is no archive.",
    ),
    examples=("reglo verify", "reglo verify archive-123456782-20260101-20261231.zip"),
)
@click.argument("files", nargs=-1, type=FILE, metavar="[FILE…]")
def verify(files: tuple[str, ...]) -> int:
    """Walk the chains, of the site or of archives, and print what holds."""
    if files:
        return max(_verify_file(path) for path in files)
    from reglo.cli.site import open_site

    open_site()
    return print_verdicts()


def _verify_file(path: str) -> int:
    """Print what holds of an archive."""
    from reglo.reporting.archive.verify import verify_archive

    is_whole = True
    try:
        with _opened(path) as file:
            for check in verify_archive(file):
                is_whole = is_whole and check.reason is None
                _print_check(path, check.what, check.reason)
    except DomainError as error:
        complain(f"{path}: {say(error.message)}")
        return UNREADABLE
    if is_whole:
        print_line(say(Text(fr=f"{one_line(path)} est intacte.", en=f"{one_line(path)} is whole.")))
    return ACCEPTED if is_whole else FATAL


def _opened(path: str) -> BinaryIO:
    """The bytes of a file. Raises UnreadableDocument."""
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise unopened(error) from None


def _print_check(where: str, what: Text, reason: Text | None) -> None:
    told = f"{where}, {say(what)}"
    if reason is None:
        print_line(f"{styled('✓', fg='green')} {one_line(told)}")
    else:
        print_line(f"{styled('✗', fg='red')} {one_line(told + colon() + say(reason))}")


def print_verdicts() -> int:
    """Print what was found of each chain; the exit status."""
    from reglo.web.running.verify import missing_triggers, verify_chains

    is_whole = True
    for verdict in verify_chains():
        is_whole = is_whole and verdict.reason is None
        _print_check(verdict.organisation, verdict.chain, verdict.reason)
    lost = missing_triggers()
    if lost:
        is_whole = False
        names = ", ".join(sorted(lost))
        sentence = Text(
            fr=f"La base ne protège plus les lignes scellées ; déclencheurs perdus : {names}.",
            en=f"The database no longer protects sealed rows; triggers lost: {names}.",
        )
        print_line(f"{styled('✗', fg='red')} {say(sentence)}")
    if is_whole:
        print_line(say(Text(fr="Toutes les chaînes tiennent.", en="Every chain holds.")))
    return ACCEPTED if is_whole else FATAL
