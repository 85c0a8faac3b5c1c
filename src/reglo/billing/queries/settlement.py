"""Where invoices stand: what of them is still open, by the ledger."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from reglo.core.accounting import EventKind
from reglo.ledger.models import OpenItem
from reglo.ledger.services import DOCUMENT_SOURCE


def with_open_amounts(rows: QuerySet) -> QuerySet:
    """Invoices, each with `open_minor`: what is left to pay or, of a credit note, to use. None where not booked yet."""
    sums = _items().order_by().values("origin__source_id").annotate(sum=Sum("open_minor")).values("sum")
    return rows.annotate(open_minor=Subquery(sums))


def not_yet_due(rows: QuerySet, today: date) -> QuerySet:
    """Those that are not paid, and whose due date is to come."""
    return _unpaid(rows).filter(due_date__gte=today)


def late(rows: QuerySet, today: date) -> QuerySet:
    """Those that are not paid though their due date is over."""
    return _unpaid(rows).filter(due_date__lt=today)


def paid(rows: QuerySet) -> QuerySet:
    """Those of which nothing is left, and credit notes that were used."""
    return rows.filter(Exists(_items()), ~Exists(_items().filter(open_minor__gt=0)))


def _unpaid(rows: QuerySet) -> QuerySet:
    return rows.filter(Exists(_items().filter(open_minor__gt=0)))


def _items() -> QuerySet[OpenItem]:
    """The items of the invoice that a row of the outer query is, doubtful ones too."""
    return OpenItem.objects.filter(
        Q(kind=EventKind.DOCUMENT) | Q(kind=EventKind.DOUBTFUL, side="debit"),
        organisation=OuterRef("organisation"),
        origin__source_kind=DOCUMENT_SOURCE,
        origin__source_id=OuterRef("pk"),
    )
