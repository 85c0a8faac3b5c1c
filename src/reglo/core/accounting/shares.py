"""A whole number of cents shared out, so that the parts come to it exactly."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise


def shared_out(amount: int, weights: Sequence[Decimal]) -> tuple[int, ...]:
    """`amount` in proportion to `weights`, which do not come to nothing together.

    Each part is what the running sum, rounded half up, grows by: no part is off by more than a cent, and their sum by
    none, even where some weights are negative.
    """
    total = sum(weights, Decimal(0))
    reached = [(amount * each / total).quantize(Decimal(1), rounding=ROUND_HALF_UP) for each in accumulate(weights)]
    return tuple(int(after - before) for before, after in pairwise((Decimal(0), *reached)))
