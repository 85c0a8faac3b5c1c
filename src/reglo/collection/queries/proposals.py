"""Reading proposals: what they bring on which days, what they cost the user, and which wait for whom."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.db.models import QuerySet

from reglo.billing.models import Invoice
from reglo.collection.models import Dispute, DisputeState, Proposal, ProposalKind, ProposalState
from reglo.collection.queries.disputes import open_of_invoice
from reglo.collection.queries.exposure import habit_of_customers, invoice_id_of
from reglo.core.money import minor_units, round_half_up
from reglo.core.plans import Instalment
from reglo.core.proposals import Cost, Debt, cost_of
from reglo.core.proposals import Proposal as Offer
from reglo.core.rates import RateTable
from reglo.core.terms import BuyerKind, PaymentTerms
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.formats.data.stored import read_stored
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation
from reglo.terms.queries import terms_for, terms_of

_WAITING = (ProposalState.ASKED, ProposalState.DRAFT, ProposalState.SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the money is expected without a proposal, and why."""

    debts: tuple[Debt, ...]  #: one for each item, the first due first
    delay: Decimal | None  #: median of the customer's habit; None where it has none

    @property
    def amount(self) -> Decimal:
        """All that is owed."""
        return sum((each.amount for each in self.debts), Decimal(0))

    @property
    def together(self) -> Debt:
        """The debts as one: due with the first, expected with the last."""
        return Debt(
            amount=self.amount,
            due=min(each.due for each in self.debts),
            expected_on=max(each.expected_on for each in self.debts),
            vat=sum((each.vat for each in self.debts), Decimal(0)),
            currency=self.debts[0].currency,
            terms=self.debts[0].terms,
            buyer_kind=self.debts[0].buyer_kind,
        )


def proposals_of(organisation: Organisation) -> QuerySet[Proposal]:
    """All proposals, with what a list shows."""
    return Proposal.objects.of(organisation).select_related("customer", "organisation")


def waiting_proposals(organisation: Organisation, customers: Collection[int]) -> QuerySet[Proposal]:
    """What of a customer's proposals still waits for an answer of either side, the newest first."""
    return proposals_of(organisation).filter(customer__in=customers, state__in=_WAITING).order_by("-made_at", "-pk")


def shown_proposals(organisation: Organisation, customers: Collection[int]) -> QuerySet[Proposal]:
    """What a customer may see: what was sent to it, and what it asked for."""
    given = proposals_of(organisation).filter(customer__in=customers)
    hidden = given.filter(state=ProposalState.DRAFT) | given.filter(state=ProposalState.WITHDRAWN, sent_at=None)
    return given.exclude(pk__in=hidden.values("pk"))


def offer_of(proposal: Proposal) -> Offer:
    """What a proposal brings, as the core knows it."""
    return read_stored(Offer, proposal.content["offer"])


def last_day_of(proposal: Proposal) -> date:
    """The last day on which money is expected by a proposal."""
    return offer_of(proposal).payments[-1].on


def price_of(proposal: Proposal) -> int:
    """What is to be paid by a proposal in all; minor units. Of a split, the part that is not disputed."""
    offer = offer_of(proposal)
    payments = offer.payments[:1] if proposal.kind == ProposalKind.SPLIT else offer.payments
    total = sum((each.amount for each in payments), Decimal(0))
    return int(total.scaleb(minor_units(proposal.currency)))


def forecast_of(customer: Customer, items: Sequence[OpenItem], *, today: date) -> Forecast:
    """What `items` would bring without a proposal: all on the day that the customer's habit makes one expect.

    Today at the earliest. What cannot be told, since it was never paid before, is expected on its due date.
    """
    habit = habit_of_customers(customer.organisation, family_of(customer))
    delay = timedelta(days=round(habit.median)) if habit else timedelta(0)
    found = Invoice.objects.of(customer.organisation).select_related("agreement", "draft")
    ids = [number for number in map(invoice_id_of, items) if number is not None]
    invoices = {each.pk: each for each in found.filter(pk__in=ids).defer("document")}
    debts = tuple(
        _debt(customer, item, invoices.get(invoice_id_of(item) or 0), delay=delay, today=today) for item in items
    )
    return Forecast(debts=debts, delay=habit.median if habit else None)


def _debt(customer: Customer, item: OpenItem, invoice: Invoice | None, *, delay: timedelta, today: date) -> Debt:
    places = minor_units(item.currency)
    amount, due = Decimal(item.open_minor).scaleb(-places), item.due_date or item.document_date
    vat = Decimal(0)
    if invoice is not None and invoice.gross_minor:
        vat = round_half_up(amount * invoice.vat_minor / invoice.gross_minor, places)
    return Debt(
        amount=amount,
        due=due,
        expected_on=max(due + delay, today),
        vat=vat,
        currency=item.currency,
        terms=terms_of_invoice(customer, invoice),
        buyer_kind=BuyerKind(customer.kind),
    )


def terms_of_invoice(customer: Customer, invoice: Invoice | None) -> PaymentTerms:
    """The terms that bind an invoice: agreed, else typed in it, else the customer's."""
    if invoice is not None and invoice.agreement is not None:
        return terms_of(invoice.agreement)
    typed = invoice.draft.content.get("terms") if invoice is not None else None
    return read_stored(PaymentTerms, typed) if typed else terms_for(customer)[0]


def cost_of_offer(offer: Offer, forecast: Forecast, *, money_percent: Decimal, rates: RateTable) -> Cost:
    """What an offer for several debts costs: its money serves the oldest first, a discount lessens all alike."""
    parts = [
        (
            cost_of(part, debt, money_percent=money_percent, rates=rates),
            sum((each.amount for each in part.payments), Decimal(0)),
        )
        for part, debt in zip(_parts(offer, forecast.debts), forecast.debts, strict=True)
    ]
    brought = sum((amount for _, amount in parts), Decimal(0))
    return Cost(
        time_value=sum((cost.time_value for cost, _ in parts), Decimal(0)),
        discount=sum((cost.discount for cost, _ in parts), Decimal(0)),
        penalties=sum((cost.penalties for cost, _ in parts), Decimal(0)),
        days=round_half_up(sum((cost.days * amount for cost, amount in parts), Decimal(0)) / brought, 1),
        currency=offer.currency,
        is_provisional=any(cost.is_provisional for cost, _ in parts),
    )


def _parts(offer: Offer, debts: Sequence[Debt]) -> Iterable[Offer]:
    """What each debt gets of the payments of an offer."""
    brought = sum((each.amount for each in offer.payments), Decimal(0))
    amounts = shares_of(brought, [each.amount for each in debts], minor_units(offer.currency))
    left = list(offer.payments)
    for amount in amounts:
        taken, left = _take(left, amount)
        yield Offer(kind=offer.kind, payments=taken, currency=offer.currency, waives_penalties=offer.waives_penalties)


def shares_of(brought: Decimal, amounts: Sequence[Decimal], places: int) -> list[Decimal]:
    """`brought` in the proportions of `amounts`, to the smallest unit."""
    whole = sum(amounts, Decimal(0))
    reached = [Decimal(0)]
    for amount in amounts:
        reached.append(reached[-1] + amount)
    marks = [round_half_up(brought * each / whole, places) for each in reached]
    return [after - before for before, after in pairwise(marks)]


def _take(payments: Sequence[Instalment], amount: Decimal) -> tuple[tuple[Instalment, ...], list[Instalment]]:
    """The first `amount` of some payments, and the rest."""
    taken: list[Instalment] = []
    left = list(payments)
    while amount > 0 and left:
        first = left.pop(0)
        part = min(first.amount, amount)
        taken.append(Instalment(first.on, part))
        amount -= part
        if part < first.amount:
            left.insert(0, Instalment(first.on, first.amount - part))
    return tuple(taken), left


def splittable(dispute: Dispute) -> bool:
    """Whether a part of what is open is not disputed, and was not yet agreed to be paid."""
    return (
        dispute.state == DisputeState.OPEN
        and not dispute.is_split
        and dispute.amount_minor < open_of_invoice(dispute.invoice)
    )
