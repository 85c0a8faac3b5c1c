"""How far customers may go by themselves."""

from decimal import Decimal

from reglo.collection.models import Leeway
from reglo.core.money import from_minor
from reglo.core.plans import PlanLimits
from reglo.organisations.models import Organisation


def leeway_of(organisation: Organisation) -> Leeway:
    """What an organisation grants; where it has decided nothing, a row of defaults that is not saved."""
    return Leeway.objects.of(organisation).first() or Leeway(organisation=organisation)


def limits_of(leeway: Leeway, currency: str) -> PlanLimits:
    """The limits of a plan that is granted without being asked."""
    return PlanLimits(
        most_months=leeway.most_months,
        least_instalment=from_minor(leeway.least_instalment_minor, currency),
        first_share=Decimal(leeway.first_percent) / 100,
        first_within_days=leeway.first_within_days,
    )
