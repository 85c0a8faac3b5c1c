"""Writing down that less settles an item if it is paid by a day."""

from datetime import date, datetime

from reglo.ledger.models import OpenItem, SettlementOffer
from reglo.ledger.services.posting import Source


def offer_settlement(
    item: OpenItem, *, amount_minor: int, last_day: date, source: Source, now: datetime
) -> SettlementOffer:
    """Keep an offer that a customer accepted, within the caller's transaction; once for each source and item."""
    offer, _ = SettlementOffer.objects.get_or_create(
        item=item,
        source_kind=source.kind,
        source_id=source.id,
        defaults={
            "organisation_id": item.organisation_id,
            "amount_minor": amount_minor,
            "last_day": last_day,
            "made_at": now,
        },
    )
    return offer
