"""Sales as a report."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reglo.accounts.language import page_language
from reglo.charts.pairs import PairChart, pair_chart
from reglo.core.money import from_minor
from reglo.formats.units import unit_name
from reglo.lists.listing import CellKind, Column
from reglo.organisations.models import Organisation
from reglo.reporting.columns import amount_column, share_column
from reglo.reporting.links import sales_link
from reglo.reporting.periods import Period, chart_labels, year_back
from reglo.reporting.report import Asked, Figure, Grouping, Report, ReportKind, Span, Table
from reglo.reporting.reports.sales.parts import Part
from reglo.reporting.reports.sales.rows import Margin, SaleRow, year_before
from reglo.reporting.reports.sales.sales import (
    BY_CUSTOMER,
    BY_MONTH,
    BY_PRODUCT,
    Sales,
    months_of,
    named,
    rows_by_customer,
    rows_by_product,
)
from reglo.reporting.spoken import money_text, share_text


def _make(organisation: Organisation, asked: Asked) -> Report:
    sales = Sales(organisation, asked)
    months = months_of(sales)
    return Report(
        lead=_lead(sales),
        figures=tuple(_figures(sales)),
        charts=(_chart(months),) if sales.now or sales.before else (),
        tables=tuple(_tables(sales, months)),
        notes=tuple(_notes(sales)),
    )


def _lead(sales: Sales) -> str:
    total, asked = sales.total, sales.asked
    if not sales.now and not sales.before:
        return _("Nothing was sold in this period, nor a year before.")
    values = {"net": money_text(total.net, asked), "before": money_text(total.before, asked)}
    if not total.before:
        return _("You sold for %(net)s without tax; nothing on the same days of the year before.") % values
    values["change"] = share_text(abs(total.change or Decimal(0)))
    if total.net >= total.before:
        return _("You sold for %(net)s without tax: %(change)s more than a year before (%(before)s).") % values
    return _("You sold for %(net)s without tax: %(change)s less than a year before (%(before)s).") % values


def _figures(sales: Sales) -> Iterator[Figure]:
    total, asked, organisation = sales.total, sales.asked, sales.organisation
    yield Figure(
        label=_("Sales without tax"),
        value=money_text(total.net, asked),
        meaning=_("Credit notes deducted; equal to the accounts 70."),
        link=sales_link(organisation, asked.start, asked.end),
    )
    start, end = year_before(asked.start), year_before(asked.end)
    yield Figure(
        label=_("A year before"),
        value=money_text(total.before, asked),
        meaning=_("On the same days."),
        link=sales_link(organisation, start, end),
    )
    first = max(rows_by_customer(sales), key=lambda row: row.net, default=None)
    if first is not None and first.share is not None:
        meaning = _("%(name)s: the part of one customer in all sales.") % {"name": first.label}
        yield Figure(label=_("Largest customer"), value=share_text(first.share), meaning=meaning, link=first.link)
    if total.margin is not None:
        yield _margin(sales, total.margin)


def _margin(sales: Sales, margin: Margin) -> Figure:
    known = share_text(margin.net / sales.total.net if sales.total.net > 0 else None)
    values = {"share": share_text(margin.share), "known": known}
    return Figure(
        label=_("Margin"),
        value=money_text(margin.amount, sales.asked),
        meaning=_("%(share)s of the sales whose cost is known: %(known)s of all.") % values,
        link=reverse("products:list", args=[sales.organisation.slug]),
    )


def _chart(months: Sequence[tuple[Period, SaleRow]]) -> PairChart:
    labels = chart_labels([period for period, _row in months])
    return pair_chart(
        [(label, row.before, row.net) for label, (_period, row) in zip(labels, months, strict=True)],
        key="sales",
        title=_("Sales by month, without tax"),
        about=_("Two bars for each month, the year before and now; the table by month says it in figures."),
        before=_("The year before"),
        now=_("This period"),
    )


def _tables(sales: Sales, months: Sequence[tuple[Period, SaleRow]]) -> Iterator[Table]:
    by_month = [row for _period, row in months]
    if sales.by == BY_CUSTOMER:
        yield _table(sales, "customers", _("By customer"), _("Customer"), rows_by_customer(sales))
    if sales.by == BY_PRODUCT:
        yield _table(sales, "products", _("By product"), _("Product"), rows_by_product(sales))
    yield _table(sales, "months", _("By month"), _("Month"), by_month)
    if sales.by == BY_PRODUCT:
        yield _proof(sales)


def _table(sales: Sales, key: str, caption: str, of: str, rows: Sequence[SaleRow]) -> Table:
    has_quantity = key == "products"
    name = Column(key=key, label=of, value=lambda row: row.label, link=lambda row: row.link)
    return Table(
        key=key,
        caption=caption,
        columns=(name, *(_quantity() if has_quantity else ()), *_figure_columns(bool(sales.costs))),
        rows=rows,
        totals=(sales.total,) if rows else (),
        empty=_("Nothing was sold."),
    )


def _quantity() -> Iterator[Column]:
    language = page_language()

    def unit(row: Any) -> str:
        return unit_name(row.unit, row.quantity, language) if row.quantity is not None and row.unit else ""

    yield Column(
        key="quantity", label=_("Quantity"), value=lambda row: row.quantity, kind=CellKind.NUMBER, on_phone=False
    )
    yield Column(key="unit", label=_("Unit"), value=unit, on_phone=False)


def _figure_columns(has_costs: bool) -> Iterator[Column]:
    yield amount_column("net", _("Without tax"), lambda row: row.net, on_phone=True)
    yield share_column("share", _("Share"), lambda row: row.share)
    yield amount_column("before", _("A year before"), lambda row: row.before)
    yield share_column("change", _("Evolution"), lambda row: row.change, on_phone=True)
    if has_costs:
        yield amount_column("margin", _("Margin"), lambda row: row.margin.amount if row.margin else None)
        yield share_column("margin-share", _("Margin rate"), lambda row: row.margin.share if row.margin else None)
        yield amount_column("known", _("Sales of known cost"), lambda row: row.margin.net if row.margin else None)


def _proof(sales: Sales) -> Table:
    currency = sales.asked.currency

    def link(part: Part) -> str:
        return reverse("billing:invoice", args=[sales.organisation.slug, part.document_id]) if part.document_id else ""

    return Table(
        key="lines",
        caption=_("What each figure is made of"),
        columns=(
            Column(key="document", label=_("Document"), value=lambda part: part.number, link=link),
            Column(key="date", label=_("Date"), value=lambda part: part.on, kind=CellKind.DATE, on_phone=False),
            Column(key="product", label=_("Product"), value=lambda part: named(sales, part)[0]),
            Column(
                key="quantity",
                label=_("Quantity"),
                value=lambda part: part.quantity,
                kind=CellKind.NUMBER,
                on_phone=False,
            ),
            amount_column("net", _("Without tax"), lambda part: from_minor(part.net_minor, currency), on_phone=True),
            amount_column("cost", _("Cost"), sales.costs.of),
        ),
        rows=sorted(sales.now, key=lambda part: (part.on, part.number)),
        empty=_("Nothing was sold."),
    )


def _notes(sales: Sales) -> Iterator[str]:
    yield _(
        "Sales are what documents book on the accounts 70 on the day on which they are issued: deposits count with the "
        "final invoice, credit notes are deducted, discounts for early payment are not (account 665)."
    )
    if sales.by == BY_PRODUCT or sales.costs:
        yield _(
            "A document is shared out to its lines of the same VAT rate in proportion to their amounts, allowances on "
            "the whole included: all lines together come to the accounts to the cent. Lines are grouped by the "
            "reference of the product, those without one by what they are called. Quantities are those in the unit of "
            "most lines."
        )
    if sales.costs:
        yield _(
            "Margin: sales less cost × quantity, with the cost of the day of the document. Lines of a product without "
            "a cost, or in another unit than the product’s, are left out of margins."
        )
    else:
        yield _("No product has a cost yet. Write it on the product’s page, and this report says what it earns.")
    yield _("A year before: the same days. Sales in other currencies than %(currency)s are left out.") % {
        "currency": sales.asked.currency
    }


KIND = ReportKind(
    name="sales",
    title=gettext_lazy("Sales and margin"),
    question=gettext_lazy("What did I sell, to whom, and what does it earn compared with last year?"),
    icon="coin",
    span=Span.PERIOD,
    make=_make,
    groupings=(
        Grouping(key=BY_CUSTOMER, label=gettext_lazy("By customer")),
        Grouping(key=BY_PRODUCT, label=gettext_lazy("By product")),
        Grouping(key=BY_MONTH, label=gettext_lazy("By month")),
    ),
    usual_period=year_back,
)
