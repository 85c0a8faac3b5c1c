"""Options that several commands share."""

from reglo.cli.commands import option
from reglo.core.findings import Text

seller_option = option(
    "--seller",
    metavar="FILE",
    text=Text(
        fr="Fichier TOML ou JSON de ce que les factures à compléter laissent de côté : vendeur, conditions…",
        en="TOML or JSON file of what the drafts leave out: seller, terms…",
    ),
)
