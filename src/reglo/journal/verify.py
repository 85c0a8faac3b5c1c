"""Walking the chain of an organisation: is every entry there, and as it was written?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from reglo.core.findings import Text
from reglo.journal.canonical import entry_hash
from reglo.journal.models import JournalEntry, JournalHead

_TRIGGERS = {
    "sqlite": frozenset({"journal_entry_unchanged", "journal_entry_kept", "journal_entry_not_replaced"}),
    "postgresql": frozenset({"journal_entry_unchanged", "journal_entry_kept"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place at which a chain does not hold."""

    sequence: int  #: of the entry that is missing or was changed
    reason: Text


def first_break(organisation_id: int) -> Break | None:
    """The first broken link of an organisation's journal, or None. Streams: memory does not grow with the journal."""
    sequence, previous = 0, ""
    for entry in _entries(organisation_id):
        sequence += 1
        if entry.sequence != sequence:
            return _missing(sequence)
        if entry.previous != previous:
            return _not_linked(sequence)
        if entry_hash(entry) != entry.hash:
            return _changed(sequence)
        previous = entry.hash
    return _break_at_the_end(organisation_id, sequence, previous)


def missing_triggers() -> frozenset[str]:
    """The triggers of the journal that the database has lost (a table made anew loses its triggers)."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {str(row[0]) for row in cursor.fetchall()}
    return _TRIGGERS[connection.vendor] - there


def _entries(organisation_id: int) -> Iterator[JournalEntry]:
    return JournalEntry.objects.filter(organisation_id=organisation_id).order_by("sequence").iterator(chunk_size=500)


def _break_at_the_end(organisation_id: int, sequence: int, last_hash: str) -> Break | None:
    """Whether the last entries were deleted: the head remembers how far the chain went."""
    head = JournalHead.objects.filter(organisation_id=organisation_id).first()
    if head is None:
        return _missing_head(sequence) if sequence else None
    if head.sequence > sequence:
        return _missing(sequence + 1)
    return _missing_head(sequence) if (head.sequence, head.hash) != (sequence, last_hash) else None


def _missing(sequence: int) -> Break:
    return Break(
        sequence=sequence,
        reason=Text(
            fr=f"L'événement {sequence} de l'historique manque.", en=f"Entry {sequence} of the journal is missing."
        ),
    )


def _not_linked(sequence: int) -> Break:
    return Break(
        sequence=sequence,
        reason=Text(
            fr=f"L'événement {sequence} de l'historique ne suit plus celui qui le précède.",
            en=f"Entry {sequence} of the journal no longer follows the one before it.",
        ),
    )


def _changed(sequence: int) -> Break:
    return Break(
        sequence=sequence,
        reason=Text(
            fr=f"L'événement {sequence} de l'historique a été modifié.",
            en=f"Entry {sequence} of the journal was changed.",
        ),
    )


def _missing_head(sequence: int) -> Break:
    return Break(
        sequence=sequence,
        reason=Text(
            fr=f"La fin de l'historique ne dit plus que l'événement {sequence} est le dernier.",
            en=f"The end of the journal no longer says that entry {sequence} is the last.",
        ),
    )
