"""Deciding a customer, and writing down what follows: steps, their items, the message in the outbox."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from reglo.collection.models import (
    CustomerDecision,
    PolicyVersion,
    StepItem,
    StepState,
    StepTaken,
    Verdict,
)
from reglo.collection.queries.facts import chosen_contact, facts_for
from reglo.collection.queries.policies import active_version, may_send, policy_in
from reglo.collection.services.letters import write_letter
from reglo.collection.services.reminders import reminder_letter
from reglo.collection.services.rounds.dropping import drop_what_is_over, replace_older_calls
from reglo.core.collection import Channel, Decision, Item, Message, Task, Tone, act_text, decide, decision_data
from reglo.core.money import minor_amount
from reglo.customers.models import Customer
from reglo.delivery.services.outbox import write_message
from reglo.journal.services import REGLO, Act, record_all
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of


def decide_customer(*, customer_id: int, organisation: Organisation, now: datetime) -> Decision | None:
    """Decide one customer and carry it out, in one transaction; None where collection is off or it is not the hour.

    Called again on the same day it finds what it did, and does nothing more. Open tasks that came to nothing meanwhile
    (paid, promised, disputed…) are dropped first.
    """
    with transaction.atomic(durable=True):
        customer = _held(customer_id, organisation)
        version = active_version(organisation)
        if version is None:
            return None
        policy = policy_in(version)
        if not may_send(policy, organisation, now):
            return None
        acts = drop_what_is_over(customer, policy, now=now)
        decision = decide(facts_for(customer, now=now), policy, today_of(organisation, now))
        acts += replace_older_calls(customer, decision, now=now)
        steps = list(_carry_out(_Writing(decision, customer, version, now)))
        keep_decisions(organisation, [decision])
        acts += [Act("step-taken", step, customer_id=customer.pk, after=_told(step)) for step in steps]
        if acts:
            record_all(acts, organisation_id=organisation.pk, by=REGLO, at=now)
    return decision


def keep_decisions(organisation: Organisation, decisions: list[Decision]) -> None:
    """Keep what was decided last of each customer, in place of what was decided before."""
    rows = [_row(organisation, each) for each in decisions]
    CustomerDecision.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["customer"],
        update_fields=["day", "verdict", "reason", "why_fr", "why_en", "next_on"],
        batch_size=500,
    )


def _row(organisation: Organisation, decision: Decision) -> CustomerDecision:
    verdict = Verdict.MESSAGE if decision.message else Verdict.TASK if decision.tasks else Verdict.WAIT
    return CustomerDecision(
        organisation=organisation,
        customer_id=int(decision.customer),
        day=decision.day,
        verdict=verdict,
        reason=decision.reason or "",
        why_fr=decision.why.fr,
        why_en=decision.why.en,
        next_on=decision.next_on,
    )


def _held(customer_id: int, organisation: Organisation) -> Customer:
    """The customer, whom nobody else decides until we are through."""
    rows = Customer.objects.of(organisation).select_for_update(no_key=True, of=("self",))
    rows.get(pk=customer_id)
    return Customer.objects.select_related("organisation", "relationship").get(pk=customer_id)


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is written down."""

    decision: Decision
    customer: Customer
    version: PolicyVersion
    now: datetime

    def step(self, items: tuple[Item, ...], **facts: object) -> StepTaken:
        """A step with its items."""
        step = StepTaken.objects.create(
            organisation=self.customer.organisation,
            customer=self.customer,
            day=self.decision.day,
            policy=self.version,
            decision={"act": act_text(self.decision), "decision": decision_data(self.decision)},
            decided_at=self.now,
            **facts,
        )
        StepItem.objects.bulk_create([self._item(step, each) for each in items])
        return step

    def _item(self, step: StepTaken, item: Item) -> StepItem:
        return StepItem(
            organisation=self.customer.organisation,
            step=step,
            item_id=int(item.receivable),
            key=item.step or "",
            tone=item.tone or step.tone or Tone.GENTLE,
            open_minor=minor_amount(item.amount, item.currency),
        )


def _carry_out(writing: _Writing):  # type: ignore[no-untyped-def]  # an iterator of steps
    decision = writing.decision
    if decision.message is not None:
        yield _write_message(writing, decision.message)
    for task in decision.tasks:
        yield _write_task(writing, task)


def _write_message(writing: _Writing, message: Message) -> StepTaken:
    """The step of a message: in the outbox, or a letter that a person posts."""
    is_letter = message.channel is not Channel.EMAIL or message.tone is Tone.FORMAL_NOTICE
    if message.tone is Tone.FORMAL_NOTICE:
        # Of what else is late the customer has not been warned: it has no place in a formal notice.
        message = replace(message, items=tuple(each for each in message.items if each.tone is Tone.FORMAL_NOTICE))
    step = writing.step(
        message.items,
        tone=message.tone,
        channel=Channel.LETTER if is_letter else Channel.EMAIL,
        state=StepState.TO_DO if is_letter else StepState.QUEUED,
        why_fr=writing.decision.why.fr,
        why_en=writing.decision.why.en,
    )
    if is_letter:
        return write_letter(step, message, writing.customer, today=writing.decision.day)
    contact = chosen_contact(writing.customer)
    if contact is None:
        raise RuntimeError("an e-mail was decided for a customer without a contact")
    letter = reminder_letter(message, writing.customer, contact)
    step.message, _ = write_message(letter, key=f"collection:{step.pk}", by=REGLO, now=writing.now)
    step.save(update_fields=["message"])
    return step


def _write_task(writing: _Writing, task: Task) -> StepTaken:
    tone = max((each.tone for each in task.items if each.tone), key=lambda tone: tone.strength, default=None)
    return writing.step(
        task.items,
        tone=tone or "",
        state=StepState.TO_DO,
        task_kind=task.kind,
        task_key=task.key,
        why_fr=task.why.fr,
        why_en=task.why.en,
    )


def _told(step: StepTaken) -> dict[str, object]:
    day: date = step.day
    return {"day": day.isoformat(), "tone": step.tone, "channel": step.channel, "task": step.task_kind}
