from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.negotiation import Deal, Limit, Measure, Offer, UnusableDeal, Verdict, Wish, stands
from reglo.core.terms import Share
from tests.core.negotiation.builders import a_deal, an_offer, deals, offers

limits = st.lists(
    st.builds(Limit, st.sampled_from(Wish), st.sampled_from(Measure), st.integers(-5000, 50_000).map(Decimal)),
    max_size=6,
)


def limit(wish: Wish, measure: Measure, value: str) -> Limit:
    return Limit(wish, measure, Decimal(value))


def test_the_walk_away_line_is_kept_in_sight() -> None:
    line = limit(Wish.WILL_NOT, Measure.GAIN, "-1000")
    within, beyond = stands(an_offer(60), [line], a_deal()), stands(an_offer(90), [line], a_deal())
    assert (within.verdict, within.room) == (Verdict.WITHIN, Decimal("315.29"))  # 1,000 less 684.71
    assert beyond.verdict is Verdict.WALK_AWAY
    assert beyond.room is not None
    assert beyond.room < 0
    assert beyond.standings[0].why.fr.endswith("au-delà du point de rupture.")


def test_the_worst_that_a_limit_says_is_the_verdict() -> None:
    need = limit(Wish.NEED, Measure.DEPOSIT, "30")
    give = limit(Wish.CAN_GIVE, Measure.DAYS, "45")
    offer = an_offer(60, deposit=Share(percent=Decimal(20)))
    assert stands(offer, [need, give], a_deal()).verdict is Verdict.SHORT
    assert stands(offer, [give], a_deal()).verdict is Verdict.STRETCH
    assert stands(offer, [], a_deal()).verdict is Verdict.WITHIN
    assert stands(offer, [need], a_deal()).standings[0].room == -10


def test_on_the_line_is_within() -> None:
    line = limit(Wish.WILL_NOT, Measure.DAYS, "60")
    assert stands(an_offer(60), [line], a_deal()).verdict is Verdict.WITHIN
    assert stands(an_offer(61), [line], a_deal()).verdict is Verdict.WALK_AWAY


def test_every_measure_is_that_of_the_worth() -> None:
    offer = an_offer(60, discount=("1", 10), price="-1", deposit=Share(percent=Decimal(20)))
    asked = [limit(Wish.NEED, measure, "0") for measure in Measure]
    actual = {each.limit.measure: each.actual for each in stands(offer, asked, a_deal()).standings}
    assert actual[Measure.PRICE] == -1
    assert actual[Measure.DISCOUNT] == 1
    assert actual[Measure.DEPOSIT] == 20
    assert actual[Measure.EXPOSURE] > actual[Measure.CASH_NEED] > 0
    assert actual[Measure.LOWEST_CASH] < 0


def test_no_line_in_euros_leaves_no_room_to_tell() -> None:
    assert stands(an_offer(60), [limit(Wish.NEED, Measure.GAIN, "0")], a_deal()).room is None


def test_a_limit_is_a_number() -> None:
    with pytest.raises(UnusableDeal):
        limit(Wish.NEED, Measure.GAIN, "NaN")


@settings(max_examples=40, deadline=None)
@given(offers, limits, deals)
def test_a_verdict_is_within_only_if_every_limit_is_held(offer: Offer, asked: list[Limit], deal: Deal) -> None:
    stand = stands(offer, asked, deal)
    assert (stand.verdict is Verdict.WITHIN) == all(each.is_held for each in stand.standings)
    assert all(each.is_held == (each.room >= 0) for each in stand.standings)
