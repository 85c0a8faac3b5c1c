"""The treasury of the firm as it was foreseen last, with the deal laid over it."""

from dataclasses import dataclass, replace
from datetime import date

from reglo.core.money import from_minor
from reglo.core.negotiation import Deal, Offer, TreasuryLow, flows, lowest_with
from reglo.forecast.queries import Balances


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmLow:
    """How low the treasury falls with this business beginning today, at today's terms and with the offer."""

    foreseen_on: date
    before: TreasuryLow
    after: TreasuryLow


def firm_low(foreseen: Balances | None, offer: Offer, deal: Deal) -> FirmLow | None:
    """The lowest points of a forecast with the deal laid over it; None without a forecast."""
    if foreseen is None:
        return None
    curve = [(day, from_minor(balance, "EUR")) for day, balance in foreseen.days]
    begun = replace(deal, from_day=foreseen.foreseen_on)
    before, after = (lowest_with(curve, flows(each, begun)) for each in (deal.current, offer))
    if before is None or after is None:
        return None
    return FirmLow(foreseen_on=foreseen.foreseen_on, before=before, after=after)
