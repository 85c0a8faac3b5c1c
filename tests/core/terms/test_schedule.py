from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.dates import Region, end_of_month, is_business_day
from reglo.core.terms import (
    Delay,
    DiscountTier,
    EndOfMonth,
    InvalidTerms,
    Part,
    PaymentTerms,
    Penalty,
    PenaltyBasis,
    Share,
    Start,
    discounts,
    due_date,
    due_dates,
    parse_terms,
)
from tests.core.terms.strategies import all_terms, percent

invoice_days = st.dates(date(2015, 1, 1), date(2040, 12, 31))
totals = st.decimals("0.01", "10000000", places=2)


@pytest.mark.parametrize(
    ("text", "invoiced", "due"),
    [
        ("30 jours", date(2026, 1, 31), date(2026, 3, 2)),
        ("30 jours", date(2028, 1, 31), date(2028, 3, 1)),  # leap year
        ("45 jours fin de mois", date(2026, 1, 20), date(2026, 3, 31)),
        ("fin de mois 45 jours", date(2026, 1, 20), date(2026, 3, 17)),
        ("45 jours fin de mois", date(2026, 1, 14), date(2026, 2, 28)),
        ("30 jours fin de mois le 10", date(2026, 11, 24), date(2027, 1, 10)),
        ("fin de mois 30 jours le 15", date(2026, 11, 24), date(2027, 1, 15)),
        ("fin de mois", date(2026, 2, 3), date(2026, 2, 28)),
        ("30 jours le 31", date(2026, 1, 5), date(2026, 2, 28)),
        ("comptant", date(2026, 11, 24), date(2026, 11, 24)),
        ("à réception", date(2026, 11, 24), date(2026, 11, 24)),
    ],
)
def test_the_due_date_follows_the_terms(text: str, invoiced: date, due: date) -> None:
    assert due_date(parse_terms(text), invoice_date=invoiced) == due


def test_a_delay_starts_where_the_terms_say_or_at_the_invoice_if_that_day_is_not_known() -> None:
    delivered, received = date(2026, 11, 3), date(2026, 11, 12)
    cases = {
        Start.INVOICE: date(2026, 11, 10),
        Start.DELIVERY: delivered,
        Start.SERVICE: delivered,
        Start.RECEIPT: received,
    }
    for start, counted_from in cases.items():
        terms = PaymentTerms(delay=Delay(days=30, start=start))
        known = due_date(terms, invoice_date=date(2026, 11, 10), delivery_date=delivered, receipt_date=received)
        assert known == counted_from + timedelta(days=30)
        assert due_date(terms, invoice_date=date(2026, 11, 10)) == date(2026, 12, 10)


def test_a_due_date_moves_to_the_next_business_day_only_where_agreed() -> None:
    invoiced = date(2026, 11, 26)  # 26 December is a Saturday, and a holiday in Alsace-Moselle
    terms = PaymentTerms(delay=Delay(days=29))  # 25 December, a Friday
    assert due_date(terms, invoice_date=invoiced) == date(2026, 12, 25)
    moved = replace(terms, next_business_day=Region.FRANCE)
    assert due_date(moved, invoice_date=invoiced) == date(2026, 12, 28)
    good_friday = PaymentTerms(delay=Delay(days=30), next_business_day=Region.ALSACE_MOSELLE)
    assert due_date(good_friday, invoice_date=date(2026, 3, 4)) == date(2026, 4, 7)  # over Easter Monday too


@given(all_terms, invoice_days, totals)
def test_instalments_add_up_to_the_total_to_the_cent(terms: PaymentTerms, invoiced: date, gross: Decimal) -> None:
    terms = replace(terms, next_business_day=None)
    amounts = [each.amount for each in due_dates(terms, invoice_date=invoiced, gross=gross)]
    assert sum(amount for amount in amounts if amount is not None) == gross
    assert all(amount is not None and amount > 0 for amount in amounts)


@given(all_terms, invoice_days, totals, totals)
def test_what_was_paid_settles_the_first_instalments(
    terms: PaymentTerms, invoiced: date, gross: Decimal, paid: Decimal
) -> None:
    terms = replace(terms, next_business_day=None)
    whole = due_dates(terms, invoice_date=invoiced, gross=gross)
    left = due_dates(terms, invoice_date=invoiced, gross=gross, paid=paid)
    assert sum((each.amount or Decimal(0) for each in left), Decimal(0)) == max(gross - paid, Decimal(0))
    assert [each.date for each in left] == [each.date for each in whole[len(whole) - len(left) :]]


@settings(deadline=None)
@given(all_terms, invoice_days)
def test_no_delay_ends_before_it_begins(terms: PaymentTerms, invoiced: date) -> None:
    assert all(each.date >= invoiced for each in due_dates(terms, invoice_date=invoiced))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 120), st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.sampled_from(Region))
def test_a_moved_due_date_is_a_business_day(days: int, invoiced: date, region: Region) -> None:
    terms = PaymentTerms(delay=Delay(days=days), next_business_day=region)
    assert is_business_day(due_date(terms, invoice_date=invoiced), region)


@given(st.integers(0, 200), invoice_days)
def test_days_then_end_of_month_ends_a_month(days: int, invoiced: date) -> None:
    terms = PaymentTerms(delay=Delay(days=days, end_of_month=EndOfMonth.AFTER_DAYS))
    due = due_date(terms, invoice_date=invoiced)
    assert due == end_of_month(due)


def test_thirds_close_to_the_cent_in_the_balance() -> None:
    instalments = due_dates(parse_terms("3 fois (30/60/90)"), invoice_date=date(2026, 1, 1), gross=Decimal("100"))
    assert [each.amount for each in instalments] == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


def test_shares_round_to_the_minor_unit_of_the_currency() -> None:
    terms = parse_terms("1/3 à 30 jours, solde à 60 jours")
    yen = due_dates(terms, invoice_date=date(2026, 1, 1), gross=Decimal(1000), currency="JPY")
    assert [each.amount for each in yen] == [333, 667]


def test_a_deposit_is_due_at_the_order_and_taken_off_once_paid() -> None:
    terms = PaymentTerms(deposit=percent("30"), delay=Delay(days=30))
    ordered, invoiced = date(2026, 9, 1), date(2026, 11, 24)
    both = due_dates(terms, invoice_date=invoiced, gross=Decimal(1200), order_date=ordered)
    assert [(each.date, each.amount) for each in both] == [(ordered, 360), (date(2026, 12, 24), 840)]
    [balance] = due_dates(terms, invoice_date=invoiced, gross=Decimal(1200), paid=Decimal(360))
    assert (balance.date, balance.amount, balance.share) == (date(2026, 12, 24), 840, None)


def test_amounts_larger_than_the_total_leave_nothing_behind_them() -> None:
    terms = PaymentTerms(instalments=(Part(share=Share(amount=Decimal(500)), delay=Delay()),), delay=Delay(days=30))
    [only] = due_dates(terms, invoice_date=date(2026, 1, 1), gross=Decimal(300))
    assert only.amount == 300


def test_without_a_total_the_shares_are_told_and_the_amounts_are_not() -> None:
    deposit, balance = due_dates(parse_terms("30 % à la commande, solde à 30 jours"), invoice_date=date(2026, 1, 1))
    assert (deposit.share, deposit.amount) == (percent("30"), None)
    assert (balance.share, balance.amount) == (None, None)


def test_the_due_date_is_the_last_of_several() -> None:
    terms = PaymentTerms(instalments=(Part(share=percent("50"), delay=Delay(days=60)),), delay=Delay(days=30))
    assert due_date(terms, invoice_date=date(2026, 1, 1)) == date(2026, 3, 2)


def test_a_discount_names_its_last_day_and_what_is_to_pay() -> None:
    [offer] = discounts(parse_terms("2/10 net 30"), invoice_date=date(2026, 11, 24), gross=Decimal("1234.56"))
    assert (offer.last_day, offer.amount, offer.to_pay) == (date(2026, 12, 4), Decimal("24.69"), Decimal("1209.87"))
    [unknown] = discounts(parse_terms("2/10 net 30"), invoice_date=date(2026, 11, 24))
    assert (unknown.amount, unknown.to_pay) == (None, None)


def test_a_negative_total_or_a_date_out_of_reach_is_refused() -> None:
    with pytest.raises(InvalidTerms):
        due_dates(PaymentTerms(), invoice_date=date(2026, 1, 1), gross=Decimal(-1))
    with pytest.raises(InvalidTerms):
        due_date(PaymentTerms(), invoice_date=date.max)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Delay(days=-1),
        lambda: Delay(days=4000),
        lambda: Delay(day_of_month=0),
        lambda: Delay(day_of_month=32),
        Share,
        lambda: Share(percent=Decimal(30), amount=Decimal(1)),
        lambda: Share(percent=Decimal(100)),
        lambda: Share(percent=Decimal("NaN")),
        lambda: Share(amount=Decimal(0)),
        lambda: Share(amount=Decimal("Infinity")),
        lambda: Share(one_in=1),
        lambda: DiscountTier(percent=Decimal(0), days=10),
        lambda: DiscountTier(percent=Decimal(2), days=-1),
        lambda: PaymentTerms(instalments=(Part(share=Share(one_in=3), delay=Delay()),) * 3),
        lambda: PaymentTerms(indemnity=Decimal(-1)),
        lambda: Penalty(PenaltyBasis.ECB, Decimal("NaN")),
        lambda: PaymentTerms(deposit=percent("50"), instalments=(Part(share=percent("50"), delay=Delay()),)),
    ],
)
def test_terms_that_mean_nothing_are_refused(make: object) -> None:
    with pytest.raises(InvalidTerms):
        make()  # type: ignore[operator]  # a factory of the table above


@pytest.mark.parametrize("gross", ["NaN", "Infinity", "-0.01"])
def test_a_total_that_cannot_be_paid_is_refused(gross: str) -> None:
    for plan in (due_dates, discounts):
        with pytest.raises(InvalidTerms) as caught:
            plan(PaymentTerms(), invoice_date=date(2026, 1, 1), gross=Decimal(gross))
        assert caught.value.field == "gross"


def test_a_discount_for_a_payment_beyond_ten_years_is_refused() -> None:
    with pytest.raises(InvalidTerms):
        DiscountTier(percent=Decimal(2), days=10**9)
