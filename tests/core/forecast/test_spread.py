from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.forecast import make_forecast
from reglo.core.forecast.model import learn_model
from reglo.core.forecast.spread import LEVELS
from tests.core.forecast.builders import HABITS, TODAY, a_year, unpaid


def test_a_customer_of_regular_habits_has_a_narrower_spread() -> None:
    history = [*a_year({"regular": 5}, spread=0.5, each=30), *a_year({"whim": 5}, spread=20, each=30)]
    model = learn_model(history, [], today=TODAY)
    assert model.spread.scale("regular", model.effects) < 0.6 * model.spread.scale("whim", model.effects)


def test_who_is_hardly_known_is_expected_less_surely() -> None:
    model = learn_model(a_year(HABITS), [], today=TODAY)
    assert model.spread.scale("nobody", model.effects) > 2 * model.spread.scale("fair", model.effects)


def test_errors_keep_their_shape() -> None:
    """Three in four on the day and one in four a month later is no bell curve, and is not made one."""
    history = a_year({"A": 0}, spread=0.1, each=300)
    late = a_year({"A": 30}, spread=0.1, each=100)
    model = learn_model([*history, *late], [], today=TODAY)
    far = sum(error > 1 for error in model.spread.errors) / LEVELS
    assert 0.2 < far < 0.3


def test_invoices_that_nobody_pays_lengthen_the_tail() -> None:
    history = a_year({"A": 5, "B": 5}, each=30)
    waiting = [unpaid(customer="B", issued=TODAY - timedelta(days=50), key=str(place)) for place in range(40)]
    asked = unpaid(customer="B", key="asked")
    plain = make_forecast(history, [asked], today=TODAY, draws=2).invoices[0]
    warned = make_forecast(history, [asked, *waiting], today=TODAY, draws=2).invoices[0]
    assert warned.by_chance(0.9) > plain.by_chance(0.9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 30), st.floats(0, 40), st.integers(0, 999))
def test_there_are_always_256_errors_in_order(count: int, spread: float, seed: int) -> None:
    model = learn_model(a_year({"A": 3}, spread=spread, each=count, seed=seed), [], today=TODAY)
    assert len(model.spread.errors) == LEVELS
    assert list(model.spread.errors) == sorted(model.spread.errors)
    assert model.spread.scale("A", model.effects) > 0
