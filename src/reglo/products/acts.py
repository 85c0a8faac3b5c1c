"""What the acts of this room are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "product-created": Text(fr="{who} a créé l'article {what}", en="{who} created the product {what}"),
        "product-changed": Text(fr="{who} a modifié l'article {what}", en="{who} changed the product {what}"),
        "product-archived": Text(fr="{who} a archivé l'article {what}", en="{who} archived the product {what}"),
        "product-restored": Text(fr="{who} a restauré l'article {what}", en="{who} restored the product {what}"),
        "price-set": Text(fr="{who} a fixé un nouveau prix pour {what}", en="{who} set a new price for {what}"),
        "cost-set": Text(fr="{who} a fixé un nouveau coût pour {what}", en="{who} set a new cost for {what}"),
    },
    fields={
        "description": Text(fr="Description", en="Description"),
        "unit": Text(fr="Unité", en="Unit"),
        "vat": Text(fr="TVA", en="VAT"),
        "nature": Text(fr="Nature", en="Nature"),
        "price": Text(fr="Prix HT", en="Price without VAT"),
        "cost": Text(fr="Coût HT", en="Cost without VAT"),
        "valid_from": Text(fr="À partir du", en="From"),
    },
)
