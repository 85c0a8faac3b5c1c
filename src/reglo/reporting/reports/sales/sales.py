"""Sales of a period and of the year before, by customer, product and month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from reglo.core.dates import add_months
from reglo.core.folding import folded
from reglo.customers.models import Customer
from reglo.organisations.models import Organisation
from reglo.reporting.links import invoices_link, sales_link
from reglo.reporting.periods import Period, months_within
from reglo.reporting.report import Asked
from reglo.reporting.reports.sales.parts import Part, parts_by_line, parts_by_month
from reglo.reporting.reports.sales.rows import Costs, SaleRow, grouped, margin_of, net_of, quantity_of, year_before

BY_CUSTOMER, BY_PRODUCT, BY_MONTH = "customer", "product", "month"


@dataclass(frozen=True)
class Sales:
    """What was sold in the days asked for and in those of the year before."""

    organisation: Organisation
    asked: Asked

    @cached_property
    def by(self) -> str:
        """What the rows are."""
        return self.asked.by or BY_CUSTOMER

    @cached_property
    def costs(self) -> Costs:
        """Of products, over time."""
        return Costs(self.organisation, self.asked.currency)

    @cached_property
    def now(self) -> list[Part]:
        """Lines where products or their costs are asked for, else sums: then no document is read."""
        days = {"start": self.asked.start, "end": self.asked.end}
        if self.by == BY_PRODUCT or self.costs:
            return list(parts_by_line(self.organisation, currency=self.asked.currency, **days))
        return parts_by_month(self.organisation, currency=self.asked.currency, **days)

    @cached_property
    def before(self) -> list[Part]:
        """The same days, a year before."""
        days = {"start": year_before(self.asked.start), "end": year_before(self.asked.end)}
        if self.by == BY_PRODUCT:
            return list(parts_by_line(self.organisation, currency=self.asked.currency, **days))
        return parts_by_month(self.organisation, currency=self.asked.currency, **days)

    @cached_property
    def total(self) -> SaleRow:
        """All together."""
        return replace(self.row(_("Total"), self.now, self.before), quantity=None, unit="")

    def row(self, label: str, now: Sequence[Part], before: Sequence[Part], link: str = "") -> SaleRow:
        """Some of the sales under one heading."""
        currency = self.asked.currency
        quantity, unit = quantity_of(now)
        return SaleRow(
            label=label,
            link=link,
            net=net_of(now, currency),
            before=net_of(before, currency),
            whole=net_of(self.now, currency),
            margin=margin_of(now, self.costs, currency) if self.costs else None,
            quantity=quantity,
            unit=unit,
        )


def months_of(sales: Sales) -> list[tuple[Period, SaleRow]]:
    """Each month of the period with its sales."""
    now, before = grouped(sales.now, _month_of), grouped(sales.before, _month_of)
    found = []
    for each in months_within(sales.asked.start, sales.asked.end):
        month = each.start.replace(day=1)
        link = sales_link(sales.organisation, each.start, each.end)
        found.append((each, sales.row(each.label, now.get(month, ()), before.get(add_months(month, -12), ()), link)))
    return found


def _month_of(part: Part) -> date:
    return part.on.replace(day=1)


def rows_by_customer(sales: Sales) -> list[SaleRow]:
    """Who bought most first."""
    now = grouped(sales.now, lambda part: part.customer_id)
    before = grouped(sales.before, lambda part: part.customer_id)
    names = dict(Customer.objects.of(sales.organisation).filter(pk__in={*now, *before}).values_list("pk", "name"))
    days = (sales.asked.start, sales.asked.end)
    rows = []
    for pk in {*now, *before}:
        name = names.get(pk, "")
        link = invoices_link(sales.organisation, *days, words=name) if name else ""
        rows.append(sales.row(name or _("Unknown"), now.get(pk, ()), before.get(pk, ()), link))
    return sorted(rows, key=lambda row: (-row.net, -row.before, row.label))


def rows_by_product(sales: Sales) -> list[SaleRow]:
    """What was sold most first."""
    now, before = grouped(sales.now, _product_of), grouped(sales.before, _product_of)
    rows = []
    for key in {*now, *before}:
        parts, earlier = now.get(key, ()), before.get(key, ())
        label, link = named(sales, (*parts, *earlier)[0])
        rows.append(sales.row(label, parts, earlier, link))
    return sorted(rows, key=lambda row: (-row.net, -row.before, row.label))


def _product_of(part: Part) -> tuple[str, str]:
    """By reference; lines without one by what they are called."""
    return (part.reference, "") if part.reference else ("", folded(part.name))


def named(sales: Sales, part: Part) -> tuple[str, str]:
    """What a line sold is called, and the address of the product where it is one that is kept."""
    product = sales.costs.products.get(part.reference)
    if product is not None:
        return product.name, reverse("products:product", args=[sales.organisation.slug, product.pk])
    return part.name or _("Charges that belong to no line"), ""
