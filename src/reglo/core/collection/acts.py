"""The message and the tasks of a day, made from what is open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reglo.core.collection.facts import CustomerFacts, Receivable
from reglo.core.collection.model import Item, Message, Task, TaskKind, item_of
from reglo.core.collection.openings import TOO_OLD, Opening
from reglo.core.collection.rests import Chaseable
from reglo.core.collection.sentences import why_task
from reglo.core.collection.vocabulary import Channel, Tone
from reglo.core.plans import PlanState
from reglo.core.terms import BuyerKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be chased, with the steps that may still be done for it and the one that is open today."""

    chaseable: Chaseable
    openings: tuple[Opening, ...]
    opening: Opening | None

    @property
    def receivable(self) -> Receivable:
        """The receivable."""
        return self.chaseable.receivable

    def is_listed(self, today: date) -> bool:
        """Whether it stands in a message of today: late, or with a step of its own."""
        return self.opening is not None or self.receivable.due < today


def acts_of(facts: CustomerFacts, today: date, candidates: Sequence[Candidate]) -> tuple[Message | None, list[Task]]:
    """What the open steps of `candidates` come to: one message, and what is put before a person."""
    opened = [(each, each.opening) for each in candidates if each.opening is not None]
    by_person = [(each, opening) for each, opening in opened if opening.by_person]
    unreachable = [
        (each, opening) for each, opening in opened if not opening.by_person and opening.channel in facts.unreachable
    ]
    by_message = {
        each.receivable.key: opening
        for each, opening in opened
        if not opening.by_person and opening.channel not in facts.unreachable
    }
    tasks = [*_tasks_of_steps(by_person, today), *_tasks_of_addresses(unreachable, today)]
    message = _message(facts, today, candidates, by_message) if by_message else None
    return message, [task for task in tasks if task.key not in facts.asked]


def standing_tasks(facts: CustomerFacts, today: date) -> Iterator[Task]:
    """Tasks that an event makes, on whatever day."""
    owed = [each for each in facts.receivables if not each.is_credit and each.open_amount > 0]
    if facts.is_insolvent and owed:
        yield from _new(facts, TaskKind.DECLARE_CLAIM, "", _plain_items(owed, today))
        return
    late: dict[str, list[Receivable]] = {}
    for each in owed:
        if each.plan is not None and each.plan.state is PlanState.LATE:
            late.setdefault(f"{each.plan.key}/{each.plan.missing_on}", []).append(each)
    for plan, receivables in late.items():
        yield from _new(facts, TaskKind.PLAN_LATE, plan, _plain_items(receivables, today))


def unreachable_key(channel: Channel) -> str:
    """Key of the task to find an address."""
    return f"{TaskKind.UNREACHABLE}:{channel}"


def _new(facts: CustomerFacts, kind: TaskKind, about: str, items: tuple[Item, ...]) -> Iterator[Task]:
    key = f"{kind}:{about}" if about else kind.value
    if key not in facts.asked:
        yield Task(kind=kind, key=key, items=items, why=why_task(kind, items))


def _message(facts: CustomerFacts, today: date, candidates: Sequence[Candidate], steps: dict[str, Opening]) -> Message:
    """All that is due in one message; the hardest step speaks, and of equal ones that of the oldest debt."""
    leading = max(steps.values(), key=lambda opening: opening.tone.strength)
    listed = [each for each in candidates if each.receivable.due < today or each.receivable.key in steps]
    return Message(
        channel=leading.channel,
        tone=leading.tone,
        template=leading.template,
        language=facts.profile.language,
        items=tuple(_item(each, today, steps.get(each.receivable.key)) for each in listed),
        speaks_of_penalties=facts.buyer_kind is not BuyerKind.CONSUMER and leading.tone.speaks_of_lateness,
    )


def _tasks_of_steps(by_person: Sequence[tuple[Candidate, Opening]], today: date) -> Iterator[Task]:
    """One task of each kind, for all receivables that it is about."""
    for kind in TaskKind:
        items = tuple(_item(each, today, opening) for each, opening in by_person if _kind_of(opening) is kind)
        if items:
            key = ":".join([kind, *(f"{item.receivable}/{item.step}" for item in items)])
            yield Task(kind=kind, key=key, items=items, why=why_task(kind, items))


def _tasks_of_addresses(unreachable: Sequence[tuple[Candidate, Opening]], today: date) -> Iterator[Task]:
    """An address first. The steps are not done by it: they are there when an address is."""
    for channel in sorted({opening.channel for _, opening in unreachable}):
        items = tuple(_item(each, today, None) for each, opening in unreachable if opening.channel is channel)
        why = why_task(TaskKind.UNREACHABLE, items)
        yield Task(kind=TaskKind.UNREACHABLE, key=unreachable_key(channel), items=items, why=why)


def _kind_of(opening: Opening) -> TaskKind:
    if opening.step == TOO_OLD:
        return TaskKind.TOO_OLD
    if opening.tone is Tone.FORMAL_NOTICE:
        return TaskKind.FORMAL_NOTICE
    return TaskKind.CALL if opening.channel is Channel.CALL else TaskKind.FIRM_STEP


def _item(candidate: Candidate, today: date, opening: Opening | None) -> Item:
    return item_of(
        candidate.receivable,
        amount=candidate.chaseable.amount,
        today=today,
        step=opening.step if opening else None,
        tone=opening.tone if opening else None,
    )


def _plain_items(receivables: Iterable[Receivable], today: date) -> tuple[Item, ...]:
    """As they are in the books, with what is disputed: nothing is asked of the customer."""
    return tuple(item_of(each, amount=each.open_amount, today=today) for each in receivables)
