"""What customers disputed of what they owed, at the end of some days."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from reglo.collection.models import Dispute
from reglo.ledger.models import Allocation, OpenItem, Side
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

_Moves = Mapping[int, Sequence[tuple[date, int]]]  # by invoice: from when, how much


def disputed_at(organisation: Organisation, currency: str, ends: Sequence[date]) -> dict[date, int]:
    """For each day, what was disputed then, at most what was left to pay of its invoice; minor units."""
    disputes = _touching(organisation, currency, ends[0], ends[-1])
    moves = _moves(organisation, disputes)
    found = dict.fromkeys(ends, 0)
    for each in disputes:
        for end in ends:
            if _is_open(organisation, each, end):
                left = sum(amount for day, amount in moves.get(each.invoice_id, ()) if day <= end)
                found[end] += min(each.amount_minor, max(left, 0))
    return found


def disputed_invoices(organisation: Organisation, currency: str, on: date) -> frozenset[int]:
    """The invoices about which a dispute was open at the end of a day."""
    return frozenset(
        each.invoice_id for each in _touching(organisation, currency, on, on) if _is_open(organisation, each, on)
    )


def _is_open(organisation: Organisation, dispute: Dispute, on: date) -> bool:
    closed = today_of(organisation, dispute.closed_at) if dispute.closed_at else date.max
    return today_of(organisation, dispute.opened_at) <= on < closed


def _touching(organisation: Organisation, currency: str, first: date, last: date) -> QuerySet[Dispute]:
    """Disputes that may have been open on one of the days."""
    rows = Dispute.objects.of(organisation).filter(invoice__currency=currency, opened_at__date__lte=last)
    return rows.filter(Q(closed_at=None) | Q(closed_at__date__gte=first)).order_by("pk")


def _moves(organisation: Organisation, disputes: QuerySet[Dispute]) -> _Moves:
    """What made and what lessened the debt of each invoice that is disputed."""
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    invoices = disputes.order_by().values("invoice")
    items = OpenItem.objects.of(organisation).filter(side=Side.DEBIT, origin__source_kind=DOCUMENT_SOURCE)
    of_invoices = items.filter(origin__source_id__in=invoices)
    for invoice, day, amount in of_invoices.values_list("origin__source_id", "date", "amount_minor"):
        found[invoice].append((day, amount))
    settled = Allocation.objects.of(organisation).filter(debit_item__in=of_invoices)
    for invoice, day, amount in settled.values_list("debit_item__origin__source_id", "on", "amount_minor"):
        found[invoice].append((day, -amount))
    return found
