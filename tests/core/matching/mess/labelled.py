"""A line with its truth, and a statement of them."""

from dataclasses import dataclass, field
from decimal import Decimal

from reglo.core.bank import BankLine
from reglo.core.matching import Allocation, CustomerFacts, Decision, Match, OpenItem, SettledItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A line and what it truly pays."""

    line: BankLine
    kind: str  #: of mess
    allocations: frozenset[Allocation] = frozenset()
    remaining: Decimal = Decimal(0)
    settled: tuple[int, ...] = ()
    is_told: bool = True  #: whether the line tells which items it pays: nothing else that is open fits its every word

    @property
    def pays(self) -> bool:
        """Whether it pays open items at all."""
        return bool(self.allocations)

    def is_told_by(self, match: Match) -> bool:
        """Whether a match is the truth to the cent: the same items, parts, amounts and rest."""
        same = frozenset(match.allocations) == self.allocations and match.remaining == self.remaining
        return same and (not self.settled or match.settled == self.settled)

    def place_in(self, decision: Decision) -> int | None:
        """At which place among the candidates the truth is, from 0."""
        return next((at for at, each in enumerate(decision.matches) if self.is_told_by(each)), None)


@dataclass(slots=True)
class Mess:
    """An organisation: what is open, who its customers are, what they paid before, and a statement."""

    items: list[OpenItem] = field(default_factory=list)
    customers: list[CustomerFacts] = field(default_factory=list)
    settled: list[SettledItem] = field(default_factory=list)
    lines: list[Labelled] = field(default_factory=list)
