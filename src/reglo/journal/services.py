"""Writing the journal: the only code that adds entries."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from reglo.journal.models import JournalEntry, JournalHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something, and from where."""

    name: str  #: kept as it is now
    user_id: int | None = None  #: None for a customer on the portal and for Réglo itself
    address: str | None = None  #: IP address


REGLO = Actor(name="Réglo")
"""The program itself: jobs, recurring invoices."""


def record(
    act: str,
    *,
    organisation_id: int,
    subject: models.Model,
    by: Actor,
    at: datetime,
    customer_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Add an entry to the chain of an organisation, within the transaction of the act itself.

    act: a noun and a past participle, "invoice-issued". customer_id: whose story it belongs to. before, after: what
    changed, as JSON values; no secrets. The head of the chain stays locked to the end of the transaction, so record
    last.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs in the transaction of the act that it records")
    JournalHead.objects.get_or_create(organisation_id=organisation_id)
    head = JournalHead.objects.select_for_update().get(organisation_id=organisation_id)
    entry = JournalEntry(
        organisation_id=organisation_id,
        sequence=head.sequence + 1,
        at=at,
        act=act,
        actor_id=by.user_id,
        actor_name=by.name[:200],
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        subject_label=str(subject)[:200],
        customer_id=customer_id,
        before=dict(before or {}),
        after=dict(after or {}),
        address=by.address,
        previous=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save(update_fields=["sequence", "hash"])
    return entry


def entry_hash(entry: JournalEntry) -> str:
    """SHA-256 of an entry and of the hash before it: what `reglo verify` works out again."""
    facts = [
        entry.previous,
        entry.organisation_id,
        entry.sequence,
        entry.at.isoformat(),
        entry.act,
        entry.actor_id,
        entry.actor_name,
        entry.subject_type,
        entry.subject_id,
        entry.subject_label,
        entry.customer_id,
        entry.before,
        entry.after,
        entry.address,
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
