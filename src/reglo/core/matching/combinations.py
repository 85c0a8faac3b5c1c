"""Which items together come to an amount: subset sums in minor units, bounded whatever a customer owes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from reglo.core.matching.model import OpenItem
from reglo.core.money import minor_amount

_MOST_WAYS = 4096  #: of one half of the items, each left out or taken at one of its prices
_KEPT_A_SUM = 3
_MOST_FOUND = 12
_MOST_IN_PAIRS = 2000
_MOST_IN_FOURS = 40


@dataclass(frozen=True, slots=True)
class Price:
    """An item at what settles it: its open amount, or less with a discount. In minor units."""

    item: OpenItem
    pays: int
    discount: int = 0
    is_late: bool = False


Bundle = tuple[Price, ...]


def prices_of(item: OpenItem, on: date, late_days: int) -> tuple[Price, ...]:
    """The ways to settle an item in full on a day: without discount, then with each that is open or just over."""
    whole = minor_amount(item.amount, item.currency)
    prices = [Price(item, whole)]
    for tier in item.discounts:
        pays = minor_amount(tier.amount, item.currency)
        late = (on - tier.last_day).days
        if late <= late_days and 0 < pays < whole:
            prices.append(Price(item, pays, whole - pays, is_late=late > 0))
    return tuple(prices)


def bundles(priced: Sequence[tuple[Price, ...]], target: int, exact_up_to: int) -> list[Bundle]:
    """Subsets that come to `target`, fewest items first, in the order of `priced`; at most a dozen.

    Every subset is tried up to `exact_up_to` items, as long as their prices are not too many; beyond, as
    `_small_subsets` does.
    """
    most = _MOST_WAYS**2
    if len(priced) <= exact_up_to and prod(len(each) + 1 for each in priced) <= most:
        found = _all_subsets(priced, target)
    else:
        found = _small_subsets(priced[:_MOST_IN_PAIRS], target)
    place = {each[0].item.key: at for at, each in enumerate(priced)}
    found.sort(key=lambda bundle: (len(bundle), [place[each.item.key] for each in bundle]))
    return found[:_MOST_FOUND]


def _all_subsets(priced: Sequence[tuple[Price, ...]], target: int) -> list[Bundle]:
    """Meet in the middle: the sums of one half are looked up among those of the other."""
    middle = len(priced) // 2
    known = defaultdict[int, list[Bundle]](list)
    for total, bundle in _sums(priced[:middle]):
        if len(known[total]) < _KEPT_A_SUM:
            known[total].append(bundle)
    found = list[Bundle]()
    for total, bundle in _sums(priced[middle:]):
        if target - total in known:
            found += [(*other, *bundle) for other in known[target - total] if other or bundle]
        if len(found) > _MOST_FOUND * _MOST_FOUND:
            break
    return found


def _sums(priced: Sequence[tuple[Price, ...]]) -> list[tuple[int, Bundle]]:
    """Every subset with its sum, small ones first."""
    found: list[tuple[int, Bundle]] = [(0, ())]
    for prices in priced:
        found += [(total + price.pays, (*bundle, price)) for total, bundle in found for price in prices]
    found.sort(key=lambda each: len(each[1]))
    return found


def _small_subsets(priced: Sequence[tuple[Price, ...]], target: int) -> list[Bundle]:
    """One or two items, up to four of not too many, and all but one."""
    ones = [(place, place, price.pays, (price,)) for place, prices in enumerate(priced) for price in prices]
    twos = list(_pairs(ones)) if len(priced) <= _MOST_IN_FOURS else []
    found: list[Bundle] = [bundle for _, _, pays, bundle in ones if pays == target]
    found += _joined(ones, ones, target)
    found += _joined(twos, ones, target)
    found += _joined(twos, twos, target)
    whole = tuple(prices[0] for prices in priced)
    missing = sum(price.pays for price in whole) - target
    left_out = [price for price in whole if price.pays == missing][:_KEPT_A_SUM]
    return found + [tuple(each for each in whole if each is not price) for price in left_out]


_Placed = tuple[int, int, int, Bundle]  #: first and last place, sum, items


def _pairs(ones: Sequence[_Placed]) -> Iterator[_Placed]:
    for _, place, pays, (price,) in ones:
        for other_place, _, other_pays, (other,) in ones:
            if place < other_place:
                yield place, other_place, pays + other_pays, (price, other)


def _joined(heads: Sequence[_Placed], tails: Sequence[_Placed], target: int) -> list[Bundle]:
    """Heads with tails that lie behind them and come to the rest, so that no set is met twice. At most a few."""
    known = defaultdict[int, list[_Placed]](list)
    for tail in tails:
        known[tail[2]].append(tail)
    found = list[Bundle]()
    for _, last, pays, bundle in heads:
        found += [(*bundle, *tail[3]) for tail in known.get(target - pays, ())[:_MOST_FOUND] if tail[0] > last]
        if len(found) > _MOST_FOUND:
            break
    return found
