from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.negotiation import Deal, Happened, NothingHappened, Offer, outcome_of, worth_of
from reglo.core.negotiation.year import invoice_days
from reglo.core.parties import VatRegime
from reglo.core.terms import DiscountTier, PaymentTerms
from tests.core.negotiation.builders import a_deal, an_offer


def as_expected(deal: Deal, days: int, *, discount: str = "0") -> list[Happened]:
    """Every invoice of the year, paid after so many days."""
    net = deal.yearly_net / deal.orders
    gross = net * 6 / 5
    return [
        Happened(
            issued=day,
            net=net,
            gross=gross,
            paid=day + timedelta(days=days),
            received=gross * (1 - Decimal(discount) / 100),
        )
        for day in invoice_days(deal, deal.orders)
    ]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 120), st.sampled_from((VatRegime.DEBITS, VatRegime.RECEIPTS)))
def test_what_happens_as_expected_gains_what_was_expected(days: int, regime: VatRegime) -> None:
    deal = a_deal(vat_regime=regime)
    outcome = outcome_of(an_offer(days), deal, as_expected(deal, days))
    assert outcome.gain.expected == worth_of(an_offer(days), deal).gain
    assert abs(outcome.gain.difference) <= Decimal("0.01")
    assert outcome.volume.difference == outcome.discount.difference == outcome.days.difference == 0


def test_who_pays_later_than_agreed_gains_us_less() -> None:
    deal = a_deal()
    outcome = outcome_of(an_offer(15), deal, as_expected(deal, 40))
    assert (outcome.days.expected, outcome.days.real) == (15, 40)
    assert outcome.gain.real < 0 < outcome.gain.expected
    assert outcome.why.en.endswith("paid in 40 days instead of 15.")


def test_discounts_that_were_given_are_counted_without_tax() -> None:
    deal = a_deal()
    offer = Offer(terms=PaymentTerms(discounts=(DiscountTier(percent=Decimal(1), days=0),)))
    outcome = outcome_of(offer, deal, as_expected(deal, 0, discount="1"))
    assert (outcome.discount.expected, outcome.discount.real) == (Decimal("1200.00"), Decimal("1200.00"))
    assert abs(outcome.gain.difference) <= Decimal("0.01")


def test_half_the_volume_gains_half() -> None:
    deal = a_deal()
    outcome = outcome_of(an_offer(60), deal, as_expected(deal, 60)[::2])
    assert outcome.volume.difference == -60_000
    assert outcome.gain.real * 2 == pytest.approx(outcome.gain.expected, abs=Decimal("0.02"))


def test_what_is_still_open_is_said_and_not_taken_for_paid() -> None:
    deal = a_deal()
    waiting = Happened(issued=date(2026, 12, 1), net=Decimal(1000), gross=Decimal(1200))
    outcome = outcome_of(an_offer(60), deal, [*as_expected(deal, 60), waiting])
    assert (outcome.paid_invoices, outcome.still_open) == (12, 1200)
    assert outcome.volume.real == 120_000


@pytest.mark.parametrize("invoices", [[], [Happened(issued=date(2026, 1, 1), net=Decimal(1), gross=Decimal(1))]])
def test_a_year_in_which_nothing_was_paid_cannot_be_compared(invoices: list[Happened]) -> None:
    with pytest.raises(NothingHappened):
        outcome_of(an_offer(60), a_deal(), invoices)


@pytest.mark.parametrize(("net", "gross"), [("NaN", "1"), ("1", "0"), ("1", "-5"), ("1", "Infinity")])
def test_an_invoice_that_cannot_be_is_refused(net: str, gross: str) -> None:
    with pytest.raises(NothingHappened):
        Happened(issued=date(2026, 1, 1), net=Decimal(net), gross=Decimal(gross))
