"""What an entry is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reglo.core.accounting.accounts import AccountRole
from reglo.core.errors import DomainError
from reglo.core.findings import Text


class Unbalanced(DomainError):
    """Debits and credits differ: a fault of the program, never of the user."""

    code = "unbalanced"


@dataclass(frozen=True, slots=True)
class VatPart:
    """Base and tax of one category and rate, in minor units; negative where they are given back."""

    category: str  #: UNTDID 5305, "S" for a rate
    rate: Decimal  #: in percent
    base: int
    tax: int

    @property
    def key(self) -> tuple[str, Decimal]:
        """What it is about."""
        return self.category, self.rate

    def times(self, sign: int) -> "VatPart":
        """The same with another sign."""
        return VatPart(self.category, self.rate, self.base * sign, self.tax * sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """A line of an entry: `amount` minor units, a debit where positive, a credit where negative, never 0.

    vat: on lines of sales and of VAT, what they are about, with the signs of a sale (a credit note has negative ones).
    part: which due date of the document, on lines of customers.
    """

    role: AccountRole
    amount: int
    vat: VatPart | None = None
    part: int = 0


def debit(role: AccountRole, amount: int, vat: VatPart | None = None, part: int = 0) -> EntryLine:
    """A line that adds to the debit; less than nothing is a credit."""
    return EntryLine(role=role, amount=amount, vat=vat, part=part)


def credit(role: AccountRole, amount: int, vat: VatPart | None = None, part: int = 0) -> EntryLine:
    """A line that adds to the credit; less than nothing is a debit."""
    return EntryLine(role=role, amount=-amount, vat=vat, part=part)


def require_balanced(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """The lines that move something. Raises Unbalanced where they do not come to nothing together."""
    moving = tuple(line for line in lines if line.amount)
    difference = sum(line.amount for line in moving)
    if difference:
        raise Unbalanced(
            Text(
                fr=f"Débit et crédit diffèrent de {difference}.",
                en=f"Debit and credit differ by {difference}.",
            )
        )
    return moving


def vat_sum(parts: Iterable[VatPart]) -> tuple[VatPart, ...]:
    """Parts added up by category and rate, in the order in which they first come."""
    sums: dict[tuple[str, Decimal], VatPart] = {}
    for part in parts:
        before = sums.get(part.key, VatPart(part.category, part.rate, 0, 0))
        sums[part.key] = VatPart(part.category, part.rate, before.base + part.base, before.tax + part.tax)
    return tuple(sums.values())


def tax_of_parts(parts: Sequence[VatPart]) -> int:
    """The tax of all parts."""
    return sum(part.tax for part in parts)
