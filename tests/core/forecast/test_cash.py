from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.forecast import Forecast, InvalidHorizon, OpenInvoice, Outgoing, make_forecast, treasury_of
from reglo.core.forecast.draws import Sum, draw_days
from reglo.core.forecast.together import Together, learn_together
from tests.core.forecast.builders import HABITS, TODAY, a_year, paid, unpaid

HISTORY = a_year(HABITS)
OPEN = [
    unpaid(customer=customer, issued=TODAY - timedelta(days=age), amount=Decimal(100 + age), key=f"{customer}{age}")
    for customer in HABITS
    for age in (0, 10, 20, 30, 40)
]


def forecast(still_open: list[OpenInvoice] = OPEN, *, days: int = 91, draws: int = 300, seed: int = 0) -> Forecast:
    """A forecast of few draws."""
    return make_forecast(HISTORY, still_open, today=TODAY, days=days, draws=draws, seed=seed)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(OPEN), max_size=12, unique=True), st.integers(1, 255), st.integers(0, 99))
def test_bands_are_ordered_and_never_more_than_is_owed(still_open: list[OpenInvoice], days: int, seed: int) -> None:
    found = forecast(still_open, days=days, draws=40, seed=seed)
    owed = sum((each.amount for each in still_open), Decimal(0))
    for band in (
        *(day.came for day in found.days),
        *(day.so_far for day in found.days),
        *(w.came for w in found.weeks),
    ):
        assert 0 <= band.low <= band.middle <= band.high <= owed
    assert all(before.so_far.low <= after.so_far.low for before, after in pairwise(found.days))


def test_weeks_end_on_sundays_and_cover_every_day_once() -> None:
    found = make_forecast(HISTORY, OPEN, today=date(2026, 6, 4), days=40, draws=10)
    assert found.weeks[0].first == date(2026, 6, 4)
    assert all(week.last.weekday() == 6 for week in found.weeks[:-1])
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(found.weeks))
    assert found.weeks[-1].last == found.days[-1].on == date(2026, 7, 13)


def test_a_seed_gives_the_same_and_another_one_something_like_it() -> None:
    assert forecast(seed=4) == forecast(seed=4)
    one, other = (forecast(seed=each, draws=1000).days[45].so_far.middle for each in (1, 2))
    assert abs(one - other) <= one / 10


def test_in_the_end_nearly_all_is_there() -> None:
    owed = sum((each.amount for each in OPEN), Decimal(0))
    assert forecast(days=255).days[-1].so_far.low > owed * Decimal("0.95")


def test_drawn_means_are_those_of_the_distributions() -> None:
    sums = [Sum(customer, 100, each.parts[0].outlook.ahead) for customer, each in zip("AABBC", forecast().invoices)]  # noqa: B905  # the first five
    paths = draw_days(sums, Together(0.2, 0.3), days=60, draws=4000, seed=1)
    for day in (10, 30, 50):
        drawn = sum(sum(path[: day + 1]) for path in paths) / len(paths)
        exact = sum(100 * sum(each <= day for each in one.ahead) / 256 for one in sums)
        assert abs(drawn - exact) < 10


def test_customers_that_are_late_together_make_wider_bands() -> None:
    sums = [Sum(str(place), 100, tuple(each // 4 for each in range(256))) for place in range(200)]
    width = {}
    for share in (0.0, 0.3):
        drawn = sorted(sum(path[:32]) for path in draw_days(sums, Together(share, 0), days=64, draws=500, seed=1))
        width[share] = drawn[450] - drawn[50]
    assert width[0.3] > 4 * width[0.0]


def test_invoices_of_one_customer_move_together_more_than_those_of_many() -> None:
    ahead = tuple(each // 4 for each in range(256))
    width = {}
    for name, customers in (("one", ["A"] * 100), ("many", [str(place) for place in range(100)])):
        sums = [Sum(customer, 100, ahead) for customer in customers]
        drawn = sorted(sum(path[:32]) for path in draw_days(sums, Together(0, 0.4), days=64, draws=500, seed=1))
        width[name] = drawn[450] - drawn[50]
    assert width["one"] > 3 * width["many"]


def test_how_much_customers_are_late_together_is_learnt() -> None:
    days = [TODAY - timedelta(days=7 * week) for week in range(100, 160)]
    history = [paid(0, customer=str(who), issued=day) for day in days for who in range(20)]
    shared = [float(place // 20 % 2 * 2 - 1) for place in range(len(history))]
    apart = [float((place // 20 + place) % 2 * 2 - 1) for place in range(len(history))]
    assert learn_together(history, shared).all > 0.4
    assert learn_together(history, apart).all < 0.05
    assert learn_together([], []).all == 0.05


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 256}, {"draws": 0}, {"draws": 100_001}])
def test_a_horizon_that_cannot_be_drawn_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidHorizon) as refused:
        forecast(**wrong)  # type: ignore[arg-type]  # of the parameters above
    assert refused.value.field in wrong


def test_a_share_of_promises_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidHorizon):
        make_forecast([], [], today=TODAY, promise_kept=float("nan"))


def test_a_firm_without_open_invoices_has_a_forecast_of_nothing() -> None:
    found = make_forecast([], [], today=TODAY, draws=3)
    assert found.days[-1].so_far.high == 0
    assert treasury_of(found, balance=Decimal(5)).lowest.low == 5


def test_without_invoices_the_treasury_is_balance_less_outgoings() -> None:
    outgoings = [
        Outgoing(on=TODAY + timedelta(days=4), amount=Decimal("70.50")),
        Outgoing(on=TODAY, amount=Decimal(50)),
    ]
    found = treasury_of(forecast([], days=10), balance=Decimal(100), outgoings=outgoings)
    middles = [each.balance.middle for each in found.days]
    assert middles == [Decimal(50)] * 4 + [Decimal("-20.50")] * 6
    assert (found.lowest_on, found.lowest.low) == (TODAY + timedelta(days=4), Decimal("-20.50"))
    assert found.chance_below_zero == 1


def test_outgoings_outside_the_forecast_do_not_show() -> None:
    outgoings = [Outgoing(on=TODAY + timedelta(days=each), amount=Decimal(10)) for each in (-1, 10)]
    found = treasury_of(forecast([], days=10), balance=Decimal(100), outgoings=outgoings)
    assert found.lowest.low == 100


@settings(max_examples=20, deadline=None)
@given(st.decimals("-1000", "1000", places=2), st.lists(st.integers(0, 90), max_size=4))
def test_the_lowest_point_is_no_higher_than_any_day(balance: Decimal, days: list[int]) -> None:
    outgoings = [Outgoing(on=TODAY + timedelta(days=each), amount=Decimal(200)) for each in days]
    found = treasury_of(FORECAST, balance=balance, outgoings=outgoings)
    for each in found.days:
        assert each.balance.low <= each.balance.middle <= each.balance.high
        assert found.lowest.low <= each.balance.low
    assert 0 <= found.chance_below_zero <= 1


def test_amounts_have_the_decimals_of_their_currency() -> None:
    still_open = [unpaid(amount=Decimal("10.125"), issued=TODAY - timedelta(days=20))]
    found = make_forecast(HISTORY, still_open, today=TODAY, days=255, draws=5, currency="TND")
    assert found.days[-1].so_far.middle == Decimal("10.125")


FORECAST = forecast(draws=50)
