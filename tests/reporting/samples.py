"""A report that is about nothing, for what all reports share."""

from dataclasses import dataclass
from decimal import Decimal

from reglo.charts.bars import bar_chart
from reglo.lists.listing import CellKind, Column
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked, Figure, Grouping, Report, ReportKind, Span, Table


@dataclass(frozen=True)
class _Row:
    name: str
    owed: Decimal | None
    share: Decimal | None


_COLUMNS = (
    Column(key="name", label="Customer", value=lambda row: row.name, link=lambda row: "/somewhere/"),
    Column(key="owed", label="Owed", value=lambda row: row.owed, kind=CellKind.AMOUNT),
    Column(key="share", label="Share", value=lambda row: row.share, kind=CellKind.PERCENT),
)


def _make(organisation: Organisation, asked: Asked) -> Report:
    return Report(
        lead=f"{organisation.name} from {asked.start} to {asked.end} in {asked.currency} by {asked.by}.",
        figures=(Figure(label="DSO", value="41.5", meaning="Days of sales that wait for money.", link="/entries/"),),
        charts=(bar_chart([("a", 1), ("b", 2)], key="sales", title="Sales", about="Bars of sales"),),
        tables=(
            Table(
                key="customers",
                caption="By customer",
                columns=_COLUMNS,
                rows=(_Row("=Alpha", Decimal("1234.50"), Decimal("66.666")), _Row("Bêta", None, None)),
                totals=(_Row("Total", Decimal("1234.50"), Decimal(100)),),
            ),
            Table(key="none", caption="By customer", columns=_COLUMNS, rows=(), empty="Nobody owes anything."),
        ),
        notes=("Figures of the ledger.",),
    )


SAMPLE = ReportKind(
    name="sample",
    title="Sample",
    question="What is it?",
    icon="report-analytics",
    span=Span.PERIOD,
    make=_make,
    groupings=(Grouping(key="month", label="Month"), Grouping(key="product", label="Product")),
)
