"""How the amount of a line may have come about: which items at which price, and what is missing or too much."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from reglo.core.matching.clues import Clues
from reglo.core.matching.combinations import Bundle, Price, bundles, prices_of
from reglo.core.matching.index import age
from reglo.core.matching.model import Allocation, OpenItem, Options, Part
from reglo.core.money import minor_amount, minor_units


class Fit(IntEnum):
    """How well items explain an amount. Greater is better."""

    OVERPAID = 1
    PARTIAL = 2
    LATE_DISCOUNT = 3
    FEE = 4
    ROUNDED = 5
    EXACT = 6  #: to the cent, with discounts in time and fees that the bank states


class Shape(StrEnum):
    """Which items were chosen."""

    SINGLE = "single"
    WHOLE = "whole"  #: all that the customer owes
    OLDEST = "oldest"  #: the first ones by due date
    MONTH = "month"  #: all of a month
    SUBSET = "subset"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Items at their prices that may be what a line pays."""

    bundle: Bundle
    fit: Fit
    shape: Shape
    missing: int  #: minor units: sum of the prices less the amount; below zero is too much
    pool: int = 0  #: among how many items these were found
    is_fee: bool = False  #: whether what is missing is a fee

    @property
    def keys(self) -> frozenset[int]:
        """Of its items."""
        return frozenset(price.item.key for price in self.bundle)

    @property
    def items(self) -> list[OpenItem]:
        """Its items."""
        return [price.item for price in self.bundle]

    @property
    def customers(self) -> tuple[int, ...]:
        """Whose items they are."""
        return tuple(sorted({price.item.customer for price in self.bundle}))

    @property
    def discount(self) -> int:
        """What was taken off, in minor units."""
        return sum(price.discount for price in self.bundle)


def explain(items: Iterable[OpenItem], clues: Clues, options: Options) -> list[Explanation]:
    """Everything among `items` that explains the amount of the line in full."""
    found = dict[tuple[frozenset[int], int], Explanation]()
    priced = [prices_of(item, clues.day, options.late_days) for item in sorted(items, key=age)]
    for explanation in (*_natural(priced, clues, options), *_subsets(priced, clues, options)):
        found.setdefault((explanation.keys, explanation.discount), explanation)
    return list(found.values())


def _natural(priced: Sequence[tuple[Price, ...]], clues: Clues, options: Options) -> Iterator[Explanation]:
    """Sets that people pay: one, all, the oldest, a month; whole or each with its discount."""
    currency = clues.line.currency
    rounding = minor_amount(options.rounding, currency)
    stated = minor_amount(clues.line.charges, currency)
    most = max(rounding, stated, minor_amount(options.fee, currency) if clues.is_foreign else 0)
    modes = [[prices[0] for prices in priced]]
    if any(len(prices) > 1 for prices in priced):
        modes.append([prices[-1] for prices in priced])
        modes.append([prices[1] if len(prices) > 1 else prices[0] for prices in priced])
    for prices in modes:
        for shape, bundle in _shapes(prices, clues.target - rounding, clues.target + most):
            missing = sum(price.pays for price in bundle) - clues.target
            if fit := _fit(bundle, missing, rounding, stated, is_foreign=clues.is_foreign):
                is_fee = missing > 0 and (missing == stated or fit is Fit.FEE)
                yield Explanation(bundle, fit, shape, missing, len(priced), is_fee)


def _fit(bundle: Bundle, missing: int, rounding: int, stated: int, *, is_foreign: bool) -> Fit | None:
    if any(price.is_late for price in bundle):
        return Fit.LATE_DISCOUNT if missing == 0 else None
    if missing in (0, stated):
        return Fit.EXACT
    if 2 * abs(missing) >= max(abs(price.pays) for price in bundle):
        return None  # more than a difference
    if abs(missing) <= rounding:
        return Fit.ROUNDED
    return Fit.FEE if is_foreign and missing > 0 else None


def _shapes(prices: Sequence[Price], low: int, high: int) -> Iterator[tuple[Shape, Bundle]]:
    """The sets whose sum lies between two bounds."""
    for price in prices:
        if low <= price.pays <= high:
            yield Shape.SINGLE, (price,)
    notes = [price for price in prices if price.pays < 0]
    invoices = [price for price in prices if price.pays > 0]
    yield from _oldest(invoices, [], low, high, is_all=not notes)
    if notes:
        yield from _oldest(invoices, notes, low, high, is_all=True)
        yield from _oldest(notes, [], low, high, is_all=not invoices)
    yield from _months(prices, low, high)


def _oldest(
    prices: Sequence[Price], first: Sequence[Price], low: int, high: int, *, is_all: bool
) -> Iterator[tuple[Shape, Bundle]]:
    total = sum(price.pays for price in first)
    for count, price in enumerate(prices, 1):
        total += price.pays
        if low <= total <= high and count + len(first) > 1:
            shape = Shape.WHOLE if is_all and count == len(prices) else Shape.OLDEST
            yield shape, (*first, *prices[:count])


def _months(prices: Sequence[Price], low: int, high: int) -> Iterator[tuple[Shape, Bundle]]:
    months = defaultdict[tuple[int, int], list[Price]](list)
    for price in prices:
        months[price.item.issued.year, price.item.issued.month].append(price)
    for _, own in sorted(months.items()):
        if 1 < len(own) < len(prices) and low <= sum(price.pays for price in own) <= high:
            yield Shape.MONTH, tuple(own)


def _subsets(priced: Sequence[tuple[Price, ...]], clues: Clues, options: Options) -> Iterator[Explanation]:
    in_time = [tuple(price for price in prices if not price.is_late) for prices in priced]
    for bundle in bundles(in_time, clues.target, options.subset_items):
        shape = Shape.SINGLE if len(bundle) == 1 else Shape.SUBSET
        yield Explanation(bundle, Fit.EXACT, shape, 0, len(priced))


def rest_of(items: Iterable[OpenItem], clues: Clues) -> Explanation | None:
    """The amount paid on these items as far as it goes: in part, oldest first, or with something left over."""
    bundle = tuple(
        Price(item, minor_amount(item.amount, item.currency)) for item in sorted(items, key=age) if item.amount > 0
    )
    total = sum(price.pays for price in bundle)
    if not bundle or clues.target <= 0 or total == clues.target:
        return None
    if total < clues.target:
        return Explanation(bundle, Fit.OVERPAID, Shape.WHOLE, total - clues.target, len(bundle))
    kept, covered = list[Price](), 0
    for price in bundle:
        if covered >= clues.target:
            break
        kept.append(price)
        covered += price.pays
    if covered == clues.target:
        return None
    return Explanation(tuple(kept), Fit.PARTIAL, Shape.OLDEST, covered - clues.target, len(bundle))


def allocated(explanation: Explanation, currency: str) -> tuple[Allocation, ...]:
    """Each item with its parts. A fee or a rounding lies on the largest, an unpaid rest on the last."""
    missing = explanation.missing
    largest = max(explanation.bundle, key=lambda price: (abs(price.pays), -price.item.key))
    parts = list[tuple[int, int, Part]]()
    for price in explanation.bundle:
        off = 0
        if explanation.fit is Fit.PARTIAL:
            off = missing if price is explanation.bundle[-1] else 0
        elif explanation.fit is not Fit.OVERPAID and price is largest:
            off = missing
            parts.append((price.item.key, off, Part.FEE if explanation.is_fee else Part.ROUNDING))
        parts += [(price.item.key, price.pays - off, Part.PAID), (price.item.key, price.discount, Part.DISCOUNT)]
    scale = -minor_units(currency)
    return tuple(
        Allocation(item=key, amount=Decimal(amount).scaleb(scale), part=part) for key, amount, part in parts if amount
    )
