"""How well one is paid, as a report: the period in figures, its months as lines and in a table."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reglo.charts.bars import BarChart, bar_chart
from reglo.charts.lines import LineChart, line_chart
from reglo.core.accounting import AccountRole, EventKind
from reglo.lists.listing import Column
from reglo.organisations.models import Organisation
from reglo.reporting.columns import amount_column, days_column, share_column
from reglo.reporting.links import disputes_link, entries_link, lines_link, promises_link
from reglo.reporting.periods import Period, chart_labels, year_back
from reglo.reporting.report import Asked, Figure, Report, ReportKind, Span, Table
from reglo.reporting.reports.getting_paid.facts import books_of
from reglo.reporting.reports.getting_paid.figures import PaidFigures, month_figures, whole_figures
from reglo.reporting.spoken import days_text, money_text, share_text


def _make(organisation: Organisation, asked: Asked) -> Report:
    books = books_of(organisation, asked)
    months = [month_figures(books, month) for month in books.months]
    whole = whole_figures(books, Period(_("Whole period"), asked.start, asked.end))
    return Report(
        lead=_lead(whole, asked),
        figures=tuple(_figures(organisation, whole)),
        charts=(_dso_chart(months), _late_chart(months)),
        tables=(_by_month(organisation, months, whole),),
        notes=tuple(_notes()),
    )


def _lead(whole: PaidFigures, asked: Asked) -> str:
    values = {
        "owed": money_text(whole.owed, asked),
        "late": money_text(whole.late, asked),
        "days": days_text(whole.count_back),
        "late_days": days_text(whole.days_late),
    }
    if whole.owed <= 0 and whole.days_late is None:
        return _("Nothing was owed to you at the end, and nothing was paid: there is nothing to judge yet.")
    if whole.owed <= 0:
        return _("Nothing was owed to you at the end. The average euro came %(late_days)s after its due date.") % values
    if whole.count_back is None:
        return _("Customers owed you %(owed)s at the end, more than you billed in three years.") % values
    if whole.days_late is None:
        return _("Your last %(days)s of sales wait for their money: %(owed)s, of which %(late)s is late.") % values
    return (
        _(
            "Your last %(days)s of sales wait for their money: %(owed)s, of which %(late)s is late. The average euro "
            "came %(late_days)s after its due date."
        )
        % values
    )


def _figures(organisation: Organisation, whole: PaidFigures) -> Iterator[Figure]:
    start, end = whole.period.start, whole.period.end
    customers = lines_link(organisation, AccountRole.CUSTOMERS, None, end)
    yield Figure(
        label=_("DSO, counted back"),
        value=days_text(whole.count_back),
        meaning=_("How many of your last days of sales come to what is owed. The lower, the sooner you are paid."),
        link=customers,
    )
    yield Figure(
        label=_("DSO, simple"),
        value=days_text(whole.dso),
        meaning=_("What is owed at the end, in days of the sales of the whole period."),
        link=customers,
    )
    yield Figure(
        label=_("Best possible DSO"),
        value=days_text(whole.best),
        meaning=_("What it would be if nobody were late. Shorter terms lower it; reminders only lower the rest."),
        link=customers,
    )
    yield Figure(
        label=_("Average days late"),
        value=days_text(whole.days_late),
        meaning=_("How long after its due date the average euro came. What came in time counts as 0."),
        link=entries_link(organisation, EventKind.PAYMENT, start, end),
    )
    yield from _shares(organisation, whole)


def _shares(organisation: Organisation, whole: PaidFigures) -> Iterator[Figure]:
    start, end = whole.period.start, whole.period.end
    yield Figure(
        label=_("Collected of what was due (CEI)"),
        value=share_text(whole.effectiveness),
        meaning=_("Of all that fell due until the end, the part that came in. 100% is nothing late."),
        link=entries_link(organisation, EventKind.PAYMENT, start, end),
    )
    yield Figure(
        label=_("Disputed"),
        value=share_text(whole.disputed),
        meaning=_("The part of what is owed at the end that customers say is wrong."),
        link=disputes_link(organisation),
    )
    yield Figure(
        label=_("Promises kept"),
        value=share_text(whole.kept),
        meaning=_("Of the promises that fell due, the part that was paid."),
        link=promises_link(organisation, start, end),
    )


def _dso_chart(months: Sequence[PaidFigures]) -> LineChart:
    return line_chart(
        [each.period.short for each in months],
        [
            (_("DSO, simple"), [each.dso for each in months]),
            (_("Best possible DSO"), [each.best for each in months]),
        ],
        key="dso",
        title=_("Days of sales that wait for their money"),
        about=_("Two lines over the months, in days. The space between them is what lateness costs you in days."),
    )


def _late_chart(months: Sequence[PaidFigures]) -> BarChart:
    labels = chart_labels([each.period for each in months])
    return bar_chart(
        [(label, each.days_late or Decimal(0)) for label, each in zip(labels, months, strict=True)],
        key="late",
        title=_("Average days late, month by month"),
        about=_("A bar a month: how long after its due date the average euro came. The last month is marked."),
        marked=-1,
    )


def _by_month(organisation: Organisation, months: Sequence[PaidFigures], whole: PaidFigures) -> Table:
    return Table(
        key="months",
        caption=_("Month by month"),
        columns=tuple(_columns(organisation)),
        rows=months,
        totals=(whole,),
    )


def _columns(organisation: Organisation) -> Iterator[Column]:
    yield Column(
        key="month",
        label=_("Month"),
        value=lambda row: row.period.label,
        link=lambda row: entries_link(organisation, EventKind.PAYMENT, row.period.start, row.period.end),
    )
    yield amount_column("sales", _("Billed"), lambda row: row.sales)
    yield amount_column("owed", _("Owed"), lambda row: row.owed)
    yield amount_column("late", _("Late"), lambda row: row.late)
    yield days_column("dso", _("DSO"), lambda row: row.dso, on_phone=True)
    yield days_column("count-back", _("Counted back"), lambda row: row.count_back)
    yield days_column("best", _("Best"), lambda row: row.best)
    yield days_column("days-late", _("Days late"), lambda row: row.days_late, on_phone=True)
    yield share_column("effectiveness", _("CEI"), lambda row: row.effectiveness)
    yield share_column("disputed", _("Disputed"), lambda row: row.disputed)
    yield share_column("kept", _("Promises kept"), lambda row: row.kept)


def _notes() -> Iterator[str]:
    yield _(
        "From the ledger, with tax. What is owed is the balance of the customers’ accounts; payments and credit notes "
        "that nothing is settled by yet lessen what is not late."
    )
    yield _(
        "DSO of a month: owed at its end ÷ sales of the 90 days until then × 90. Of the whole period: owed at the end "
        "÷ its sales × its days. Compare figures of one method only."
    )
    yield _(
        "Counted back: what is owed is set off against the sales of the last month, the rest against the month before, "
        "and so on, for three years at most."
    )
    yield _(
        "CEI: (owed before + sales − owed after) ÷ (owed before + sales − owed after and not yet due). Penalties that "
        "were claimed are owed, but are no sales."
    )
    yield _("Disputed: what disputes that were open on the last day were about, at most what was left of the invoice.")


KIND = ReportKind(
    name="getting-paid",
    title=gettext_lazy("Getting paid"),
    question=gettext_lazy("How long do I wait for my money, and is it getting better?"),
    icon="hourglass",
    span=Span.PERIOD,
    make=_make,
    usual_period=year_back,
)
