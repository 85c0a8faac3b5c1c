"""What matching is told and what it answers: open items, customers, options; candidates with parts and certainty."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

from reglo.core.bank import BankLine
from reglo.core.matching.reasons import Reason


class Habit(StrEnum):
    """How a customer is used to pay, as its earlier payments showed."""

    SEVERAL_AT_ONCE = "several-at-once"  #: one transfer for several invoices
    ROUND_SUMS = "round-sums"  #: round sums on account, whatever the invoices come to
    TAKES_DISCOUNT = "takes-discount"


class Part(StrEnum):
    """What becomes of a part of an open item."""

    PAID = "paid"  #: money of the bank line
    DISCOUNT = "discount"  #: early-payment discount taken
    FEE = "fee"  #: kept by a bank on the way
    ROUNDING = "rounding"  #: below zero where the customer paid some cents too much


class Certainty(IntEnum):
    """How sure a match is. Greater is surer."""

    POSSIBLE = 1  #: worth a look
    LIKELY = 2  #: to be proposed with its reasons
    CERTAIN = 3  #: may be posted without asking


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """What settles an item in full until a day (*escompte*)."""

    last_day: date
    amount: Decimal  #: to be paid instead of the open amount


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """What is left to be paid of an invoice, or to be given back of a credit note (*poste ouvert*).

    Several may carry one number: the instalments of an invoice.
    """

    key: int
    customer: int
    number: str
    amount: Decimal  #: what is open, ≠ 0: above zero is owed to us, below zero a credit note
    currency: str
    issued: date
    due: date
    references: tuple[str, ...] = ()  #: RF (ISO 11649) and others that the customer may quote: order, contract
    discounts: tuple[Discount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledItem:
    """An item that a payment settled: to recognise one that comes twice, or comes back."""

    key: int
    customer: int
    number: str
    amount: Decimal  #: what the payment was
    currency: str
    paid: date
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIban:
    """An account from which a customer paid before."""

    iban: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """What is known of a customer that helps to recognise its payments."""

    key: int
    names: tuple[str, ...]  #: legal and trading names
    ibans: tuple[KnownIban, ...] = ()
    payer_names: tuple[str, ...] = ()  #: names under which it paid before: a holding, an owner
    habits: frozenset[Habit] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Bounds of what counts as an explanation of an amount. Amounts in the currency of the line."""

    rounding: Decimal = Decimal("0.05")  #: most cents that may be missing or too much
    fee: Decimal = Decimal(25)  #: most that banks keep of a transfer from outside SEPA
    late_days: int = 3  #: days after the last one of a discount on which it may still be proposed, never posted
    subset_items: int = 16  #: up to so many items of a customer, every combination is tried; beyond, pairs
    shown: int = 5  #: most candidates in an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A part of an item that a bank line settles."""

    item: int  #: key
    amount: Decimal  #: below zero on a credit note
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One reading of a bank line.

    Money is accounted for: allocations PAID + `remaining` = amount of the line; all allocations of an item together
    have the sign of what was open on it and do not exceed it.
    """

    allocations: tuple[Allocation, ...]
    certainty: Certainty
    score: int  #: 0 to 100, to order candidates of one certainty
    reasons: tuple[Reason, ...]
    customers: tuple[int, ...]  #: whose items these are, or whose money it is
    remaining: Decimal = Decimal(0)  #: overpayment to keep as an advance or to refund
    shortfall: Decimal = Decimal(0)  #: what stays open on the items
    settled: tuple[int, ...] = ()  #: keys of settled items that seem paid twice, or whose payment came back

    @property
    def items(self) -> tuple[int, ...]:
        """Keys of the open items, each once, in order."""
        return tuple(dict.fromkeys(each.item for each in self.allocations))

    def total(self, part: Part) -> Decimal:
        """Sum of the allocations of one part."""
        return sum((each.amount for each in self.allocations if each.part is part), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What matching says of a bank line: candidates, best first, and why there is none where there is none."""

    line: BankLine
    matches: tuple[Match, ...] = ()
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def pending(self) -> frozenset[int]:
        """Keys of the items that the line may pay, as long as nobody has decided."""
        likely = (match for match in self.matches if match.certainty is Certainty.LIKELY)
        return frozenset(key for match in likely for key in match.items)

    @property
    def certain(self) -> Match | None:
        """The match that may be posted, if there is one."""
        best = self.matches[0] if self.matches else None
        return best if best and best.certainty is Certainty.CERTAIN else None
