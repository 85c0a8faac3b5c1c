"""What a payment by hand settles: pure, so that page and tests see the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from reglo.banking.stored import SettledPart
from reglo.core.matching import Part

MOST_ROUNDING = 5
"""Minor units that may be written off, or kept, with one tick."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What is open of an item, and the discount that is taken on it, in minor units."""

    item: int
    open: int
    discount: int = 0


def parts_of_payment(owed: Sequence[Owed], amount: int, *, rounds: bool = False) -> tuple[SettledPart, ...]:
    """What `amount` settles of items, in their order; what is left of it is an advance.

    Discounts are taken as far as the payment leaves something open. rounds: a rest of a few cents is written off, and
    a few cents too much are kept.
    """
    parts: list[SettledPart] = []
    left, unpaid = amount, max(sum(each.open for each in owed) - amount, 0)
    for each in owed:
        taken = min(each.discount, each.open, unpaid)
        paid = min(left, each.open - taken)
        parts += [SettledPart(each.item, paid), SettledPart(each.item, taken, Part.DISCOUNT)]
        left, unpaid = left - paid, unpaid - taken
    if rounds and owed:
        parts += _rounding(owed[-1].item, unpaid, left)
    return tuple(each for each in parts if each.amount)


def _rounding(last: int, short: int, left: int) -> list[SettledPart]:
    """The few cents that are missing on the last item, or that were paid on it too much."""
    if 0 < short <= MOST_ROUNDING:
        return [SettledPart(last, short, Part.ROUNDING)]
    if 0 < left <= MOST_ROUNDING:
        return [SettledPart(last, left), SettledPart(last, -left, Part.ROUNDING)]
    return []
