"""The account of a claim while days pass: what is owed, what interest has run, what payments have settled."""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reglo.core.interest.model import Credit, CreditKind, Imputation

_ZERO = Decimal(0)


@dataclass(slots=True)
class Account:
    """Principal and interest of one claim on a day. Interest is exact; money moves in whole cents."""

    principal: Decimal
    places: int  #: decimals of the currency
    imputation: Imputation
    accrued: Fraction = Fraction(0)
    interest_paid: Decimal = _ZERO
    overpaid: Decimal = _ZERO

    @property
    def interest(self) -> Decimal:
        """Interest that has run, rounded half-up to the minor unit."""
        return rounded(self.accrued, self.places)

    def accrue(self, interest: Fraction) -> Decimal:
        """Let interest run; the answer is what this adds to the rounded interest."""
        before = self.interest
        self.accrued += interest
        return self.interest - before

    def settle(self, credit: Credit) -> None:
        """Take a payment or credit note off what is owed, in the order of the imputation."""
        left = credit.amount
        if credit.kind is CreditKind.PAYMENT and self.imputation is Imputation.INTEREST_FIRST:
            left = self._settle_interest(left)
        settled = min(left, self.principal)
        self.principal -= settled
        self.overpaid += self._settle_interest(left - settled)

    def _settle_interest(self, amount: Decimal) -> Decimal:
        """Pay interest with `amount`; the answer is what is left of it."""
        settled = min(amount, self.interest - self.interest_paid)
        self.interest_paid += settled
        return amount - settled


def rounded(value: Fraction, places: int) -> Decimal:
    """A value of at least 0, rounded half-up to `places` decimals."""
    return Decimal(math.floor(value * 10**places + Fraction(1, 2))).scaleb(-places)
