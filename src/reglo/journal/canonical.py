"""The one spelling of an entry that its hash is made of: the same before it is stored and after it is read."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from ipaddress import IPv6Address, ip_address
from typing import Any

from reglo.journal.models import JournalEntry

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def entry_hash(entry: JournalEntry) -> str:
    """SHA-256 of an entry and of the hash before it: what `reglo verify` works out again."""
    return hashlib.sha256(json.dumps(entry_facts(entry), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def entry_facts(entry: JournalEntry) -> tuple[Json, ...]:
    """What the hash of an entry covers, in its order; the archive of a period hands the same out."""
    return (
        entry.previous,
        entry.organisation_id,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.act,
        entry.actor_id,
        entry.actor_name,
        entry.subject_type,
        entry.subject_id,
        entry.subject_label,
        entry.customer_id,
        entry.before,
        entry.after,
        plain_address(entry.address),
    )


def plain_values(values: Mapping[str, Any]) -> dict[str, Json]:
    """`values` as JSON that every database gives back as it was: no binary fractions, no NUL."""
    return {plain_text(str(key)): _plain(value) for key, value in values.items()}


def plain_text(text: str) -> str:
    """`text` without what a database cannot hold: NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def plain_address(address: str | None) -> str | None:
    """An IP address in its one spelling: IPv4 where it is one within IPv6."""
    if not address:
        return None
    read = ip_address(address)
    if isinstance(read, IPv6Address) and read.ipv4_mapped:
        read = read.ipv4_mapped
    return str(read)


def _plain(value: object) -> Json:
    match value:
        case None | bool() | int():
            return value
        case str():
            return plain_text(str(value))
        case Decimal():
            return f"{value:f}"
        case float():
            return repr(value)
        case date() | datetime():
            return value.isoformat()
        case Mapping():
            return plain_values(value)
        case list() | tuple():
            return [_plain(each) for each in value]
    raise TypeError(f"the journal cannot keep a {type(value).__name__}")
