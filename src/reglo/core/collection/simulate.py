"""What a policy would have sent, and two policies side by side."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reglo.core.collection.decision import carried_out, decide
from reglo.core.collection.facts import CustomerFacts, Done
from reglo.core.collection.model import Decision, TaskKind
from reglo.core.collection.policy import Policy
from reglo.core.collection.vocabulary import Tone

#: What was known of the customers on a day. The steps and messages of the simulated time in it are left out.
FactsOn = Callable[[date], Iterable[CustomerFacts]]


def simulate(facts_on: FactsOn, policy: Policy, first: date, last: date) -> Iterator[Decision]:
    """The decisions with something to do that `policy` would have made from `first` to `last`, both included.

    Each day is decided with what was known on it and with what the policy itself had done until then, as if each
    message had left and had changed nothing of when the customers paid.
    """
    memory: dict[str, _Memory] = {}
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        for real in facts_on(day):
            remembered = memory.setdefault(real.key, _Memory({}, None, frozenset()))
            facts = remembered.told_to(real, first)
            decision = decide(facts, policy, day)
            if decision.acts:
                memory[real.key] = remembered.after(carried_out(decision, facts))
                yield decision


@dataclass(frozen=True, slots=True)
class _Memory:
    """What a simulation has done for a customer."""

    done: dict[str, tuple[Done, ...]]  #: by receivable
    last_message_on: date | None
    asked: frozenset[str]

    def told_to(self, real: CustomerFacts, first: date) -> CustomerFacts:
        """The real facts with the simulation's own deeds in place of those done since `first`."""
        earlier = real.last_message_on if real.last_message_on is not None and real.last_message_on < first else None
        return replace(
            real,
            receivables=tuple(
                replace(
                    each,
                    done=self.done.get(each.key) or tuple(done for done in each.done if done.on < first),
                )
                for each in real.receivables
            ),
            last_message_on=self.last_message_on or earlier,
            asked=real.asked | self.asked,
        )

    def after(self, facts: CustomerFacts) -> "_Memory":
        done = {each.key: each.done for each in facts.receivables if each.done}
        return _Memory({**self.done, **done}, facts.last_message_on, facts.asked)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What went out, counted."""

    messages: int
    tasks: int
    by_step: Counter[str]  #: receivables for which it was done
    by_tone: Counter[Tone]  #: messages
    by_task: Counter[TaskKind]
    by_customer: Counter[str]  #: messages


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two policies over the same days and facts."""

    before: Outlook
    after: Outlook

    @property
    def customers_with_more(self) -> tuple[str, ...]:
        """Who would get more messages."""
        more = self.after.by_customer - self.before.by_customer
        return tuple(sorted(more))

    @property
    def customers_with_fewer(self) -> tuple[str, ...]:
        """Who would get fewer."""
        fewer = self.before.by_customer - self.after.by_customer
        return tuple(sorted(fewer))


def outlook_of(decisions: Iterable[Decision]) -> Outlook:
    """Count what `decisions` do."""
    outlook = Outlook(0, 0, Counter(), Counter(), Counter(), Counter())
    messages = tasks = 0
    for each in decisions:
        items = [item for task in each.tasks for item in task.items]
        if each.message is not None:
            messages += 1
            items += each.message.items
            outlook.by_tone[each.message.tone] += 1
            outlook.by_customer[each.customer] += 1
        tasks += len(each.tasks)
        outlook.by_task.update(task.kind for task in each.tasks)
        outlook.by_step.update(item.step for item in items if item.step is not None)
    return replace(outlook, messages=messages, tasks=tasks)


def compare(facts_on: FactsOn, before: Policy, after: Policy, first: date, last: date) -> Comparison:
    """What would have gone out under each of two policies."""
    return Comparison(
        outlook_of(simulate(facts_on, before, first, last)), outlook_of(simulate(facts_on, after, first, last))
    )
