"""What of an invoice helps to recognise its payment: read once from the sealed document."""

from typing import ClassVar

from django.db import models

from reglo.billing.models import Invoice
from reglo.organisations.models import Owned


class PaymentClue(Owned):
    """What a customer may quote or deduct. Invoices without any of it have no row."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="+")
    purchase_order = models.CharField(max_length=100, blank=True)
    #: Early-payment discounts in the order of the terms: [{"last_day": "2026-03-10", "saves_minor": 240}]
    discounts = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "invoice"], name="payment_clue_invoice")]

    def __str__(self) -> str:
        return f"clues of invoice {self.invoice_id}"
