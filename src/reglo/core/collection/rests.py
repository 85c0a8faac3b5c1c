"""Whom to leave alone, and why: what may never be chased."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from reglo.core.collection.facts import Receivable
from reglo.core.collection.policy import Policy
from reglo.core.plans import PlanState


class Reason(StrEnum):
    """Why a receivable is left alone today."""

    INSOLVENT = "insolvent"  #: payment of earlier debts is forbidden: C. com. L622-7
    PAUSED = "paused"  #: a person wants it left alone until a day
    CREDIT = "credit"  #: a credit note or an advance
    PAID = "paid"
    PENDING_MATCH = "pending-match"  #: a bank line may pay it
    DISPUTED = "disputed"
    PROMISED = "promised"  #: until a day that is not past, and its days of grace
    IN_PLAN = "in-plan"  #: and the plan is respected, or within its days of grace
    UNANSWERED = "unanswered"  #: a plan is asked for, or something is offered, and the answer is still to come
    COVERED = "covered"  #: the customer's credit pays it
    CLOCK = "clock"  #: the last message or step is of a day to come: a clock was wrong
    TOO_SOON = "too-soon"  #: after the last message
    DAY_OFF = "day-off"  #: no sending day
    OTHER_DAY = "other-day"  #: the customer's preferred day comes in time
    SMALL = "small"  #: too little to write for alone
    WITH_A_PERSON = "with-a-person"  #: a task is open
    NOT_YET = "not-yet"  #: its next step is of a later day
    NO_STEP_LEFT = "no-step-left"


@dataclass(frozen=True, slots=True)
class Rest:
    """A receivable that is left alone today."""

    receivable: str
    number: str
    reason: Reason
    until: date | None = None  #: day promised, last day of a pause, or first day of its next step; None is not known


@dataclass(frozen=True, slots=True)
class Chaseable:
    """What may be asked of a receivable once credit is taken off."""

    receivable: Receivable
    amount: Decimal  #: over 0


def promise_holds_until(receivable: Receivable, policy: Policy) -> date | None:
    """Last day on which a promise keeps reminders away: the day promised and the days of grace."""
    if receivable.promised_until is None:
        return None
    return receivable.promised_until + timedelta(days=policy.promise_grace_days)


def rest_of(receivable: Receivable, policy: Policy, today: date) -> Rest | None:
    """Why `receivable` may not be chased today, whatever the ladder says; None if it may."""
    reason = _lasting_reason(receivable)
    if reason is not None:
        return Rest(receivable.key, receivable.number, reason)
    until = promise_holds_until(receivable, policy)
    if until is not None and today <= until:
        return Rest(receivable.key, receivable.number, Reason.PROMISED, receivable.promised_until)
    if any(each.on > today for each in receivable.done):
        return Rest(receivable.key, receivable.number, Reason.CLOCK)
    return None


def has_lasting_rest(receivable: Receivable) -> bool:
    """Whether no day ends its rest, only an event."""
    return _lasting_reason(receivable) is not None


def _lasting_reason(receivable: Receivable) -> Reason | None:
    """A reason that no day ends, only an event."""
    if receivable.is_credit:
        return Reason.CREDIT
    if receivable.open_amount <= 0:
        return Reason.PAID
    if receivable.pending > 0:
        return Reason.PENDING_MATCH
    if receivable.disputed > 0 and not (receivable.is_split and receivable.undisputed > 0):
        return Reason.DISPUTED
    if receivable.plan is not None and receivable.plan.state in (PlanState.RESPECTED, PlanState.LATE):
        return Reason.IN_PLAN
    if receivable.is_discussed:
        return Reason.UNANSWERED
    return None


def net_of_credit(receivables: Iterable[Receivable], free: Iterable[Receivable]) -> Iterator[Chaseable | Rest]:
    """What is left to chase of `free` once the customer's credit is taken off, the oldest due date first.

    Nobody is asked for more than it owes in all. Credit serves the oldest debt (C. civ. 1342-10), in one currency.
    """
    left = dict(_credit(receivables))
    for each in sorted(free, key=lambda each: (each.due, each.key)):
        used = min(left.get(each.currency, Decimal(0)), each.undisputed)
        left[each.currency] = left.get(each.currency, Decimal(0)) - used
        if used == each.undisputed:
            yield Rest(each.key, each.number, Reason.COVERED)
        else:
            yield Chaseable(each, each.undisputed - used)


def _credit(receivables: Iterable[Receivable]) -> Mapping[str, Decimal]:
    credit: dict[str, Decimal] = {}
    for each in receivables:
        if each.is_credit:
            credit[each.currency] = credit.get(each.currency, Decimal(0)) + abs(each.open_amount)
    return credit
