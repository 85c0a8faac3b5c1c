from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from reglo.core.negotiation import (
    Deal,
    Guess,
    Lateness,
    Offer,
    Range,
    side_by_side,
    their_worth_of,
    three_scenarios,
    tornado,
    usual_ranges,
    with_guess,
    worth_of,
)
from tests.core.negotiation.builders import a_deal, an_offer, deals, offers


@settings(max_examples=25, deadline=None)
@given(offers, deals)
def test_the_guess_that_matters_most_comes_first(offer: Offer, deal: Deal) -> None:
    rows = tornado(offer, deal)
    assert {row.range.guess for row in rows} == set(Guess)
    assert [row.swing for row in rows] == sorted((row.swing for row in rows), reverse=True)
    first = rows[0]
    low = with_guess(deal, first.range.guess, first.range.low)
    assert (first.ours_low, first.theirs_low) == (worth_of(offer, low).gain, their_worth_of(offer, low).gain)


def test_what_does_not_matter_to_an_offer_moves_nothing() -> None:
    rows = {row.range.guess: row for row in tornado(an_offer(60), a_deal())}
    assert rows[Guess.MARGIN].swing == rows[Guess.TAKE_UP].swing == rows[Guess.THEIR_MONEY].swing == 0
    assert rows[Guess.THEIR_MONEY].their_swing > 0
    assert rows[Guess.OWN_MONEY].swing > rows[Guess.VOLUME].swing > 0


def test_ranges_can_be_chosen() -> None:
    asked = Range(Guess.LATENESS, Decimal(0), Decimal(90))
    assert [row.range for row in tornado(an_offer(60), a_deal(), [asked])] == [asked]


@given(deals)
def test_the_usual_ranges_hold_the_guess_itself_and_can_be(deal: Deal) -> None:
    guessed = {
        Guess.THEIR_MONEY: deal.their_money.likely,
        Guess.OWN_MONEY: deal.own_money_percent,
        Guess.LATENESS: deal.lateness.days,
        Guess.VOLUME: deal.yearly_net,
        Guess.MARGIN: deal.margin_percent,
        Guess.DEFAULT: deal.default_percent,
    }
    for each in usual_ranges(deal):
        with_guess(deal, each.guess, each.low)
        with_guess(deal, each.guess, each.high)
        assert each.low <= guessed.get(each.guess, each.low) <= each.high


def test_three_scenarios_stand_side_by_side() -> None:
    deal = a_deal(lateness=Lateness(days=Decimal(10), spread=Decimal(20), is_known=True), default_percent=Decimal(2))
    bad, likely, good = side_by_side(three_scenarios(an_offer(60), deal))
    assert [each.scenario.name.fr for each in (bad, likely, good)] == ["Prudent", "Attendu", "Favorable"]
    assert likely.ours == worth_of(an_offer(60), deal)
    assert likely.theirs == their_worth_of(an_offer(60), deal)
    assert bad.ours.expected_days == 80
    assert good.ours.expected_days == 60
    assert bad.ours.expected_loss > likely.ours.expected_loss > good.ours.expected_loss
    assert [each.source for each in likely.fence.warnings] == ["C. com. L442-1 I 1°"]


def test_scenarios_may_be_offers_too() -> None:
    one, other = three_scenarios(an_offer(60), a_deal())[:2]
    worked = side_by_side([one, replace(other, offer=an_offer(90))])
    assert [each.fence.is_lawful for each in worked] == [True, False]
