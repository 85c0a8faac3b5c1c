from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.negotiation import (
    Band,
    Cause,
    Deal,
    FlowKind,
    Lateness,
    Offer,
    UnusableDeal,
    flows,
    lateness_of,
    their_worth_of,
    worth_of,
)
from reglo.core.parties import VatRegime
from reglo.core.terms import Delay, InvalidTerms, PaymentTerms, Share
from tests.core.negotiation import oracle
from tests.core.negotiation.builders import a_deal, an_offer, band, deals, offers

CENT = Decimal("0.01")
#: One invoice of 12,000 EUR with tax on 1 July, the middle of the year.
ONE = a_deal(yearly_net=Decimal(10_000), orders=1, current=an_offer(0))


def test_thirty_days_more_cost_the_interest_of_thirty_days_on_what_is_owed_with_tax() -> None:
    worth = worth_of(an_offer(60), a_deal(vat_regime=VatRegime.DEBITS))
    # 144,000 × (1.06 ^ (−30/365) − 1.06 ^ (−60/365))
    assert worth.cost == Decimal("684.71")
    assert [line.cause for line in worth.lines] == [Cause.WAITING]
    assert worth.percent_of_margin == Decimal("-2.28")  # of 30,000
    assert worth.lines[0].working.en == ("€144,000 with tax 60 days after the invoice instead of 30, at 6% a year")
    assert (
        worth.why.fr == "Coûte 684,71\N{NO-BREAK SPACE}€ par an, comme une baisse de prix de 0,57\N{NO-BREAK SPACE}%."
    )


def test_the_equivalent_change_of_price_is_worth_the_same() -> None:
    deal = a_deal()
    worth = worth_of(an_offer(60), deal)
    assert worth.equivalent_price_percent is not None
    same = worth_of(an_offer(30, price=str(worth.equivalent_price_percent)), deal)
    assert abs(same.gain - worth.gain) < 6  # half a hundredth of a percent of 120,000


def test_vat_that_is_due_before_the_customer_pays_is_part_of_the_cash_need() -> None:
    debits = worth_of(an_offer(60), ONE).cash_need.after
    receipts = worth_of(an_offer(60), replace(ONE, vat_regime=VatRegime.RECEIPTS)).cash_need.after
    # Invoice of 1 July, paid on 30 August. Tax on 20 August, 50 days after; on receipts on 20 September, 81 days after.
    assert debits.average == Decimal("1698.63")  # (12,000 × 60 − 2,000 × 50) ÷ 365
    assert receipts.average == Decimal("1528.77")  # (12,000 × 60 − 2,000 × 81) ÷ 365
    assert debits.working.en == "(€12,000 with tax × 60 days − €2,000 of VAT × 50 days) ÷ 365"
    assert debits.peak == Decimal("12000.00")  # from 20 August on the tax is paid and nothing has come
    assert receipts.peak == Decimal("10000.00")


def test_the_lowest_point_is_that_of_costs_and_tax_paid_before_money_comes() -> None:
    worth = worth_of(an_offer(60), ONE)
    assert (worth.lowest_after.amount, worth.lowest_after.day) == (Decimal("-9500.00"), date(2026, 8, 20))
    assert worth.lowest_after.working.en == "€0 received − €7,500 of costs − €2,000 of VAT up to that day"
    prepaid = worth_of(an_offer(60, deposit=Share(percent=Decimal(90))), replace(ONE, lead_days=30))
    assert (prepaid.lowest_after.amount, prepaid.lowest_after.day) == (Decimal(0), None)


def test_the_flows_are_dated() -> None:
    moved = [(flow.day, flow.amount, flow.kind) for flow in flows(an_offer(60), ONE)]
    assert moved == [
        (date(2026, 7, 1), Decimal("-7500.00"), FlowKind.COSTS),
        (date(2026, 8, 20), Decimal("-2000.00"), FlowKind.VAT),
        (date(2026, 8, 30), Decimal("12000.00"), FlowKind.PAYMENT),
    ]


def test_payment_is_counted_when_it_is_expected_not_when_it_is_due() -> None:
    late = replace(ONE, lateness=Lateness(days=Decimal("12.5"), is_known=True))
    payments = [flow for flow in flows(an_offer(30), late) if flow.kind is FlowKind.PAYMENT]
    assert [flow.day for flow in payments] == [date(2026, 8, 13)]  # 30 days and 13
    early = replace(ONE, lateness=Lateness(days=Decimal(-90), is_known=True))
    assert worth_of(an_offer(30), early).expected_days == 0  # never before the invoice


def test_a_deposit_takes_from_exposure_and_expected_loss() -> None:
    deal = a_deal(default_percent=Decimal(2), lead_days=20)
    half = worth_of(an_offer(30, deposit=Share(percent=Decimal(50))), deal)
    assert half.exposure.after.average == Decimal("5917.81")  # 72,000 × 30 ÷ 365
    assert half.exposure.average == Decimal("-5917.81")
    assert half.expected_loss == Decimal("98.63")  # 60,000 × 30 ÷ 365 × 2 %
    assert half.expected_loss_working.en == "€4,931.51 owed on average without tax × 2% of failure a year"
    assert half.gain > 0


def test_delays_beyond_a_year_are_owed_several_times_over() -> None:
    worth = worth_of(an_offer(730), a_deal())
    assert worth.exposure.after.average == Decimal("288000.00")
    assert worth.exposure.after.peak >= worth.exposure.after.average


def test_a_committed_volume_is_worth_its_margin_and_costs_the_customer_its_stock() -> None:
    offer = replace(an_offer(30), volume=Decimal(150_000))
    ours, theirs = worth_of(offer, a_deal()), their_worth_of(offer, a_deal())
    assert {line.cause: line.amount for line in ours.lines}[Cause.VOLUME] == Decimal("7500.00")
    assert {line.cause: line.amount for line in theirs.lines}[Cause.STOCK] == Decimal(
        "-487.50"
    )  # 15,000 + 1,250 at 3 %
    assert worth_of(replace(an_offer(30), volume=Decimal(1)), a_deal()).gain == 0  # less than is expected anyway


def test_a_minimum_order_saves_handling_and_fills_the_stock_of_the_customer() -> None:
    deal = a_deal(order_cost=Decimal(40), current=an_offer(20))
    offer = replace(an_offer(20), minimum_order=Decimal(20_000))
    assert worth_of(offer, deal).gain == Decimal("240.00")  # 6 orders instead of 12
    assert worth_of(offer, deal).exposure.peak == 12_000  # each is twice as large
    assert their_worth_of(offer, deal).gain == Decimal("-150.00")  # 10,000 instead of 5,000 in stock, at 3 %


def test_penalties_count_as_far_as_they_are_claimed() -> None:
    late = Lateness(days=Decimal(10), spread=Decimal(8), is_known=True)
    legal = an_offer(30)
    none = a_deal(lateness=late, current=legal)
    all_paid = replace(none, penalties_paid_percent=Decimal(100))
    deposit = an_offer(30, deposit=Share(percent=Decimal(50)))
    causes = {line.cause: line.amount for line in worth_of(deposit, all_paid).lines}
    # 72,000 less may be late: 10 days at 12.15 %; the indemnities stay.
    assert causes[Cause.PENALTIES] == Decimal("-239.67")
    assert Cause.PENALTIES not in {line.cause for line in worth_of(deposit, none).lines}


def test_a_discount_is_taken_when_it_is_worth_it_to_the_customer_or_as_often_as_one_says() -> None:
    generous, mean = an_offer(30, discount=("1", 10)), an_offer(30, discount=("0.01", 10))
    assert worth_of(generous, a_deal()).discount_percent == 1
    assert worth_of(mean, a_deal()).discount_percent == 0
    assert worth_of(mean, a_deal()).gain == 0
    assert worth_of(generous, a_deal(take_up_percent=Decimal(25))).discount_percent == Decimal("0.25")


def test_what_is_taken_for_granted_is_said() -> None:
    said = " ".join(each.en for each in their_worth_of(an_offer(60), a_deal()).assumptions)
    assert "3% a year (a guess, between 2% and 5%)" in said
    assert "No payment habit is known" in said
    assert lateness_of(None) == Lateness()


def test_a_line_names_both_amounts_where_the_price_changes_them() -> None:
    said = {line.cause: line.working.en for line in worth_of(an_offer(30, price="-1"), a_deal()).lines}
    assert said[Cause.PRICE] == "€120,000 without tax × -1%"
    assert said[Cause.WAITING].startswith(
        "€142,560 with tax 30 days after the invoice instead of €144,000 after 30 days"
    )


@settings(max_examples=60, deadline=None)
@given(offers, deals)
def test_the_sums_agree_with_brute_force(offer: Offer, deal: Deal) -> None:
    ours, theirs = oracle.gains(offer, deal)
    worth, their = worth_of(offer, deal), their_worth_of(offer, deal)
    tolerance = 0.02 + 1e-9 * float(deal.yearly_net)
    assert float(worth.gain) == pytest.approx(ours, abs=tolerance)
    assert float(their.gain) == pytest.approx(theirs, abs=tolerance)


@settings(max_examples=60, deadline=None)
@given(offers, deals)
def test_the_lines_add_up_to_the_gain_to_the_cent(offer: Offer, deal: Deal) -> None:
    ours, theirs = worth_of(offer, deal), their_worth_of(offer, deal)
    assert abs(sum(line.amount for line in ours.lines) - ours.gain) == 0
    assert abs(sum(line.amount for line in theirs.lines) - theirs.gain) == 0


@settings(max_examples=60, deadline=None)
@given(deals, st.integers(0, 300), st.integers(0, 60), st.integers(1, 2500))
def test_later_payment_never_costs_us_less(deal: Deal, days: int, more: int, rate: int) -> None:
    """On receipts the tax follows the money by whole months: a day can win a month of it, ten days cannot."""
    more += 10 if deal.vat_regime is VatRegime.RECEIPTS else 0
    deal = replace(deal, own_money_percent=Decimal(rate) / 100, current=an_offer(0))
    assert worth_of(an_offer(days + more), deal).cost >= worth_of(an_offer(days), deal).cost


@settings(max_examples=60, deadline=None)
@given(deals, offers)
def test_both_chairs_mirror_each_other_where_money_costs_the_same(deal: Deal, offer: Offer) -> None:
    """Tax is neutral between them: it is settled and deducted on the same day."""
    rate = deal.own_money_percent
    same = Band(rate, rate, rate)
    deal = replace(
        deal, their_money=same, deducts_vat=True, default_percent=Decimal(0), penalties_paid_percent=Decimal(0)
    )
    offer = Offer(terms=offer.terms, price_percent=offer.price_percent)
    assert abs(worth_of(offer, deal).gain + their_worth_of(offer, deal).gain) <= CENT


@settings(max_examples=40, deadline=None)
@given(deals, offers, st.integers(2, 50))
def test_ten_times_the_volume_is_ten_times_the_gain(deal: Deal, offer: Offer, times: int) -> None:
    deal = replace(deal, penalties_paid_percent=Decimal(0))
    larger = replace(deal, yearly_net=deal.yearly_net * times, order_cost=deal.order_cost * times)
    scaled = Offer(
        terms=offer.terms,
        price_percent=offer.price_percent,
        volume=None if offer.volume is None else offer.volume * times,
        minimum_order=None if offer.minimum_order is None else offer.minimum_order * times,
    )
    one, many = worth_of(offer, deal), worth_of(scaled, larger)
    assert abs(many.gain - one.gain * times) <= CENT * times
    assert abs(many.cash_need.after.average - one.cash_need.after.average * times) <= CENT * times
    assert many.percent_of_margin == one.percent_of_margin
    assert many.equivalent_price_percent == one.equivalent_price_percent


@settings(max_examples=40, deadline=None)
@given(deals, offers)
def test_levels_are_never_above_their_peak(deal: Deal, offer: Offer) -> None:
    worth = worth_of(offer, deal)
    for level in (worth.cash_need.after, worth.exposure.after):
        assert level.average <= level.peak + CENT
        assert deal.from_day <= level.peak_day
    assert worth.lowest_after.amount <= 0
    assert worth.exposure.after.average >= 0


def test_who_does_not_get_the_tax_back_counts_prices_with_it() -> None:
    town = a_deal(deducts_vat=False)
    cheaper = their_worth_of(an_offer(30, price="-1"), town)
    assert cheaper.lines[0].amount == Decimal("1440.00")
    assert cheaper.lines[0].working.en == "€144,000 with tax × -1%"
    assert Cause.VAT not in {line.cause for line in their_worth_of(an_offer(60, price="-1"), town).lines}
    assert cheaper.equivalent_price_percent == -1
    assert "The customer does not deduct VAT." in {each.en for each in cheaper.assumptions}
    discount = their_worth_of(an_offer(30, discount=("1", 10)), town)
    assert {line.cause: line.amount for line in discount.lines}[Cause.DISCOUNT] == Decimal("1440.00")
    assert discount.lines[0].working.en == "1% of €144,000 with tax, instead of 0%"


def test_free_money_makes_no_delay_cost_anything() -> None:
    free = a_deal(own_money_percent=Decimal(0), their_money=band("0"))
    assert worth_of(an_offer(60), free).gain == 0
    assert their_worth_of(an_offer(60), free).gain == 0


def test_money_that_costs_less_than_nothing_makes_waiting_a_gain() -> None:
    assert worth_of(an_offer(60), a_deal(own_money_percent=Decimal("-0.5"))).gain > 0


@pytest.mark.parametrize("margin", ["0", "-5"])
def test_without_a_margin_there_is_no_percentage_of_it(margin: str) -> None:
    worth = worth_of(an_offer(60), a_deal(margin_percent=Decimal(margin)))
    assert worth.percent_of_margin is None
    assert worth.cost == Decimal("684.71")


def test_the_whole_at_the_order_leaves_nothing_owed() -> None:
    all_of_it = Offer(terms=PaymentTerms(deposit=Share(amount=Decimal(10**9))))
    worth = worth_of(all_of_it, a_deal(lead_days=30, default_percent=Decimal(5)))
    assert worth.exposure.after.average == worth.exposure.after.peak == worth.expected_loss == 0
    assert worth.expected_days == -30
    with pytest.raises(InvalidTerms):
        Share(percent=Decimal(100))


def test_a_delay_of_ten_years_still_has_a_cost_and_an_endless_one_is_refused() -> None:
    worth = worth_of(an_offer(3650), a_deal())
    assert worth.cost == Decimal("62903.15")  # nearly all of the 144,000 × (1 − 1.06 ^ −10)
    with pytest.raises(InvalidTerms):
        Delay(days=10**6)


@pytest.mark.parametrize(
    ("field", "given_as"),
    [
        ("yearly_net", {"yearly_net": Decimal(0)}),
        ("yearly_net", {"yearly_net": Decimal("NaN")}),
        ("yearly_net", {"yearly_net": Decimal("Infinity")}),
        ("yearly_net", {"yearly_net": Decimal("1e13")}),
        ("months", {"months": (Decimal(0),) * 12}),
        ("months", {"months": (Decimal(1),) * 11}),
        ("months", {"months": (Decimal(-1), *(Decimal(1),) * 11)}),
        ("orders", {"orders": 0}),
        ("margin_percent", {"margin_percent": Decimal(101)}),
        ("own_money_percent", {"own_money_percent": Decimal(-100)}),
        ("own_money_percent", {"own_money_percent": Decimal("sNaN")}),
        ("vat_percent", {"vat_percent": Decimal(-20)}),
        ("vat_day", {"vat_day": 31}),
        ("default_percent", {"default_percent": Decimal(101)}),
        ("take_up_percent", {"take_up_percent": Decimal(-1)}),
        ("from_day", {"from_day": date(9999, 12, 31)}),
    ],
)
def test_figures_that_cannot_be_are_refused_by_name(field: str, given_as: dict[str, object]) -> None:
    with pytest.raises(UnusableDeal) as refused:
        a_deal(**given_as)
    assert refused.value.field == field


def test_a_band_upside_down_and_an_impossible_offer_are_refused() -> None:
    for make in (
        lambda: Band(Decimal(5), Decimal(3), Decimal(6)),
        lambda: Lateness(days=Decimal("NaN")),
        lambda: Offer(price_percent=Decimal(-100)),
        lambda: Offer(volume=Decimal(0)),
        lambda: Offer(minimum_order=Decimal(-1)),
    ):
        with pytest.raises(UnusableDeal):
            make()


def test_a_season_puts_the_invoices_where_the_sales_are() -> None:
    winter = (*(Decimal(1),) * 2, *(Decimal(0),) * 9, Decimal(1))
    days = {flow.day.month for flow in flows(an_offer(0), a_deal(months=winter)) if flow.kind is FlowKind.COSTS}
    assert days == {1, 2, 12}
