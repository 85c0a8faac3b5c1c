"""Reading: what was foreseen, what will go out, what a forecast is made from."""

from reglo.forecast.queries.foreseen import Expected, Lowest, expected_cash, latest_foreseen, lowest_treasury

__all__ = ["Expected", "Lowest", "expected_cash", "latest_foreseen", "lowest_treasury"]
