"""What was given away as a report: in all, by kind, by customer, one by one."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from reglo.charts.bars import BarChart, bar_chart
from reglo.collection.queries.leeway import leeway_of
from reglo.core.accounting import EventKind
from reglo.lists.listing import CellKind, Column
from reglo.organisations.models import Organisation
from reglo.reporting.columns import amount_column, count_column, days_column, share_column
from reglo.reporting.links import entries_link, story_link
from reglo.reporting.periods import chart_labels, months_within, year_back
from reglo.reporting.report import Asked, Figure, Report, ReportKind, Span, Table
from reglo.reporting.reports.discounts.facts import Given, GivenKind, GivenSum, by_customer, given_of
from reglo.reporting.spoken import days_text, money_text, share_text

_KINDS = {
    GivenKind.EARLY: gettext_lazy("Discount for early payment"),
    GivenKind.PROPOSAL: gettext_lazy("Proposal to a customer in difficulty"),
    GivenKind.ALLOWANCE: gettext_lazy("Allowance on an invoice"),
}


def _make(organisation: Organisation, asked: Asked) -> Report:
    given = given_of(organisation, asked)
    whole = GivenSum(label=_("All"), customer_id=0, given=tuple(given))
    own = leeway_of(organisation).money_percent / 100
    return Report(
        lead=_lead(whole, own, asked),
        figures=tuple(_figures(organisation, whole, asked)),
        charts=(_chart(given, asked),) if given else (),
        tables=(_by_kind(given, whole), _by_customer(organisation, by_customer(given)), _each(organisation, given)),
        notes=tuple(_notes(own)),
    )


def _lead(whole: GivenSum, own: Decimal, asked: Asked) -> str:
    rate = whole.yearly_rate
    values = {
        "cost": money_text(whole.cost, asked),
        "paid": money_text(whole.paid, asked),
        "days": days_text(whole.days),
        "rate": share_text(rate),
        "own": share_text(own),
    }
    if not whole.given:
        return _("Nothing was given away in this period: no discount, no allowance.")
    if rate is None:
        return _("You gave away %(cost)s without tax. It brought no money sooner.") % values
    bought = _("You gave away %(cost)s without tax. %(paid)s came %(days)s sooner for it: money at %(rate)s a year.")
    judged = _("Yours costs %(own)s: it was dear.") if rate > own else _("Yours costs %(own)s: it was worth it.")
    return f"{bought % values} {judged % values}"


def _figures(organisation: Organisation, whole: GivenSum, asked: Asked) -> Iterator[Figure]:
    entries = entries_link(organisation, EventKind.DISCOUNT, asked.start, asked.end)
    yield Figure(
        label=_("Given away, without tax"),
        value=money_text(whole.cost, asked),
        meaning=_("Discounts and allowances; VAT goes down with them, so it costs you nothing."),
        link=entries,
    )
    yield Figure(
        label=_("Money that came sooner"),
        value=money_text(whole.paid, asked),
        meaning=_("What was paid, with tax, of invoices for which a discount was taken."),
        link=entries,
    )
    yield Figure(
        label=_("Sooner by"),
        value=days_text(whole.days),
        meaning=_("The average euro of it: before its due date, or before it was expected."),
        link=entries,
    )
    yield Figure(
        label=_("Yearly rate"),
        value=share_text(whole.yearly_rate),
        meaning=_("What that money cost, as a loan would. Compare with what your own money costs."),
        link=entries,
    )


def _chart(given: Sequence[Given], asked: Asked) -> BarChart:
    months = months_within(asked.start, asked.end)
    sums = [sum((each.cost for each in given if month.start <= each.on <= month.end), Decimal(0)) for month in months]
    return bar_chart(
        list(zip(chart_labels(months), sums, strict=True)),
        key="given",
        title=_("Given away, month by month"),
        about=_("A bar a month, without tax. The last month is marked."),
        marked=-1,
    )


def _by_kind(given: Sequence[Given], whole: GivenSum) -> Table:
    rows = [
        GivenSum(label=str(label), customer_id=0, given=tuple(each for each in given if each.kind is kind))
        for kind, label in _KINDS.items()
    ]
    return Table(
        key="kinds",
        caption=_("By kind"),
        columns=(
            Column(key="kind", label=pgettext("accounting", "Kind"), value=lambda row: row.label),
            *_columns(),
        ),
        rows=rows,
        totals=(whole,),
    )


def _by_customer(organisation: Organisation, rows: Sequence[GivenSum]) -> Table:
    name = Column(
        key="customer",
        label=_("Customer"),
        value=lambda row: row.label,
        link=lambda row: story_link(organisation, row.customer_id),
    )
    return Table(
        key="customers",
        caption=_("By customer"),
        columns=(name, *_columns()),
        rows=rows,
        empty=_("Nobody was given anything."),
    )


def _columns() -> Iterator[Column]:
    yield count_column("count", _("How many"), lambda row: len(row.given))
    yield amount_column("cost", _("Cost, without tax"), lambda row: row.cost, on_phone=True)
    yield amount_column("paid", _("Money that came sooner"), lambda row: row.paid or None)
    yield days_column("days", _("Days sooner"), lambda row: row.days)
    yield share_column("rate", _("Yearly rate"), lambda row: row.yearly_rate, on_phone=True)


def _each(organisation: Organisation, given: Sequence[Given]) -> Table:
    def link(row: Given) -> str:
        if row.invoice_id:
            return reverse("billing:invoice", args=[organisation.slug, row.invoice_id])
        return reverse("ledger:entry", args=[organisation.slug, row.entry_id])

    return Table(
        key="given",
        caption=_("One by one"),
        columns=(
            Column(key="number", label=_("Invoice"), value=lambda row: row.number, link=link),
            Column(key="on", label=_("Day"), value=lambda row: row.on, kind=CellKind.DATE, on_phone=False),
            Column(key="customer", label=_("Customer"), value=lambda row: row.customer),
            Column(
                key="kind",
                label=pgettext("accounting", "Kind"),
                value=lambda row: str(_KINDS[row.kind]),
                on_phone=False,
            ),
            amount_column("cost", _("Cost, without tax"), lambda row: row.cost, on_phone=True),
            amount_column("paid", _("Paid, with tax"), lambda row: row.paid or None),
            count_column("days", _("Days sooner"), lambda row: row.days or None),
        ),
        rows=given,
        empty=_("Nothing was given away."),
    )


def _notes(own: Decimal) -> Iterator[str]:
    yield _(
        "Discounts are from the ledger, on the day on which they were booked; those that were taken back are left out. "
        "Allowances are from the invoices of the period, those of credit notes deducted. All costs are without tax."
    )
    yield _(
        "Sooner: of a discount for early payment, from the last payment to the due date; of a proposal, as it was "
        "worked out before it was offered, against what that customer’s habit made expect. A customer that would have "
        "paid late anyway gave you more days than this says."
    )
    yield _(
        "Yearly rate: cost of the discounts × 365 ÷ (money × days sooner), allowances left out: they buy no time. Your "
        "own money costs %(own)s a year, as you say under “What customers get by themselves”."
    ) % {"own": share_text(own)}


KIND = ReportKind(
    name="discounts",
    title=gettext_lazy("Discounts and what they bought"),
    question=gettext_lazy("What did I give away, and was it worth it?"),
    icon="discount",
    span=Span.PERIOD,
    make=_make,
    usual_period=year_back,
)
