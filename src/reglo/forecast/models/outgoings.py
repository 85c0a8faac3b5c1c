"""Money that will surely go out."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reglo.organisations.models import Owned


class OutgoingKind(models.TextChoices):
    """What it is paid for."""

    PAYROLL = "payroll", _("Payroll and contributions")
    RENT = "rent", _("Rent")
    VAT = "vat", _("VAT and taxes")
    SUPPLIERS = "suppliers", _("Suppliers")
    LOAN = "loan", _("Loan")
    OTHER = "other", _("Other")


class Frequency(models.TextChoices):
    """How often it goes out."""

    ONCE = "once", _("once")
    MONTH = "month", _("each month")
    QUARTER = "quarter", _("each quarter")
    YEAR = "year", _("each year")


class KnownOutgoing(Owned):
    """Money that goes out on known days, in euro: nth time on first day + n months, quarters or years."""

    kind = models.CharField(max_length=9, choices=OutgoingKind.choices)
    label = models.CharField(max_length=100, blank=True)
    amount_minor = models.BigIntegerField()
    frequency = models.CharField(max_length=7, choices=Frequency.choices)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="outgoing_amount"),
        ]

    def __str__(self) -> str:
        return self.label or str(OutgoingKind(self.kind).label)
