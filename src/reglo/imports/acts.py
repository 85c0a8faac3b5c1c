"""What the acts of this room are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {"table-taken-in": Text(fr="{who} a importé {what}", en="{who} imported {what}")},
    fields={
        "file": Text(fr="Fichier", en="File"),
        "created": Text(fr="Créés", en="Created"),
        "updated": Text(fr="Mis à jour", en="Updated"),
        "unchanged": Text(fr="Inchangés", en="Unchanged"),
        "refused": Text(fr="Refusés", en="Refused"),
    },
)
