"""What is known of a customer on a day: what a decision is made from."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from reglo.core.collection.profile import Profile
from reglo.core.collection.vocabulary import Channel, Tone
from reglo.core.plans import PlanState
from reglo.core.terms import BuyerKind


class ReceivableKind(StrEnum):
    """What an open item is."""

    INVOICE = "invoice"  #: any document that asks for money, an instalment of one, or penalties invoiced
    CREDIT_NOTE = "credit-note"  #: avoir
    ADVANCE = "advance"  #: money received and not used: advance, overpayment, payment for nothing known


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done for a receivable, whether by message or by task. Never forgotten, never done again."""

    step: str
    on: datetime.date
    tone: Tone


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """The instalment plan that a receivable is in."""

    key: str
    state: PlanState
    missing_on: datetime.date | None = None  #: day of the instalment that is missing, where one is


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivable:
    """An open item of a customer (*créance*), or its credit."""

    key: str
    number: str  #: as the customer knows it
    issued: datetime.date
    due: datetime.date
    open_amount: Decimal  #: with tax, from the ledger; of credit notes and advances what is left of them, above zero
    kind: ReceivableKind = ReceivableKind.INVOICE
    currency: str = "EUR"
    disputed: Decimal = Decimal(0)  #: the whole or a part
    is_split: bool = False  #: the customer agreed to pay the undisputed part now
    pending: Decimal = Decimal(0)  #: bank lines proposed for it, not yet accepted or refused
    promised_until: datetime.date | None = None  #: of a promise that is not kept (yet)
    plan: PlanStanding | None = None
    is_discussed: bool = False  #: the customer asked for a plan, or was offered something, and no answer is given yet
    done: tuple[Done, ...] = ()

    @property
    def is_credit(self) -> bool:
        """Whether it is owed to the customer."""
        return self.kind is not ReceivableKind.INVOICE

    @property
    def undisputed(self) -> Decimal:
        """What the customer does not dispute of what is open."""
        return max(self.open_amount - self.disputed, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """One customer on one day."""

    key: str
    receivables: tuple[Receivable, ...]
    profile: Profile = field(default_factory=Profile)
    buyer_kind: BuyerKind = BuyerKind.BUSINESS
    last_message_on: datetime.date | None = None  #: last day on which a message left or a call was made
    is_insolvent: bool = False  #: sauvegarde, redressement, liquidation
    paused_until: datetime.date | None = None  #: last day on which a person wants it left alone
    unreachable: frozenset[Channel] = frozenset()  #: no address, or the last message there came back
    asked: frozenset[str] = frozenset()  #: keys of the tasks that a person has, or has dismissed
