"""The rounds: who offered what; our letter; the draft agreement that an offer becomes."""

from datetime import date, datetime

from django.db import transaction

from reglo.core.findings import Text
from reglo.core.negotiation import Offer, Side, fence_of
from reglo.formats.data.stored import write_stored
from reglo.journal.services import Actor, record
from reglo.negotiation.models import Negotiation, Round
from reglo.negotiation.services.negotiations import locked, locked_open
from reglo.negotiation.services.refusals import (
    AlreadyDrafted,
    NoCustomer,
    NotOurs,
    require_facts,
    require_lawful,
    require_open,
)
from reglo.negotiation.stored import deal_of, offer_of
from reglo.organisations.models import Organisation
from reglo.terms.models import ConditionsOfSale, TermsAgreement
from reglo.terms.services import begin_agreement


def note_round(
    *,
    negotiation_id: int,
    organisation: Organisation,
    side: Side,
    offer: Offer,
    on: date,
    note: str = "",
    by: Actor,
    now: datetime,
) -> Round:
    """Write down an offer. Theirs may be anything; ours is lawful. Raises Closed, NoFacts, UnlawfulOffer."""
    with transaction.atomic(durable=True):
        row = locked_open(negotiation_id, organisation)
        require_facts(row)
        if side is Side.OURS:
            require_lawful(fence_of(offer, deal_of(row)).bars)
        made = Round.objects.create(
            organisation=organisation,
            negotiation=row,
            by=side.value,
            on=on,
            offer=write_stored(offer),
            note=note,
            language=row.customer.language if row.customer else organisation.language,
            made_by=by.name[:200],
            made_at=now,
        )
        row.position, row.updated_at = made.offer, now
        row.save(update_fields=["position", "updated_at"])
        _record("round-noted", made, row, by, now, after={"offer": made.offer})
    return made


def withdraw_round(*, round_id: int, organisation: Organisation, by: Actor, now: datetime) -> Round:
    """Take an offer out of the count. A second time changes nothing. Raises Closed."""
    with transaction.atomic(durable=True):
        made, row = _locked(round_id, organisation)
        require_open(row)
        if made.withdrawn_at is None:
            made.withdrawn_at = now
            made.save(update_fields=["withdrawn_at"])
            _record("round-withdrawn", made, row, by, now)
    return made


def restore_round(*, round_id: int, organisation: Organisation, by: Actor, now: datetime) -> Round:
    """Count a withdrawn offer again. Raises Closed."""
    with transaction.atomic(durable=True):
        made, row = _locked(round_id, organisation)
        require_open(row)
        if made.withdrawn_at is not None:
            made.withdrawn_at = None
            made.save(update_fields=["withdrawn_at"])
            _record("round-restored", made, row, by, now)
    return made


def write_letter(
    *, round_id: int, organisation: Organisation, language: str, subject: str, letter: str, by: Actor, now: datetime
) -> Round:
    """Keep the words of our counter-proposal. Raises NotOurs for an offer of the other side."""
    with transaction.atomic(durable=True):
        made, row = _locked(round_id, organisation)
        if made.by != Side.OURS:
            raise NotOurs(Text(fr="Seule une offre à nous a une lettre.", en="Only an offer of ours has a letter."))
        before = made.letter
        made.language, made.subject, made.letter = language, subject[:200], letter
        made.save(update_fields=["language", "subject", "letter"])
        _record("round-letter-written", made, row, by, now, before={"letter": before}, after={"letter": letter})
    return made


def draft_agreement(*, round_id: int, organisation: Organisation, by: Actor, now: datetime) -> TermsAgreement:
    """Prepare the terms of an offer as the next version of what is agreed with the customer; it is sent by its own way.

    Raises NoCustomer for a prospect, AlreadyDrafted, UnlawfulOffer.
    """
    with transaction.atomic(durable=True):
        made, row = _locked(round_id, organisation)
        deal, offer = deal_of(row), offer_of(made)
        _require_draftable(made, row)
        require_lawful(fence_of(offer, deal).bars)
        assert row.customer is not None
        agreement = begin_agreement(
            organisation=organisation,
            customer=row.customer,
            terms=offer.terms,
            sector=deal.sector,
            conditions=ConditionsOfSale.objects.of(organisation).order_by("-version").first(),
            by=by,
            now=now,
        )
        made.agreement = agreement
        made.save(update_fields=["agreement"])
        _record("round-agreement-drafted", made, row, by, now, after={"agreement": str(agreement)})
    return agreement


def _require_draftable(made: Round, row: Negotiation) -> None:
    if row.customer is None:
        raise NoCustomer(
            Text(
                fr="Un accord lie un client\N{NO-BREAK SPACE}: créez sa fiche, puis rattachez-y la négociation.",
                en="An agreement binds a customer: create it first, then join the negotiation to it.",
            )
        )
    if made.agreement is not None:
        raise AlreadyDrafted(
            Text(fr="L'accord de cette offre est déjà préparé.", en="The agreement of this offer is prepared already.")
        )


def _locked(round_id: int, organisation: Organisation) -> tuple[Round, Negotiation]:
    made = Round.objects.of(organisation).select_related("agreement").get(pk=round_id)
    return made, locked(made.negotiation_id, organisation)


def _record(act: str, made: Round, row: Negotiation, by: Actor, now: datetime, **told: dict[str, object]) -> None:
    record(
        act,
        organisation_id=row.organisation_id,
        subject=made,
        by=by,
        at=now,
        customer_id=row.customer_id,
        **told,
    )
