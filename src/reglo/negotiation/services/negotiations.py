"""A negotiation from its beginning to its end: facts, limits, levers, position, agreed or abandoned."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from reglo.core.findings import Text
from reglo.core.folding import folded
from reglo.core.negotiation import Deal, Limit, Offer, fence_of
from reglo.customers.models import Customer
from reglo.formats.data.stored import write_stored
from reglo.journal.services import Actor, record
from reglo.negotiation.in_play import InPlay, levers_of
from reglo.negotiation.models import Counterpart, MoneySource, Negotiation, NegotiationState, Round
from reglo.negotiation.services.refusals import HasRounds, require_facts, require_lawful, require_open
from reglo.negotiation.stored import deal_of, offer_of, write_in_play, write_limits
from reglo.organisations.models import Organisation


def begin_negotiation(
    *,
    organisation: Organisation,
    kind: Counterpart,
    name: str,
    customer: Customer | None,
    by: Actor,
    now: datetime,
) -> Negotiation:
    """Begin a negotiation. name: of the prospect or the tender; a customer is called by its own."""
    called = (customer.name if customer else name)[:200]
    with transaction.atomic(durable=True):
        row = Negotiation.objects.create(
            organisation=organisation,
            kind=kind,
            name=called,
            customer=customer,
            search=folded(called)[:300],
            created_at=now,
            updated_at=now,
        )
        journal("negotiation-begun", row, by, now)
    return row


def give_facts(
    *, negotiation_id: int, organisation: Organisation, deal: Deal, source: MoneySource, by: Actor, now: datetime
) -> Negotiation:
    """Write down the facts of the deal. source: where our money comes from. Raises Closed."""
    with transaction.atomic(durable=True):
        row = locked_open(negotiation_id, organisation)
        before = row.deal
        row.deal, row.money_source = write_stored(deal), source
        return _saved(row, "negotiation-facts-given", by, now, before={"deal": before}, after={"deal": row.deal})


def draw_limits(
    *, negotiation_id: int, organisation: Organisation, limits: Sequence[Limit], by: Actor, now: datetime
) -> Negotiation:
    """Write down what one needs, can give and will not. Raises Closed."""
    with transaction.atomic(durable=True):
        row = locked_open(negotiation_id, organisation)
        before, row.limits = row.limits, write_limits(limits)
        told: dict[str, Mapping[str, object]] = {"before": {"limits": before}, "after": {"limits": row.limits}}
        return _saved(row, "negotiation-limits-drawn", by, now, **told)


def choose_levers(
    *, negotiation_id: int, organisation: Organisation, in_play: InPlay, by: Actor, now: datetime
) -> Negotiation:
    """Put levers into play. Raises Closed, NoFacts, UnusableDeal for too many combinations."""
    with transaction.atomic(durable=True):
        row = locked_open(negotiation_id, organisation)
        require_facts(row)
        levers_of(in_play, deal_of(row))
        before, row.in_play = row.in_play, write_in_play(in_play)
        told: dict[str, Mapping[str, object]] = {"before": {"levers": before}, "after": {"levers": row.in_play}}
        return _saved(row, "negotiation-levers-chosen", by, now, **told)


def keep_position(
    *, negotiation_id: int, organisation: Organisation, offer: Offer, by: Actor, now: datetime
) -> Negotiation:
    """Leave the sliders where they are until the next visit. Raises Closed, NoFacts."""
    with transaction.atomic(durable=True):
        row = locked_open(negotiation_id, organisation)
        require_facts(row)
        row.position = write_stored(offer)
        return _saved(row, "negotiation-position-kept", by, now, after={"offer": row.position})


def name_customer(
    *, negotiation_id: int, organisation: Organisation, customer: Customer, by: Actor, now: datetime
) -> Negotiation:
    """Say which customer the prospect has become. Raises Closed."""
    with transaction.atomic(durable=True):
        row = locked_open(negotiation_id, organisation)
        row.customer = customer
        return _saved(row, "negotiation-customer-named", by, now, after={"name": customer.name})


def agree(*, round_id: int, organisation: Organisation, on: date, by: Actor, now: datetime) -> Negotiation:
    """Close a negotiation with the offer that was agreed. Raises Closed, UnlawfulOffer."""
    with transaction.atomic(durable=True):
        agreed = Round.objects.of(organisation).filter(withdrawn_at=None).get(pk=round_id)
        row = locked_open(agreed.negotiation_id, organisation)
        require_lawful(fence_of(offer_of(agreed), deal_of(row)).bars)
        row.state, row.agreed_round, row.closed_on = NegotiationState.AGREED, agreed, on
        return _saved(row, "negotiation-agreed", by, now, after={"offer": agreed.offer})


def abandon(*, negotiation_id: int, organisation: Organisation, on: date, by: Actor, now: datetime) -> Negotiation:
    """Close a negotiation without agreement. Raises Closed."""
    with transaction.atomic(durable=True):
        row = locked_open(negotiation_id, organisation)
        row.state, row.closed_on = NegotiationState.ABANDONED, on
        return _saved(row, "negotiation-abandoned", by, now)


def reopen(*, negotiation_id: int, organisation: Organisation, by: Actor, now: datetime) -> Negotiation:
    """Take the end back. One that is open stays so."""
    with transaction.atomic(durable=True):
        row = locked(negotiation_id, organisation)
        if row.state == NegotiationState.OPEN:
            return row
        row.state, row.agreed_round, row.closed_on = NegotiationState.OPEN, None, None
        return _saved(row, "negotiation-reopened", by, now)


def archive_negotiation(*, negotiation_id: int, organisation: Organisation, by: Actor, now: datetime) -> Negotiation:
    """Take a negotiation off the list. A second time changes nothing."""
    with transaction.atomic(durable=True):
        row = locked(negotiation_id, organisation)
        if row.archived_at is not None:
            return row
        row.archived_at = now
        return _saved(row, "negotiation-archived", by, now)


def restore_negotiation(*, negotiation_id: int, organisation: Organisation, by: Actor, now: datetime) -> Negotiation:
    """Put it back on the list."""
    with transaction.atomic(durable=True):
        row = locked(negotiation_id, organisation)
        if row.archived_at is None:
            return row
        row.archived_at = None
        return _saved(row, "negotiation-restored", by, now)


def delete_negotiation(*, negotiation_id: int, organisation: Organisation, by: Actor, now: datetime) -> None:
    """Delete a negotiation in which nothing was offered. Raises HasRounds."""
    with transaction.atomic(durable=True):
        row = locked(negotiation_id, organisation)
        if row.rounds.exists():
            raise HasRounds(
                Text(
                    fr="Des offres ont été notées\N{NO-BREAK SPACE}: archivez la négociation au lieu de la supprimer.",
                    en="Offers were noted here: archive this negotiation instead of deleting it.",
                )
            )
        journal("negotiation-deleted", row, by, now, before={"name": row.name, "deal": row.deal})
        row.delete()


def locked(negotiation_id: int, organisation: Organisation) -> Negotiation:
    """The row, held until the transaction ends."""
    return Negotiation.objects.of(organisation).select_for_update(of=("self",)).get(pk=negotiation_id)


def locked_open(negotiation_id: int, organisation: Organisation) -> Negotiation:
    """The row, held, of a negotiation that is not over. Raises Closed."""
    row = locked(negotiation_id, organisation)
    require_open(row)
    return row


def journal(act: str, row: Negotiation, by: Actor, now: datetime, **told: Mapping[str, Any]) -> None:
    """Write an act on a negotiation down. told: before, after."""
    record(
        act,
        organisation_id=row.organisation_id,
        subject=row,
        by=by,
        at=now,
        customer_id=row.customer_id,
        **told,
    )


def _saved(row: Negotiation, act: str, by: Actor, now: datetime, **told: Mapping[str, Any]) -> Negotiation:
    row.updated_at = now
    row.save()
    journal(act, row, by, now, **told)
    return row
