"""Disputes: what a customer says is wrong with an invoice."""

from typing import ClassVar

from django.db import models

from reglo.billing.models import Draft, Invoice
from reglo.customers.models import Customer
from reglo.organisations.models import Owned


class DisputeScope(models.TextChoices):
    """How much of an invoice is disputed."""

    WHOLE = "whole"
    LINE = "line"
    AMOUNT = "amount"


class DisputeState(models.TextChoices):
    """Where a dispute stands."""

    OPEN = "open"
    SETTLED = "settled"  #: agreed, with a credit note where something is given up
    REJECTED = "rejected"  #: answered with reasons; the amount is due again
    WITHDRAWN = "withdrawn"  #: by the customer


class Dispute(Owned):
    """A customer's objection to an invoice (*litige*); nothing disputed is chased while it is open."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="disputes")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="disputes")
    scope = models.CharField(max_length=6, choices=DisputeScope.choices)
    line = models.CharField(max_length=50, blank=True)  #: number of the line in the document (BT-126)
    amount_minor = models.BigIntegerField()  #: what is disputed, with tax
    reason = models.TextField()
    state = models.CharField(max_length=9, choices=DisputeState.choices, default=DisputeState.OPEN)
    is_split = models.BooleanField(default=False)  #: the customer agreed to pay the rest now
    opened_by = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    opened_from = models.GenericIPAddressField(null=True)  #: where it was typed, on the portal
    on_portal = models.BooleanField()
    answer = models.TextField(blank=True)  #: how it ended, in words for the customer
    #: Of the credit note: known before it is issued, so that a settlement that was cut short goes on with the same.
    credit_draft = models.ForeignKey(Draft, null=True, on_delete=models.SET_NULL, related_name="+")
    credit_note = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="dispute_amount"),
            models.UniqueConstraint(fields=["invoice"], condition=models.Q(state="open"), name="dispute_one_open"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "state", "opened_at"], name="dispute_state")]

    def __str__(self) -> str:
        return f"{self.invoice}"


class DisputeFile(Owned):
    """What a customer sent to show what is wrong: a picture or a PDF, its kind and size checked."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["dispute", "sha256"], name="dispute_file_once")]

    def __str__(self) -> str:
        return self.name
