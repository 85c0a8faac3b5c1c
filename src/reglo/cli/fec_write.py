"""`reglo fec write`: the FEC of a fiscal year of an organisation of this site, checked before it is there."""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reglo.cli.commands import command, option
from reglo.cli.errors import ACCEPTED, FATAL
from reglo.cli.fec import print_report
from reglo.cli.outputs import put_in_place
from reglo.core.errors import DomainError
from reglo.core.findings import Text

if TYPE_CHECKING:
    from reglo.organisations.models import Organisation


class NoSuchOrganisation(DomainError):
    """No organisation of this site bears this name."""

    code = "no-such-organisation"


@command(
    "write",
    text=Text(
        fr="Produire le FEC d'un exercice à partir du grand livre, et le vérifier.\n"
        "Le fichier n'est là que si aucune règle bloquante n'est enfreinte. "
        "État de sortie : 0 produit, 1 refusé par notre contrôle, 2 impossible ou mauvais appel.",
        en="Write the FEC of a fiscal year from the ledger, and check it.\n"
        "The file is only there if no fatal rule is broken. "
        "Exit status: 0 written, 1 refused by our checker, 2 not possible or wrong usage.",
    ),
    examples=(
        "reglo fec write --organisation atelier --year 2026",
        "reglo fec write --organisation atelier --year 2026 -o out --leave-out-foreign",
    ),
)
@option(
    "--organisation",
    "slug",
    required=True,
    metavar="SLUG",
    text=Text(fr="Nom de l'organisation dans ses adresses : /o/NOM/.", en="Name in its addresses: /o/NAME/."),
)
@option(
    "--year",
    required=True,
    type=click.IntRange(1990, 2200),
    text=Text(fr="Année de clôture de l'exercice.", en="Calendar year in which the fiscal year ends."),
)
@option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    text=Text(fr="Dossier du fichier, créé s'il n'y est pas.", en="Folder of the file, made where it is not there."),
)
@option(
    "--leave-out-foreign",
    "leaves_out_foreign",
    is_flag=True,
    text=Text(
        fr="Laisser de côté les écritures dans une autre devise que l'euro.",
        en="Leave out the entries in other currencies than the euro.",
    ),
)
def write(slug: str, year: int, folder: Path, leaves_out_foreign: bool) -> int:
    """Write the file beside its place, check it, and put it there where it passes."""
    from reglo.cli.site import open_site

    open_site()
    from reglo.reporting.accounting.extent import extent_of
    from reglo.reporting.accounting.fec import write_ledger_fec
    from reglo.reporting.accounting.years import year_closing_in

    organisation = _organisation(slug)
    days = year_closing_in(organisation, year)
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".fec-", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "w+b") as file:
            extent = extent_of(organisation, days.start, days.end)
            made = write_ledger_fec(extent, file, leaves_out_foreign=leaves_out_foreign)
        if made.report.is_accepted:
            put_in_place(Path(temporary), folder / made.name)
    finally:
        Path(temporary).unlink(missing_ok=True)
    print_report(str(folder / made.name), made.report)
    return ACCEPTED if made.report.is_accepted else FATAL


def _organisation(slug: str) -> "Organisation":
    from reglo.organisations.models import Organisation

    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise NoSuchOrganisation(
            Text(
                fr=f"Aucune organisation ne s'appelle {slug}. "
                "Son nom est dans ses adresses\N{NO-BREAK SPACE}: /o/NOM/.",
                en=f"No organisation is called {slug}. Its name stands in its addresses: /o/NAME/.",
            ),
            field="--organisation",
        )
    return found
