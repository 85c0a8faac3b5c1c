"""Issued documents and their ledger entries: is each booked, and as it says?"""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from reglo.billing.models import Invoice
from reglo.ledger.models import Entry
from reglo.ledger.services import DOCUMENT_SOURCE

_AT_ONCE = 500


def unposted() -> Iterator[int]:
    """The ids of issued documents without an entry, oldest first, some hundred at a time."""
    rows = unposted_of(Invoice.objects.all())
    yield from rows.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]


def unposted_of(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    """Those of some documents that have no entry though they ask or give something."""
    entries = Entry.objects.filter(
        organisation=OuterRef("organisation"), source_kind=DOCUMENT_SOURCE, source_id=OuterRef("pk"), reverses=None
    )
    return invoices.exclude(gross_minor=0, net_minor=0, vat_minor=0).filter(~Exists(entries))
