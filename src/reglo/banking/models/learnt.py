"""What decisions taught about how customers pay."""

from typing import ClassVar

from django.db import models

from reglo.banking.models.payments import Payment
from reglo.customers.models import Customer
from reglo.organisations.models import Owned


class LearntKind(models.TextChoices):
    """What can be learnt."""

    IBAN = "iban"
    PAYER = "payer"  #: a name under which somebody pays for the customer
    HABIT = "habit"


class Learnt(Owned):
    """One fact about a customer, which can be forgotten."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="learnt")
    kind = models.CharField(max_length=5, choices=LearntKind.choices)
    value = models.CharField(max_length=200)
    since = models.DateField()
    payment = models.ForeignKey(Payment, null=True, on_delete=models.SET_NULL, related_name="learnt")  #: that taught it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "customer", "kind", "value"], name="learnt_once"),
        ]

    def __str__(self) -> str:
        return self.value
