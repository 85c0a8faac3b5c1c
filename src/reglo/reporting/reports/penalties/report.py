"""Penalties as a report: what is due beside what was claimed, by month and by customer."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reglo.charts.lines import LineChart, line_chart
from reglo.core.accounting import EventKind
from reglo.lists.listing import Column
from reglo.organisations.models import Organisation
from reglo.reporting.columns import amount_column
from reglo.reporting.links import entries_link
from reglo.reporting.periods import months_within, year_back
from reglo.reporting.report import Asked, Figure, Report, ReportKind, Span, Table
from reglo.reporting.reports.penalties.facts import Penalties, by_customer, by_month, moves_of, total_of
from reglo.reporting.spoken import money_text

_BY_CUSTOMER = "#table-customers"  #: the table on this page that leads on to what each owes


def _make(organisation: Organisation, asked: Asked) -> Report:
    moves = moves_of(organisation, asked)
    months, whole = by_month(moves, asked), total_of(_("Whole period"), moves, asked)
    return Report(
        lead=_lead(whole, asked),
        figures=tuple(_figures(organisation, whole, asked)),
        charts=(_chart(months, asked),) if whole.is_anything else (),
        tables=(_customers(organisation, by_customer(moves), whole), _months(organisation, months, whole)),
        notes=tuple(_notes()),
    )


def _lead(whole: Penalties, asked: Asked) -> str:
    values = {
        "due": money_text(whole.due, asked),
        "claimed": money_text(whole.claimed, asked),
        "waived": money_text(whole.waived, asked),
        "paid": money_text(whole.paid, asked),
    }
    if not whole.is_anything:
        return _("No business customer was late in this period: no penalties are due.")
    return (
        _(
            "For paying late in this period customers owe you %(due)s by law. You claimed %(claimed)s, gave up "
            "%(waived)s, and were paid %(paid)s."
        )
        % values
    )


def _figures(organisation: Organisation, whole: Penalties, asked: Asked) -> Iterator[Figure]:
    claims = entries_link(organisation, EventKind.PENALTY, asked.start, asked.end)
    yield Figure(
        label=_("Interest due"),
        value=money_text(whole.interest, asked),
        meaning=_("Late-payment interest that ran in the period, on what was unpaid, with tax."),
        link=_BY_CUSTOMER,
    )
    yield Figure(
        label=_("Indemnities due"),
        value=money_text(whole.indemnities, asked),
        meaning=_("40 € for each invoice that became late in the period, or what was agreed."),
        link=_BY_CUSTOMER,
    )
    yield Figure(
        label=_("Claimed"),
        value=money_text(whole.claimed, asked),
        meaning=_("Notes of penalties that you sent, less those that you took back."),
        link=claims,
    )
    yield Figure(
        label=_("Given up"),
        value=money_text(whole.waived, asked),
        meaning=_("Interest and indemnities that you waived, as a gesture or by an agreement."),
        link=_BY_CUSTOMER,
    )
    yield Figure(
        label=_("Paid"),
        value=money_text(whole.paid, asked),
        meaning=_("Money that settled notes of penalties."),
        link=entries_link(organisation, EventKind.PAYMENT, asked.start, asked.end),
    )


def _chart(months: Sequence[Penalties], asked: Asked) -> LineChart:
    return line_chart(
        [each.short for each in months_within(asked.start, asked.end)],
        [(_("Owed by law"), [each.due for each in months]), (_("Claimed"), [each.claimed for each in months])],
        key="penalties",
        title=_("Penalties due and claimed"),
        about=_("Two lines over the months, in the currency of the report. What lies between them was left."),
    )


def _customers(organisation: Organisation, rows: Sequence[Penalties], whole: Penalties) -> Table:
    return Table(
        key="customers",
        caption=_("By customer"),
        columns=(
            Column(
                key="customer",
                label=_("Customer"),
                value=lambda row: row.label,
                link=lambda row: reverse("collection:penalties", args=[organisation.slug, row.customer_id]),
            ),
            *_columns(),
        ),
        rows=rows,
        totals=(whole,) if rows else (),
        empty=_("Nobody owes penalties."),
    )


def _months(organisation: Organisation, rows: Sequence[Penalties], whole: Penalties) -> Table:
    return Table(
        key="months",
        caption=_("By month"),
        columns=(
            Column(
                key="month",
                label=_("Month"),
                value=lambda row: row.label,
                link=lambda row: entries_link(organisation, EventKind.PENALTY, row.start, row.end),
            ),
            *_columns(),
        ),
        rows=rows,
        totals=(whole,),
    )


def _columns() -> Iterator[Column]:
    yield amount_column("interest", _("Interest due"), lambda row: row.interest)
    yield amount_column("indemnities", _("Indemnities due"), lambda row: row.indemnities)
    yield amount_column("due", _("Owed by law"), lambda row: row.due, on_phone=True)
    yield amount_column("claimed", _("Claimed"), lambda row: row.claimed, on_phone=True)
    yield amount_column("waived", _("Given up"), lambda row: row.waived)
    yield amount_column("paid", _("Paid"), lambda row: row.paid)


def _notes() -> Iterator[str]:
    yield _(
        "Due by right, without a reminder (C. com. L441-10 II): interest from the day after the due date on what is "
        "unpaid, at the rate of the terms that bind the invoice, else at that of the law; and one indemnity an invoice "
        "(D441-5). Outside VAT. Consumers owe none."
    )
    yield _(
        "Interest of invoices that were paid late counts until they were paid. It is rounded once an invoice; a month "
        "shows what it adds. A half-year whose rate is not known yet counts with the last known one."
    )
    yield _(
        "Claimed and paid are from the ledger, on their own days: what is claimed in a month may be due since earlier "
        "ones. Most firms claim little of it: it is yours to use as a gesture, or when a customer leaves you no choice."
    )


KIND = ReportKind(
    name="penalties",
    title=gettext_lazy("Penalties and indemnities"),
    question=gettext_lazy("What do customers owe me for paying late, and what did I do about it?"),
    icon="scale",
    span=Span.PERIOD,
    make=_make,
    usual_period=year_back,
)
