"""When money comes: a distribution for each open invoice, sums by day and week with bands, the treasury curve.

Values in, values out: `make_forecast` of `PaidInvoice`s and `OpenInvoice`s, then `treasury_of` with `Outgoing`s;
`backtest` tells how right it would have been. The method is in docs/explanation/forecast.md.
"""

from reglo.core.forecast.backtest import AGES, Backtest, NothingToReplay, Score, Trial, backtest
from reglo.core.forecast.cash import Band, CashDay, CashWeek, Forecast, InvalidHorizon, make_forecast
from reglo.core.forecast.facts import InvalidForecast, OpenInvoice, Outgoing, Owed, PaidInvoice
from reglo.core.forecast.invoice import InvoiceForecast, Part
from reglo.core.forecast.outlook import InvalidChance, Outlook
from reglo.core.forecast.treasury import Treasury, TreasuryDay, treasury_of

__all__ = [
    "AGES",
    "Backtest",
    "Band",
    "CashDay",
    "CashWeek",
    "Forecast",
    "InvalidChance",
    "InvalidForecast",
    "InvalidHorizon",
    "InvoiceForecast",
    "NothingToReplay",
    "OpenInvoice",
    "Outgoing",
    "Outlook",
    "Owed",
    "PaidInvoice",
    "Part",
    "Score",
    "Treasury",
    "TreasuryDay",
    "Trial",
    "backtest",
    "make_forecast",
    "treasury_of",
]
