"""How late money came, how much of what could be collected was, what is disputed, which promises were kept.

Definitions of practice, as credit managers' handbooks give them: no law or standard defines them.
"""

from collections.abc import Iterable
from decimal import Decimal

from reglo.core.habit import Settled

_NOTHING = Decimal(0)


def average_days_late(settled: Iterable[Settled]) -> Decimal | None:
    """How many days after its due date the average euro came; what came early or in time counts as 0.

    Weighed by amount: a large invoice that is late hurts more than a small one. None where nothing was paid.

    >>> from datetime import date
    >>> paid = [
    ...     Settled(due=date(2026, 3, 1), paid=date(2026, 3, 11), amount=Decimal(300)),
    ...     Settled(due=date(2026, 3, 1), paid=date(2026, 2, 20), amount=Decimal(100)),
    ... ]
    >>> average_days_late(paid)  # (300 × 10 + 100 × 0) ÷ 400
    Decimal('7.5')
    """
    weight, weighted = _NOTHING, _NOTHING
    for each in settled:
        weight += each.amount
        weighted += each.amount * max(each.delay, 0)
    return weighted / weight if weight > 0 else None


def collection_effectiveness(
    *, owed_before: Decimal, sales: Decimal, owed_after: Decimal, not_due_after: Decimal
) -> Decimal | None:
    """Collection effectiveness index (CEI): of what could be collected in a period, the part that was. 1 is all of it.

    (owed before + sales − owed after) ÷ (owed before + sales − owed after and not yet due). None where there was
    nothing to collect.

    >>> collection_effectiveness(
    ...     owed_before=Decimal(100), sales=Decimal(300), owed_after=Decimal(150), not_due_after=Decimal(75)
    ... ).quantize(Decimal("0.001"))  # 250 of 325
    Decimal('0.769')
    """
    collectable = owed_before + sales - not_due_after
    return (owed_before + sales - owed_after) / collectable if collectable > 0 else None


def disputed_share(disputed: Decimal, owed: Decimal) -> Decimal | None:
    """The part of what is owed that customers dispute. None where nothing is owed.

    >>> disputed_share(Decimal(30), Decimal(120))
    Decimal('0.25')
    """
    return disputed / owed if owed > 0 else None


def promises_kept(kept: int, broken: int) -> Decimal | None:
    """The part of promises to pay, of those that fell due, that was kept. None where none did.

    >>> promises_kept(3, 1)
    Decimal('0.75')
    """
    judged = kept + broken
    return Decimal(kept) / judged if judged > 0 else None
