"""Writing down what will go out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from reglo.forecast.models import Frequency, KnownOutgoing, OutgoingKind
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFacts:
    """What goes out, how much, when."""

    kind: OutgoingKind
    label: str
    amount_minor: int  #: cents of EUR
    frequency: Frequency
    first_on: date
    last_on: date | None


def add_outgoing(*, organisation: Organisation, facts: OutgoingFacts, by: Actor, now: datetime) -> KnownOutgoing:
    """Count with it from now on."""
    with transaction.atomic(durable=True):
        outgoing = KnownOutgoing(organisation=organisation, created_at=now)
        _write(outgoing, facts, now)
        _journal("outgoing-added", outgoing, by, now)
    return outgoing


def change_outgoing(*, outgoing: KnownOutgoing, facts: OutgoingFacts, by: Actor, now: datetime) -> None:
    """Count with it otherwise."""
    with transaction.atomic(durable=True):
        locked = KnownOutgoing.objects.select_for_update().get(pk=outgoing.pk)
        _write(locked, facts, now)
        _journal("outgoing-changed", locked, by, now)


def stop_outgoing(*, outgoing: KnownOutgoing, by: Actor, now: datetime) -> None:
    """Count with it no more; it can be taken up again."""
    _set_stopped(outgoing, now, "outgoing-stopped", by, now)


def resume_outgoing(*, outgoing: KnownOutgoing, by: Actor, now: datetime) -> None:
    """Count with it again."""
    _set_stopped(outgoing, None, "outgoing-resumed", by, now)


def _set_stopped(outgoing: KnownOutgoing, stopped_at: datetime | None, act: str, by: Actor, now: datetime) -> None:
    with transaction.atomic(durable=True):
        rows = KnownOutgoing.objects.filter(pk=outgoing.pk, stopped_at__isnull=stopped_at is not None)
        if rows.update(stopped_at=stopped_at, changed_at=now):
            _journal(act, outgoing, by, now)


def _write(outgoing: KnownOutgoing, facts: OutgoingFacts, now: datetime) -> None:
    outgoing.kind, outgoing.label, outgoing.amount_minor = facts.kind, facts.label, facts.amount_minor
    outgoing.frequency, outgoing.first_on, outgoing.last_on = facts.frequency, facts.first_on, facts.last_on
    outgoing.changed_at = now
    outgoing.save()


def _journal(act: str, outgoing: KnownOutgoing, by: Actor, now: datetime) -> None:
    after = {"label": str(outgoing), "amount_minor": outgoing.amount_minor, "first_on": outgoing.first_on}
    record(act, organisation_id=outgoing.organisation_id, subject=outgoing, by=by, at=now, after=after)
