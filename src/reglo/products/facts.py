"""What a product is, as a value apart from its row."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from reglo.core.composition.vat_situations import VatSituation
from reglo.core.findings import Text
from reglo.core.mentions import Nature
from reglo.formats.data.faults import Fault, shown
from reglo.imports.faults import a_fault, is_missing, text_faults
from reglo.products.models import Product
from reglo.products.vat import rate_of
from reglo.rules.codes import codes

_MICRO = 6  #: decimals of a price
_DEAREST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """What is sold. Fields are those of `Product`."""

    name: str
    reference: str = ""  #: the next free one where empty
    description: str = ""
    unit: str = "C62"
    vat: str = "20"
    nature: Nature = Nature.SERVICES


def completed(facts: ProductFacts) -> ProductFacts:
    """`facts` in plain form."""
    return ProductFacts(
        name=" ".join(facts.name.split()),
        reference=" ".join(facts.reference.split()),
        description=facts.description.replace("\r\n", "\n").replace("\r", "\n").strip(),
        unit=facts.unit.strip().upper() or "C62",
        vat=plain_vat(facts.vat),
        nature=facts.nature,
    )


def plain_vat(vat: str) -> str:
    """A rate as it is stored: "20", "5.5"; a situation as it stands."""
    rate = rate_of(vat.strip())
    return vat.strip() if rate is None else f"{rate.normalize():f}"


def faults_of(facts: ProductFacts) -> tuple[Fault, ...]:
    """What is wrong with a product's facts, once completed."""
    values = {each: getattr(facts, each) for each in ("reference", "name", "description")}
    return (*text_faults(Product, values), *is_missing("name", facts.name), *_unit(facts.unit), *_vat(facts.vat))


def _unit(unit: str) -> tuple[Fault, ...]:
    if unit in codes("units"):
        return ()
    fault = a_fault(
        "unit",
        Text(fr=f"« {shown(unit)} » n'est pas une unité connue.", en=f'"{shown(unit)}" is no unit that is known.'),
        Text(fr="Écrivez heure, jour, pièce, forfait, kg, m²…", en="Write hour, day, piece, lump sum, kg, m²…"),
    )
    return (fault,)


def _vat(vat: str) -> tuple[Fault, ...]:
    rate = rate_of(vat)
    if (rate is not None and rate <= 100) or vat in {each.value for each in VatSituation}:
        return ()
    fault = a_fault(
        "vat",
        Text(fr=f"« {shown(vat)} » n'est pas un taux de TVA.", en=f'"{shown(vat)}" is no VAT rate.'),
        Text(fr="Écrivez 20, 10, 5,5, franchise, autoliquidation…", en="Write 20, 10, 5.5, franchise, export…"),
    )
    return (fault,)


def price_faults(price: Decimal) -> tuple[Fault, ...]:
    """What is wrong with a price without tax."""
    if _is_possible(price):
        return ()
    fault = a_fault(
        "price",
        Text(fr=f"« {shown(price)} » n'est pas un prix possible.", en=f'"{shown(price)}" is no possible price.'),
        Text(
            fr="Un prix est positif, avec six décimales au plus.", en="A price is positive, with at most six decimals."
        ),
    )
    return (fault,)


def cost_faults(cost: Decimal) -> tuple[Fault, ...]:
    """What is wrong with a cost without tax."""
    if _is_possible(cost):
        return ()
    fault = a_fault(
        "cost",
        Text(fr=f"« {shown(cost)} » n'est pas un coût possible.", en=f'"{shown(cost)}" is no possible cost.'),
        Text(
            fr="Un coût est positif, avec six décimales au plus.", en="A cost is positive, with at most six decimals."
        ),
    )
    return (fault,)


def _is_possible(figure: Decimal) -> bool:
    return figure.is_finite() and 0 <= figure < _DEAREST and figure == round(figure, _MICRO)


def micro_of(price: Decimal) -> int:
    """A price as it is stored: millionths."""
    return int(price.scaleb(_MICRO))


def price_of(price_micro: int) -> Decimal:
    """A stored price, with two decimals or as many as it needs."""
    price = Decimal(price_micro).scaleb(-_MICRO)
    plain = price.normalize()
    exponent = plain.as_tuple().exponent
    return plain if isinstance(exponent, int) and exponent < -2 else price.quantize(Decimal("0.01"))


def facts_of(product: Product) -> ProductFacts:
    """What a row says of a product."""
    values = {each.name: getattr(product, each.name) for each in fields(ProductFacts)}
    return ProductFacts(**values | {"nature": Nature(product.nature)})


def columns_of(facts: ProductFacts) -> dict[str, Any]:
    """The values of the columns that hold `facts`."""
    return {each.name: getattr(facts, each.name) for each in fields(facts)} | {"nature": facts.nature.value}
