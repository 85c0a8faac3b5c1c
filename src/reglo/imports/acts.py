"""What the acts on imports are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "table-taken-in": Text(fr="{who} a importé {what}", en="{who} imported {what}"),
    }
)
