"""Reading: what was foreseen, what will go out, what a forecast is made from."""

from reglo.forecast.queries.foreseen import (
    Balances,
    Expected,
    Lowest,
    expected_cash,
    latest_foreseen,
    likely_balances,
    lowest_treasury,
)

__all__ = ["Balances", "Expected", "Lowest", "expected_cash", "latest_foreseen", "likely_balances", "lowest_treasury"]
