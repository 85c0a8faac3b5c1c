"""What the acts of this room are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "outgoing-added": Text(fr="{who} a ajouté la dépense prévue {what}", en="{who} added the outgoing {what}"),
        "outgoing-changed": Text(fr="{who} a modifié la dépense prévue {what}", en="{who} changed the outgoing {what}"),
        "outgoing-stopped": Text(fr="{who} a arrêté la dépense prévue {what}", en="{who} stopped the outgoing {what}"),
        "outgoing-resumed": Text(
            fr="{who} a repris la dépense prévue {what}", en="{who} took up the outgoing {what} again"
        ),
    },
    fields={
        "label": Text(fr="Libellé", en="Label"),
        "amount_minor": Text(fr="Montant", en="Amount"),
        "first_on": Text(fr="Première fois", en="First time"),
    },
)
