"""The aged balance as a report."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reglo.accounts.language import page_language
from reglo.charts.bars import BarChart, bar_chart
from reglo.core.metrics.ageing import USUAL_BOUNDS
from reglo.customers.wording import KINDS
from reglo.lists.listing import CellKind, Column
from reglo.organisations.models import Organisation
from reglo.reporting.columns import amount_column
from reglo.reporting.queries import currencies_of
from reglo.reporting.report import Asked, Figure, Grouping, Report, ReportKind, Span, Table
from reglo.reporting.reports.aged_balance.rows import (
    AgedRow,
    rows_by_customer,
    rows_by_invoice,
    rows_by_segment,
    total_of,
)
from reglo.reporting.spoken import money_text, share_text

_BY_CUSTOMER, _BY_SEGMENT, _BY_INVOICE = "customer", "segment", "invoice"


def _make(organisation: Organisation, asked: Asked) -> Report:
    customers = rows_by_customer(organisation, asked)
    total = total_of(customers, _("Total"))
    return Report(
        lead=_lead(total, len([row for row in customers if row.late]), asked),
        figures=tuple(_figures(organisation, total, asked)),
        charts=(_chart(total),) if customers else (),
        tables=(_table(organisation, asked, customers, total),),
        notes=(
            _("From the ledger, with tax, at the end of that day. What is due on the day itself is not late."),
            _("Credits are payments and credit notes that settle nothing yet; the balance has them deducted."),
            *_left_out(organisation),
        ),
    )


def _left_out(organisation: Organisation) -> Iterator[str]:
    if len(currencies_of(organisation)) > 1:
        yield _("Amounts in other currencies are left out: choose one above.")


def _lead(total: AgedRow, late: int, asked: Asked) -> str:
    if not total.owed:
        return _("Nobody owed you anything.")
    values: dict[str, str | int] = {"owed": money_text(total.owed, asked), "late": money_text(total.late, asked)}
    values["count"] = late
    if not total.late:
        return _("Customers owed you %(owed)s, and nothing of it was late.") % values
    values["share"] = share_text(total.late / total.owed)
    said = ngettext(
        "Customers owed you %(owed)s. %(late)s of it was late (%(share)s), with %(count)s customer.",
        "Customers owed you %(owed)s. %(late)s of it was late (%(share)s), with %(count)s customers.",
        late,
    )
    return said % values


def _figures(organisation: Organisation, total: AgedRow, asked: Asked) -> Iterator[Figure]:
    invoices = reverse("billing:invoices", args=[organisation.slug])
    is_now = asked.end >= asked.today
    who = urlencode({"start": asked.end.replace(day=1), "end": asked.end, "currency": asked.currency})
    owed = f"{reverse('reporting:statements', args=[organisation.slug])}?{who}"
    yield Figure(label=_("Owed"), value=money_text(total.owed, asked), link=owed)
    late = money_text(total.late, asked)
    yield Figure(label=_("Late"), value=late, link=f"{invoices}?state=past" if is_now else "")
    longest = money_text(total.buckets[-1], asked)
    yield Figure(label=_("Later than 90 days"), value=longest, meaning=_("What is this old is seldom paid in full."))
    yield Figure(label=_("Balance"), value=money_text(total.balance, asked), meaning=_("Credits deducted."))


def _names() -> list[str]:
    ends = (0, *USUAL_BOUNDS)
    between = [
        _("%(first)s to %(last)s days") % {"first": first + 1, "last": last}
        for first, last in zip(ends, USUAL_BOUNDS, strict=False)
    ]
    return [_("Not due"), *between, _("More than %(days)s days") % {"days": USUAL_BOUNDS[-1]}]


def _chart(total: AgedRow) -> BarChart:
    return bar_chart(
        list(zip(_names(), total.buckets, strict=True)),
        key="ages",
        title=_("What is owed, by how late it is"),
        about=_("A bar for what is not due, then for each stretch of days late; the table below says it in figures."),
    )


def _table(organisation: Organisation, asked: Asked, customers: Sequence[AgedRow], total: AgedRow) -> Table:
    match asked.by:
        case "invoice":
            rows: Sequence[AgedRow] = rows_by_invoice(organisation, asked)
            caption, first = _("By invoice"), _invoice_columns(organisation)
        case "segment":
            language = page_language()
            names = {kind.value: text.in_language(language) for kind, text in KINDS.items()}
            rows = rows_by_segment(organisation, customers, names)
            caption, first = _("By kind of customer"), [_name_column(_("Kind of customer"))]
        case _:
            rows, caption, first = customers, _("By customer"), [_customer_column(organisation)]
    return Table(
        key=asked.by or _BY_CUSTOMER,
        caption=caption,
        columns=(*first, *_amounts(_opened(organisation, asked))),
        rows=rows,
        totals=(total,) if rows else (),
        empty=_("Nothing was open on that day."),
    )


def _name_column(label: str) -> Column:
    return Column(key="name", label=label, value=lambda row: row.name)


def _customer_column(organisation: Organisation) -> Column:
    def link(row: AgedRow) -> str:
        return reverse("ledger:customer", args=[organisation.slug, row.customer_id])

    return Column(key="name", label=_("Customer"), value=lambda row: row.name, link=link)


def _invoice_columns(organisation: Organisation) -> list[Column]:
    def link(row: AgedRow) -> str:
        if row.source_id is None:
            return reverse("ledger:customer", args=[organisation.slug, row.customer_id])
        return reverse("billing:invoice", args=[organisation.slug, row.source_id])

    return [
        Column(key="name", label=_("Document"), value=lambda row: row.name, link=link),
        Column(key="customer", label=_("Customer"), value=lambda row: row.customer, on_phone=False),
        Column(key="due", label=_("Due"), value=lambda row: row.due, kind=CellKind.DATE),
    ]


def _opened(organisation: Organisation, asked: Asked) -> Callable[[AgedRow], str]:
    """The statement of a customer at that day: its open items, each with its entry; nothing for a whole segment."""
    days = urlencode({"start": asked.end.replace(month=1, day=1), "end": asked.end, "currency": asked.currency})

    def link(row: AgedRow) -> str:
        if row.customer_id is None:
            return ""
        return f"{reverse('reporting:statement', args=[organisation.slug, row.customer_id])}?{days}#open"

    return link


def _amounts(link: Callable[[AgedRow], str]) -> Iterator[Column]:
    for place, name in enumerate(_names()):
        yield _amount(f"bucket-{place}", name, _bucket(place), link)
    yield _amount("credits", _("Credits"), lambda row: row.credits or None, link)
    yield amount_column("balance", _("Balance"), lambda row: row.balance, link=link, on_phone=True)


def _amount(key: str, name: str, value: Callable[[AgedRow], Decimal | None], link: Callable[[AgedRow], str]) -> Column:
    """An amount that opens, where there is one."""
    return amount_column(key, name, value, link=lambda row: link(row) if value(row) is not None else "")


def _bucket(place: int) -> Any:
    """The amount in a bucket; nothing where it is nil, so that the eye finds what there is."""

    def value(row: AgedRow) -> Decimal | None:
        return row.buckets[place] or None

    return value


KIND = ReportKind(
    name="aged-balance",
    title=gettext_lazy("Aged balance"),
    question=gettext_lazy("Who owes me what, and since when is it late?"),
    icon="hourglass",
    span=Span.DAY,
    make=_make,
    groupings=(
        Grouping(key=_BY_CUSTOMER, label=gettext_lazy("Customer")),
        Grouping(key=_BY_SEGMENT, label=gettext_lazy("Kind of customer")),
        Grouping(key=_BY_INVOICE, label=gettext_lazy("Invoice")),
    ),
)
