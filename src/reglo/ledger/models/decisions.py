"""What people decided about a receivable: lost, doubtful, worth less than it says."""

from typing import ClassVar

from django.db import models

from reglo.ledger.models.books import Entry, OpenItem
from reglo.organisations.models import Owned


class Decision(Owned):
    """Why an entry was booked that no document and no money caused. Written with its entry; a reversal ends both.

    What it is about, the kind of its entry says: a write-off, a doubtful debt, an allowance that grows or shrinks.
    """

    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="decisions")
    #: None only within the transaction that writes both.
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="decision")
    amount_minor = models.BigIntegerField()  #: with tax; of an allowance without, less than zero where it shrinks
    note = models.CharField(max_length=200, blank=True)  #: why, for whoever looks later
    key = models.CharField(max_length=120)  #: a repeated call finds its decision
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="decision_key_once"),
            models.CheckConstraint(condition=~models.Q(amount_minor=0), name="decision_moves_something"),
        ]

    def __str__(self) -> str:
        return self.item.reference
