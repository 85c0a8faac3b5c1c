"""The tables of the forecast: open invoices with their days, weeks with what comes and goes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reglo.core.forecast import Outgoing
from reglo.forecast.columns import INVOICES, WEEKS, InvoiceRow, WeekRow, euro
from reglo.forecast.queries.outgoings import outgoings_between
from reglo.forecast.stored import ExpectedInvoice, Outlook
from reglo.ledger.models import OpenItem
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.lists.files import Sheet, cells_of, headers_of, xlsx_book
from reglo.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Tables:
    """Both tables, all their rows."""

    invoices: list[InvoiceRow]
    weeks: list[WeekRow]


def tables_of(organisation: Organisation, day: date, outlook: Outlook, language: str) -> Tables:
    """The tables of a forecast that was made on a day."""
    outgoings = outgoings_between(organisation, day, day + timedelta(days=len(outlook.days)))
    return Tables(_invoice_rows(organisation, outlook, language), list(_week_rows(outlook, outgoings)))


def book_of(tables: Tables) -> Any:
    """Both as a workbook, in a temporary file."""
    sheets = ((_("Open invoices"), INVOICES, tables.invoices), (_("Week by week"), WEEKS, tables.weeks))
    return xlsx_book(
        Sheet(title=title, headers=list(headers_of(columns)), rows=(cells_of(row, columns) for row in rows))
        for title, columns, rows in sheets
    )


def _invoice_rows(organisation: Organisation, outlook: Outlook, language: str) -> list[InvoiceRow]:
    """The open invoices, those that are expected first; what was paid since the forecast is left out."""
    expected = {each.item_id: each for each in outlook.invoices}
    items = OpenItem.objects.of(organisation).filter(open_minor__gt=0).select_related("customer", "entry")
    # In Python, not in SQL: ten thousand ids in one statement are more than SQLite takes.
    rows = [_row(organisation, item, expected[item.pk], language) for item in items if item.pk in expected]
    return sorted(rows, key=lambda row: (row.expected, row.reference))


def _row(organisation: Organisation, item: OpenItem, expected: ExpectedInvoice, language: str) -> InvoiceRow:
    return InvoiceRow(
        reference=item.reference or str(item.entry),
        url=_url(organisation, item),
        customer=item.customer.name,
        due=item.due_date,
        expected=expected.expected,
        low=expected.low,
        high=expected.high,
        open=euro(item.open_minor),
        why=expected.reason.in_language(language),
    )


def _url(organisation: Organisation, item: OpenItem) -> str:
    """Its invoice, or the customer's account where it is none."""
    if item.entry.source_kind == DOCUMENT_SOURCE:
        return reverse("billing:invoice", args=[organisation.slug, item.entry.source_id])
    return reverse("ledger:customer", args=[organisation.slug, item.customer_id])


def _week_rows(outlook: Outlook, outgoings: Iterable[Outgoing]) -> Iterator[WeekRow]:
    """What each week should bring, and what goes out in it."""
    known = list(outgoings)
    for week in outlook.weeks:
        came = week.came
        gone = sum((each.amount for each in known if week.first <= each.on <= week.last), Decimal(0))
        yield WeekRow(first=week.first, low=euro(came.low), middle=euro(came.middle), high=euro(came.high), out=gone)
