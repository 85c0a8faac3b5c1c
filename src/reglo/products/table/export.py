"""Products as rows that come in again, with the price of a day."""

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
    """The rows of products that know their `price_micro` (`queries.with_price`)."""
    for product in products:
        micro: int | None = product.price_micro  # type: ignore[attr-defined]  # annotated
        yield [
            product.reference,
            product.name,
            product.description,
            None if micro is None else _unambiguous(price_of(micro)),
            exported_unit(product.unit, language),
            vat_name(product.vat, language),
            NATURES[Nature(product.nature)].in_language(language),
        ]


def _unambiguous(price: Decimal) -> Decimal:
    """A price of three decimals with a fourth: 12,345 could be thousands."""
    return price.quantize(Decimal("0.0001")) if price.as_tuple().exponent == -3 else price


def exported_unit(code: str, language: str) -> str:
    """The name of a unit, if it leads back to its code; else the code, marked where it is somebody's word: "KW"."""
    ways = (unit_name(code, Decimal(1), language), code, code + MARK_OF_CODE)
    return next(way for way in ways if facts_in({"unit": way}, [])["unit"] == code)
