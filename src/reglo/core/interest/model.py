"""What late-payment interest is worked out from, and what comes out."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from reglo.core.dates import HalfYear
from reglo.core.errors import DomainError
from reglo.core.findings import Text


class InvalidClaim(DomainError):
    """A claim or a credit that is no amount of money, or a day out of reach."""

    code = "invalid-claim"


class NoLateInterest(DomainError):
    """This buyer owes no penalties under C. com. L441-10: it is a consumer."""

    code = "no-late-interest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sum that is due on a day (*créance*): an invoice, or one of its instalments."""

    amount: Decimal  #: with tax, over 0
    due_date: datetime.date  #: the last day to pay; interest runs from the day after
    currency: str = "EUR"  #: ISO 4217

    def __post_init__(self) -> None:
        _require_amount(self.amount)


class CreditKind(StrEnum):
    """Why less is owed."""

    PAYMENT = "payment"
    CREDIT_NOTE = "credit-note"  #: always lowers the principal (*avoir*)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Something that lowers the claim, from the day after `date`: the day itself still bears interest.

    A credit note for goods that were never owed counts from the beginning if it is dated on the due date.
    """

    date: datetime.date
    amount: Decimal  #: with tax, in the currency of the claim, over 0
    kind: CreditKind = CreditKind.PAYMENT

    def __post_init__(self) -> None:
        _require_amount(self.amount)


class Imputation(StrEnum):
    """What a payment settles first (*imputation*)."""

    PRINCIPAL_FIRST = "principal-first"  #: Réglo's default, for the sake of the relationship; it must be agreed
    INTEREST_FIRST = "interest-first"  #: the law where nothing is agreed: C. civ. 1343-1


class DayCount(StrEnum):
    """By how many days a yearly rate is divided."""

    ALWAYS_365 = "365"  #: the custom, leap years too
    ACTUAL = "365/366"  #: 366 for the days of a leap year


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRate:
    """A yearly rate of penalties and how it was made."""

    percent: Decimal  #: a year
    working: Text  #: «2,15 % + 10 points (BCE, semestre 2026-1)»
    source: str | None = None  #: the act or table behind it; None for a rate that the parties agreed
    half_year: HalfYear | None = None  #: whose rate it is; None for an agreed rate
    provisional: bool = False  #: made with the last known rate, since that of these days is not known yet


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestLine:
    """Days in a row on which base and rate stay the same."""

    first: datetime.date
    last: datetime.date  #: included
    base: Decimal  #: principal unpaid on these days, with tax
    rate: AppliedRate
    year_days: int  #: 365 or 366, by the day count
    exact: Fraction  #: base × percent × days / (100 × year_days), not rounded
    interest: Decimal  #: what this line adds to the rounded running total; the lines add up to the total

    @property
    def days(self) -> int:
        """How many days, first and last included."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestStatement:
    """Late-payment interest until a day, with its working. Outside VAT: it is damages, not a price."""

    claim: Claim
    until: datetime.date  #: last day counted
    lines: tuple[InterestLine, ...]
    total: Decimal  #: interest: the exact sum of the lines, rounded half-up once
    interest_paid: Decimal  #: what payments have settled of it
    principal_due: Decimal
    overpaid: Decimal  #: what payments and credit notes exceed everything owed by then
    indemnity: Decimal  #: EUR, outside VAT; once an invoice, not once an instalment
    day_count: DayCount
    imputation: Imputation

    @property
    def exact(self) -> Fraction:
        """Interest, not rounded."""
        return sum((line.exact for line in self.lines), Fraction(0))

    @property
    def interest_due(self) -> Decimal:
        """Interest that is still owed."""
        return self.total - self.interest_paid

    @property
    def is_provisional(self) -> bool:
        """Whether a rate in it is not known yet: then it must say so wherever it shows."""
        return any(line.rate.provisional for line in self.lines)

    @property
    def formal_notice_ready(self) -> bool:
        """Whether the figures may stand in a formal notice (*mise en demeure*)."""
        return self.obstacle is None

    @property
    def obstacle(self) -> Text | None:
        """What keeps the figures off a formal notice, or None."""
        if not self.lines:
            return Text(fr="Rien n'est en retard à cette date.", en="Nothing is late on this day.")
        missing = ", ".join(str(each) for each in self.missing_half_years)
        if not missing:
            return None
        return Text(
            fr=f"Calcul provisoire\N{NO-BREAK SPACE}: taux pas encore connu pour {missing}. Ajoutez-le aux taux.",
            en=f"Provisional figure: rate not known yet for {missing}. Add it to the rates.",
        )

    @property
    def method(self) -> Text:
        """How the figures were made, in a sentence to print under them."""
        divisor = "365" if self.day_count is DayCount.ALWAYS_365 else "365 ou 366"
        first = "le principal" if self.imputation is Imputation.PRINCIPAL_FIRST else "les intérêts"
        english_first = "principal" if self.imputation is Imputation.PRINCIPAL_FIRST else "interest"
        return Text(
            fr=(
                f"Base TTC impayée × taux × jours / {divisor}, du lendemain de l'échéance au jour du paiement inclus. "
                f"Un paiement règle d'abord {first}. Le total est arrondi une fois au centime\N{NO-BREAK SPACE}; "
                "chaque ligne montre ce qu'elle ajoute au total arrondi."
            ),
            en=(
                f"Unpaid base with tax × rate × days / {divisor.replace('ou', 'or')}, from the day after the due date "
                f"to the day of payment included. A payment settles {english_first} first. The total is rounded once "
                "to the cent; each line shows what it adds to the rounded total."
            ),
        )

    @property
    def missing_half_years(self) -> list[HalfYear]:
        """The half-years whose rate is not known yet, in order."""
        missing: list[HalfYear] = []
        for line in self.lines:
            half_year, last = HalfYear.of(line.first), HalfYear.of(line.last)
            while line.rate.provisional and half_year <= last:
                missing += [] if half_year in missing else [half_year]
                half_year = half_year.following
        return missing


def _require_amount(amount: Decimal) -> None:
    if not (amount.is_finite() and amount > 0):
        raise InvalidClaim(
            Text(fr=f"{amount} n'est pas un montant positif.", en=f"{amount} is not a positive amount."), field="amount"
        )
