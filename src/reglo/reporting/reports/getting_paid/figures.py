"""The figures of a month and of the whole period, judged by `core.metrics`."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from reglo.core.metrics import (
    average_days_late,
    best_possible_dso,
    collection_effectiveness,
    count_back_dso,
    disputed_share,
    promises_kept,
    simple_dso,
)
from reglo.reporting.periods import Period
from reglo.reporting.reports.getting_paid.facts import Books

QUARTER = 90  #: days of sales that the DSO of a month is worked out from


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidFigures:
    """How well one was paid in a period; None where there is nothing to judge."""

    period: Period
    sales: Decimal
    owed: Decimal
    late: Decimal
    dso: Decimal | None
    count_back: Decimal | None
    best: Decimal | None
    days_late: Decimal | None
    effectiveness: Decimal | None
    disputed: Decimal | None
    kept: Decimal | None


def month_figures(books: Books, month: Period) -> PaidFigures:
    """The figures of a month; its DSO from the sales of the 90 days that end with it: one month alone jumps."""
    return _figures(books, month, days=QUARTER)


def whole_figures(books: Books, whole: Period) -> PaidFigures:
    """The figures of all months together; the DSO from the sales of all its days."""
    return _figures(books, whole, days=(whole.end - whole.start).days + 1)


def _figures(books: Books, period: Period, *, days: int) -> PaidFigures:
    start, end = period.start, period.end
    before, after = books.standings[start - timedelta(days=1)], books.standings[end]
    sales, base = books.sales.between(start, end), books.sales.between(end - timedelta(days=days - 1), end)
    return PaidFigures(
        period=period,
        sales=sales,
        owed=after.owed,
        late=after.late,
        dso=simple_dso(after.owed, base, days),
        count_back=count_back_dso(after.owed, books.sales_back_from(end)),
        best=best_possible_dso(after.not_due, base, days),
        days_late=average_days_late(books.payments_of(start, end)),
        effectiveness=collection_effectiveness(
            owed_before=before.owed, sales=sales, owed_after=after.owed, not_due_after=after.not_due
        ),
        disputed=disputed_share(after.disputed, after.owed),
        kept=promises_kept(*books.promises_of(start, end)),
    )
