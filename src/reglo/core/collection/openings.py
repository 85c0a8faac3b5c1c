"""Which step of the ladder is open for a receivable, from which day and until which.

The rules, none of which depends on today:

- Before the due date a step is open from its day until the day before the next one, and never past the due date. One
  whose day came before the invoice was `days_between` old is left out.
- After it, one climbs one step at a time. What was missed is not made good: the first step after the due date comes
  first, however late it is, and the formal notice is never the first word.
- A step whose day had already come when the last one was done waits the ladder's own distance between the two. Where
  the ladder has changed since, it waits for the next day at least, and the formal notice for `days_between`.
- A broken promise or plan gets a step of its own, in the tone where the ladder was left; then the ladder goes on.
- Very old and never chased is put before a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reglo.core.collection.facts import Done, Receivable
from reglo.core.collection.policy import Policy
from reglo.core.collection.profile import Profile, Rung, ladder_for
from reglo.core.collection.rests import promise_holds_until
from reglo.core.collection.vocabulary import Channel, Tone
from reglo.core.plans import PlanState

_ONE_DAY = timedelta(days=1)
_SIX_DAYS = timedelta(days=6)  # so that each weekday comes once
TOO_OLD = "too-old"
_BROKEN_PROMISE, _BROKEN_PLAN = "promise-broken", "plan-broken"


@dataclass(frozen=True, slots=True)
class Opening:
    """A step that may be done for a receivable, and when."""

    step: str  #: by which it is remembered
    template: str
    tone: Tone
    channel: Channel
    by_person: bool
    first: date
    last: date | None  #: None is until it is done
    patient_until: date  #: until then the customer's preferred weekday is waited for

    def is_open_on(self, day: date) -> bool:
        """Whether the step may be done on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)


def openings(receivable: Receivable, policy: Policy, profile: Profile) -> Iterator[Opening]:
    """The steps that may still be done for `receivable` if nothing changes; one at most is open on a day."""
    steps_done = {each.step for each in receivable.done}
    if TOO_OLD in steps_done:
        return
    held_until = promise_holds_until(receivable, policy)
    for broken in _broken_words(receivable, held_until):
        if broken[0] not in steps_done:
            yield _after_a_break(receivable, broken, profile)
            return
    ladder = [rung for rung in ladder_for(policy, profile) if receivable.undisputed >= rung.step.least_amount]
    after_due = [rung for rung in ladder if rung.offset > 0]
    not_before = held_until + _ONE_DAY if held_until is not None else date.min
    reached = _position(after_due, receivable.done)
    if reached is None:
        yield from _before_due(receivable, ladder, policy, not_before)
    yield from _next_after_due(receivable, after_due, reached, policy, not_before)


def _before_due(receivable: Receivable, ladder: Sequence[Rung], policy: Policy, not_before: date) -> Iterator[Opening]:
    quiet_until = receivable.issued + timedelta(days=policy.days_between)
    steps_done = {each.step for each in receivable.done}
    before = [rung for rung in ladder if rung.offset <= 0]
    for place, rung in reversed(list(enumerate(before))):
        if rung.step.key in steps_done:
            return
        following = before[place + 1].offset if place + 1 < len(before) else 1
        first, last = _day(receivable, rung.offset), _day(receivable, following - 1)
        if first >= quiet_until and not_before <= last:
            yield _opening(rung, max(first, not_before), last, last)


def _next_after_due(
    receivable: Receivable, after_due: Sequence[Rung], reached: int | None, policy: Policy, not_before: date
) -> Iterator[Opening]:
    steps_done = {each.step for each in receivable.done}
    place = 0 if reached is None else reached + 1
    while place < len(after_due) and after_due[place].step.key in steps_done:
        place += 1
    if place == len(after_due):
        return
    rung = after_due[place]
    if rung.tone is Tone.FORMAL_NOTICE and not any(each.tone.speaks_of_lateness for each in receivable.done):
        return
    first = max(
        _day(receivable, rung.offset),
        receivable.issued + timedelta(days=policy.days_between),
        _distance_kept(receivable, after_due, place),
        _after_the_last(receivable, policy.days_between if rung.tone is Tone.FORMAL_NOTICE else 1),
        not_before,
    )
    patient = _day(receivable, after_due[place + 1].offset - 1) if place + 1 < len(after_due) else None
    patient = patient if patient is not None and patient >= first else first + _SIX_DAYS
    if reached is not None:
        yield _opening(rung, first, None, patient)
        return
    oldest = _day(receivable, policy.most_days_late)
    if first <= oldest:
        yield _opening(rung, first, oldest, min(patient, oldest))
    yield _too_old(max(first, oldest + _ONE_DAY))


def _too_old(first: date) -> Opening:
    return Opening(
        step=TOO_OLD,
        template=TOO_OLD,
        tone=Tone.FRIENDLY,
        channel=Channel.CALL,
        by_person=True,
        first=first,
        last=None,
        patient_until=first,
    )


def _distance_kept(receivable: Receivable, after_due: Sequence[Rung], place: int) -> date:
    """The first day that leaves the ladder's distance to the last step done, where that one came late."""
    if place == 0 or not receivable.done:
        return date.min
    last = max(each.on for each in receivable.done)
    if last < _day(receivable, after_due[place].offset):
        return date.min
    return last + timedelta(days=after_due[place].offset - after_due[place - 1].offset)


def _after_the_last(receivable: Receivable, days: int) -> date:
    """The first day that is so many days after the last step done, by whichever ladder."""
    last = max((each.on for each in receivable.done), default=None)
    return date.min if last is None else last + timedelta(days=days)


def _position(after_due: Sequence[Rung], done: Sequence[Done]) -> int | None:
    """How far up the part after the due date one has come; None is not on it yet.

    A step that the ladder does not know, since the policy changed or a promise was broken, counts as the first one of
    its tone.
    """
    places = {rung.step.key: place for place, rung in enumerate(after_due)}
    reached = [
        places[each.step] if each.step in places else _of_tone(after_due, each.tone)
        for each in done
        if each.step in places or each.tone.speaks_of_lateness
    ]
    return max((place for place in reached if place is not None), default=None)


def _of_tone(after_due: Sequence[Rung], tone: Tone) -> int | None:
    """Place of the first rung of `tone`, else of the last softer one."""
    softer = [place for place, rung in enumerate(after_due) if rung.tone.strength < tone.strength]
    same = next((place for place, rung in enumerate(after_due) if rung.tone is tone), None)
    return same if same is not None else (softer[-1] if softer else None)


def _broken_words(receivable: Receivable, held_until: date | None) -> Iterator[tuple[str, str, date]]:
    """Key, template and first day of the step for each broken word. A promise for a day before the due date lapses.

    The key names the promise or the plan: another one may be broken too.
    """
    promised = receivable.promised_until
    if held_until is not None and promised is not None and promised >= receivable.due:
        yield f"{_BROKEN_PROMISE}@{promised}", _BROKEN_PROMISE, held_until + _ONE_DAY
    if receivable.plan is not None and receivable.plan.state is PlanState.BROKEN:
        first = receivable.due if held_until is None else max(receivable.due, held_until)
        yield f"{_BROKEN_PLAN}@{receivable.plan.key}", _BROKEN_PLAN, first + _ONE_DAY


def _after_a_break(receivable: Receivable, broken: tuple[str, str, date], profile: Profile) -> Opening:
    """In the tone that was reached, friendly at least, and never a formal notice."""
    key, template, first_day = broken
    first = max(first_day, _after_the_last(receivable, 1))
    strengths = [each.tone.strength for each in receivable.done if each.tone.strength <= Tone.LAST.strength]
    tone = list(Tone)[max([Tone.FRIENDLY.strength, *strengths])]
    channel = profile.channel or Channel.EMAIL
    return Opening(
        step=key,
        template=template,
        tone=tone,
        channel=channel,
        by_person=channel is Channel.CALL or (profile.is_in_difficulty and tone is not Tone.FRIENDLY),
        first=first,
        last=None,
        patient_until=first + _SIX_DAYS,
    )


def _opening(rung: Rung, first: date, last: date | None, patient_until: date) -> Opening:
    return Opening(rung.step.key, rung.template, rung.tone, rung.channel, rung.by_person, first, last, patient_until)


def _day(receivable: Receivable, offset: int) -> date:
    return receivable.due + timedelta(days=offset)
