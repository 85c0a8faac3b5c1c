"""Where invoices stand: what of them is still open, by the ledger."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from reglo.core.accounting import EventKind
from reglo.ledger.models import OpenItem
from reglo.ledger.queries import write_offs
from reglo.ledger.services import DOCUMENT_SOURCE


def with_open_amounts(rows: QuerySet) -> QuerySet:
    """Invoices, each with where it stands.

    open_minor: what is left to pay or, of a credit note, to use. None where not booked yet.
    is_lost: whether something of it was written off.
    """
    sums = _items().order_by().values("origin__source_id").annotate(sum=Sum("open_minor")).values("sum")
    return rows.annotate(open_minor=Subquery(sums), is_lost=Exists(_losses().filter(document=OuterRef("pk"))))


def not_yet_due(rows: QuerySet, *, slug: str, today: date) -> QuerySet:
    """Those that are not paid, and whose due date is to come."""
    return _unpaid(rows, slug).filter(due_date__gte=today)


def late(rows: QuerySet, *, slug: str, today: date) -> QuerySet:
    """Those that are not paid though their due date is over."""
    return _unpaid(rows, slug).filter(due_date__lt=today)


def paid(rows: QuerySet) -> QuerySet:
    """Those of which nothing is left and nothing was lost, and credit notes that were used."""
    settled = rows.filter(Exists(_items()), ~Exists(_items().filter(open_minor__gt=0)))
    return settled.exclude(pk__in=_losses())


def lost(rows: QuerySet) -> QuerySet:
    """Those of which something was written off."""
    return rows.filter(pk__in=_losses())


def _losses() -> QuerySet:
    """The documents of which something was written off. They are few: looked up once, not for each row."""
    of_documents = write_offs().filter(item__origin__source_kind=DOCUMENT_SOURCE).order_by()
    return of_documents.values(document=F("item__origin__source_id"))


def _unpaid(rows: QuerySet, slug: str) -> QuerySet:
    """slug: of the organisation whose invoices `rows` are. Its open items are few: looked up once, not for each row."""
    still_open = OpenItem.objects.filter(_OF_DOCUMENTS, organisation__slug=slug, open_minor__gt=0)
    still_open = still_open.filter(origin__source_kind=DOCUMENT_SOURCE)
    return rows.filter(pk__in=still_open.order_by().values("origin__source_id"))


#: Items of documents, doubtful ones too.
_OF_DOCUMENTS = Q(kind=EventKind.DOCUMENT) | Q(kind=EventKind.DOUBTFUL, side="debit")


def _items() -> QuerySet[OpenItem]:
    """The items of the invoice that a row of the outer query is."""
    return OpenItem.objects.filter(
        _OF_DOCUMENTS,
        organisation=OuterRef("organisation"),
        origin__source_kind=DOCUMENT_SOURCE,
        origin__source_id=OuterRef("pk"),
    )
