"""Late-payment interest and the indemnity: claimed or waived, by decision."""

from typing import ClassVar

from django.db import models

from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Owned


class PenaltyNote(Owned):
    """A note of penalties (*note de pénalités*): claims interest and indemnities, outside VAT. Written once.

    It is no invoice in the sense of CGI 289, since nothing is sold: damages have numbers of their own.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="penalty_notes")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()  #: in its year, without gap
    number = models.CharField(max_length=20)
    issued_on = models.DateField()
    due_on = models.DateField()
    currency = models.CharField(max_length=3)
    interest_minor = models.BigIntegerField()
    indemnity_minor = models.BigIntegerField()
    content = models.BinaryField()  #: the PDF
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)  #: its entry was reversed

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "year", "sequence"], name="penalty_note_once"),
        ]

    def __str__(self) -> str:
        return self.number


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
    interest_minor = models.BigIntegerField()  #: beyond what was decided before
    indemnity_minor = models.BigIntegerField()
    working = models.JSONField()  #: `core.interest` line by line
    reason = models.TextField(blank=True)
    note = models.ForeignKey(PenaltyNote, null=True, on_delete=models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "until"], condition=models.Q(undone_at=None), name="penalty_decided_once"
            ),
            models.CheckConstraint(
                condition=models.Q(interest_minor__gte=0, indemnity_minor__gte=0), name="penalty_amounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.until}"
