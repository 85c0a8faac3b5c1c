"""Negotiations as tests need them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from reglo.core.negotiation import Band, Deal, Limit, Measure, Offer, Side, Wish
from reglo.core.terms import Delay, PaymentTerms
from reglo.customers.models import Customer
from reglo.negotiation.models import Counterpart, MoneySource, Negotiation, Round
from reglo.negotiation.services import begin_negotiation, draw_limits, give_facts, note_round
from reglo.organisations.models import Organisation
from tests.site import INES, NOW, TODAY

DEAL = Deal(
    yearly_net=Decimal(120_000),
    from_day=date(2026, 1, 1),
    margin_percent=Decimal(25),
    own_money_percent=Decimal(6),
    their_money=Band(Decimal(2), Decimal(3), Decimal(5)),
    current=Offer(terms=PaymentTerms(delay=Delay(days=30))),
)
ASKED = Offer(terms=PaymentTerms(delay=Delay(days=60)))
TEN_YEARS = Offer(terms=PaymentTerms(delay=Delay(days=3650)))
OURS = replace(ASKED, terms=PaymentTerms(delay=Delay(days=45)), price_percent=Decimal(1))
LINE = Limit(Wish.WILL_NOT, Measure.GAIN, Decimal(-500))


def a_negotiation(
    organisation: Organisation, customer: Customer | None = None, *, deal: Deal | None = DEAL
) -> Negotiation:
    """One with a customer or a prospect, its facts given and a walk-away line drawn."""
    facts = who(organisation)
    kind = Counterpart.PROSPECT if customer is None else Counterpart.CUSTOMER
    row = begin_negotiation(kind=kind, name="Hôtel des Quais", customer=customer, **facts)
    if deal is not None:
        give_facts(negotiation_id=row.pk, deal=deal, source=MoneySource.OVERDRAFT, **facts)
        row = draw_limits(negotiation_id=row.pk, limits=[LINE], **facts)
    return row


def a_round(row: Negotiation, offer: Offer = ASKED, side: Side = Side.THEIRS, on: date = TODAY) -> Round:
    """An offer that somebody made."""
    return note_round(negotiation_id=row.pk, side=side, offer=offer, on=on, **who(row.organisation))


def who(organisation: Organisation) -> dict[str, Any]:
    """Who acts on an organisation, and when."""
    return {"organisation": organisation, "by": INES, "now": NOW}


def fields_of(offer: Offer = ASKED, **changes: object) -> dict[str, object]:
    """What a browser sends of an offer."""
    terms = offer.terms
    return {
        "days": terms.delay.days,
        "start": "invoice",
        "end_of_month": "no",
        "penalty_basis": "ecb",
        "penalty_value": "10",
        "indemnity": "40",
        "price_percent": str(offer.price_percent),
        "next_business_day": "",
    } | changes
