"""What the acts on terms are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "agreement-created": Text(fr="{who} a préparé les conditions {what}", en="{who} prepared the terms {what}"),
        "agreement-changed": Text(fr="{who} a modifié les conditions {what}", en="{who} changed the terms {what}"),
        "agreement-deleted": Text(fr="{who} a supprimé les conditions {what}", en="{who} deleted the terms {what}"),
        "agreement-sent": Text(fr="{who} a envoyé les conditions {what}", en="{who} sent the terms {what}"),
        "agreement-accepted": Text(fr="{who} a accepté les conditions {what}", en="{who} accepted the terms {what}"),
        "agreement-declined": Text(fr="{who} a décliné les conditions {what}", en="{who} declined the terms {what}"),
        "conditions-added": Text(
            fr="{who} a ajouté les conditions générales {what}", en="{who} added the conditions of sale {what}"
        ),
    },
    fields={
        "title": Text(fr="Titre", en="Title"),
        "version": Text(fr="Version", en="Version"),
        "terms": Text(fr="Conditions", en="Terms"),
        "remark": Text(fr="Remarque", en="Remark"),
    },
)
