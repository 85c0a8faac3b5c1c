from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.forecast.model import PaymentModel, learn_model
from reglo.core.forecast.traits import Trait
from tests.core.forecast.builders import HABITS, TODAY, a_year, paid, unpaid

BEGIN = TODAY - timedelta(days=400)


def learn(history: list, still_open: tuple = ()) -> PaymentModel:  # type: ignore[type-arg]  # of the tests only
    return learn_model(history, still_open, today=TODAY)


def test_each_customer_is_expected_at_about_its_own_mean() -> None:
    model = learn(a_year(HABITS))
    for customer, delay in HABITS.items():
        assert abs(model.delay(unpaid(customer=customer)) - delay) < 3


def test_one_payment_says_less_than_twelve() -> None:
    history = a_year({"usual": 8, "other": 6, "third": 10})
    once = learn([*history, paid(40, customer="new", issued=BEGIN)]).delay(unpaid(customer="new"))
    often = learn([*history, *[paid(40, customer="new", issued=BEGIN)] * 12]).delay(unpaid(customer="new"))
    assert 8 < once < often <= 41


def test_an_unknown_customer_is_expected_as_the_others_of_its_segment() -> None:
    slow = [paid(40, customer=f"s{place}", issued=BEGIN, segment="slow") for place in range(20)]
    quick = [paid(0, customer=f"q{place}", issued=BEGIN, segment="quick") for place in range(20)]
    model = learn([*slow, *quick])
    assert model.delay(unpaid(customer="new", segment="slow")) > 25
    assert model.delay(unpaid(customer="new", segment="quick")) < 10
    assert 10 < model.delay(unpaid(customer="new", segment="elsewhere")) < 30


def test_the_way_an_invoice_was_sent_moves_the_day() -> None:
    history = [
        each
        for place in range(30)
        for each in (
            paid(12, customer=f"c{place}", issued=BEGIN, channel="paper"),
            paid(2, customer=f"c{place}", issued=BEGIN, channel="mail"),
        )
    ]
    model = learn(history)
    later = model.delay(unpaid(customer="c1", channel="paper")) - model.delay(unpaid(customer="c1", channel="mail"))
    assert 8 < later < 11


def test_a_trait_that_means_nothing_vanishes() -> None:
    model = learn(a_year(HABITS, each=40))
    assert max(abs(each.days) for each in model.effects.by_trait[list(Trait).index(Trait.SIZE)].values()) < 1.5


def test_a_month_seen_in_one_year_only_is_chance() -> None:
    model = learn(a_year(HABITS, each=3))
    once = [paid(3, issued=TODAY - timedelta(days=100))]
    assert Trait.MONTH not in learn(once).causes(unpaid())
    assert set(model.traits.seasons) <= set(range(1, 13))


def test_a_slow_august_is_learnt_from_two_years() -> None:
    first = TODAY.replace(year=2024, month=1, day=3)
    history = [
        paid(25 if (due := first + timedelta(days=7 * week + 30)).month == 8 else 5, issued=due - timedelta(days=30))
        for week in range(110)
    ]
    model = learn(history)
    august, june = TODAY.replace(month=8, day=10), TODAY.replace(month=6, day=10)
    assert model.delay(unpaid(due=august)) - model.delay(unpaid(due=june)) > 10


def test_an_invoice_that_stays_unpaid_is_heard() -> None:
    history = a_year({"A": 5, "B": 5})
    waiting = tuple(unpaid(customer="A", issued=TODAY - timedelta(days=120), key=str(place)) for place in range(4))
    assert learn(history, waiting).delay(unpaid(customer="A")) > learn(history).delay(unpaid(customer="A")) + 1


def test_one_invoice_paid_after_years_moves_no_habit() -> None:
    history = a_year(HABITS)
    strange = paid(2000, customer="fair", issued=TODAY - timedelta(days=2100))
    before, after = learn(history), learn([*history, strange])
    assert abs(before.delay(unpaid(customer="fair")) - after.delay(unpaid(customer="fair"))) < 6


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(-29, 300)), max_size=12), st.integers(1, 40))
def test_the_same_days_later_move_every_expectation_by_the_same(told: list[tuple[str, int]], shift: int) -> None:
    """With much history the little that is assumed does not weigh."""
    many = [
        *a_year(HABITS),
        *(paid(days, customer=customer, issued=BEGIN - timedelta(days=400)) for customer, days in told),
    ]
    moved = [paid(each.delay + shift, customer=each.customer, issued=each.issued - timedelta(days=40)) for each in many]
    plain = [paid(each.delay, customer=each.customer, issued=each.issued - timedelta(days=40)) for each in many]
    difference = learn(moved).delay(unpaid(customer="late")) - learn(plain).delay(unpaid(customer="late"))
    assert abs(difference - shift) < 0.1 * shift + 2
