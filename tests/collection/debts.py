"""A customer that owes something, and its money when it comes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from reglo.billing.models import Invoice
from reglo.collection.queries.exposure import owed_items
from reglo.core.accounting import AccountRole
from reglo.customers.models import Customer
from reglo.journal.services import Actor
from reglo.ledger.models import OpenItem
from reglo.ledger.services import Source, allocate, post_payment
from tests.delivery.messages import an_invoice
from tests.site import INES, NOW, a_customer, an_organisation

CLAIRE = Actor(name="Claire Petit (Librairie du Port)", address="192.0.2.7")
"""Somebody at the customer, on the portal."""


def a_debtor(*prices: str) -> Customer:
    """A customer with an invoice of two days of work at each price, 20 % of VAT, due in thirty days."""
    organisation = an_organisation()
    customer = a_customer(organisation)
    for price in prices or ("450.00",):
        a_debt(customer, price)
    return customer


def a_debt(customer: Customer, price: str = "450.00", **content: Any) -> Invoice:
    """An issued invoice: twice `price` and 20 %."""
    line = {"name": "Conseil", "quantity": "2", "unit": "DAY", "price": price, "vat": "20", "nature": "S"}
    return an_invoice(customer.organisation, customer, content={"lines": [line]} | content)


def items_of(customer: Customer) -> list[OpenItem]:
    """What it owes, the first due first."""
    return list(owed_items(customer.organisation, [customer.pk]))


def ids_of(customer: Customer) -> list[int]:
    """The ids of what it owes."""
    return [each.pk for each in items_of(customer)]


def pay(item: OpenItem, minor: int, *, on: date | None = None, now: datetime | None = None) -> None:
    """Money comes in and settles so much of an item."""
    at = now or NOW + timedelta(hours=1)
    key = OpenItem.objects.count() + 1000
    with transaction.atomic():
        entry = post_payment(
            organisation=item.organisation,
            customer=item.customer,
            received_on=on or at.date(),
            amount_minor=minor,
            currency=item.currency,
            money=AccountRole.BANK,
            source=Source("payment", key),
            label="Virement",
            by=INES,
            now=at,
        )
        allocate(
            organisation=item.organisation,
            debit_item_id=item.pk,
            credit_item_id=entry.items.get().pk,
            amount_minor=minor,
            on=on or at.date(),
            key=f"test:{key}",
            by=INES,
            now=at,
        )


def euros(minor: int) -> Decimal:
    """Minor units as euros."""
    return Decimal(minor).scaleb(-2)
