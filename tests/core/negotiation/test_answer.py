from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.negotiation import (
    Answer,
    Deal,
    Fairness,
    Lever,
    Levers,
    Offer,
    Point,
    UnusableDeal,
    negotiate,
    offers_of,
    their_worth_of,
    usual_levers,
    worth_of,
)
from reglo.core.negotiation.zone import fair_points, frontier_of, zone_of
from reglo.core.parties import VatRegime
from reglo.core.terms import Delay, DiscountTier, EndOfMonth, Part, PaymentTerms, Penalty, PenaltyBasis, Sector, Share
from tests.core.negotiation.builders import a_deal, an_offer, band, deals, offers

euros = st.integers(-500, 500).map(lambda cents: Decimal(cents) / 100)
points = st.lists(st.builds(Point, st.just(Offer()), euros, euros), max_size=40)
SOME = Levers(
    delays=(Delay(days=15), Delay(days=45), Delay(days=60, end_of_month=EndOfMonth.AFTER_DAYS)),
    deposits=(None, Share(percent=Decimal(30))),
    discounts=((), (DiscountTier(percent=Decimal("0.3"), days=10),)),
    prices=(Decimal(-1), Decimal(0)),
)


def dominates(one: Point, other: Point) -> bool:
    at_least = one.ours >= other.ours and one.theirs >= other.theirs
    return at_least and (one.ours > other.ours or one.theirs > other.theirs)


def an_answer(deal: Deal | None = None, levers: Levers = SOME) -> Answer:
    return negotiate(deal or a_deal(), an_offer(45), levers)


@given(points)
def test_no_point_of_the_frontier_is_bettered_and_every_other_is(found: list[Point]) -> None:
    frontier = frontier_of(found)
    for point in found:
        bettered = any(dominates(other, point) for other in found)
        same = any((each.ours, each.theirs) == (point.ours, point.theirs) for each in frontier)
        assert same != bettered
    assert [each.ours for each in frontier] == sorted({each.ours for each in frontier}, reverse=True)


@given(points)
def test_the_fair_points_lie_on_the_frontier_and_in_the_zone_and_are_the_best_of_it(found: list[Point]) -> None:
    frontier, zone = frontier_of(found), zone_of(found)
    fair = {each.kind: each.point for each in fair_points(frontier)}
    assert bool(fair) == bool(zone)
    for point in fair.values():
        assert point in frontier
        assert point in zone
    if fair:
        nash, equal = fair[Fairness.NASH], fair[Fairness.EQUAL]
        assert nash.ours * nash.theirs == max(each.ours * each.theirs for each in zone)
        assert min(equal.ours, equal.theirs) == max(min(each.ours, each.theirs) for each in zone)


@settings(max_examples=25, deadline=None)
@given(deals, offers)
def test_the_answer_agrees_with_each_offer_worked_out_alone(deal: Deal, offer: Offer) -> None:
    answer = negotiate(deal, offer, SOME)
    assert answer.ours == worth_of(offer, deal)
    assert answer.theirs == their_worth_of(offer, deal)
    for point in answer.points[:: max(1, len(answer.points) // 5)]:
        assert point.ours == worth_of(point.offer, deal).gain
        assert point.theirs == their_worth_of(point.offer, deal).gain
    assert set(answer.zone) <= set(answer.points)
    assert set(answer.frontier) <= set(answer.points)


def test_the_zone_is_where_the_dearer_money_is_relieved() -> None:
    answer = an_answer()
    assert answer.why.en.endswith("leave both better off.")
    best = answer.fair[0].point
    assert best.ours > 0
    assert best.theirs > 0
    assert "Gains égaux" in answer.fair[0].meaning.fr
    assert "Nash" in answer.fair[1].meaning.en


def test_where_money_costs_the_same_and_nothing_else_counts_nobody_gains_without_a_loser() -> None:
    answer = an_answer(a_deal(their_money=band("6"), vat_regime=VatRegime.FRANCHISE))
    assert all(abs(point.ours + point.theirs) <= Decimal("0.01") for point in answer.points)
    assert not [each for each in answer.zone if each.ours > 1 and each.theirs > 1]


def test_what_the_law_bars_is_not_offered_and_says_why() -> None:
    answer = an_answer()
    barred = Delay(days=60, end_of_month=EndOfMonth.AFTER_DAYS)
    assert barred not in {point.offer.terms.delay for point in answer.points}
    assert [(each.rule, each.source) for each in answer.barred] == [("FR-TERMS-CAP", "C. com. L441-10 I")]
    assert not {move.point.offer.terms.delay for move in answer.concessions} & {barred}


def test_a_trade_has_its_own_fence() -> None:
    answer = negotiate(a_deal(sector=Sector.TRANSPORT), an_offer(45), SOME)
    assert not answer.fence.is_lawful
    assert {point.offer.terms.delay.days for point in answer.points} == {15, 30}
    assert {each.source for each in answer.barred} == {"C. com. L441-11 II"}


def test_terms_of_today_that_are_unlawful_are_no_point_but_stay_the_measure() -> None:
    deal = a_deal(current=an_offer(90))
    answer = negotiate(deal, an_offer(45), SOME)
    assert an_offer(90) not in {point.offer for point in answer.points}
    assert answer.ours.gain == worth_of(an_offer(45), deal).gain > 0


def test_an_advantage_with_nothing_in_return_is_warned_of() -> None:
    asked = negotiate(a_deal(), an_offer(30, price="2"), SOME).fence
    assert [each.source for each in asked.warnings] == ["C. com. L442-1 I 1°"]
    assert "Here the customer loses" in asked.warnings[0].message.en
    given_away = negotiate(a_deal(), an_offer(60), SOME).fence
    assert "Ici nous perdons" in given_away.warnings[0].message.fr
    assert not negotiate(a_deal(), an_offer(30, discount=("0.4", 0)), SOME).fence.warnings


def test_penalties_out_of_proportion_are_warned_of() -> None:
    harsh = an_offer(30, penalty=Penalty(PenaltyBasis.FIXED, Decimal(40)))
    warned = negotiate(a_deal(), harsh, SOME).fence
    assert warned.is_lawful
    assert [each.source for each in warned.warnings] == ["C. com. L442-1 I 2°; C. civ. 1231-5"]


def test_penalties_below_the_floor_are_barred() -> None:
    mild = an_offer(30, penalty=Penalty(PenaltyBasis.FIXED, Decimal(1)))
    assert [each.rule for each in negotiate(a_deal(), mild, SOME).fence.bars] == ["FR-TERMS-PENALTY-FLOOR"]


def test_concessions_go_from_cheapest_to_dearest() -> None:
    answer = an_answer()
    costs = [max(Decimal(0), move.cost) / move.gives for move in answer.concessions]
    assert costs == sorted(costs)
    assert answer.concessions[0].lever is Lever.DISCOUNT  # helps both
    assert answer.concessions[0].ratio is None
    assert answer.concessions[-1].lever is Lever.DELAY  # their money is the cheaper: waiting gives them little
    assert answer.concessions[-1].why.fr.startswith("Coûte ")
    assert all(move.point.theirs > 0 for move in answer.concessions)


def test_requests_are_the_other_way_round() -> None:
    answer = an_answer()
    assert answer.requests[0].gives == answer.requests[0].point.ours
    assert Lever.DELAY in {move.lever for move in answer.requests}


@settings(max_examples=25, deadline=None)
@given(deals)
def test_the_usual_levers_can_always_be_tried(deal: Deal) -> None:
    answer = negotiate(deal, deal.current, usual_levers(deal))
    assert answer.points or answer.barred
    assert answer.ours.gain == 0
    for tiers in usual_levers(deal).discounts[1:]:
        assert all(0 < tier.percent < 100 for tier in tiers)


def test_every_combination_is_there_once_and_todays_terms_first() -> None:
    made = list(offers_of(SOME, a_deal().current))
    assert made[0] == a_deal().current
    assert len(made) == len(set(made)) == 4 * 2 * 2 * 2  # today's 30 days beside the three delays


def test_a_combination_that_leaves_no_balance_is_left_out() -> None:
    half = Part(share=Share(percent=Decimal(50)), delay=Delay(days=10))
    levers = Levers(deposits=(Share(percent=Decimal(50)), Share(percent=Decimal(40))), instalments=((half,),))
    taken = {offer.terms.shared for offer in offers_of(levers, Offer())}
    assert max(taken) < 1
    answer = negotiate(a_deal(current=Offer(terms=PaymentTerms(instalments=(half,)))), Offer(), levers)
    assert {move.lever for move in (*answer.concessions, *answer.requests)} == {Lever.DEPOSIT}


def test_more_combinations_than_a_slider_can_wait_for_are_refused() -> None:
    many = tuple(Decimal(percent) / 10 for percent in range(5_000))
    with pytest.raises(UnusableDeal) as refused:
        Levers(prices=many)
    assert refused.value.field == "levers"


def test_without_levers_only_todays_terms_are_there() -> None:
    answer = negotiate(a_deal(), an_offer(45), Levers())
    assert [(point.ours, point.theirs) for point in answer.points] == [(0, 0)]
    assert answer.why.fr.startswith("Aucune combinaison")
    assert answer.fair[0].point == answer.points[0]


def test_a_volume_and_a_minimum_order_are_levers_too() -> None:
    levers = Levers(volumes=(Decimal(150_000),), minimum_orders=(Decimal(20_000),))
    answer = negotiate(a_deal(order_cost=Decimal(40)), replace(an_offer(30), volume=Decimal(150_000)), levers)
    assert len(answer.points) == 4
    assert {move.lever for move in answer.requests} == {Lever.VOLUME, Lever.MINIMUM_ORDER}
