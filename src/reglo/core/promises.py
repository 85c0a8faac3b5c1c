"""Promises to pay: when one is kept, pending or broken."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from reglo.core.errors import DomainError
from reglo.core.findings import Text


class InvalidPromise(DomainError):
    """A promise of no amount of money."""

    code = "invalid-promise"


class PromiseState(StrEnum):
    """What has become of a promise."""

    PENDING = "pending"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a customer said it would pay, and by when (*promesse de paiement*)."""

    amount: Decimal  #: with tax, in the currency of the receivable, over 0
    by: date  #: last day on which payment keeps the promise

    def __post_init__(self) -> None:
        if not (self.amount.is_finite() and self.amount > 0):
            raise InvalidPromise(
                Text(fr=f"{self.amount} n'est pas un montant positif.", en=f"{self.amount} is not a positive amount."),
                field="amount",
            )


def judge_promise(promise: Promise, *, paid: Decimal, today: date, grace_days: int = 2) -> PromiseState:
    """Say whether `promise` is kept, given what was `paid` since it was made.

    grace_days: calendar days for the bank to book a transfer made on the last day.
    """
    if paid >= promise.amount:
        return PromiseState.KEPT
    last_day = promise.by + timedelta(days=grace_days)
    return PromiseState.PENDING if today <= last_day else PromiseState.BROKEN
