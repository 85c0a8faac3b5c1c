"""What customers paid, day by day."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q, Sum

from reglo.core.accounting import MONEY_ROLES, EventKind
from reglo.ledger.models import Line
from reglo.organisations.models import Organisation

_KINDS = (EventKind.PAYMENT, EventKind.REFUND)


def came_in(organisation: Organisation, *, currency: str, start: date, end: date) -> Mapping[date, int]:
    """What came in on each day from `start` to `end`, both included: payments, less refunds and what was taken back."""
    lines = Line.objects.of(organisation).filter(role__in=MONEY_ROLES, currency=currency, date__range=(start, end))
    paid = lines.filter(Q(entry__kind__in=_KINDS) | Q(entry__reverses__kind__in=_KINDS))
    sums = paid.order_by().values_list("date").annotate(sum=Sum(F("debit_minor") - F("credit_minor")))
    return dict(sums)
