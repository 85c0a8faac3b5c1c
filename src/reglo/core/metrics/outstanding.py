"""Days sales outstanding (DSO, *délai moyen de règlement*): how many days of sales wait for their money.

Definitions of practice, as credit managers' handbooks give them: no law or standard defines them. Compare figures of
one method only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class PeriodSales:
    """What was invoiced in a period, credit notes taken off."""

    amount: Decimal  #: with tax
    days: int  #: length of the period, over 0


def simple_dso(owed: Decimal, sales: Decimal, days: int) -> Decimal | None:
    """DSO of a period: what is owed at its end ÷ sales of the period × its days. Both with tax.

    Simple to follow, but a strong last month raises it without anybody paying later: see `count_back_dso`.
    None without sales; zero where customers owe nothing, or are owed.

    >>> simple_dso(Decimal(120_000), Decimal(360_000), 90)  # a third of a quarter's sales is open
    Decimal('30')
    """
    if sales <= 0 or days <= 0:
        return None
    return max(owed, _NOTHING) * days / sales


def count_back_dso(owed: Decimal, sales: Iterable[PeriodSales]) -> Decimal | None:
    """DSO by counting back (*méthode par épuisement*): how far back sales go that come to what is owed.

    sales: by period, the latest first. What is owed is set off against the sales of the last period, the rest against
    those of the one before, and so on; of the last one that is needed, the part of its days that is needed. A period
    without sales, or with more credit notes than invoices, counts with all its days.

    None where the sales given do not reach that far.

    >>> months = [PeriodSales(Decimal(80_000), 31), PeriodSales(Decimal(100_000), 30), PeriodSales(Decimal(90_000), 31)]
    >>> count_back_dso(Decimal(120_000), months)  # 31 days, and 40,000 of 100,000: 12 of 30 days
    Decimal('43')
    """
    rest, counted = owed, _NOTHING
    for period in sales:
        if rest <= 0:
            break
        if rest < period.amount:
            return counted + rest * period.days / period.amount
        counted += period.days
        rest -= max(period.amount, _NOTHING)
    return counted if rest <= 0 else None


def best_possible_dso(not_due: Decimal, sales: Decimal, days: int) -> Decimal | None:
    """DSO if nobody paid late: what is owed and not yet due ÷ sales × days. The rest of the DSO is lateness.

    >>> best_possible_dso(Decimal(80_000), Decimal(360_000), 90)
    Decimal('20')
    """
    return simple_dso(not_due, sales, days)
