"""Products as rows that come in again, with the price and the cost of a day."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from reglo.core.mentions import Nature
from reglo.formats.units import unit_name
from reglo.lists.files import Cell
from reglo.products.facts import price_of
from reglo.products.models import Product
from reglo.products.table.columns import FIELDS
from reglo.products.table.values import MARK_OF_CODE, facts_in
from reglo.products.vat import vat_name
from reglo.products.wording import NATURES


def headers(language: str) -> list[str]:
    """The headers of the file."""
    return [each.label.in_language(language) for each in FIELDS]


def rows_of(products: Iterable[Product], language: str) -> Iterator[list[Cell]]:
    """The rows of products that know their `price_micro` and `cost_micro` (`queries.with_price`, `with_cost`)."""
    for product in products:
        price: int | None = product.price_micro  # type: ignore[attr-defined]  # annotated
        cost: int | None = product.cost_micro  # type: ignore[attr-defined]  # annotated
        yield [
            product.reference,
            product.name,
            product.description,
            _unambiguous(price),
            _unambiguous(cost),
            exported_unit(product.unit, language),
            vat_name(product.vat, language),
            NATURES[Nature(product.nature)].in_language(language),
        ]


def _unambiguous(micro: int | None) -> Decimal | None:
    """A figure of three decimals with a fourth: 12,345 could be thousands."""
    if micro is None:
        return None
    price = price_of(micro)
    return price.quantize(Decimal("0.0001")) if price.as_tuple().exponent == -3 else price


def exported_unit(code: str, language: str) -> str:
    """The name of a unit, if it leads back to its code; else the code, marked where it is somebody's word: "KW"."""
    ways = (unit_name(code, Decimal(1), language), code, code + MARK_OF_CODE)
    return next(way for way in ways if facts_in({"unit": way}, [])["unit"] == code)
