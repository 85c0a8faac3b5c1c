"""What customers paid, day by day."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db.models import Case, F, QuerySet, Sum, When

from reglo.core.accounting import EventKind
from reglo.ledger.models import OpenItem, Side
from reglo.organisations.models import Organisation

_KINDS = (EventKind.PAYMENT, EventKind.REFUND)


def came_in(organisation: Organisation, *, currency: str, start: date, end: date) -> Mapping[date, int]:
    """What came in on each day from `start` to `end`, both included: payments, less refunds and what was taken back."""
    items = OpenItem.objects.of(organisation).filter(currency=currency, date__range=(start, end))
    paid = Counter(_by_day(items.filter(kind__in=_KINDS)))
    paid.update(_by_day(items.filter(kind=EventKind.REVERSAL, entry__reverses__kind__in=_KINDS)))
    return paid


def _by_day(items: QuerySet[OpenItem]) -> dict[date, int]:
    signed = Case(When(side=Side.CREDIT, then=F("amount_minor")), default=-F("amount_minor"))
    return dict(items.order_by().values_list("date").annotate(sum=Sum(signed)))
