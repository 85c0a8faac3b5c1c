"""The rows of the forecast's tables."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.urls import reverse

from reglo.core.forecast import Outgoing
from reglo.forecast.columns import InvoiceRow, WeekRow, euro
from reglo.forecast.stored import ExpectedInvoice, Outlook
from reglo.ledger.models import OpenItem
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation


def invoice_rows(organisation: Organisation, outlook: Outlook, language: str) -> list[InvoiceRow]:
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


def week_rows(outlook: Outlook, outgoings: Iterable[Outgoing]) -> Iterator[WeekRow]:
    """What each week should bring, and what goes out in it."""
    known = list(outgoings)
    for week in outlook.weeks:
        came = week.came
        gone = sum((each.amount for each in known if week.first <= each.on <= week.last), Decimal(0))
        yield WeekRow(first=week.first, low=euro(came.low), middle=euro(came.middle), high=euro(came.high), out=gone)
