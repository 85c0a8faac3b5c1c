"""What a decision is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reglo.core.collection.facts import Receivable
from reglo.core.collection.rests import Reason, Rest
from reglo.core.collection.vocabulary import Channel, Tone
from reglo.core.findings import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the table of a message or task."""

    receivable: str
    number: str
    due: date
    amount: Decimal  #: what is asked: open, undisputed, net of the customer's credit; over 0
    currency: str
    days_late: int  #: below zero before the due date
    step: str | None = None  #: which this message or task does for it; None where it is only listed
    tone: Tone | None = None  #: of that step


def item_of(
    receivable: Receivable, *, amount: Decimal, today: date, step: str | None = None, tone: Tone | None = None
) -> Item:
    """What a table says of `receivable` on a day. amount: what is asked of it, or shown."""
    return Item(
        receivable=receivable.key,
        number=receivable.number,
        due=receivable.due,
        amount=amount,
        currency=receivable.currency,
        days_late=(today - receivable.due).days,
        step=step,
        tone=tone,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to a customer, with all that is due."""

    channel: Channel  #: e-mail or letter
    tone: Tone  #: the hardest that one of its items has reached
    template: str  #: key of the text
    language: str
    items: tuple[Item, ...]  #: in order of due dates
    speaks_of_penalties: bool  #: not to consumers: neither L441-10 nor the 40 € are for them


class TaskKind(StrEnum):
    """What a person is asked to do."""

    CALL = "call"
    FORMAL_NOTICE = "formal-notice"  #: decide whether it is sent
    FIRM_STEP = "firm-step"  #: decide how to go on with a customer in difficulty
    TOO_OLD = "too-old"  #: decide what becomes of a very old debt
    UNREACHABLE = "unreachable"  #: find an address
    PLAN_LATE = "plan-late"  #: an instalment is missing, the days of grace are running
    DECLARE_CLAIM = "declare-claim"  #: within two months of the notice in the BODACC: C. com. R622-24


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something for a person, put before it once."""

    kind: TaskKind
    key: str  #: of a customer's tasks: a second one with the same key is the same task
    items: tuple[Item, ...]
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do about a customer on a day, when next, and why."""

    customer: str
    day: date
    message: Message | None
    tasks: tuple[Task, ...]
    rests: tuple[Rest, ...]  #: what is left alone today, and why
    next_on: date | None  #: nothing is done before, if this decision is carried out and nothing changes; None is never
    reason: Reason | None  #: the first reason why nothing is sent today; None where something is
    why: Text  #: the decision in a sentence

    @property
    def acts(self) -> bool:
        """Whether there is something to do today."""
        return self.message is not None or bool(self.tasks)
