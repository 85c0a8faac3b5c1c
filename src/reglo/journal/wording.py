"""What each act is called in a sentence. Rooms add theirs in their `acts.py`, which Django loads at the start."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reglo.core.findings import Text
from reglo.core.money import from_minor
from reglo.formats.pdf.figures import money
from reglo.journal.models import JournalEntry

_ACTS: dict[str, Text] = {}
_FIELDS: dict[str, Text] = {}
_LONGEST = 200  #: characters of a value that a page shows
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of an act, before and after, as a page shows it."""

    field: Text
    before: Text  #: empty for nothing
    after: Text


def tell(acts: Mapping[str, Text], *, fields: Mapping[str, Text] | None = None) -> None:
    """Say what acts and the fields that they change are called.

    acts: "invoice-issued" to a sentence with {who} and {what}. fields: "due_date" to its name on the page.
    """
    _ACTS.update(acts)
    _FIELDS.update(fields or {})


def is_told(act: str) -> bool:
    """Whether an act has a sentence of its own."""
    return act in _ACTS


def sentence_of(entry: JournalEntry) -> Text:
    """An entry as a sentence; an act that no room has told stands as it is written."""
    pattern = _ACTS.get(entry.act) or Text(
        fr=f"{{who}}\N{NO-BREAK SPACE}: {entry.act}, {{what}}", en=f"{{who}}: {entry.act}, {{what}}"
    )
    return Text(fr=_filled(pattern.fr, entry), en=_filled(pattern.en, entry))


def act_name(act: str) -> Text:
    """An act without who did it, for a filter."""
    pattern = _ACTS.get(act)
    if pattern is None:
        return Text(fr=act, en=act)
    return Text(fr=_without_names(pattern.fr), en=_without_names(pattern.en))


def changes_of(entry: JournalEntry) -> tuple[Change, ...]:
    """What an entry changed, field by field."""
    return tuple(_changes(entry))


def _filled(pattern: str, entry: JournalEntry) -> str:
    return pattern.replace("{who}", entry.actor_name).replace("{what}", entry.subject_label)


def _without_names(pattern: str) -> str:
    bare = pattern.replace("{who}", "").replace("{what}", "…").strip(" ,:.\N{NO-BREAK SPACE}")
    return bare[:1].upper() + bare[1:]


def _changes(entry: JournalEntry) -> Iterator[Change]:
    currency = str(entry.after.get("currency") or entry.before.get("currency") or "EUR")
    for key in dict.fromkeys((*entry.before, *entry.after)):
        before, after = (_shown(key, values.get(key), currency) for values in (entry.before, entry.after))
        if before != after:
            name = _FIELDS.get(key) or Text(fr=key, en=key)
            yield Change(field=name, before=before, after=after)


def _shown(key: str, value: object, currency: str) -> Text:
    """A value of a field: an amount with its currency, what is no amount in short."""
    if key.endswith("_minor") and isinstance(value, int):
        amount = from_minor(value, currency)
        return Text(fr=money(amount, currency, "fr"), en=money(amount, currency, "en"))
    text = _short(value)
    return Text(fr=text, en=text)


def _short(value: object) -> str:
    """A value in short: pages say what changed, not whole documents."""
    match value:
        case None | "" | [] | {}:
            return ""
        case bool():
            return "✓" if value else "✗"
        case dict():
            text = ", ".join(f"{key} {_short(each)}" for key, each in value.items())
        case list():
            text = ", ".join(_short(each) for each in value)
        case str() if _HASH.fullmatch(value):
            text = f"{value[:12]}…"
        case _:
            text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
