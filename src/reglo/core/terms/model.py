"""Payment terms as data (*conditions de paiement*): what two firms agree about when and how to pay.

Terms are values. What they mean for an invoice is worked out in `schedule`, how one writes them in `wording`, how one
reads them in `parsing`, whether the law allows them in `law`.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from reglo.core.dates import Region
from reglo.core.errors import DomainError
from reglo.core.findings import Text

_LONGEST_DELAY = 3650  # days; ten years


class InvalidTerms(DomainError):
    """Terms that mean nothing: shares over 100 %, a 32nd of the month, a negative delay."""

    code = "invalid-terms"


class Start(StrEnum):
    """The day from which a delay is counted."""

    INVOICE = "invoice"  #: date of the invoice (*date de facture*)
    RECEIPT = "receipt"  #: receipt of the invoice (*réception de la facture*), as public buyers count
    DELIVERY = "delivery"  #: receipt of the goods (*livraison*)
    SERVICE = "service"  #: end of the service (*fin de la prestation*)


class EndOfMonth(StrEnum):
    """Whether a delay runs to the end of a month, and in which order one counts. Both ways are lawful."""

    NO = "no"
    AFTER_DAYS = "after-days"  #: add the days, then go to the end of that month (the usual «45 jours fin de mois»)
    BEFORE_DAYS = "before-days"  #: go to the end of the month, then add the days («fin de mois 45 jours»)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """How long the buyer may wait (*délai*)."""

    days: int = 0  #: calendar days; 0 and no end of month is at once
    start: Start = Start.INVOICE
    end_of_month: EndOfMonth = EndOfMonth.NO
    day_of_month: int | None = None  #: then the first such day («le 10»); 31 is the last day of any month

    def __post_init__(self) -> None:
        if not 0 <= self.days <= _LONGEST_DELAY:
            raise InvalidTerms(
                Text(
                    fr=f"Un délai va de 0 à {_LONGEST_DELAY} jours, pas {self.days}.",
                    en=f"A delay is 0 to {_LONGEST_DELAY} days, not {self.days}.",
                ),
                field="days",
            )
        if self.day_of_month is not None and not 1 <= self.day_of_month <= 31:
            raise InvalidTerms(
                Text(
                    fr=f"Un jour du mois va de 1 à 31, pas {self.day_of_month}.",
                    en=f"A day of the month is 1 to 31, not {self.day_of_month}.",
                ),
                field="day_of_month",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of the total with tax: exactly one of a percentage, an amount, or one of equal parts."""

    percent: Decimal | None = None  #: over 0, under 100
    amount: Decimal | None = None  #: in the currency of the invoice, over 0
    one_in: int | None = None  #: 3 is a third; thirds have no exact percentage

    def __post_init__(self) -> None:
        if sum(each is not None for each in (self.percent, self.amount, self.one_in)) != 1:
            raise InvalidTerms(
                Text(
                    fr="Une part se dit en pourcentage, ou en montant, ou en fraction.",
                    en="A share is a percentage, or an amount, or a fraction.",
                )
            )
        if not self._is_sensible():
            raise InvalidTerms(
                Text(
                    fr="Une part est plus que rien et moins que le tout.",
                    en="A share is more than nothing and less than the whole.",
                )
            )

    def _is_sensible(self) -> bool:
        if self.percent is not None:
            return _is_percentage(self.percent)
        if self.amount is not None:
            return self.amount.is_finite() and self.amount > 0
        return self.one_in is not None and self.one_in >= 2

    @property
    def fraction(self) -> Fraction:
        """The share of a whole of 1; 0 if it is an amount."""
        if self.percent is not None:
            return Fraction(self.percent) / 100
        return Fraction(0) if self.one_in is None else Fraction(1, self.one_in)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One instalment before the last (*échéance*): what, and when."""

    share: Share
    delay: Delay


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountTier:
    """A discount for paying early (*escompte*)."""

    percent: Decimal  #: of the total with tax, over 0, under 100
    days: int  #: last day that earns it, counted from the day from which the balance counts; 0 is that day

    def __post_init__(self) -> None:
        if not _is_percentage(self.percent) or not 0 <= self.days <= _LONGEST_DELAY:
            raise InvalidTerms(
                Text(
                    fr=f"Un escompte est un pourcentage entre 0 et 100 et un délai de 0 à {_LONGEST_DELAY} jours.",
                    en=f"A discount is a percentage between 0 and 100 and a delay of 0 to {_LONGEST_DELAY} days.",
                ),
                field="discounts",
            )


class PenaltyBasis(StrEnum):
    """What the yearly rate of the late penalties is made from."""

    FIXED = "fixed"  #: a percentage a year
    LEGAL = "legal"  #: so many times the legal rate of the half-year
    ECB = "ecb"  #: the main refinancing rate of the European Central Bank, and so many points


@dataclass(frozen=True, slots=True)
class Penalty:
    """The yearly rate of late penalties (*pénalités de retard*)."""

    basis: PenaltyBasis
    value: Decimal  #: percent a year, multiple or points, according to the basis

    def __post_init__(self) -> None:
        if not (self.value.is_finite() and self.value >= 0):
            raise InvalidTerms(
                Text(
                    fr="Un taux de pénalités est un nombre positif.",
                    en="A penalty rate is a positive number.",
                ),
                field="penalty",
            )


ECB_PLUS_10 = Penalty(PenaltyBasis.ECB, Decimal(10))
"""The rate by law where nothing else is agreed: C. com. L441-10 II."""

ECB_PLUS_8 = Penalty(PenaltyBasis.ECB, Decimal(8))
"""The rate that public buyers owe: CCP R2192-31."""

RECOVERY_INDEMNITY = Decimal(40)
"""EUR an invoice paid late, by right: C. com. D441-5, CCP D2192-35."""


class BuyerKind(StrEnum):
    """Who buys, as far as the law of payment asks."""

    BUSINESS = "business"  #: C. com. L441-10
    PUBLIC = "public"  #: state, local authority: CCP R2192-10
    PUBLIC_HEALTH = "public-health"  #: public hospital: CCP R2192-11
    PUBLIC_COMPANY = "public-company"  #: *entreprise publique*: CCP R2192-11
    CONSUMER = "consumer"

    @property
    def is_public(self) -> bool:
        """Whether the public procurement code (CCP) sets delay and rate."""
        return self in (BuyerKind.PUBLIC, BuyerKind.PUBLIC_HEALTH, BuyerKind.PUBLIC_COMPANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerms:
    """What was agreed: deposit, instalments, balance, discounts, penalties, indemnity.

    `PaymentTerms(delay=Delay(days=30))` is 30 days net, which is also what no argument gives. The balance takes what
    deposit and instalments leave, to the cent.
    """

    delay: Delay = Delay(days=30)  #: of the whole, or of the balance (*solde*)
    deposit: Share | None = None  #: at the order (*acompte à la commande*)
    instalments: tuple[Part, ...] = ()  #: between deposit and balance
    discounts: tuple[DiscountTier, ...] = ()
    penalty: Penalty | None = ECB_PLUS_10  #: None: none agreed and none written
    indemnity: Decimal | None = RECOVERY_INDEMNITY  #: EUR; None: none written
    next_business_day: Region | None = None  #: agreed: a due date on a day off moves on; whose holidays

    def __post_init__(self) -> None:
        if self.indemnity is not None and not (self.indemnity.is_finite() and self.indemnity >= 0):
            raise InvalidTerms(
                Text(fr="Une indemnité est un montant positif.", en="An indemnity is a positive amount."),
                field="indemnity",
            )
        if self.shared >= 1:
            raise InvalidTerms(
                Text(
                    fr="L'acompte et les échéances ne laissent rien pour le solde.",
                    en="Deposit and instalments leave nothing for the balance.",
                ),
                field="instalments",
            )

    @property
    def shared(self) -> Fraction:
        """What deposit and instalments take of a whole of 1, apart from what they take as amounts."""
        deposit = () if self.deposit is None else (self.deposit,)
        return sum((share.fraction for share in (*deposit, *(part.share for part in self.instalments))), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A day and what is to be paid by then (*échéance*)."""

    date: datetime.date
    amount: Decimal | None = None  #: with tax; None where the total is not known
    share: Share | None = None  #: what the terms say of it; None for the balance


def _is_percentage(value: Decimal) -> bool:
    return value.is_finite() and 0 < value < 100
