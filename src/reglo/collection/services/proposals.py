"""Proposals: drafted by us or asked by the customer, sent with words that never change, answered with proof."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from reglo.collection.addresses import within
from reglo.collection.models import Dispute, DisputeState, Proposal, ProposalKind, ProposalState, ThreadMessage
from reglo.collection.proposal_text import proposal_text
from reglo.collection.queries.disputes import open_of_invoice
from reglo.collection.queries.exposure import items_of_invoices
from reglo.collection.queries.leeway import leeway_of, limits_of
from reglo.collection.queries.proposals import (
    cost_of_offer,
    forecast_of,
    last_day_of,
    offer_of,
    price_of,
    shares_of,
)
from reglo.collection.services.messages import write_to_customer
from reglo.collection.services.plans import begin_plan
from reglo.collection.services.promises import add_promise, owed_together
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.money import minor_amount, minor_units
from reglo.core.plans import InvalidPlan, Plan, equal_plan, require_plan, suggested_plan
from reglo.core.proposals import (
    Debt,
    discount_proposal,
    later_date_proposal,
    plan_proposal,
    split_proposal,
    waiver_proposal,
)
from reglo.core.proposals import Proposal as Offer
from reglo.customers.models import Contact, Customer
from reglo.delivery.models import MessageKind
from reglo.delivery.services import send_notice
from reglo.delivery.services.outbox import Letter, write_message
from reglo.delivery.services.values import amount_text, common_values, day_text
from reglo.formats.data.stored import write_stored
from reglo.journal.services import REGLO, Actor, record
from reglo.ledger.models import OpenItem
from reglo.ledger.services import Source, offer_settlement
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

LONGEST_WORDS = 4000
MOST_INSTALMENTS = 24
VALID_FOR = timedelta(days=15)
"""How long a proposal waits for its answer, if nobody says otherwise; never past its own first payment."""
_NBSP = "\N{NO-BREAK SPACE}"


class ProposalClosed(DomainError):
    """The proposal was answered, taken back, or has expired."""

    code = "proposal-closed"


class ProposalOutdated(DomainError):
    """Something was paid or credited since: what is proposed does not fit any more."""

    code = "proposal-outdated"


class OtherWords(DomainError):
    """What is answered is not the text that stands here."""

    code = "other-words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be proposed. Which fields count hangs on the kind."""

    kind: ProposalKind
    by_day: date  #: of the only payment; of a plan, the first instalment
    count: int = 1  #: of a plan: monthly instalments
    percent: Decimal = Decimal(0)  #: of a discount
    dispute_id: int | None = None  #: of a split
    waives_penalties: bool = False  #: of a plan or another date, if it is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPlan:
    """A plan as a customer asks for it, and whether it is granted at once."""

    plan: Plan
    problem: Text | None  #: why a person must answer; None where it is granted


def draft_proposal(
    *,
    organisation: Organisation,
    customer: Customer,
    item_ids: Collection[int],
    wish: Wish,
    by: Actor,
    now: datetime,
    valid_until: date | None = None,
) -> Proposal:
    """Prepare a proposal with its cost; nothing is sent yet.

    Raises NothingOwed, InvalidPlan, InvalidProposal, Dispute.DoesNotExist.
    """
    with transaction.atomic(durable=True):
        items = _items_of(organisation, customer, item_ids, wish)
        today = today_of(organisation, now)
        forecast = forecast_of(customer, items, today=today)
        dispute = _dispute_of(organisation, wish)
        offer = offer_for(wish, forecast.together, today=today, dispute=dispute)
        proposal = _create(
            customer,
            items,
            wish.kind,
            offer,
            ProposalState.DRAFT,
            by=by,
            now=now,
            dispute=dispute,
            valid_until=valid_until or min(today + VALID_FOR, max(offer.payments[0].on, today)),
        )
        _record("proposal-drafted", proposal, by=by, now=now)
    return proposal


def send_proposal(
    *, proposal_id: int, organisation: Organisation, contact: Contact, by: Actor, now: datetime
) -> Proposal:
    """Fix the words of a draft and send it with a link to the portal. What was sent before is only sent again.

    It takes the place of what the customer asked for about the same items. Raises ProposalClosed, ProposalOutdated,
    NoAddress, BadWording.
    """
    with transaction.atomic(durable=True):
        proposal = _locked(proposal_id, organisation)
        if proposal.state == ProposalState.DRAFT:
            _require_as_it_was(proposal)
            _fix_words(proposal)
            proposal.state, proposal.sent_at = ProposalState.SENT, now
            proposal.save()
            asked = Proposal.objects.of(organisation).filter(
                state=ProposalState.ASKED, items__in=proposal.items.values("pk")
            )
            ids = list(asked.values_list("pk", flat=True))
            Proposal.objects.filter(pk__in=ids).update(state=ProposalState.WITHDRAWN, answered_at=now)
        elif proposal.state != ProposalState.SENT:
            raise _closed()
        write_message(_letter(proposal, contact), key=f"proposal:{proposal.pk}:{contact.pk}", by=by, now=now)
        _record("proposal-sent", proposal, by=by, now=now, after={"to": contact.email, "sha256": proposal.sha256})
    return proposal


def answer_proposal(
    *,
    proposal_id: int,
    organisation: Organisation,
    accepted: bool,
    name: str,
    answer: str,
    sha256: str,
    by: Actor,
    now: datetime,
    user_agent: str = "",
) -> Proposal:
    """Take the customer's answer to a proposal that was sent, with its proof; accepted, it holds at once.

    sha256: of the text that was shown. The same answer again changes nothing. Raises OtherWords, ProposalClosed,
    ProposalOutdated.
    """
    with transaction.atomic(durable=True):
        proposal = _locked(proposal_id, organisation)
        wanted = ProposalState.ACCEPTED if accepted else ProposalState.REFUSED
        if proposal.state == wanted:
            return proposal
        _require_answerable(proposal, sha256, today=today_of(organisation, now))
        _note_answer(proposal, wanted, name=name, answer=answer, by=by, now=now, user_agent=user_agent)
        if accepted:
            _carry_out(proposal, by=by, now=now)
        _tell_answer(proposal, by=by, now=now)
        act = "proposal-accepted" if accepted else "proposal-refused"
        _record(act, proposal, by=by, now=now, after={"name": name, "text": answer, "sha256": sha256})
    return proposal


def worked_out_plan(
    organisation: Organisation, items: Sequence[OpenItem], *, count: int, first: date | None, today: date
) -> AskedPlan:
    """The plan that a customer gets if it asks for `count` instalments, and whether it is granted at once.

    first: the day of the first payment; None is soon. Raises InvalidPlan for what is no plan at all.
    """
    leeway, currency = leeway_of(organisation), items[0].currency
    amount = _amount_of(items)
    if not 1 <= count <= MOST_INSTALMENTS:
        raise InvalidPlan(
            Text(fr=f"De 1 à {MOST_INSTALMENTS} échéances.", en=f"From 1 to {MOST_INSTALMENTS} instalments."),
            field="count",
        )
    limits = limits_of(leeway, currency)
    try:
        plan = suggested_plan(amount, count=count, today=today, limits=limits, currency=currency)
        if first is not None and first != plan.instalments[0].on:
            plan = equal_plan(amount, count=count, first=first, currency=currency)
            require_plan(plan, amount=amount, today=today, limits=limits)
    except InvalidPlan as beyond:
        soon = today + timedelta(days=min(7, leeway.first_within_days))
        plan = equal_plan(amount, count=count, first=first or soon, currency=currency)
        require_plan(plan, amount=amount, today=today)
        return AskedPlan(plan=plan, problem=beyond.message)
    if not leeway.grants_plans:
        return AskedPlan(
            plan=plan, problem=Text(fr="Nous répondons à chaque demande.", en="We answer each request ourselves.")
        )
    return AskedPlan(plan=plan, problem=None)


def ask_plan(
    *,
    organisation: Organisation,
    customer: Customer,
    item_ids: Collection[int],
    count: int,
    first: date | None,
    reason: str,
    name: str,
    by: Actor,
    now: datetime,
    user_agent: str = "",
) -> Proposal:
    """Take a customer's request for instalments: within the leeway it is a plan at once, else it waits for a person.

    The same request again is the first one. The owners are told. Raises NothingOwed, InvalidPlan.
    """
    with transaction.atomic(durable=True):
        items = owed_together(organisation, customer, item_ids)
        asked = worked_out_plan(organisation, items, count=count, first=first, today=today_of(organisation, now))
        offer = plan_proposal(asked.plan)
        same = _same_request(customer, items, offer)
        if same is not None:
            return same
        state = ProposalState.ASKED if asked.problem else ProposalState.ACCEPTED
        proposal = _create(customer, items, ProposalKind.PLAN, offer, state, by=by, now=now, reason=reason, asked=name)
        if asked.problem is None:
            _fix_words(proposal)
            _note_answer(proposal, state, name=name, answer="", by=by, now=now, user_agent=user_agent)
            begin_plan(proposal, items=items, instalments=offer.payments, by=by, now=now)
        _tell_request(proposal, by=by, now=now)
        act = "plan-asked" if asked.problem else "plan-granted"
        _record(act, proposal, by=by, now=now, after={"name": name, "text": reason})
    return proposal


def grant_request(*, proposal_id: int, organisation: Organisation, answer: str, by: Actor, now: datetime) -> Proposal:
    """Say yes to what a customer asked for: it holds at once, and the customer is told. Raises ProposalClosed."""
    with transaction.atomic(durable=True):
        proposal = _locked(proposal_id, organisation)
        if proposal.state == ProposalState.ACCEPTED:
            return proposal
        if proposal.state != ProposalState.ASKED:
            raise _closed()
        _require_as_it_was(proposal)
        _fix_words(proposal)
        proposal.state, proposal.answered_at, proposal.answered_by = ProposalState.ACCEPTED, now, by.name[:100]
        proposal.answer = answer.strip()[:LONGEST_WORDS]
        proposal.save()
        _carry_out(proposal, by=by, now=now)
        yes = Text(fr="C'est d'accord.", en="We agree.").in_language(proposal.customer.language)
        _write(proposal, "\n\n".join(filter(None, (proposal.answer or yes, _words_of(proposal)))), by=by, now=now)
        _record("plan-granted", proposal, by=by, now=now, after={"text": proposal.answer})
    return proposal


def refuse_request(*, proposal_id: int, organisation: Organisation, answer: str, by: Actor, now: datetime) -> Proposal:
    """Say no to what a customer asked for, with a reason that it reads. Raises ProposalClosed."""
    with transaction.atomic(durable=True):
        proposal = _locked(proposal_id, organisation)
        if proposal.state != ProposalState.ASKED:
            raise _closed()
        if not answer.strip():
            raise ProposalClosed(
                Text(fr="Dites pourquoi, ou proposez autre chose.", en="Say why, or propose something else."),
                field="answer",
            )
        proposal.state, proposal.answered_at, proposal.answered_by = ProposalState.REFUSED, now, by.name[:100]
        proposal.answer = answer.strip()[:LONGEST_WORDS]
        proposal.save()
        _write(proposal, proposal.answer, by=by, now=now)
        _record("request-refused", proposal, by=by, now=now, after={"text": proposal.answer})
    return proposal


def withdraw_proposal(*, proposal_id: int, organisation: Organisation, by: Actor, now: datetime) -> Proposal:
    """Take back what nobody has answered yet. A second time changes nothing. Raises ProposalClosed."""
    with transaction.atomic(durable=True):
        proposal = _locked(proposal_id, organisation)
        if proposal.state == ProposalState.WITHDRAWN:
            return proposal
        if proposal.state not in (ProposalState.DRAFT, ProposalState.SENT):
            raise _closed()
        proposal.state = ProposalState.WITHDRAWN
        proposal.save(update_fields=["state"])
        _record("proposal-withdrawn", proposal, by=by, now=now)
    return proposal


def say_in_proposal(
    *, proposal_id: int, organisation: Organisation, text: str, is_ours: bool, name: str, by: Actor, now: datetime
) -> ThreadMessage | None:
    """Go on with the thread of a proposal; the other side is told by e-mail. The same words at once are said once."""
    words = text.replace("\x00", "").strip()[:LONGEST_WORDS]
    if not words:
        return None
    with transaction.atomic(durable=True):
        proposal = _locked(proposal_id, organisation)
        last = proposal.thread.order_by("-at", "-pk").first()
        if last is not None and last.text == words and last.is_ours is is_ours:
            return last
        said = ThreadMessage.objects.create(
            organisation=organisation, proposal=proposal, at=now, by=name[:100], is_ours=is_ours, text=words
        )
        if is_ours:
            _write(proposal, words, by=by, now=now, key=f"said:{said.pk}")
        else:
            who = proposal.customer.name
            subject = Text(fr=f"{who} vous répond", en=f"{who} answers you")
            _tell(proposal, subject, words, key=f"proposal-said:{said.pk}", by=by, now=now)
        _record("proposal-said", proposal, by=by, now=now, after={"text": words})
    return said


def expire_proposals(*, now: datetime) -> int:
    """Close what was not answered in time; how many."""
    rows = Proposal.objects.filter(state=ProposalState.SENT, valid_until__lt=(now + timedelta(days=1)).date())
    expired = 0
    for proposal in rows.select_related("organisation", "customer"):
        if proposal.valid_until is None or proposal.valid_until >= today_of(proposal.organisation, now):
            continue
        with transaction.atomic(durable=True):
            closed = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.SENT)
            if closed.update(state=ProposalState.EXPIRED):
                expired += 1
                _record("proposal-expired", proposal, by=REGLO, now=now)
    return expired


def offer_for(wish: Wish, debt: Debt, *, today: date, dispute: Dispute | None = None) -> Offer:
    """What a wish brings. Raises InvalidPlan, InvalidProposal."""
    if wish.kind == ProposalKind.PLAN:
        plan = equal_plan(debt.amount, count=wish.count, first=wish.by_day, currency=debt.currency)
        require_plan(plan, amount=debt.amount, today=today)
        return plan_proposal(plan, waives_penalties=wish.waives_penalties)
    if wish.kind == ProposalKind.DISCOUNT:
        return discount_proposal(debt, percent=wish.percent, by=wish.by_day, today=today)
    if wish.kind == ProposalKind.SPLIT:
        places = minor_units(debt.currency)
        disputed = Decimal(dispute.amount_minor).scaleb(-places) if dispute else Decimal(0)
        return split_proposal(debt, disputed=disputed, by=wish.by_day, today=today)
    if wish.kind == ProposalKind.DATE:
        return later_date_proposal(debt, on=wish.by_day, today=today, waives_penalties=wish.waives_penalties)
    return waiver_proposal(debt, by=wish.by_day, today=today)


def text_of(proposal: Proposal) -> Text:
    """What a proposal says: as it was fixed, else as it would be."""
    if proposal.sha256:
        return Text(fr=proposal.text_fr, en=proposal.text_en)
    return proposal_text(
        ProposalKind(proposal.kind),
        offer_of(proposal),
        owed=Decimal(proposal.amount_minor).scaleb(-minor_units(proposal.currency)),
        documents=[each.reference for each in proposal.items.order_by("due_date", "pk")],
        valid_until=None if proposal.by_customer else proposal.valid_until,
    )


def _items_of(organisation: Organisation, customer: Customer, item_ids: Collection[int], wish: Wish) -> list[OpenItem]:
    """What a proposal is about: of a split, the items of the disputed invoice."""
    dispute = _dispute_of(organisation, wish)
    if dispute is not None:
        item_ids = [
            each.pk for each in items_of_invoices(organisation, [dispute.invoice_id]).get(dispute.invoice_id, [])
        ]
    return owed_together(organisation, customer, item_ids)


def _dispute_of(organisation: Organisation, wish: Wish) -> Dispute | None:
    if wish.kind != ProposalKind.SPLIT or wish.dispute_id is None:
        return None
    return Dispute.objects.of(organisation).get(pk=wish.dispute_id, state=DisputeState.OPEN)


def _create(
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
    cost = cost_of_offer(offer, forecast, money_percent=leeway_of(organisation).money_percent)
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


def _fix_words(proposal: Proposal) -> None:
    text = text_of(proposal)
    proposal.text_fr, proposal.text_en = text.fr, text.en
    proposal.sha256 = hashlib.sha256("\0".join((text.fr, text.en)).encode()).hexdigest()


def _words_of(proposal: Proposal) -> str:
    return text_of(proposal).in_language(proposal.customer.language)


def _letter(proposal: Proposal, contact: Contact) -> Letter:
    language = proposal.customer.language
    return Letter(
        kind=MessageKind.PROPOSAL,
        organisation=proposal.organisation,
        customer=proposal.customer,
        contact=contact,
        values={
            **common_values(proposal.customer, contact),
            "proposal": _body_of(proposal),
            "valid_until": day_text(proposal.valid_until, language),
        },
        path=f"proposals/{proposal.pk}/",
        attaches_document=False,
    )


def _body_of(proposal: Proposal) -> str:
    """The words without the last sentence, which the message says itself."""
    return _words_of(proposal).rpartition("\n\n")[0]


def _require_answerable(proposal: Proposal, sha256: str, *, today: date) -> None:
    if proposal.state != ProposalState.SENT or (proposal.valid_until is not None and proposal.valid_until < today):
        raise _closed()
    if sha256 != proposal.sha256:
        raise OtherWords(
            Text(
                fr="Ce n'est pas le texte de cette proposition. Rechargez la page et relisez-la.",
                en="This is not the text of this proposal. Load the page again and read it.",
            )
        )


def _require_as_it_was(proposal: Proposal) -> None:
    """Raise ProposalOutdated if less is open than when it was made."""
    if sum(each.open_minor for each in proposal.items.all()) != proposal.amount_minor:
        raise ProposalOutdated(
            Text(
                fr=f"Quelque chose a été payé ou crédité entre-temps{_NBSP}: il faut une nouvelle proposition.",
                en="Something was paid or credited meanwhile: a new proposal is needed.",
            )
        )


def _note_answer(
    proposal: Proposal,
    state: ProposalState,
    *,
    name: str,
    answer: str,
    by: Actor,
    now: datetime,
    user_agent: str,
) -> None:
    proposal.state, proposal.answered_at, proposal.answered_by = state, now, name[:100]
    proposal.answered_from, proposal.answered_with = by.address, user_agent[:300]
    proposal.answer = answer.replace("\x00", "").strip()[:LONGEST_WORDS]
    proposal.save()


def _carry_out(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """What an accepted proposal does: a plan begins, or a day is promised; a split frees the undisputed part."""
    item_ids = list(proposal.items.values_list("pk", flat=True))
    _require_as_it_was(proposal)
    items = owed_together(proposal.organisation, proposal.customer, item_ids)
    offer = offer_of(proposal)
    others = Proposal.objects.filter(state=ProposalState.SENT, items__in=item_ids).exclude(pk=proposal.pk)
    Proposal.objects.filter(pk__in=list(others.values_list("pk", flat=True))).update(state=ProposalState.WITHDRAWN)
    if proposal.kind == ProposalKind.PLAN:
        begin_plan(proposal, items=items, instalments=offer.payments, by=by, now=now)
        return
    if proposal.dispute is not None:
        _split(proposal.dispute, items)
    if proposal.kind == ProposalKind.DISCOUNT:
        _offer_less(proposal, items, now=now)
    add_promise(
        items,
        customer=proposal.customer,
        amount_minor=price_of(proposal),
        by_day=offer.payments[0].on if proposal.kind == ProposalKind.SPLIT else last_day_of(proposal),
        told_by=proposal.answered_by,
        on_portal=by.user_id is None,
        by=by,
        now=now,
        proposal=proposal,
    )


def _offer_less(proposal: Proposal, items: Sequence[OpenItem], *, now: datetime) -> None:
    """Tell the ledger what settles each item until the last day, so that a payment of so much is known."""
    places = minor_units(proposal.currency)
    amounts = [Decimal(each.open_minor).scaleb(-places) for each in items]
    prices = shares_of(Decimal(price_of(proposal)).scaleb(-places), amounts, places)
    for item, price in zip(items, prices, strict=True):
        offer_settlement(
            item,
            amount_minor=minor_amount(price, proposal.currency),
            last_day=last_day_of(proposal),
            source=Source("proposal", proposal.pk),
            now=now,
        )


def _split(dispute: Dispute, items: Sequence[OpenItem]) -> None:
    """The customer pays what it does not dispute; the rest waits for an end of the dispute."""
    if dispute.state != DisputeState.OPEN or open_of_invoice(dispute.invoice) <= dispute.amount_minor or not items:
        raise ProposalOutdated(Text(fr="Ce litige a pris fin entre-temps.", en="This dispute has ended meanwhile."))
    Dispute.objects.filter(pk=dispute.pk).update(is_split=True)


def _same_request(customer: Customer, items: Sequence[OpenItem], offer: Offer) -> Proposal | None:
    """What the customer asked for in these words before, and that still stands."""
    rows = Proposal.objects.filter(
        customer=customer,
        kind=ProposalKind.PLAN,
        by_customer=True,
        state__in=(ProposalState.ASKED, ProposalState.ACCEPTED),
        content={"offer": write_stored(offer)},
    ).exclude(plan__ended_at__isnull=False)
    wanted = {each.pk for each in items}
    return next((each for each in rows if set(each.items.values_list("pk", flat=True)) == wanted), None)


def _locked(proposal_id: int, organisation: Organisation) -> Proposal:
    rows = Proposal.objects.of(organisation).select_for_update(of=("self",))
    return rows.select_related("customer__organisation", "organisation", "dispute__invoice").get(pk=proposal_id)


def _amount_of(items: Sequence[OpenItem]) -> Decimal:
    return Decimal(sum(each.open_minor for each in items)).scaleb(-minor_units(items[0].currency))


def _closed() -> ProposalClosed:
    return ProposalClosed(
        Text(
            fr=f"Cette proposition n'attend plus de réponse{_NBSP}: elle a été acceptée, refusée, retirée, ou sa "
            "date est passée.",
            en="This proposal does not wait for an answer any more: it was accepted, refused, withdrawn, or its "
            "day is past.",
        )
    )


def _tell_answer(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    who = proposal.customer.name
    if proposal.state == ProposalState.ACCEPTED:
        subject = Text(fr=f"{who} accepte votre proposition", en=f"{who} accepts your proposal")
    else:
        subject = Text(fr=f"{who} refuse votre proposition", en=f"{who} refuses your proposal")
    if by.user_id is None:
        _tell(proposal, subject, proposal.answer, key=f"proposal-answered:{proposal.pk}", by=by, now=now)


def _tell_request(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    who, organisation = proposal.customer.name, proposal.organisation
    amount = {each: amount_text(proposal.amount_minor, proposal.currency, each) for each in ("fr", "en")}
    if proposal.state == ProposalState.ASKED:
        subject = Text(fr=f"{who} demande un échéancier", en=f"{who} asks for a plan")
        body = Text(
            fr=f"Pour {amount['fr']}. La demande dépasse ce que vous accordez d'office{_NBSP}: à vous de répondre.",
            en=f"For {amount['en']}. It asks for more than you grant by itself: the answer is yours.",
        )
    else:
        subject = Text(fr=f"{who} a pris un échéancier", en=f"{who} has taken a plan")
        body = Text(
            fr=f"Pour {amount['fr']}, dans les limites que vous avez fixées. Les relances attendent.",
            en=f"For {amount['en']}, within the limits that you set. Reminders wait.",
        )
    said = f"\n\n{proposal.reason}" if proposal.reason else ""
    words = body.in_language(organisation.language) + said
    _tell(proposal, subject, words, key=f"plan-asked:{proposal.pk}", by=by, now=now)


def _tell(proposal: Proposal, subject: Text, words: str, *, key: str, by: Actor, now: datetime) -> None:
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


def _write(proposal: Proposal, words: str, *, by: Actor, now: datetime, key: str = "answered") -> None:
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


def _record(act: str, proposal: Proposal, *, by: Actor, now: datetime, after: dict[str, object] | None = None) -> None:
    record(
        act,
        organisation_id=proposal.organisation_id,
        subject=proposal,
        by=by,
        at=now,
        customer_id=proposal.customer_id,
        after={"amount_minor": proposal.amount_minor, "currency": proposal.currency, **(after or {})},
    )
