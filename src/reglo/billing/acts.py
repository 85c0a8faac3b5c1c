"""What the acts on drafts, quotes, invoices and series are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "draft-created": Text(fr="{who} a commencé un brouillon", en="{who} began a draft"),
        "draft-edited": Text(fr="{who} a modifié un brouillon", en="{who} edited a draft"),
        "draft-deleted": Text(fr="{who} a supprimé un brouillon", en="{who} deleted a draft"),
        "draft-restored": Text(fr="{who} a restauré un brouillon", en="{who} restored a draft"),
        "invoice-issued": Text(fr="{who} a émis {what}", en="{who} issued {what}"),
        "series-created": Text(fr="{who} a créé la série {what}", en="{who} created the series {what}"),
        "series-changed": Text(fr="{who} a modifié la série {what}", en="{who} changed the series {what}"),
        "series-archived": Text(fr="{who} a archivé la série {what}", en="{who} archived the series {what}"),
        "series-made-default": Text(
            fr="{who} a fait de {what} la série par défaut", en="{who} made {what} the default series"
        ),
    },
    fields={
        "kind": Text(fr="Nature", en="Kind"),
        "number": Text(fr="Numéro", en="Number"),
        "net_minor": Text(fr="Total HT (centimes)", en="Total without VAT (cents)"),
        "gross_minor": Text(fr="Total TTC (centimes)", en="Total with VAT (cents)"),
        "currency": Text(fr="Devise", en="Currency"),
        "sha256": Text(fr="Empreinte SHA-256", en="SHA-256 hash"),
    },
)
