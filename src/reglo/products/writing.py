"""Writing products within a transaction that the caller has opened: services one by one, imports many at a time."""

from datetime import date, datetime
from decimal import Decimal

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.folding import folded
from reglo.imports.faults import FaultyFacts
from reglo.organisations.models import Organisation
from reglo.products.facts import ProductFacts, columns_of, completed, cost_faults, faults_of, micro_of, price_faults
from reglo.products.models import Product, ProductCost, ProductPrice

_LONGEST_SEARCH = 600
_PREFIX = "P-"


class ReferenceTaken(DomainError):
    """Another product has this reference."""

    code = "product-reference-taken"


def checked(facts: ProductFacts) -> ProductFacts:
    """`facts` completed. Raises FaultyFacts with every fault."""
    whole = completed(facts)
    if faults := faults_of(whole):
        raise FaultyFacts(faults)
    return whole


def checked_price(price: Decimal) -> Decimal:
    """A price that can be stored. Raises FaultyFacts."""
    if faults := price_faults(price):
        raise FaultyFacts(faults)
    return price


def checked_cost(cost: Decimal) -> Decimal:
    """A cost that can be stored. Raises FaultyFacts."""
    if faults := cost_faults(cost):
        raise FaultyFacts(faults)
    return cost


def require_free_reference(organisation: Organisation, reference: str, *, besides: int = 0) -> None:
    """Raise ReferenceTaken if a product other than `besides` has this reference."""
    holder = Product.objects.of(organisation).filter(reference=reference).exclude(pk=besides).first()
    if holder is not None:
        raise ReferenceTaken(
            Text(
                fr=f"La référence « {reference} » est déjà celle de « {holder.name} ».",
                en=f"The reference “{reference}” is already that of “{holder.name}”.",
            ),
            field="reference",
        )


def next_reference(taken: set[str]) -> str:
    """The first free reference of the series P-001, P-002, …"""
    number = len(taken) + 1
    while (reference := f"{_PREFIX}{number:03d}") in taken:
        number += 1
    return reference


def references_of(organisation: Organisation) -> set[str]:
    """The references that our series has given so far."""
    given = Product.objects.of(organisation).filter(reference__startswith=_PREFIX)
    return set(given.values_list("reference", flat=True))


def put(product: Product, facts: ProductFacts) -> None:
    """Set the columns of a row to `facts`, not saved."""
    for name, value in columns_of(facts).items():
        setattr(product, name, value)
    product.search = folded(f"{facts.reference} {facts.name} {facts.description}")[:_LONGEST_SEARCH]


def new_row(organisation: Organisation, facts: ProductFacts, now: datetime) -> Product:
    """The row of a new product, not saved."""
    product = Product(organisation=organisation, created_at=now)
    put(product, facts)
    return product


def new_price(product: Product, price: Decimal, valid_from: date, now: datetime) -> ProductPrice:
    """The row of a new price, not saved."""
    return ProductPrice(
        organisation_id=product.organisation_id,
        product=product,
        price_micro=micro_of(price),
        valid_from=valid_from,
        created_at=now,
    )


def new_cost(product: Product, cost: Decimal, valid_from: date, now: datetime) -> ProductCost:
    """The row of a new cost, not saved."""
    return ProductCost(
        organisation_id=product.organisation_id,
        product=product,
        cost_micro=micro_of(cost),
        valid_from=valid_from,
        created_at=now,
    )
