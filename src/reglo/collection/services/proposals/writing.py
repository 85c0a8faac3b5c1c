"""Writing a proposal down, its words, and who is told: what all acts on proposals share."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from reglo.collection.addresses import within
from reglo.collection.models import Dispute, Proposal, ProposalKind, ProposalState
from reglo.collection.proposal_text import proposal_text
from reglo.collection.queries.leeway import leeway_of
from reglo.collection.queries.proposals import (
    cost_of_offer,
    forecast_of,
    offer_of,
)
from reglo.collection.services.messages import write_to_customer
from reglo.collection.services.proposals.model import (
    LONGEST_WORDS,
    ProposalOutdated,
)
from reglo.core.findings import Text
from reglo.core.money import from_minor, minor_amount
from reglo.core.proposals import Proposal as Offer
from reglo.customers.models import Customer
from reglo.delivery.services import send_notice
from reglo.formats.data.stored import write_stored
from reglo.journal.services import Actor, record
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation
from reglo.organisations.queries import rates_of, today_of

_NBSP = "\N{NO-BREAK SPACE}"


def text_of(proposal: Proposal) -> Text:
    """What a proposal says: as it was fixed, else as it would be."""
    if proposal.sha256:
        return Text(fr=proposal.text_fr, en=proposal.text_en)
    return proposal_text(
        ProposalKind(proposal.kind),
        offer_of(proposal),
        owed=from_minor(proposal.amount_minor, proposal.currency),
        documents=[each.reference for each in proposal.items.order_by("due_date", "pk")],
        valid_until=None if proposal.by_customer else proposal.valid_until,
    )


def create_proposal(
    customer: Customer,
    items: Sequence[OpenItem],
    kind: ProposalKind,
    offer: Offer,
    state: ProposalState,
    *,
    by: Actor,
    now: datetime,
    dispute: Dispute | None = None,
    valid_until: date | None = None,
    reason: str = "",
    asked: str = "",
) -> Proposal:
    """A proposal with its cost, as it is shown before it is offered. asked: by whom at the customer."""
    organisation = customer.organisation
    forecast = forecast_of(customer, items, today=today_of(organisation, now))
    money_percent, rates = leeway_of(organisation).money_percent, rates_of(organisation)
    cost = cost_of_offer(offer, forecast, money_percent=money_percent, rates=rates)
    proposal = Proposal.objects.create(
        organisation=organisation,
        customer=customer,
        kind=kind,
        state=state,
        dispute=dispute,
        amount_minor=sum(each.open_minor for each in items),
        currency=items[0].currency,
        content={"offer": write_stored(offer)},
        cost_minor=minor_amount(cost.total, cost.currency),
        cost_days=round(cost.days),
        reason=reason.replace("\x00", "").strip()[:LONGEST_WORDS],
        valid_until=valid_until,
        by_customer=bool(asked),
        made_by=(asked or by.name)[:100],
        made_at=now,
    )
    proposal.items.set(items)
    return proposal


def fix_words(proposal: Proposal) -> None:
    """Write down what the proposal says, with its SHA-256; from then on it never changes."""
    text = text_of(proposal)
    proposal.text_fr, proposal.text_en = text.fr, text.en
    proposal.sha256 = hashlib.sha256("\0".join((text.fr, text.en)).encode()).hexdigest()


def words_of(proposal: Proposal) -> str:
    """What it says in the customer's language."""
    return text_of(proposal).in_language(proposal.customer.language)


def require_as_it_was(proposal: Proposal) -> None:
    """Raise ProposalOutdated if less is open than when it was made."""
    if sum(each.open_minor for each in proposal.items.all()) != proposal.amount_minor:
        raise ProposalOutdated(
            Text(
                fr=f"Quelque chose a été payé ou crédité entre-temps{_NBSP}: il faut une nouvelle proposition.",
                en="Something was paid or credited meanwhile: a new proposal is needed.",
            )
        )


def note_answer(
    proposal: Proposal,
    state: ProposalState,
    *,
    name: str,
    answer: str,
    by: Actor,
    now: datetime,
    user_agent: str,
) -> None:
    """Keep who answered what, when and from where: the proof."""
    proposal.state, proposal.answered_at, proposal.answered_by = state, now, name[:100]
    proposal.answered_from, proposal.answered_with = by.address, user_agent[:300]
    proposal.answer = answer.replace("\x00", "").strip()[:LONGEST_WORDS]
    proposal.save()


def locked_proposal(proposal_id: int, organisation: Organisation) -> Proposal:
    """A proposal, held to the end of the transaction. Raises Proposal.DoesNotExist for one of another organisation."""
    rows = Proposal.objects.of(organisation).select_for_update(of=("self",))
    return rows.select_related("customer__organisation", "organisation", "dispute__invoice").get(pk=proposal_id)


def tell_owners(proposal: Proposal, subject: Text, words: str, *, key: str, by: Actor, now: datetime) -> None:
    """Tell the owners of the organisation what the customer did."""
    language = proposal.organisation.language
    send_notice(
        organisation=proposal.organisation,
        subject=subject.in_language(language),
        body=words or subject.in_language(language),
        path=within("collection:proposal", pk=proposal.pk),
        key=key,
        by=by,
        now=now,
    )


def write_back(proposal: Proposal, words: str, *, by: Actor, now: datetime, key: str = "answered") -> None:
    """Write to the customer about its request or our proposal."""
    subject = Text(fr="Votre demande d'échéancier", en="Your request for a plan")
    if not proposal.by_customer:
        subject = Text(fr="Notre proposition", en="Our proposal")
    write_to_customer(
        proposal.customer,
        subject=subject,
        words=words,
        path=f"proposals/{proposal.pk}/",
        key=f"proposal:{proposal.pk}:{key}",
        by=by,
        now=now,
    )


def record_act(
    act: str, proposal: Proposal, *, by: Actor, now: datetime, after: dict[str, object] | None = None
) -> None:
    """Write an act on a proposal into the story of its customer."""
    record(
        act,
        organisation_id=proposal.organisation_id,
        subject=proposal,
        by=by,
        at=now,
        customer_id=proposal.customer_id,
        after={"amount_minor": proposal.amount_minor, "currency": proposal.currency, **(after or {})},
    )
