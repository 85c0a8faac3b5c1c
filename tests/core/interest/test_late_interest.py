from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.dates import HalfYear
from reglo.core.interest import (
    Claim,
    Credit,
    CreditKind,
    DayCount,
    Imputation,
    InterestStatement,
    InvalidClaim,
    NoLateInterest,
    applied_rate,
    interest_until,
    late_interest,
)
from reglo.core.rates import RateKind, RateUnknown, shipped_rates
from reglo.core.terms import ECB_PLUS_8, ECB_PLUS_10, BuyerKind, PaymentTerms, Penalty, PenaltyBasis

THREE_TIMES_LEGAL = Penalty(PenaltyBasis.LEGAL, Decimal(3))
TWELVE_PERCENT = Penalty(PenaltyBasis.FIXED, Decimal(12))
DUE = date(2025, 3, 31)

amounts = st.decimals("0.01", "1000000", places=2)
due_days = st.dates(date(2009, 1, 1), date(2027, 6, 30))
lateness = st.integers(-30, 900)
penalties = st.sampled_from([ECB_PLUS_10, ECB_PLUS_8, THREE_TIMES_LEGAL, TWELVE_PERCENT])
claims = st.builds(Claim, amount=amounts, due_date=due_days)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Claim, list[Credit], date, PaymentTerms, DayCount]:
    """A claim, what was paid and credited around its due date, a day, terms, a day count."""
    claim = draw(claims)
    credited = [
        Credit(
            date=claim.due_date + timedelta(days=draw(lateness)),
            amount=draw(amounts),
            kind=draw(st.sampled_from(CreditKind)),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    until = claim.due_date + timedelta(days=draw(lateness))
    return claim, credited, until, PaymentTerms(penalty=draw(penalties)), draw(st.sampled_from(DayCount))


def naive(claim: Claim, credited: list[Credit], until: date, terms: PaymentTerms, day_count: DayCount) -> Fraction:
    """Interest one day after the other, without any cleverness."""
    assert terms.penalty is not None
    total, day = Fraction(0), claim.due_date + timedelta(days=1)
    while day <= until:
        base = max(Decimal(0), claim.amount - sum(each.amount for each in credited if each.date < day))
        leap = day_count is DayCount.ACTUAL and (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days == 366
        percent = applied_rate(terms.penalty, day).percent
        total += Fraction(base) * Fraction(percent) / 100 / (366 if leap else 365)
        day += timedelta(days=1)
    return total


def statement(amount: str = "10000", *, until: date, **options: object) -> InterestStatement:
    return late_interest(Claim(amount=Decimal(amount), due_date=DUE), until=until, **options)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_naive_loop_over_the_days_agrees_exactly(
    case: tuple[Claim, list[Credit], date, PaymentTerms, DayCount],
) -> None:
    claim, credited, until, terms, day_count = case
    result = late_interest(claim, until=until, credited=credited, terms=terms, day_count=day_count)
    assert result.exact == naive(claim, credited, until, terms, day_count)


@given(cases(), st.integers(0, 400))
def test_what_had_run_by_an_earlier_day_is_what_a_statement_until_that_day_says(
    case: tuple[Claim, list[Credit], date, PaymentTerms, DayCount], earlier: int
) -> None:
    claim, credited, until, terms, day_count = case
    told = late_interest(claim, until=until, credited=credited, terms=terms, day_count=day_count)
    day = until - timedelta(days=earlier)
    then = late_interest(claim, until=day, credited=credited, terms=terms, day_count=day_count)
    assert interest_until(told, day) == then.total
    assert interest_until(told, until + timedelta(days=earlier)) == told.total


@given(cases())
def test_the_lines_shown_add_up_to_the_total_and_follow_each_other(
    case: tuple[Claim, list[Credit], date, PaymentTerms, DayCount],
) -> None:
    claim, credited, until, terms, day_count = case
    result = late_interest(claim, until=until, credited=credited, terms=terms, day_count=day_count)
    assert sum(line.interest for line in result.lines) == result.total
    assert abs(Fraction(result.total) - result.exact) <= Fraction(1, 200)
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(result.lines))
    assert all(line.base > 0 and line.first <= line.last <= until for line in result.lines)


@given(claims, penalties, st.integers(1, 800), st.integers(1, 800))
def test_interest_of_two_periods_is_that_of_the_whole(claim: Claim, penalty: Penalty, one: int, two: int) -> None:
    terms = PaymentTerms(penalty=penalty)
    middle = claim.due_date + timedelta(days=one)
    end = middle + timedelta(days=two)
    later = Claim(amount=claim.amount, due_date=middle)
    whole = late_interest(claim, until=end, terms=terms)
    parts = [late_interest(claim, until=middle, terms=terms), late_interest(later, until=end, terms=terms)]
    assert whole.exact == sum(part.exact for part in parts)


@given(claims, st.integers(0, 500))
def test_nothing_is_owed_on_or_before_the_due_date(claim: Claim, early: int) -> None:
    result = late_interest(claim, until=claim.due_date - timedelta(days=early))
    assert (result.total, result.indemnity, result.lines) == (0, 0, ())
    assert result.principal_due == claim.amount
    assert not result.formal_notice_ready


@given(cases(), st.integers(1, 200))
def test_interest_never_falls_as_days_pass(
    case: tuple[Claim, list[Credit], date, PaymentTerms, DayCount], days: int
) -> None:
    claim, credited, until, terms, day_count = case
    now = late_interest(claim, until=until, credited=credited, terms=terms, day_count=day_count)
    later = late_interest(
        claim, until=until + timedelta(days=days), credited=credited, terms=terms, day_count=day_count
    )
    assert later.exact >= now.exact


@given(cases(), amounts, lateness)
def test_a_payment_more_never_raises_interest(
    case: tuple[Claim, list[Credit], date, PaymentTerms, DayCount], amount: Decimal, days: int
) -> None:
    claim, credited, until, terms, day_count = case
    more = [*credited, Credit(date=claim.due_date + timedelta(days=days), amount=amount)]
    with_it = late_interest(claim, until=until, credited=more, terms=terms, day_count=day_count)
    without = late_interest(claim, until=until, credited=credited, terms=terms, day_count=day_count)
    assert with_it.exact <= without.exact


@given(cases(), st.sampled_from(Imputation))
def test_no_cent_is_lost_between_what_was_owed_and_what_was_paid(
    case: tuple[Claim, list[Credit], date, PaymentTerms, DayCount], imputation: Imputation
) -> None:
    claim, credited, until, terms, day_count = case
    result = late_interest(
        claim, until=until, credited=credited, terms=terms, day_count=day_count, imputation=imputation
    )
    received = sum((each.amount for each in credited if each.date <= until), Decimal(0))
    assert claim.amount + result.total - received == result.principal_due + result.interest_due - result.overpaid
    assert min(result.principal_due, result.interest_due, result.overpaid) >= 0


@given(cases())
def test_a_payment_that_settles_interest_first_leaves_at_least_as_much_principal(
    case: tuple[Claim, list[Credit], date, PaymentTerms, DayCount],
) -> None:
    claim, credited, until, terms, day_count = case
    principal_first, interest_first = (
        late_interest(claim, until=until, credited=credited, terms=terms, day_count=day_count, imputation=each)
        for each in (Imputation.PRINCIPAL_FIRST, Imputation.INTEREST_FIRST)
    )
    assert interest_first.principal_due >= principal_first.principal_due
    assert interest_first.exact >= principal_first.exact


def test_a_rate_changes_with_the_half_year() -> None:
    result = statement(until=date(2025, 7, 31))
    assert [(line.days, line.rate.percent, line.interest) for line in result.lines] == [
        (91, Decimal("13.15"), Decimal("327.85")),  # 10,000 × 13.15 % × 91 / 365 = 327.849…
        (31, Decimal("12.15"), Decimal("103.19")),  # 103.191…
    ]
    assert result.total == Decimal("431.04")


def test_the_first_day_of_a_half_year_bears_its_own_rate() -> None:
    result = statement(until=date(2025, 7, 1))
    assert [(line.days, line.rate.half_year) for line in result.lines] == [
        (91, HalfYear(2025, 1)),
        (1, HalfYear(2025, 2)),
    ]


def test_three_times_the_legal_rate_is_worked_out_in_the_open() -> None:
    [line] = statement(until=date(2025, 4, 30), terms=PaymentTerms(penalty=THREE_TIMES_LEGAL)).lines
    assert line.rate.percent == Decimal("11.13")
    assert line.rate.working.fr == "3,71\N{NO-BREAK SPACE}% × 3 (taux légal du semestre 2025-1)"
    assert line.rate.source
    assert line.interest == Decimal("91.48")  # 10,000 × 11.13 % × 30 / 365 = 91.479…


def test_an_agreed_rate_stays_one_line_over_the_years_and_is_never_provisional() -> None:
    result = statement(until=date(2026, 11, 24), terms=PaymentTerms(penalty=TWELVE_PERCENT))
    assert len(result.lines) == 1
    assert result.formal_notice_ready


def test_a_leap_year_divides_by_365_by_custom_and_by_366_on_request() -> None:
    claim = Claim(amount=Decimal(10000), due_date=date(2023, 12, 31))
    terms = PaymentTerms(penalty=TWELVE_PERCENT)
    custom = late_interest(claim, until=date(2024, 12, 31), terms=terms)
    actual = late_interest(claim, until=date(2024, 12, 31), terms=terms, day_count=DayCount.ACTUAL)
    assert (custom.total, actual.total) == (Decimal("1203.29"), Decimal("1200.00"))
    assert "jours / 365," in custom.method.fr
    assert "365 ou 366" in actual.method.fr


def test_the_day_of_payment_still_bears_interest_on_what_it_pays() -> None:
    paid = Credit(date=date(2025, 4, 10), amount=Decimal(10000))
    result = statement(until=date(2025, 12, 31), credited=[paid])
    assert [(line.first, line.last) for line in result.lines] == [(date(2025, 4, 1), date(2025, 4, 10))]
    assert result.principal_due == 0
    assert result.indemnity == 40


def test_what_was_paid_in_time_bears_nothing_and_owes_no_indemnity() -> None:
    result = statement(until=date(2025, 12, 31), credited=[Credit(date=DUE, amount=Decimal(10000))])
    assert (result.total, result.indemnity) == (0, 0)


def test_a_payment_settles_principal_first_unless_the_law_is_followed() -> None:
    paid = [Credit(date=date(2025, 4, 30), amount=Decimal(5000))]
    gentle = statement(until=date(2025, 4, 30), credited=paid)
    strict = statement(until=date(2025, 4, 30), credited=paid, imputation=Imputation.INTEREST_FIRST)
    assert gentle.total == strict.total == Decimal("108.08")  # 10,000 × 13.15 % × 30 / 365
    assert (gentle.principal_due, gentle.interest_due) == (Decimal(5000), Decimal("108.08"))
    assert (strict.principal_due, strict.interest_due) == (Decimal("5108.08"), 0)


def test_a_credit_note_lowers_the_principal_even_where_payments_settle_interest_first() -> None:
    note = Credit(date=date(2025, 4, 30), amount=Decimal(4000), kind=CreditKind.CREDIT_NOTE)
    result = statement(until=date(2025, 4, 30), credited=[note], imputation=Imputation.INTEREST_FIRST)
    assert result.principal_due == 6000


def test_what_is_paid_too_much_settles_interest_and_the_rest_is_told() -> None:
    result = statement(until=date(2025, 4, 30), credited=[Credit(date=date(2025, 4, 30), amount=Decimal(11000))])
    assert (result.principal_due, result.interest_due, result.overpaid) == (0, 0, Decimal("891.92"))


def test_a_public_buyer_owes_the_ecb_rate_of_the_first_day_late_and_eight_points_to_the_end() -> None:
    result = statement(until=date(2026, 6, 30), buyer_kind=BuyerKind.PUBLIC, terms=PaymentTerms(penalty=None))
    [line] = result.lines
    assert line.rate.percent == Decimal("11.15")  # 3.15 in the first half of 2025
    assert result.indemnity == 40


@pytest.mark.parametrize(("due", "percent"), [(date(2025, 6, 29), "11.15"), (date(2025, 6, 30), "10.15")])
def test_the_rate_of_a_public_buyer_is_that_of_the_day_after_the_due_date(due: date, percent: str) -> None:
    claim = Claim(amount=Decimal(1000), due_date=due)
    [line] = late_interest(claim, until=date(2025, 12, 31), buyer_kind=BuyerKind.PUBLIC).lines
    assert line.rate.percent == Decimal(percent)


def test_a_consumer_owes_no_penalties_of_the_commercial_code() -> None:
    with pytest.raises(NoLateInterest) as caught:
        statement(until=date(2025, 6, 30), buyer_kind=BuyerKind.CONSUMER)
    assert "1231-6" in caught.value.message.fr


def test_terms_without_penalty_or_indemnity_owe_those_of_the_law() -> None:
    bare = statement(until=date(2025, 6, 30), terms=PaymentTerms(penalty=None, indemnity=None))
    assert bare.total == statement(until=date(2025, 6, 30)).total
    assert bare.indemnity == 40


def test_beyond_the_known_rates_the_figure_is_provisional_and_kept_off_a_formal_notice() -> None:
    result = statement(until=date(2027, 2, 1))
    assert result.is_provisional
    assert not result.formal_notice_ready
    assert result.obstacle is not None
    assert "2026-2, 2027-1" in result.obstacle.fr
    assert "provisoire" in result.lines[-1].rate.working.fr
    known = shipped_rates()
    for half_year in (HalfYear(2026, 2), HalfYear(2027, 1)):
        known = known.with_rate(RateKind.ECB, half_year, Decimal("2.15"), "BCE")
    assert statement(until=date(2027, 2, 1), rates=known).formal_notice_ready
    assert statement(until=date(2027, 2, 1), rates=known).total == result.total


def test_amounts_have_the_decimals_of_their_currency() -> None:
    yen = late_interest(Claim(amount=Decimal(100000), due_date=DUE, currency="JPY"), until=date(2025, 4, 30))
    assert yen.total == 1081  # 1080.82…
    assert yen.total.as_tuple().exponent == 0


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity"])
def test_a_claim_or_credit_of_no_money_is_refused(amount: str) -> None:
    with pytest.raises(InvalidClaim):
        Claim(amount=Decimal(amount), due_date=DUE)
    with pytest.raises(InvalidClaim):
        Credit(amount=Decimal(amount), date=DUE)


def test_a_debt_older_than_the_rates_is_refused() -> None:
    with pytest.raises(RateUnknown):
        late_interest(Claim(amount=Decimal(1), due_date=date(2001, 1, 1)), until=date(2002, 1, 1))


def test_the_method_says_what_a_payment_settles_first() -> None:
    gentle, strict = (statement(until=date(2025, 6, 30), imputation=each) for each in Imputation)
    assert "le principal" in gentle.method.fr
    assert "interest first" in strict.method.en


@pytest.mark.parametrize(("due", "until"), [(date.max, date(2026, 1, 1)), (date(2026, 1, 1), date.max)])
def test_days_out_of_reach_are_refused(due: date, until: date) -> None:
    with pytest.raises(InvalidClaim):
        late_interest(Claim(amount=Decimal(1), due_date=due), until=until)
