"""Customers, whom to write to there, and where they are."""

from typing import ClassVar

from django.db import models

from reglo.core.terms import BuyerKind
from reglo.organisations.models import Owned


class Customer(Owned):
    """Who buys (*client*): what `core.composition.Buyer` needs, and how to deal with it."""

    kind = models.CharField(max_length=14, choices=[(each.value, each.value) for each in BuyerKind], default="business")
    name = models.CharField(max_length=200)
    trading_name = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=40, blank=True)  #: the organisation's own code; unique where given
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    registration = models.CharField(max_length=60, blank=True)  #: abroad
    line_1 = models.CharField(max_length=200, blank=True)
    line_2 = models.CharField(max_length=200, blank=True)
    post_code = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, default="FR")
    language = models.CharField(max_length=2, default="fr")
    buyer_reference = models.CharField(max_length=100, blank=True)  #: *code service* of a public body (BT-10)
    electronic_address = models.CharField(max_length=125, blank=True)  #: derived where empty
    electronic_address_scheme = models.CharField(max_length=4, blank=True)  #: EAS
    default_terms = models.JSONField(null=True)  #: tree of PaymentTerms; None is the organisation's
    notes = models.TextField(blank=True)
    search = models.CharField(max_length=1000)  #: names, numbers, e-mails, without accents, in lower case
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "reference"], condition=~models.Q(reference=""), name="customer_reference_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "name", "id"], name="customer_name"),
            models.Index(fields=["organisation", "created_at", "id"], name="customer_newest"),
            models.Index(fields=["organisation", "siren"], name="customer_siren"),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(Owned):
    """A person at a customer, and what for."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    buys = models.BooleanField(default=False)  #: gets quotes
    pays = models.BooleanField(default=False)  #: gets invoices and reminders
    is_legal = models.BooleanField(default=False)  #: signs terms; gets formal notices
    bounced_at = models.DateTimeField(null=True)  #: the address refused a message since
    bounce_reason = models.CharField(max_length=300, blank=True)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class AddressUse(models.TextChoices):
    """What another address is for."""

    DELIVERY = "delivery"
    BILLING = "billing"


class CustomerAddress(Owned):
    """Another place of a customer; the registered office is on the customer itself."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="addresses")
    use = models.CharField(max_length=8, choices=AddressUse.choices)
    name = models.CharField(max_length=200, blank=True)
    line_1 = models.CharField(max_length=200, blank=True)
    line_2 = models.CharField(max_length=200, blank=True)
    post_code = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, default="FR")

    def __str__(self) -> str:
        return f"{self.name} {self.city}"
