"""What the acts on the ledger are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "accounts-changed": Text(
            fr="{who} a modifié les comptes comptables de {what}", en="{who} changed the ledger accounts of {what}"
        ),
        "receivable-written-off": Text(
            fr="{who} a passé en perte tout ou partie de {what}", en="{who} wrote off {what}, in whole or in part"
        ),
        "receivable-doubtful": Text(
            fr="{who} a classé la créance {what} comme douteuse", en="{who} marked {what} as doubtful"
        ),
        "allowance-changed": Text(
            fr="{who} a modifié la dépréciation de la créance {what}", en="{who} changed the allowance for {what}"
        ),
        "decision-reversed": Text(
            fr="{who} a contrepassé une écriture sur la créance {what}", en="{who} reversed an entry about {what}"
        ),
    },
    fields={"entry": Text(fr="Écriture", en="Entry")},
)
