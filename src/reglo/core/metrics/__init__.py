"""How well a firm is paid: what is late since when, how many days of sales wait for money, how well it is collected.

Plain values in, a figure out. A figure that would be a division by nothing is None: there is none, which is not zero.
Nothing is rounded; whoever shows a figure does. All amounts are with tax and in one currency.
"""

from reglo.core.metrics.ageing import Bucket, OpenAmount, age
from reglo.core.metrics.collecting import (
    average_days_late,
    collection_effectiveness,
    disputed_share,
    promises_kept,
)
from reglo.core.metrics.outstanding import PeriodSales, best_possible_dso, count_back_dso, simple_dso

__all__ = [
    "Bucket",
    "OpenAmount",
    "PeriodSales",
    "age",
    "average_days_late",
    "best_possible_dso",
    "collection_effectiveness",
    "count_back_dso",
    "disputed_share",
    "promises_kept",
    "simple_dso",
]
