"""What the acts of this room are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "schedule-added": Text(
            fr="{who} fait envoyer un rapport régulièrement", en="{who} let a report go out regularly"
        ),
        "schedule-changed": Text(fr="{who} a modifié un envoi régulier", en="{who} changed a regular report"),
        "schedule-stopped": Text(fr="{who} a arrêté un envoi régulier", en="{who} stopped a regular report"),
        "schedule-resumed": Text(fr="{who} a repris un envoi régulier", en="{who} took up a regular report again"),
        "fec-made": Text(fr="{who} a produit le FEC {what}", en="{who} made the FEC {what}"),
        "archive-made": Text(fr="{who} a produit l'archive {what}", en="{who} made the archive {what}"),
        "statements-asked": Text(
            fr="{who} a fait envoyer les relevés de compte {what}", en="{who} had the account statements {what} sent"
        ),
        "file-taken": Text(fr="{who} a téléchargé {what}", en="{who} downloaded {what}"),
    },
    fields={
        "start": Text(fr="Premier jour", en="First day"),
        "end": Text(fr="Dernier jour", en="Last day"),
        "customers": Text(fr="Clients", en="Customers"),
        "sha256": Text(fr="SHA-256", en="SHA-256"),
        "report": Text(fr="Rapport", en="Report"),
        "rhythm": Text(fr="Rythme", en="Rhythm"),
        "to": Text(fr="Destinataires", en="Recipients"),
    },
)
