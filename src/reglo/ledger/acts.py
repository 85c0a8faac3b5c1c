"""What the acts on the ledger are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "accounts-changed": Text(
            fr="{who} a modifié les comptes comptables de {what}", en="{who} changed the ledger accounts of {what}"
        ),
    },
)
