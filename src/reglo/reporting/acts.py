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
    },
    fields={
        "report": Text(fr="Rapport", en="Report"),
        "rhythm": Text(fr="Rythme", en="Rhythm"),
        "to": Text(fr="Destinataires", en="Recipients"),
    },
)
