"""Which items are settled by less than is open."""

from datetime import date

from django.db.models import QuerySet

from reglo.ledger.models import SettlementOffer
from reglo.organisations.models import Organisation


def settlement_offers(organisation: Organisation, *, on: date) -> QuerySet[SettlementOffer]:
    """The offers that hold on a day, for items that are still open, the first to end first."""
    rows = SettlementOffer.objects.of(organisation).filter(last_day__gte=on, item__open_minor__gt=0)
    return rows.select_related("item").order_by("last_day", "pk")
