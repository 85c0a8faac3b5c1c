"""Late-payment interest and the indemnity: claimed or waived, by decision."""

from typing import ClassVar

from django.db import models

from reglo.billing.models import Invoice
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Owned


class PenaltyState(models.TextChoices):
    """What was decided."""

    CLAIMED = "claimed"
    WAIVED = "waived"


class PenaltyDecision(Owned):
    """What was decided of the penalties (*pénalités de retard*) and the 40 € of one item, until a day."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="penalties")
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="penalties")
    state = models.CharField(max_length=7, choices=PenaltyState.choices)
    until = models.DateField()  #: last day that is counted
    interest_minor = models.BigIntegerField()
    indemnity_minor = models.BigIntegerField()
    working = models.JSONField()  #: `core.interest` line by line
    reason = models.TextField(blank=True)
    document = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="+")  #: where claimed
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "until"], name="penalty_decided_once"),
            models.CheckConstraint(
                condition=models.Q(interest_minor__gte=0, indemnity_minor__gte=0), name="penalty_amounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.until}"
