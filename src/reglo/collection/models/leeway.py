"""How far customers may go by themselves."""

from decimal import Decimal
from typing import ClassVar

from django.db import models

from reglo.organisations.models import Owned


class Leeway(Owned):
    """What an organisation grants its customers on the portal without being asked (*marge de manœuvre*).

    Without a row, these defaults hold. Amounts are in minor units of the currency of the debt.
    """

    promise_days = models.PositiveSmallIntegerField(default=45)  #: a promise is for a day within so many
    grants_plans = models.BooleanField(default=True)  #: a plan within the limits below is accepted at once
    most_months = models.PositiveSmallIntegerField(default=6)
    least_instalment_minor = models.PositiveBigIntegerField(default=100_00)
    first_percent = models.PositiveSmallIntegerField(default=20)  #: least part of the debt that is paid first
    first_within_days = models.PositiveSmallIntegerField(default=15)
    #: Own cost of money a year, in percent: what waiting costs.
    money_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(5))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], name="leeway_once"),
            models.CheckConstraint(condition=models.Q(first_percent__lte=100), name="leeway_first_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.promise_days} d, {self.most_months} m"
