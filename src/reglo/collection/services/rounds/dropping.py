"""Letting go of steps that came to nothing: what was not done for a receivable may then be done another time."""

from collections.abc import Iterator
from datetime import datetime

from reglo.collection.models import StepState, StepTaken
from reglo.collection.queries.facts import facts_without
from reglo.core.collection import (
    Channel,
    Decision,
    Policy,
    Reason,
    TaskKind,
    decide,
)
from reglo.core.findings import Text
from reglo.core.money import minor_amount
from reglo.customers.models import Customer
from reglo.journal.services import Act
from reglo.organisations.queries import today_of

#: What takes a receivable off the ladder, whatever day it is.
_OFF = frozenset(
    {
        Reason.INSOLVENT,
        Reason.PAUSED,
        Reason.PAID,
        Reason.PENDING_MATCH,
        Reason.DISPUTED,
        Reason.PROMISED,
        Reason.IN_PLAN,
        Reason.COVERED,
    }
)
_LEFT_TO_PEOPLE = (TaskKind.DECLARE_CLAIM,)
_CHANGED = Text(fr="Le compte a changé depuis.", en="The account has changed since.")
_REPLACED = Text(fr="Un appel plus récent le remplace.", en="A later call takes its place.")
_REACHABLE = Text(fr="L'adresse est là.", en="The address is there.")


def drop_what_is_over(customer: Customer, policy: Policy, *, now: datetime) -> list[Act]:
    """Drop the open tasks and letters of a customer that have no more reason, in the caller's transaction."""
    open_steps = StepTaken.objects.filter(customer=customer, state=StepState.TO_DO).exclude(
        task_kind__in=_LEFT_TO_PEOPLE
    )
    acts = []
    for step in open_steps.prefetch_related("items").order_by("pk"):
        why = _why_over(step, customer, policy, now)
        if why is not None:
            acts.append(drop(step, why.in_language(customer.organisation.language), now=now))
    return acts


def replace_older_calls(customer: Customer, decision: Decision, *, now: datetime) -> list[Act]:
    """Let the calls be that a new one stands for: one telephones once, about all of it."""
    about = {item.receivable for task in decision.tasks if task.kind is TaskKind.CALL for item in task.items}
    if not about:
        return []
    calls = StepTaken.objects.filter(customer=customer, state=StepState.TO_DO, task_kind=TaskKind.CALL)
    language = customer.organisation.language
    return [
        drop(step, _REPLACED.in_language(language), now=now, frees=False)
        for step in calls.prefetch_related("items").order_by("pk")
        if {str(each.item_id) for each in step.items.all()} <= about
    ]


def drop(step: StepTaken, reason: str, *, now: datetime, frees: bool = True) -> Act:
    """Let a step be, in the caller's transaction; the act is to be recorded.

    frees: it was not done, so that its rungs may be climbed again; else they count as done.
    """
    done = step.task_kind == TaskKind.UNREACHABLE and frees
    step.state, step.outcome, step.done_at = (StepState.DONE if done else StepState.DROPPED), reason, now
    if frees and not done:
        step.items.update(key="")
        step.task_key = ""
    step.save(update_fields=["state", "outcome", "done_at", "task_key"])
    return Act("step-dropped", step, customer_id=step.customer_id, after={"reason": reason})


def _why_over(step: StepTaken, customer: Customer, policy: Policy, now: datetime) -> Text | None:
    facts = facts_without(customer, steps=[step.pk], now=now)
    if step.task_kind == TaskKind.UNREACHABLE:
        channel = Channel(step.task_key.partition(":")[2])
        return None if channel in facts.unreachable else _REACHABLE
    again = decide(facts, policy, today_of(customer.organisation, now))
    if step.task_kind == TaskKind.PLAN_LATE:
        return None if any(task.key == step.task_key for task in again.tasks) else _CHANGED
    return _why_off(step, again)


def _why_off(step: StepTaken, again: Decision) -> Text | None:
    """Where all of a step, or for a letter any of it, has left the ladder."""
    off = {rest.receivable: rest for rest in again.rests if rest.reason in _OFF}
    known = {rest.receivable for rest in again.rests} | set(_named(again))
    items = [(str(each.item_id), each.open_minor) for each in step.items.all()]
    gone = [key for key, _ in items if key in off or key not in known]
    if step.channel == Channel.LETTER or step.letter:
        asked = (
            {item.receivable: minor_amount(item.amount, item.currency) for item in again.message.items}
            if again.message
            else {}
        )
        changed = any(key in asked and asked[key] != amount for key, amount in items)
        return _CHANGED if gone or changed else None
    return _CHANGED if len(gone) == len(items) else None


def _named(decision: Decision) -> Iterator[str]:
    if decision.message is not None:
        yield from (item.receivable for item in decision.message.items)
    for task in decision.tasks:
        yield from (item.receivable for item in task.items)
