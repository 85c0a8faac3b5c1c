"""Promises to pay."""

from typing import ClassVar

from django.db import models

from reglo.collection.models.agreed import Proposal
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Owned


class Promise(Owned):
    """What a customer said it would pay, and by when (*promesse de paiement*). Whether it is kept is worked out."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="promises")
    items = models.ManyToManyField(OpenItem, related_name="promises")  #: what it is about
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    by = models.DateField()  #: last day on which payment keeps it
    told_by = models.CharField(max_length=100)
    told_at = models.DateTimeField()
    told_from = models.GenericIPAddressField(null=True)  #: where it was typed, on the portal
    on_portal = models.BooleanField()  #: else a person noted it
    #: What the customer agreed to by it: a later date, a discount, a part, penalties given up.
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="promises")
    withdrawn_at = models.DateTimeField(null=True)  #: taken back, or replaced by a later one
    broken_at = models.DateTimeField(null=True)  #: noted once by the daily round, when it was found broken
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="promise_amount")]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-told_at"], name="promise_of_customer"),
            models.Index(
                fields=["organisation", "by"],
                condition=models.Q(withdrawn_at=None, broken_at=None, kept_at=None),
                name="promise_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by:%d/%m/%Y}"
