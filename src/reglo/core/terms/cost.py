"""What an early-payment discount costs a year, to compare it with a bank's rate."""

from dataclasses import dataclass
from decimal import Decimal, localcontext

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.terms.model import DiscountTier

_DAYS_A_YEAR = Decimal(365)


class NothingGained(DomainError):
    """The discount is for paying no earlier than one has to: it has no yearly cost."""

    code = "nothing-gained"


@dataclass(frozen=True, slots=True)
class AnnualCost:
    """Cost of a discount to the seller, or yield to the buyer, in percent a year."""

    simple: Decimal  #: d / (1 − d) × 365 / days gained
    compounded: Decimal  #: (1 / (1 − d)) ^ (365 / days gained) − 1


def annual_cost(tier: DiscountTier, *, days: int) -> AnnualCost:
    """What `tier` costs a year against payment within `days` days, not rounded.

    2 % within 10 days, else 30 days: 37.24 % simple, 44.59 % compounded. Raises NothingGained where the discount can
    still be taken on the last day.
    """
    gained = days - tier.days
    if gained <= 0:
        raise NothingGained(
            Text(
                fr=f"Un escompte à {tier.days} jours n'avance pas un paiement dû à {days} jours.",
                en=f"A discount within {tier.days} days does not bring forward a payment due within {days} days.",
            ),
            field="days",
        )
    discount = tier.percent / 100
    # A fixed precision: the figure must not depend on the caller's decimal context.
    with localcontext(prec=28):
        periods = _DAYS_A_YEAR / gained
        simple = discount / (1 - discount) * periods
        compounded = (1 / (1 - discount)) ** periods - 1
    return AnnualCost(simple=simple * 100, compounded=compounded * 100)
