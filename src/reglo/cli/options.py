"""Arguments and options that several commands share."""

import click

from reglo.cli.commands import option
from reglo.core.findings import Text

#: A file name, which shells complete; whether it can be read is told by who reads it, in the user's language.
FILE = click.Path(allow_dash=True)

seller_option = option(
    "--seller",
    type=FILE,
    metavar="FILE",
    text=Text(
        fr="Fichier TOML ou JSON de ce que les factures à compléter laissent de côté : vendeur, conditions…",
        en="TOML or JSON file of what the drafts leave out: seller, terms…",
    ),
)
