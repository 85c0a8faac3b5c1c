from datetime import date, timedelta
from decimal import Decimal

import pytest

from reglo.core.forecast import InvalidForecast, Outgoing, make_forecast
from tests.core.forecast.builders import TODAY, paid, unpaid


@pytest.mark.parametrize("amount", [Decimal("-0.01"), Decimal("NaN"), Decimal("Infinity")])
def test_an_amount_below_zero_or_no_number_is_refused(amount: Decimal) -> None:
    with pytest.raises(InvalidForecast) as refused:
        unpaid(amount=amount)
    assert refused.value.field == "amount"
    with pytest.raises(InvalidForecast):
        Outgoing(on=TODAY, amount=amount)


def test_a_due_date_before_the_invoice_is_refused() -> None:
    with pytest.raises(InvalidForecast) as refused:
        unpaid(issued=TODAY, due=TODAY - timedelta(days=1))
    assert "01/06/2026" in refused.value.message.fr


def test_a_due_date_of_the_end_of_time_is_refused() -> None:
    with pytest.raises(InvalidForecast):
        unpaid(due=date(9999, 12, 31))


def test_nothing_is_learnt_from_the_future() -> None:
    with pytest.raises(InvalidForecast):
        make_forecast([paid(issued=TODAY)], [], today=TODAY)
    with pytest.raises(InvalidForecast):
        make_forecast([], [unpaid(issued=TODAY + timedelta(days=1))], today=TODAY)
