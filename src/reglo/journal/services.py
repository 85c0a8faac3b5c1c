"""Writing the journal: the only code that adds entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from reglo.journal.canonical import entry_hash, plain_address, plain_text, plain_values
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
    changed, as JSON values (dates and decimals are spelled out); no secrets. The head of the chain stays locked to the
    end of the transaction, so record last.
    """
    act_done = Act(act, subject, customer_id=customer_id, before=before or {}, after=after or {})
    return record_all([act_done], organisation_id=organisation_id, by=by, at=at)[0]


@dataclass(frozen=True, slots=True)
class Act:
    """One act among many of one transaction."""

    name: str  #: "customer-created"
    subject: models.Model
    customer_id: int | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def record_all(acts: Iterable[Act], *, organisation_id: int, by: Actor, at: datetime) -> list[JournalEntry]:
    """Add an entry for each of many acts, as an import does thousands: the chain is locked and written once."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs in the transaction of the act that it records")
    head = _locked_head(organisation_id)
    entries = []
    for act in acts:
        entry = _entry(act, head, by, at)
        head.sequence, head.hash = entry.sequence, entry.hash
        entries.append(entry)
    JournalEntry.objects.bulk_create(entries, batch_size=500)
    head.save(update_fields=["sequence", "hash"])
    return entries


def _entry(act: Act, head: JournalHead, by: Actor, at: datetime) -> JournalEntry:
    """The entry that follows the end of a chain, not saved."""
    entry = JournalEntry(
        organisation_id=head.organisation_id,
        sequence=head.sequence + 1,
        at=at,
        act=act.name,
        actor_id=by.user_id,
        actor_name=plain_text(by.name)[:200],
        subject_type=act.subject._meta.model_name or "",
        subject_id=act.subject.pk,
        subject_label=plain_text(str(act.subject))[:200],
        customer_id=act.customer_id,
        before=plain_values(act.before),
        after=plain_values(act.after),
        address=plain_address(by.address),
        previous=head.hash,
    )
    entry.hash = entry_hash(entry)
    return entry


def _locked_head(organisation_id: int) -> JournalHead:
    """The end of the chain, ours until the transaction ends; the first entry of an organisation makes it."""
    heads = JournalHead.objects.select_for_update()
    try:
        return heads.get(organisation_id=organisation_id)
    except JournalHead.DoesNotExist:
        # Of two who make it at once, the second waits for the first, then finds its row.
        JournalHead.objects.get_or_create(organisation_id=organisation_id)
        return heads.get(organisation_id=organisation_id)
