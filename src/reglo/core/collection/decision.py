"""The decision of a day: whom to write to, in which tone, and whom to leave alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from reglo.core.collection.acts import Candidate, acts_of, standing_tasks, unreachable_key
from reglo.core.collection.facts import CustomerFacts, Done, Receivable
from reglo.core.collection.model import Decision, Item, Message, Task
from reglo.core.collection.openings import Opening, openings
from reglo.core.collection.policy import Policy
from reglo.core.collection.rests import Chaseable, Reason, Rest, has_lasting_rest, net_of_credit, rest_of
from reglo.core.collection.sentences import why_act, why_wait

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What is done and what is left alone; why nothing is done, where nothing is."""

    message: Message | None
    tasks: tuple[Task, ...]
    rests: tuple[Rest, ...]
    reason: Reason | None

    @property
    def items(self) -> Iterator[Item]:
        """Of the message and the tasks."""
        if self.message is not None:
            yield from self.message.items
        for task in self.tasks:
            yield from task.items


def decide(facts: CustomerFacts, policy: Policy, today: date) -> Decision:
    """What to do about a customer today, when next, and why.

    today: the day in the zone of the organisation. Decide again at the moment of sending (`still_right`).
    """
    outcome = _outcome(facts, policy, today)
    acts = outcome.message is not None or bool(outcome.tasks)
    after = _carried_out(outcome, facts, today) if acts else facts
    next_on = _next_on(after, policy, today + _ONE_DAY)
    return Decision(
        customer=facts.key,
        day=today,
        message=outcome.message,
        tasks=outcome.tasks,
        rests=outcome.rests,
        next_on=next_on,
        reason=None if acts else outcome.reason,
        why=why_act(outcome.message, outcome.tasks) if acts else why_wait(outcome.reason, outcome.rests, next_on),
    )


def decide_all(customers: Iterable[CustomerFacts], policy: Policy, today: date) -> Iterator[Decision]:
    """The decisions for many customers, one after the other; holds one customer at a time."""
    for facts in customers:
        yield decide(facts, policy, today)


def carried_out(decision: Decision, facts: CustomerFacts) -> CustomerFacts:
    """The facts as they are once the message of `decision` has left and its tasks are put before a person."""
    outcome = _Outcome(decision.message, decision.tasks, decision.rests, decision.reason)
    return _carried_out(outcome, facts, decision.day)


def _carried_out(outcome: _Outcome, facts: CustomerFacts, today: date) -> CustomerFacts:
    done = {
        item.receivable: Done(item.step, today, item.tone)
        for item in outcome.items
        if item.step is not None and item.tone is not None
    }
    return replace(
        facts,
        receivables=tuple(
            replace(each, done=(*each.done, done[each.key])) if each.key in done else each for each in facts.receivables
        ),
        last_message_on=today if outcome.message else facts.last_message_on,
        asked=facts.asked | {task.key for task in outcome.tasks},
    )


def _outcome(facts: CustomerFacts, policy: Policy, today: date) -> _Outcome:
    standing = tuple(standing_tasks(facts, today))
    whole = _reason_of_customer(facts, today)
    if whole is not None:
        until = facts.paused_until if whole is Reason.PAUSED else None
        return _Outcome(
            None, standing, tuple(Rest(each.key, each.number, whole, until) for each in facts.receivables), whole
        )
    candidates, rests = _sorted_out(facts, policy, today)
    reason = _reason_of_day(facts, policy, today, candidates)
    if reason is not None:
        waiting = tuple(_waiting(each, reason, today) for each in candidates)
        return _Outcome(None, standing, (*rests, *waiting), reason)
    message, tasks = acts_of(facts, today, candidates)
    return _with_rests(_Outcome(message, (*standing, *tasks), rests, None), candidates, today)


def _with_rests(outcome: _Outcome, candidates: Sequence[Candidate], today: date) -> _Outcome:
    """Say of each receivable that is not in the outcome why it is left alone."""
    named = {item.receivable for item in outcome.items}
    waiting = (_waiting(each, Reason.WITH_A_PERSON, today) for each in candidates if each.receivable.key not in named)
    rests = (*outcome.rests, *waiting)
    return replace(outcome, rests=rests, reason=_most_telling(rests))


def _waiting(candidate: Candidate, reason: Reason, today: date) -> Rest:
    """reason: why a step that is open is not done."""
    receivable = candidate.receivable
    if candidate.opening is not None:
        return Rest(receivable.key, receivable.number, reason)
    ahead = [opening.first for opening in candidate.openings if opening.first > today]
    if not ahead:
        return Rest(receivable.key, receivable.number, Reason.NO_STEP_LEFT)
    return Rest(receivable.key, receivable.number, Reason.NOT_YET, min(ahead))


def _most_telling(rests: Sequence[Rest]) -> Reason:
    """What a customer said or is owed comes before what is merely settled."""
    order = list(Reason)
    settled = (Reason.CREDIT, Reason.PAID)
    telling = [each.reason for each in rests if each.reason not in settled]
    return min(telling, key=order.index, default=Reason.PAID)


def _reason_of_customer(facts: CustomerFacts, today: date) -> Reason | None:
    if facts.is_insolvent:
        return Reason.INSOLVENT
    if facts.paused_until is not None and today <= facts.paused_until:
        return Reason.PAUSED
    return None


def _sorted_out(facts: CustomerFacts, policy: Policy, today: date) -> tuple[list[Candidate], tuple[Rest, ...]]:
    """What may be chased today, oldest first, and what may not."""
    held = {each.key: rest for each in facts.receivables if (rest := rest_of(each, policy, today)) is not None}
    rests, candidates = list(held.values()), list[Candidate]()
    for each in net_of_credit(facts.receivables, [each for each in facts.receivables if each.key not in held]):
        if isinstance(each, Rest):
            rests.append(each)
        else:
            candidates.append(_candidate(each, facts, policy, today))
    return candidates, tuple(rests)


def _candidate(chaseable: Chaseable, facts: CustomerFacts, policy: Policy, today: date) -> Candidate:
    all_openings = tuple(openings(chaseable.receivable, policy, facts.profile))
    return Candidate(chaseable, all_openings, next((each for each in all_openings if each.is_open_on(today)), None))


def _reason_of_day(facts: CustomerFacts, policy: Policy, today: date, candidates: Sequence[Candidate]) -> Reason | None:
    """Why an open step is not done today; None if it may be, or none is open that no person has in hand."""
    opened = [each.opening for each in candidates if each.opening and not _is_with_a_person(each.opening, facts)]
    if not opened:
        return None
    if facts.last_message_on is not None and facts.last_message_on > today:
        return Reason.CLOCK
    if today < _quiet_until(facts, policy):
        return Reason.TOO_SOON
    if not policy.times.is_sending_day(today):
        return Reason.DAY_OFF
    # Currencies are added figure for figure: it is a threshold, not a total.
    if sum(each.chaseable.amount for each in candidates if each.is_listed(today)) < policy.small_amount:
        return Reason.SMALL
    if not any(_is_day_of(opening, facts, policy, today) for opening in opened):
        return Reason.OTHER_DAY
    return None


def _quiet_until(facts: CustomerFacts, policy: Policy) -> date:
    """The first day on which the customer may be written to again."""
    if facts.last_message_on is None:
        return date.min
    return facts.last_message_on + timedelta(days=policy.days_between)


def _is_day_of(opening: Opening, facts: CustomerFacts, policy: Policy, day: date) -> bool:
    """Whether `day` suits: it is the preferred weekday, or none comes before patience ends."""
    weekday = facts.profile.weekday
    if weekday is None or day.weekday() == weekday:
        return True
    ahead = (day + timedelta(days=days) for days in range(1, (opening.patient_until - day).days + 1))
    return not any(each.weekday() == weekday and policy.times.is_sending_day(each) for each in ahead)


def _next_on(facts: CustomerFacts, policy: Policy, from_day: date) -> date | None:
    """A day before which nothing is done if nothing changes; None is never.

    It may be too early where several receivables play together (small amounts, credit that runs out), never too late.
    """
    free = [each for each in facts.receivables if not has_lasting_rest(each)]
    if facts.is_insolvent or not free or not _is_enough(facts, free, policy):
        return None
    paused = facts.paused_until + _ONE_DAY if facts.paused_until is not None else date.min
    start = max(from_day, paused, _quiet_until(facts, policy))
    days = (
        _first_day(opening, facts, policy, start)
        for each in free
        for opening in openings(each, policy, facts.profile)
        if not _is_with_a_person(opening, facts)
    )
    return min((day for day in days if day is not None), default=None)


def _is_with_a_person(opening: Opening, facts: CustomerFacts) -> bool:
    """Whether a message waits for an address that a person was asked to find."""
    return (
        not opening.by_person
        and opening.channel in facts.unreachable
        and unreachable_key(opening.channel) in facts.asked
    )


def _is_enough(facts: CustomerFacts, free: Sequence[Receivable], policy: Policy) -> bool:
    """Whether something is left once all credit is taken off, and it is worth a message."""
    left = [each.amount for each in net_of_credit(facts.receivables, free) if isinstance(each, Chaseable)]
    return bool(left) and sum(left, Decimal(0)) >= policy.small_amount


def _first_day(opening: Opening, facts: CustomerFacts, policy: Policy, start: date) -> date | None:
    """The first day from `start` on that suits `opening`."""
    day = policy.times.first_sending_day(max(start, opening.first))
    while not _is_day_of(opening, facts, policy, day):
        day = policy.times.first_sending_day(day + _ONE_DAY)
    return day if opening.is_open_on(day) else None
