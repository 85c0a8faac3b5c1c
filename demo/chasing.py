"""The last months: Réglo reminds, customers answer on their portal, and each decision is told with its reason."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from demo.bank import Bank
from reglo.billing.models import Invoice
from reglo.collection.models import (
    CustomerDecision,
    Dispute,
    DisputeScope,
    Proposal,
    ProposalState,
    StepState,
    StepTaken,
)
from reglo.collection.services.disputes import Objection, open_dispute, settle_dispute
from reglo.collection.services.policies import switch_on, write_policy
from reglo.collection.services.promises import make_promise
from reglo.collection.services.proposals import ask_plan, grant_request
from reglo.collection.services.relationships import save_relationship
from reglo.core.accounting import EventKind
from reglo.core.collection import DEFAULT_POLICY, Stance, Tone
from reglo.core.dates import next_business_day
from reglo.customers.models import Customer
from reglo.journal.services import Actor
from reglo.ledger.models import OpenItem, Side
from reglo.organisations.models import Organisation

_PROFILES = (
    ("Théâtre de la Presqu'île", {"is_strategic": True, "limit_minor": 6_000_000}),
    ("Librairie du Port SARL", {"stance": Stance.CONSIDERATE, "limit_minor": 1_500_000}),
    ("Transports Gonnet SAS", {"stance": Stance.FIRM}),
    ("Studio Fauvette SARL", {"difficulty": "Perte d'un gros client en août, restructure ses dettes."}),
)
_WORDS = "Deux appareils sont arrivés rayés, nous l'avons signalé au livreur."
_OTHER_WORDS = "Le transport facturé n'est pas celui du devis : nous attendons une correction."
_SETTLED = "Vous avez raison, et nous en sommes désolés : voici un avoir pour les deux appareils."
_TROUBLE = "Un client nous doit beaucoup ce mois-ci ; nous pouvons payer en plusieurs fois."

Visitor = Callable[[Customer], Actor]


class Chasing:
    """What Réglo's reminders lead to."""

    def __init__(self, bank: Bank, *, seed: int, visitor: Visitor) -> None:
        self.bank = bank
        self.chance = random.Random(seed)  # noqa: S311  # a story, not a secret
        self.visitor = visitor
        self.seen = 0  #: id of the last step that was answered
        #: What the first reminders lead to, so that the demonstration has each; then it is chance.
        self.first = ["dispute", "kept", "plan", "broken"]
        self.later: list[tuple[date, Callable[[datetime], object]]] = []

    def begin(self, organisation: Organisation, *, by: Actor, now: datetime) -> None:
        """Switch collection on, and say what is known of some customers."""
        version = write_policy(organisation=organisation, policy=DEFAULT_POLICY, thanks=True, by=by, now=now)
        switch_on(organisation=organisation, version_id=version.pk, by=by, now=now)
        for name, facts in _PROFILES:
            for customer in Customer.objects.of(organisation).filter(name=name):
                save_relationship(customer=customer, facts=facts, by=by, now=now)

    def pass_day(self, organisation: Organisation, *, by: Actor, now: datetime) -> None:
        """What customers do about the reminders they got, and what the firm answers."""
        ripe = [act for day, act in self.later if day <= now.date()]
        self.later = [each for each in self.later if each[0] > now.date()]
        for act in ripe:
            act(now)
        steps = StepTaken.objects.of(organisation).filter(pk__gt=self.seen, state=StepState.DONE).exclude(message=None)
        for step in steps.select_related("customer").order_by("pk"):
            self.seen = step.pk
            self._answer(step, by=by, now=now)

    def leave_open(self, organisation: Organisation, *, now: datetime) -> None:
        """What waits for an answer on the last day: a dispute, and instalments beyond what is granted by itself."""
        late = OpenItem.objects.of(organisation).filter(side=Side.DEBIT, kind=EventKind.DOCUMENT, open_minor__gt=30_000)
        late = late.filter(due_date__lt=now.date(), promises=None, plan_items=None, proposals=None)
        items = list(late.select_related("customer", "entry").order_by("due_date", "pk"))
        if items:
            self._dispute(items[0], now, _OTHER_WORDS)
        others = [item for item in items if item.customer_id != items[0].customer_id]
        if others:
            self._ask(others[:1], count=9, now=now)

    def _answer(self, step: StepTaken, *, by: Actor, now: datetime) -> None:
        items = [each.item for each in step.items.select_related("item__entry", "item__customer")]
        items = [item for item in items if item.open_minor and item.due_date and item.due_date < now.date()]
        if not items or not Tone(step.tone).speaks_of_lateness:
            return
        if self.first:
            fate = self.first.pop(0)
        else:
            fate = self.chance.choices(["dispute", "kept", "plan", "broken", ""], [6, 22, 5, 6, 61])[0]
        if fate in ("kept", "broken"):
            self._promise(items, now, is_kept=fate == "kept")
        elif fate == "dispute":
            dispute, amount = self._dispute(items[0], now)
            self._later(6, now, lambda then: self._settle(dispute, items[0], amount, by, then))
        elif fate == "plan":
            self._plan(items, by, now)

    def _promise(self, items: list[OpenItem], now: datetime, *, is_kept: bool) -> None:
        customer = items[0].customer
        visitor = self.visitor(customer)
        day = next_business_day(now.date() + timedelta(days=self.chance.randint(4, 9)))
        make_promise(
            organisation=customer.organisation,
            customer=customer,
            item_ids=[item.pk for item in items],
            by_day=day,
            amount_minor=None,
            told_by=visitor.name,
            on_portal=True,
            by=visitor,
            now=now,
        )
        self.bank.pays_on(items, day if is_kept else day + timedelta(days=20))

    def _later(self, days: int, now: datetime, act: Callable[[datetime], object]) -> None:
        self.later.append((now.date() + timedelta(days=days), act))

    def _dispute(self, item: OpenItem, now: datetime, words: str = _WORDS) -> tuple[Dispute, int]:
        invoice = Invoice.objects.get(pk=item.entry.source_id)
        visitor = self.visitor(item.customer)
        amount = min(item.open_minor, 26_400)
        dispute = open_dispute(
            organisation=item.organisation,
            invoice_id=invoice.pk,
            objection=Objection(scope=DisputeScope.AMOUNT, reason=words, amount_minor=amount),
            opened_by=visitor.name,
            on_portal=True,
            by=visitor,
            now=now,
        )
        self.bank.pays_on([item], None)
        return dispute, amount

    def _settle(self, dispute: Dispute, item: OpenItem, amount: int, by: Actor, now: datetime) -> None:
        settle_dispute(
            dispute_id=dispute.pk,
            organisation=item.organisation,
            answer=_SETTLED,
            credit=DisputeScope.AMOUNT,
            amount_minor=amount,
            by=by,
            now=now,
        )
        self.bank.pays_on([item], next_business_day(now.date() + timedelta(days=5)))

    def _ask(self, items: list[OpenItem], *, count: int, now: datetime) -> Proposal:
        customer = items[0].customer
        visitor = self.visitor(customer)
        return ask_plan(
            organisation=customer.organisation,
            customer=customer,
            item_ids=[item.pk for item in items],
            count=count,
            first=None,
            reason=_TROUBLE,
            name=visitor.name,
            by=visitor,
            now=now,
        )

    def _plan(self, items: list[OpenItem], by: Actor, now: datetime) -> None:
        proposal = self._ask(items, count=3, now=now)
        if proposal.state == ProposalState.ASKED:
            proposal = grant_request(
                proposal_id=proposal.pk, organisation=items[0].organisation, answer="", by=by, now=now
            )
        parts = [(part.on, Decimal(part.amount_minor).scaleb(-2)) for part in proposal.plan.parts.order_by("on")]
        self.bank.pays_in_parts(items, parts)


def decisions_told(organisation: Organisation) -> Iterator[str]:
    """Everything that was decided since collection is on, one line each, and how it stands today."""
    for step in StepTaken.objects.of(organisation).select_related("customer").order_by("pk"):
        what = step.task_kind or f"{step.channel}, {step.tone}"
        yield f"{step.day:%d/%m/%Y}  {step.customer.name:<32.32}  {what:<24}  {step.why_fr}"
    yield ""
    yield from decisions_of_today(organisation)


def decisions_of_today(organisation: Organisation) -> Iterator[str]:
    """What was last decided of each customer, and why."""
    rows = CustomerDecision.objects.of(organisation).select_related("customer")
    latest = rows.latest("day").day
    rows = rows.filter(day=latest).order_by("verdict", "customer__name")
    for row in rows:
        yield f"{row.day:%d/%m/%Y}  {row.customer.name:<32.32}  {row.verdict:<8}  {row.why_fr}"
