"""The journal of one thing, within its page: `{% load journal %}{% history entries %}`."""

from collections.abc import Iterable
from typing import Any

from django import template

from reglo.core.findings import Text
from reglo.journal.models import JournalEntry
from reglo.journal.wording import Change, changes_of, sentence_of

register = template.Library()


@register.filter
def told(entry: JournalEntry) -> Text:
    """What an entry says."""
    return sentence_of(entry)


@register.filter
def changes(entry: JournalEntry) -> tuple[Change, ...]:
    """What an entry changed."""
    return changes_of(entry)


@register.inclusion_tag("journal/_entries.html")
def history(entries: Iterable[JournalEntry]) -> dict[str, Any]:
    """Entries as a list, the newest first, each with what it changed."""
    return {"entries": entries}
