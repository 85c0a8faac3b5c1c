"""The aged balance (*balance âgée*): what is owed, by how late it is."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

USUAL_BOUNDS = (30, 60, 90)  #: days late at which a bucket ends


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """What is left of a receivable, or of a credit."""

    amount: Decimal  #: with tax; less than zero is the customer's
    due: date | None  #: None, of a credit or a payment on account, is never late


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """What is between so many days late and so many."""

    first: int | None  #: fewest days late; None is what is not late
    last: int | None  #: most days late; None is without end, and what is not late
    amount: Decimal
    count: int  #: open amounts in it


def age(open_amounts: Iterable[OpenAmount], on: date, bounds: Sequence[int] = USUAL_BOUNDS) -> tuple[Bucket, ...]:
    """What is open on a day, by days late: not late, 1 to 30, 31 to 60, 61 to 90, more.

    What is due on the day itself is not late: it may be paid until its end. The buckets come to what is owed.
    Raises ValueError unless `bounds` grow from 1 on.

    >>> open_amounts = [OpenAmount(Decimal(100), date(2026, 3, 1)), OpenAmount(Decimal(50), date(2026, 1, 15))]
    >>> [int(bucket.amount) for bucket in age(open_amounts, date(2026, 3, 1))]
    [100, 0, 50, 0, 0]
    """
    ends = (0, *bounds)
    if any(first >= then for first, then in zip(ends, bounds, strict=False)):
        raise ValueError(f"bounds must grow from 1 on: {bounds}")
    amounts = [Decimal(0)] * (len(ends) + 1)
    counts = [0] * (len(ends) + 1)
    for each in open_amounts:
        place = bisect_left(ends, 0 if each.due is None else (on - each.due).days)
        amounts[place] += each.amount
        counts[place] += 1
    firsts = (None, *(end + 1 for end in ends))
    lasts = (None, *bounds, None)
    return tuple(
        Bucket(first=first, last=last, amount=amount, count=count)
        for first, last, amount, count in zip(firsts, lasts, amounts, counts, strict=True)
    )
