"""The rows of the sales report: what was sold under one heading, beside the year before, with its margin."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from reglo.core.dates import add_months
from reglo.core.money import from_minor, round_half_up
from reglo.organisations.models import Organisation
from reglo.products.facts import price_of
from reglo.products.models import Product, ProductCost
from reglo.reporting.reports.sales.parts import Part

_NOTHING = Decimal(0)
_EURO = "EUR"  #: the currency of costs
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """What is left of sales when their cost is deducted, as far as costs are known."""

    net: Decimal = _NOTHING  #: of the sales whose cost is known
    cost: Decimal = _NOTHING

    @property
    def amount(self) -> Decimal:
        """Net less cost."""
        return self.net - self.cost

    @property
    def share(self) -> Decimal | None:
        """Of the net, a part of 1; None where nothing was sold of which the cost is known."""
        return self.amount / self.net if self.net > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRow:
    """Sales under one heading, in the currency of the report, without tax."""

    label: str
    link: str = ""
    net: Decimal
    before: Decimal  #: on the same days of the year before
    whole: Decimal  #: of all rows together
    margin: Margin | None  #: None where no cost is known
    quantity: Decimal | None = None  #: in the unit of most lines
    unit: str = ""

    @property
    def share(self) -> Decimal | None:
        """Of all that was sold, a part of 1."""
        return self.net / self.whole if self.whole > 0 else None

    @property
    def change(self) -> Decimal | None:
        """Against the year before, a part of 1; None where nothing was sold then."""
        return (self.net - self.before) / self.before if self.before > 0 else None


class Costs:
    """What products cost over time; two queries."""

    def __init__(self, organisation: Organisation, currency: str) -> None:
        """Costs are in euros: of sales in another currency none is known."""
        self.products = {each.reference: each for each in Product.objects.of(organisation)}
        self._costs: dict[int, list[tuple[date, Decimal]]] = {}
        rows = ProductCost.objects.of(organisation).order_by("valid_from")
        for product_id, day, micro in rows.values_list("product_id", "valid_from", "cost_micro"):
            if currency == _EURO:
                self._costs.setdefault(product_id, []).append((day, price_of(micro)))

    def __bool__(self) -> bool:
        return bool(self._costs)

    def of(self, part: Part) -> Decimal | None:
        """The cost of a line on the day of its document; None where it is not known, or the unit is another."""
        product = self.products.get(part.reference)
        if product is None or part.quantity is None or part.issued is None or part.unit != product.unit:
            return None
        begun = [cost for day, cost in self._costs.get(product.pk, ()) if day <= part.issued]
        return round_half_up(begun[-1] * part.quantity, 2) if begun else None


def margin_of(parts: Iterable[Part], costs: Costs, currency: str) -> Margin | None:
    """The margin of the lines whose cost is known; None where there is none."""
    known = [(from_minor(each.net_minor, currency), cost) for each in parts if (cost := costs.of(each)) is not None]
    if not known:
        return None
    return Margin(net=sum((net for net, _ in known), _NOTHING), cost=sum((cost for _, cost in known), _NOTHING))


def grouped(parts: Iterable[Part], key: Callable[[Part], _Key]) -> Mapping[_Key, Sequence[Part]]:
    """Parts by what they have in common."""
    groups: dict[_Key, list[Part]] = {}
    for each in parts:
        groups.setdefault(key(each), []).append(each)
    return groups


def net_of(parts: Iterable[Part], currency: str) -> Decimal:
    """What parts come to."""
    return from_minor(sum(each.net_minor for each in parts), currency)


def quantity_of(parts: Sequence[Part]) -> tuple[Decimal | None, str]:
    """How much was sold in the unit of most lines, and that unit; lines in another do not count."""
    units = Counter(each.unit for each in parts if each.quantity is not None)
    if not units:
        return None, ""
    unit = min(units, key=lambda each: (-units[each], each))
    return sum((each.quantity for each in parts if each.quantity is not None and each.unit == unit), _NOTHING), unit


def year_before(day: date) -> date:
    """The same day a year before; the last day of February stays the last."""
    is_last = add_months(day.replace(day=1), 1).toordinal() - 1 == day.toordinal()
    month = add_months(day.replace(day=1), -12)
    return date.fromordinal(add_months(month, 1).toordinal() - 1) if is_last else month.replace(day=day.day)
