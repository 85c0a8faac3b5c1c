"""A deal laid over the forecast of the whole firm: how low its treasury falls with it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from reglo.core.findings import Text
from reglo.core.negotiation.curves import Flow
from reglo.core.terms.figures import amount_text

Curve = Sequence[tuple[date, Decimal]]  # balance at the end of each day, in order of days, without a gap


@dataclass(frozen=True, slots=True)
class TreasuryLow:
    """The lowest balance of the firm. EUR."""

    day: date  #: the first of several
    amount: Decimal
    working: Text  #: the balance foreseen, and what the deal has brought or taken by then


def lowest_with(curve: Curve, flows: Iterable[Flow]) -> TreasuryLow | None:
    """The lowest point of `curve` once `flows` are laid over it; None for a curve of no day.

    Flows before the first day count from the first; those after the last lie beyond what is foreseen.
    """
    if not curve:
        return None
    days = [day for day, _ in curve]
    changes = [Decimal(0)] * len(curve)
    for flow in flows:
        at = bisect_left(days, flow.day)
        if at < len(days):
            changes[at] += flow.amount
    moved = list(accumulate(changes))
    amount, place = min((balance + moved[number], number) for number, (_, balance) in enumerate(curve))
    return TreasuryLow(days[place], amount, _working(curve[place][1], moved[place]))


def _working(foreseen: Decimal, moved: Decimal) -> Text:
    balance, deal = amount_text(foreseen), amount_text(abs(moved))
    sign = "−" if moved < 0 else "+"
    return Text(
        fr=f"{balance.fr} prévus ce jour-là {sign} {deal.fr} que l'affaire apporte ou prend jusque-là",
        en=f"{balance.en} foreseen on that day {sign} {deal.en} that the deal brings or takes until then",
    )
