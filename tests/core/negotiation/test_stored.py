"""The values of a negotiation can be stored as trees and read back: the room keeps them as JSON."""

import json
from datetime import date

from hypothesis import given, settings

from reglo.core.negotiation import Deal, Limit, Offer, Round, Side
from reglo.formats.data.stored import read_stored, write_stored
from tests.core.negotiation.builders import deals, offers
from tests.core.negotiation.test_limits import limits


def stored(value: object) -> object:
    """As it comes out of a column of JSON."""
    return json.loads(json.dumps(write_stored(value)))


@settings(max_examples=30, deadline=None)
@given(deals)
def test_a_deal_is_read_back_as_it_was(deal: Deal) -> None:
    assert read_stored(Deal, stored(deal)) == deal


@settings(max_examples=30, deadline=None)
@given(offers)
def test_a_round_is_read_back_with_its_offer(offer: Offer) -> None:
    made = Round(date(2026, 3, 2), Side.THEIRS, offer)
    assert read_stored(Round, stored(made)) == made


@given(limits)
def test_limits_are_read_back_as_they_were(kept: list[Limit]) -> None:
    assert [read_stored(Limit, stored(each)) for each in kept] == kept
