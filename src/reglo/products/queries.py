"""Reading products, their prices and their costs."""

from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from reglo.lists.words import every_word
from reglo.organisations.models import Organisation
from reglo.products.facts import price_of
from reglo.products.models import Product, ProductCost, ProductPrice


def price_on(product: Product, day: date) -> Decimal | None:
    """The price of a product without tax on `day`: the newest that has begun; None before the first."""
    row = product.prices.filter(valid_from__lte=day).order_by("-valid_from").first()
    return None if row is None else price_of(row.price_micro)


def with_price(rows: QuerySet, day: date) -> QuerySet:
    """Products with `price_micro`, what each costs on `day`, in one query."""
    prices = ProductPrice.objects.filter(product=OuterRef("pk"), valid_from__lte=day).order_by("-valid_from")
    return rows.annotate(price_micro=Subquery(prices.values("price_micro")[:1]))


def with_cost(rows: QuerySet, day: date) -> QuerySet:
    """Products with `cost_micro`, what one unit of each costs the seller on `day`, in the same query."""
    costs = ProductCost.objects.filter(product=OuterRef("pk"), valid_from__lte=day).order_by("-valid_from")
    return rows.annotate(cost_micro=Subquery(costs.values("cost_micro")[:1]))


def search_products(rows: QuerySet, text: str) -> QuerySet:
    """Those in which every word of `text` is found."""
    return rows.filter(every_word(text))


def found_products(organisation: Organisation, text: str, day: date, most: int = 20) -> list[Product]:
    """What the search of the editor offers, by name, each with its price on `day`."""
    rows = Product.objects.of(organisation).filter(archived_at=None).order_by("name", "pk")
    return list(with_price(search_products(rows, text), day)[:most])
