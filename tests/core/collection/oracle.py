"""Who may be chased, told a second time and without the code of the decision: what is wrong with a reminder.

It works on a world of its own kind, which knows what truly is so, and not on the facts that the decision was given.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from reglo.core.collection import Channel, Decision, Message, Policy, Profile, Stance, Tone
from reglo.core.dates import is_business_day

GRACE = 2


@dataclass
class Debt:
    """An invoice as the world knows it."""

    key: str
    issued: date
    due: date
    owed: Decimal
    disputed: Decimal = Decimal(0)
    split: bool = False
    matching: Decimal = Decimal(0)
    promised: date | None = None
    plan: str | None = None
    plan_state: str = "respected"
    log: list[tuple[str, date, Tone]] = field(default_factory=list)


@dataclass
class World:
    """A customer as the world knows it."""

    debts: list[Debt] = field(default_factory=list)
    credit: Decimal = Decimal(0)
    insolvent: bool = False
    paused_until: date | None = None
    bounced: bool = False
    profile: Profile = field(default_factory=Profile)
    messages: list[date] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)


def wrongs(decision: Decision, world: World, policy: Policy) -> Iterator[str]:
    """Everything that is wrong with `decision`, in words."""
    keys = [task.key for task in decision.tasks]
    if len(set(keys)) < len(keys) or set(keys) & set(world.tasks):
        yield "a person is asked twice"
    steps = [item for task in decision.tasks for item in task.items if item.step]
    if decision.message is not None:
        yield from _of_message(decision.message, decision.day, world, policy)
        steps += [item for item in decision.message.items if item.step]
    debts = {debt.key: debt for debt in world.debts}
    done = [(item.receivable, item.step) for item in steps]
    if len(set(done)) < len(done):
        yield "a step twice at once"
    for key, step in done:
        if step in [logged for logged, _, _ in debts[key].log]:
            yield f"{step} again for {key}"


def _of_message(message: Message, day: date, world: World, policy: Policy) -> Iterator[str]:
    if world.insolvent:
        yield "written to in insolvency"
    if world.paused_until is not None and day <= world.paused_until:
        yield "written to in a pause"
    if world.bounced and message.channel is Channel.EMAIL:
        yield "written to an address that bounced"
    if message.channel is Channel.CALL:
        yield "a call is no message"
    if world.messages and day < max(world.messages) + timedelta(days=policy.days_between):
        yield "written to too soon, or twice a day"
    if day.weekday() > 4 or not is_business_day(day):
        yield "written to on a day off"
    if not any(item.step for item in message.items):
        yield "a message that does no step"
    owed = sum((debt.owed for debt in world.debts), Decimal(0)) - world.credit
    if sum((item.amount for item in message.items), Decimal(0)) > owed:
        yield "asks for more than is owed in all"
    if sum((item.amount for item in message.items), Decimal(0)) < policy.small_amount:
        yield "writes for a trifle"
    debts = {debt.key: debt for debt in world.debts}
    for item in message.items:
        yield from _of_debt(debts[item.receivable], item.amount, day)
        if item.step is None and day <= debts[item.receivable].due:
            yield f"{item.receivable} is listed without being late"
        if item.tone is not None:
            yield from _of_tone(debts[item.receivable], item.tone, day, world)
            if item.tone.strength > message.tone.strength:
                yield "the message is softer than one of its steps"


def _of_debt(debt: Debt, asked: Decimal, day: date) -> Iterator[str]:
    if debt.owed <= 0:
        yield f"{debt.key} is paid"
    if debt.matching > 0:
        yield f"{debt.key} may be paid by a line not yet matched"
    if debt.disputed > 0 and not debt.split:
        yield f"{debt.key} is disputed"
    if asked > debt.owed - debt.disputed:
        yield f"{debt.key}: asks for {asked} of {debt.owed}, {debt.disputed} disputed"
    if asked <= 0:
        yield f"{debt.key}: asks for nothing"
    if debt.promised is not None and day <= debt.promised + timedelta(days=GRACE):
        yield f"{debt.key} is promised"
    if debt.plan is not None and debt.plan_state != "broken":
        yield f"{debt.key} is in a plan"


def _of_tone(debt: Debt, tone: Tone, day: date, world: World) -> Iterator[str]:
    late_tones = (Tone.FRIENDLY, Tone.FIRM, Tone.LAST, Tone.FORMAL_NOTICE)
    before = [(on, logged) for _, on, logged in debt.log if logged in late_tones]
    if tone in late_tones and day <= debt.due:
        yield f"{debt.key} is told to be late before it is"
    if tone not in late_tones and day > debt.due:
        yield f"{debt.key} is reminded of a day that is past"
    if tone is Tone.FORMAL_NOTICE:
        if not before:
            yield f"{debt.key}: the formal notice is the first word"
        if world.profile.is_strategic or world.profile.stance is Stance.CONSIDERATE or world.profile.is_in_difficulty:
            yield f"{debt.key}: a formal notice that a person should decide"
    if tone in late_tones and before and day <= max(on for on, _ in before):
        yield f"{debt.key}: two steps on one day"
