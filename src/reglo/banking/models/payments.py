"""Payments and refunds: what was decided about money. What is owed, the ledger knows."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.banking.models.statements import StatementLine
from reglo.customers.models import Customer
from reglo.ledger.models import Allocation, Entry
from reglo.organisations.models import BankAccount, Owned


class Means(models.TextChoices):
    """How a customer pays."""

    TRANSFER = "transfer", _("Bank transfer")
    CHEQUE = "cheque", _("Cheque")
    CARD = "card", _("Card")
    CASH = "cash", pgettext_lazy("means of payment", "Cash")
    DIRECT_DEBIT = "direct-debit", _("Direct debit")


class Payment(Owned):
    """Money of one customer that came in, or was given back (below zero)."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="payments")
    amount_minor = models.BigIntegerField()  #: below zero is a refund
    currency = models.CharField(max_length=3)
    on = models.DateField()
    means = models.CharField(max_length=12, choices=Means.choices)
    reference = models.CharField(max_length=100, blank=True)  #: number of the cheque, words of the transfer
    bank_account = models.ForeignKey(BankAccount, null=True, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(StatementLine, null=True, on_delete=models.PROTECT, related_name="payments")
    is_from_line = models.BooleanField(default=False)  #: the line made it; else it was there before, by hand
    returned_by = models.ForeignKey(StatementLine, null=True, on_delete=models.PROTECT, related_name="returned")
    parts = models.JSONField(default=list)  #: what it settles, see `banking.stored`
    reasons = models.JSONField(default=list)  #: why it was matched, see `banking.stored`
    key = models.CharField(max_length=120)  #: a repeated call finds its payment
    made_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="payment_key_once"),
            models.CheckConstraint(condition=~models.Q(amount_minor=0), name="payment_moves_money"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-on", "-id"], name="payment_newest"),
            models.Index(fields=["organisation", "customer", "-on", "-id"], name="payment_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.customer.name}"

    @property
    def holds(self) -> bool:
        """Whether its money is still there: neither undone nor come back."""
        return self.undone_at is None and self.returned_by_id is None


class PostingFor(models.TextChoices):
    """What a posting is part of."""

    PAYMENT = "payment"  #: the money itself
    PART = "part"  #: what it settles
    RETURN = "return"  #: the money went back
    LINE = "line"  #: the line alone: a fee, cheques that came to the bank


class Posting(Owned):
    """An entry or allocation of the ledger that a decision made, so that undoing knows what to take back."""

    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="postings")
    line = models.ForeignKey(StatementLine, null=True, on_delete=models.PROTECT, related_name="postings")
    purpose = models.CharField(max_length=7, choices=PostingFor.choices)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    allocation = models.ForeignKey(Allocation, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120, blank=True)  #: of the form that asked for it, where there was one
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.entry_id or self.allocation_id}"
