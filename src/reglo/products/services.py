"""What one does with products: create, change, give a price or a cost from a day on, archive."""

from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.products.facts import ProductFacts, facts_of, price_of
from reglo.products.models import Product, ProductCost, ProductPrice
from reglo.products.writing import (
    checked,
    checked_cost,
    checked_price,
    new_cost,
    new_price,
    new_row,
    next_reference,
    put,
    references_of,
    require_free_reference,
)


class PriceThatDay(DomainError):
    """A price has begun on that day already; prices are never edited."""

    code = "price-that-day"


class CostThatDay(DomainError):
    """A cost has begun on that day already; costs are never edited."""

    code = "cost-that-day"


def create_product(
    *,
    organisation: Organisation,
    facts: ProductFacts,
    by: Actor,
    now: datetime,
    today: date,
    price: Decimal | None = None,
    cost: Decimal | None = None,
) -> Product:
    """Add a product, with its price and its cost from today on. Raises FaultyFacts, ReferenceTaken."""
    whole = checked(facts)
    if price is not None:
        checked_price(price)
    if cost is not None:
        checked_cost(cost)
    with transaction.atomic(durable=True):
        if not whole.reference:
            whole = replace(whole, reference=next_reference(references_of(organisation)))
        require_free_reference(organisation, whole.reference)
        product = new_row(organisation, whole, now)
        product.save(force_insert=True)
        if price is not None:
            new_price(product, price, today, now).save(force_insert=True)
        if cost is not None:
            new_cost(product, cost, today, now).save(force_insert=True)
        given = {"price": price, "cost": cost}
        after = _told(whole) | {name: str(figure) for name, figure in given.items() if figure is not None}
        _record("product-created", product, by, now, after=after)
    return product


def change_product(
    *, product_id: int, organisation: Organisation, facts: ProductFacts, by: Actor, now: datetime
) -> Product:
    """Change what a product is; documents keep what they say. Raises FaultyFacts, ReferenceTaken."""
    whole = checked(facts)
    with transaction.atomic(durable=True):
        product = locked(organisation, product_id)
        whole = whole if whole.reference else replace(whole, reference=product.reference)
        require_free_reference(organisation, whole.reference, besides=product.pk)
        before, after = _told(facts_of(product)), _told(whole)
        changed = {name for name in after if before[name] != after[name]}
        if not changed:
            return product
        put(product, whole)
        product.save()
        _record(
            "product-changed",
            product,
            by,
            now,
            before={name: before[name] for name in sorted(changed)},
            after={name: after[name] for name in sorted(changed)},
        )
    return product


def set_price(
    *,
    product_id: int,
    organisation: Organisation,
    price: Decimal,
    valid_from: date,
    by: Actor,
    now: datetime,
) -> ProductPrice:
    """Give a product a price from a day on. Raises FaultyFacts, PriceThatDay."""
    checked_price(price)
    with transaction.atomic(durable=True):
        product = locked(organisation, product_id)
        if product.prices.filter(valid_from=valid_from).exists():
            raise PriceThatDay(
                Text(
                    fr=f"Un prix commence déjà le {valid_from:%d/%m/%Y}. Choisissez un autre jour.",
                    en=f"A price begins on {valid_from.isoformat()} already. Choose another day.",
                ),
                field="valid_from",
            )
        before = product.prices.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
        row = new_price(product, price, valid_from, now)
        row.save(force_insert=True)
        _record(
            "price-set",
            product,
            by,
            now,
            before={} if before is None else {"price": str(price_of(before.price_micro))},
            after={"price": str(price), "valid_from": valid_from.isoformat()},
        )
    return row


def set_cost(
    *,
    product_id: int,
    organisation: Organisation,
    cost: Decimal,
    valid_from: date,
    by: Actor,
    now: datetime,
) -> ProductCost:
    """Say what one unit costs the seller from a day on. Raises FaultyFacts, CostThatDay."""
    checked_cost(cost)
    with transaction.atomic(durable=True):
        product = locked(organisation, product_id)
        if product.costs.filter(valid_from=valid_from).exists():
            raise CostThatDay(
                Text(
                    fr=f"Un coût commence déjà le {valid_from:%d/%m/%Y}. Choisissez un autre jour.",
                    en=f"A cost begins on {valid_from.isoformat()} already. Choose another day.",
                ),
                field="valid_from",
            )
        before = product.costs.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
        row = new_cost(product, cost, valid_from, now)
        row.save(force_insert=True)
        _record(
            "cost-set",
            product,
            by,
            now,
            before={} if before is None else {"cost": str(price_of(before.cost_micro))},
            after={"cost": str(cost), "valid_from": valid_from.isoformat()},
        )
    return row


def archive_product(*, product_id: int, organisation: Organisation, by: Actor, now: datetime) -> Product:
    """Put a product out of the lists and the search."""
    return _set_archived(product_id, organisation, "product-archived", by, now, archived_at=now)


def restore_product(*, product_id: int, organisation: Organisation, by: Actor, now: datetime) -> Product:
    """Take a product back."""
    return _set_archived(product_id, organisation, "product-restored", by, now, archived_at=None)


def locked(organisation: Organisation, product_id: int) -> Product:
    """The row of a product, locked to the end of the transaction."""
    return Product.objects.of(organisation).select_for_update().get(pk=product_id)


def _set_archived(
    product_id: int, organisation: Organisation, act: str, by: Actor, now: datetime, *, archived_at: datetime | None
) -> Product:
    with transaction.atomic(durable=True):
        product = locked(organisation, product_id)
        if (product.archived_at is None) == (archived_at is None):
            return product
        product.archived_at = archived_at
        product.save(update_fields=["archived_at"])
        _record(act, product, by, now)
    return product


def _told(facts: ProductFacts) -> dict[str, Any]:
    return asdict(facts) | {"nature": facts.nature.value}


def _record(act: str, product: Product, by: Actor, now: datetime, **changes: dict[str, Any]) -> None:
    record(act, organisation_id=product.organisation_id, subject=product, by=by, at=now, **changes)  # type: ignore[arg-type]
