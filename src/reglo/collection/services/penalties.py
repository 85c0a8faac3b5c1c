"""Claiming and waiving late-payment interest and the indemnity."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from reglo.collection.models import PenaltyDecision, PenaltyNote, PenaltyState
from reglo.collection.queries.penalties import ItemPenalty, late_items, penalties_of
from reglo.collection.services.letters.penalty_note import penalty_note
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.formats.pdf import render_paper
from reglo.journal.services import Actor, record
from reglo.ledger.queries import entry_of
from reglo.ledger.services import Source, post_penalty, reverse_entry
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

_DAYS_TO_PAY = 15
_SOURCE = "penaltynote"


class NothingToDecide(DomainError):
    """There is no interest and no indemnity to claim or waive here."""

    code = "nothing-to-decide"


class NotFinal(DomainError):
    """A rate is not known yet, or the claims are of two currencies."""

    code = "not-final"


def claim_penalties(*, customer: Customer, item_ids: Collection[int], by: Actor, now: datetime) -> PenaltyNote:
    """Claim what late payment of some items costs until today, in one note that is posted to the ledger.

    Raises NothingToDecide, NotFinal.
    """
    with transaction.atomic(durable=True):
        organisation = _hold(customer)
        chosen = _chosen(customer, item_ids, now)
        _require_final(chosen)
        note = _write_note(organisation, customer, chosen, now)
        _decide(chosen, customer, PenaltyState.CLAIMED, note=note, reason="", by=by, now=now)
        post_penalty(
            organisation=organisation,
            customer=customer,
            interest_minor=note.interest_minor,
            indemnity_minor=note.indemnity_minor,
            currency=note.currency,
            on=note.issued_on,
            due_date=note.due_on,
            source=Source(_SOURCE, note.pk),
            label=customer.name,
            reference=note.number,
            by=by,
            now=now,
        )
        _record("penalties-claimed", note, customer, by, now, {"number": note.number})
    return note


def waive_penalties(
    *, customer: Customer, item_ids: Collection[int], reason: str, by: Actor, now: datetime
) -> list[PenaltyDecision]:
    """Give up what late payment of some items costs until today; kept for the reports. Raises NothingToDecide."""
    with transaction.atomic(durable=True):
        _hold(customer)
        chosen = _chosen(customer, item_ids, now)
        rows = _decide(chosen, customer, PenaltyState.WAIVED, note=None, reason=reason, by=by, now=now)
        _record("penalties-waived", customer, customer, by, now, {"reason": reason})
    return rows


def undo_waiver(*, decision_id: int, organisation: Organisation, by: Actor, now: datetime) -> PenaltyDecision:
    """Take a waiver back: interest runs as if nothing had been decided. A second time changes nothing.

    Raises NothingToDecide for what was claimed: its note is cancelled.
    """
    with transaction.atomic(durable=True):
        rows = PenaltyDecision.objects.of(organisation).select_for_update(of=("self",)).select_related("customer")
        decision = rows.get(pk=decision_id)
        if decision.state != PenaltyState.WAIVED:
            raise NothingToDecide(
                Text(
                    fr="Ces pénalités sont réclamées\N{NO-BREAK SPACE}: annulez la note.",
                    en="They are claimed: cancel the note.",
                )
            )
        if decision.undone_at is None:
            decision.undone_at = now
            decision.save(update_fields=["undone_at"])
            _record("waiver-undone", decision.customer, decision.customer, by, now, {})
    return decision


def cancel_note(*, note_id: int, organisation: Organisation, by: Actor, now: datetime) -> PenaltyNote:
    """Take a claim back: its entry is reversed, its number stays used. Raises CannotReverse once something paid it."""
    with transaction.atomic(durable=True):
        rows = PenaltyNote.objects.of(organisation).select_for_update(of=("self",)).select_related("customer")
        note = rows.get(pk=note_id)
        if note.cancelled_at is not None:
            return note
        entry = entry_of(organisation, Source(_SOURCE, note.pk))
        if entry is not None:
            reverse_entry(organisation=organisation, entry_id=entry.pk, on=today_of(organisation, now), by=by, now=now)
        note.cancelled_at = now
        note.save(update_fields=["cancelled_at"])
        note.decisions.filter(undone_at=None).update(undone_at=now)
        _record("penalty-note-cancelled", note, note.customer, by, now, {"number": note.number})
    return note


def _hold(customer: Customer) -> Organisation:
    """One writer of notes at a time, so that their numbers have no gap."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=customer.organisation_id)


def _chosen(customer: Customer, item_ids: Collection[int], now: datetime) -> tuple[ItemPenalty, ...]:
    today = today_of(customer.organisation, now)
    items = late_items(customer, until=today).filter(pk__in=item_ids)
    chosen = tuple(each for each in penalties_of(customer, items, until=today) if each.total_minor > 0)
    if not chosen:
        raise NothingToDecide(
            Text(
                fr="Il n'y a ni pénalité ni indemnité à décider sur ces factures.",
                en="There is no interest and no indemnity to decide on for these invoices.",
            ),
            field="items",
        )
    return chosen


def _require_final(chosen: Sequence[ItemPenalty]) -> None:
    obstacle = next((each.statement.obstacle for each in chosen if each.statement.obstacle), None)
    if obstacle is not None:
        raise NotFinal(obstacle, field="items")
    if {each.item.currency for each in chosen} != {"EUR"}:
        raise NotFinal(
            Text(
                fr="L'indemnité est en euros\N{NO-BREAK SPACE}: réclamez à part ce qui est dû dans une autre devise.",
                en="The indemnity is in euro: claim what is due in another currency apart.",
            ),
            field="items",
        )


def _write_note(
    organisation: Organisation, customer: Customer, chosen: Sequence[ItemPenalty], now: datetime
) -> PenaltyNote:
    today = today_of(organisation, now)
    due_on = today + timedelta(days=_DAYS_TO_PAY)
    last = PenaltyNote.objects.of(organisation).filter(year=today.year).aggregate(last=Max("sequence"))["last"] or 0
    number = f"PEN-{today.year}-{last + 1:04}"
    content = render_paper(penalty_note(number, customer, chosen, today=today, due_on=due_on), written=today)
    return PenaltyNote.objects.create(
        organisation=organisation,
        customer=customer,
        year=today.year,
        sequence=last + 1,
        number=number,
        issued_on=today,
        due_on=due_on,
        currency="EUR",
        interest_minor=sum(each.interest_minor for each in chosen),
        indemnity_minor=sum(each.indemnity_minor for each in chosen),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        issued_at=now,
    )


def _decide(
    chosen: Sequence[ItemPenalty],
    customer: Customer,
    state: PenaltyState,
    *,
    note: PenaltyNote | None,
    reason: str,
    by: Actor,
    now: datetime,
) -> list[PenaltyDecision]:
    return PenaltyDecision.objects.bulk_create(
        PenaltyDecision(
            organisation_id=customer.organisation_id,
            customer=customer,
            item=each.item,
            state=state,
            until=each.statement.until,
            interest_minor=each.interest_minor,
            indemnity_minor=each.indemnity_minor,
            working=working_of(each),
            reason=reason,
            note=note,
            decided_at=now,
            decided_by_id=by.user_id,
        )
        for each in chosen
    )


def working_of(penalty: ItemPenalty) -> list[dict[str, object]]:
    """The lines of a statement as plain JSON, as they were when it was decided."""
    return [
        {
            "first": line.first.isoformat(),
            "last": line.last.isoformat(),
            "days": line.days,
            "base": f"{line.base:f}",
            "percent": f"{line.rate.percent:f}",
            "rate": {"fr": line.rate.working.fr, "en": line.rate.working.en},
            "interest": f"{line.interest:f}",
        }
        for line in penalty.statement.lines
    ]


def _record(
    act: str, subject: PenaltyNote | Customer, customer: Customer, by: Actor, now: datetime, after: dict[str, object]
) -> None:
    record(
        act,
        organisation_id=customer.organisation_id,
        subject=subject,
        by=by,
        at=now,
        customer_id=customer.pk,
        after=after,
    )
