"""Products and services, and their prices and costs over time."""

from typing import ClassVar

from django.db import models

from reglo.core.mentions import Nature
from reglo.organisations.models import Owned


class Product(Owned):
    """What is sold (*article*, *prestation*)."""

    reference = models.CharField(max_length=60)  #: the seller's (BT-155); unique
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    unit = models.CharField(max_length=3, default="C62")  #: UN/ECE recommendation 20
    vat = models.CharField(max_length=40, default="20")  #: rate in percent, or a VatSituation
    nature = models.CharField(max_length=1, choices=[(each.value, each.value) for each in Nature], default="S")
    search = models.CharField(max_length=600)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="product_reference_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "name", "id"], name="product_name"),
            models.Index(fields=["organisation", "created_at", "id"], name="product_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


class ProductPrice(Owned):
    """A price without tax, from a day on; the newest that has begun holds. Never edited: a new price is a new row."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="prices")
    price_micro = models.BigIntegerField()  #: millionths of EUR, since prices of one unit may be finer than a cent
    valid_from = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["product", "valid_from"], name="price_once_a_day")]

    def __str__(self) -> str:
        return f"{self.price_micro} from {self.valid_from}"


class ProductCost(Owned):
    """What one unit costs the seller (*prix de revient*), without tax, from a day on. Never edited, as prices are not.

    Customers never see it; margins are worked out with the one of the day on which a document was issued.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="costs")
    cost_micro = models.BigIntegerField()  #: millionths of EUR
    valid_from = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["product", "valid_from"], name="cost_once_a_day")]

    def __str__(self) -> str:
        return f"{self.cost_micro} from {self.valid_from}"
