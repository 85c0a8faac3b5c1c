"""The forecast: how fast it sums up many open invoices, and how right it was on a year of real ones."""

import csv
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import sqrt
from pathlib import Path
from random import Random

from benchmarks.measure import Row, seconds
from reglo.core.forecast import OpenInvoice, PaidInvoice, backtest, make_forecast

_REAL = Path(__file__).parents[2] / "shared/corpora/late-payments/accounts-receivable-2012.csv"
_TODAY = date(2026, 11, 24)
_DRAWS = 2_000
_NAIVE_DRAWS = 50  # the alternative would take minutes
_BEGINNINGS = (date(2012, 4, 1), date(2012, 7, 1), date(2012, 10, 1))


def forecast_of_open_invoices(quick: bool) -> Iterator[Row]:
    """Learning from the history included."""
    many = 1_000 if quick else 10_000
    history, still_open = _firm(many)
    ours = min(seconds(lambda: make_forecast(history, still_open, today=_TODAY, draws=_DRAWS)) for _ in range(3))
    naive = seconds(lambda: _naive(still_open, _NAIVE_DRAWS)) * _DRAWS / _NAIVE_DRAWS
    yield Row(
        f"forecast, {many:,} open, {_DRAWS:,} draws",
        ours,
        naive,
        beside="a bell curve drawn invoice by invoice",
        reach="<= 3 s",
        note=f"alternative measured on {_NAIVE_DRAWS} draws; ours with {len(history):,} payments learnt from",
    )


def _firm(many: int) -> tuple[list[PaidInvoice], list[OpenInvoice]]:
    """Twice as many payments as open invoices, of a tenth as many customers with habits of their own."""
    random = Random(7)
    habits = {f"C{place}": (f"S{place % 8}", random.gauss(8, 12)) for place in range(many // 10)}
    customers = list(habits)
    history, still_open = list[PaidInvoice](), list[OpenInvoice]()
    for place in range(3 * many):
        customer = random.choice(customers)
        segment, delay = habits[customer]
        age = random.randrange(140, 700) if place % 3 else random.randrange(60)
        issued = _TODAY - timedelta(days=age)
        due = issued + timedelta(days=30)
        amount = Decimal(random.randrange(1_000, 1_000_000)).scaleb(-2)
        if place % 3:
            paid = due + timedelta(days=min(max(round(random.gauss(delay, 9)), -29), 100))
            history.append(
                PaidInvoice(customer=customer, segment=segment, issued=issued, due=due, amount=amount, paid=paid)
            )
        else:
            still_open.append(
                OpenInvoice(key=str(place), customer=customer, segment=segment, issued=issued, due=due, amount=amount)
            )
    return history, still_open


def _naive(still_open: list[OpenInvoice], draws: int) -> list[list[float]]:
    """What one writes first: for each draw and invoice two normal numbers, a day, an addition."""
    random = Random(1)
    known = [((each.due - _TODAY).days, float(each.amount)) for each in still_open]
    paths = list[list[float]]()
    for _ in range(draws):
        shared, came = random.gauss(0, 1) * sqrt(0.1), [0.0] * 91
        for due, amount in known:
            day = max(round(due + 8 + 9 * (shared + random.gauss(0, 1) * sqrt(0.9))), 0)
            if day < 91:
                came[day] += amount
        paths.append(came)
    return paths


def forecast_of_real_invoices(quick: bool) -> Iterator[Row]:
    """Each invoice from a day on, forecast on its day of issue with what was known on it."""
    if not _REAL.exists():
        yield Row("backtest of the forecast", None, note="skipped: ../shared/corpora/late-payments is not here")
        return
    paid = _real()
    for begin in _BEGINNINGS[-1:] if quick else _BEGINNINGS:
        start = time.process_time()
        score = backtest(paid, from_day=begin, ages=(0,)).at_issue
        took = time.process_time() - start
        beside = ", ".join(f"{name} {error:.2f}" for name, error in score.baselines.items())
        note = f"error {score.mean_absolute_error:.2f} days beside {beside}; band of 80 %: {score.coverage_80:.1%}"
        yield Row(f"backtest from {begin}, {score.count} inv.", took, reach="band 76 to 84 %", note=note)


def _real() -> list[PaidInvoice]:
    with _REAL.open(newline="") as file:
        return [
            PaidInvoice(
                customer=row["customerID"],
                segment=row["countryCode"],
                channel=row["PaperlessBill"],
                issued=_day(row["InvoiceDate"]),
                due=_day(row["DueDate"]),
                paid=_day(row["SettledDate"]),
                amount=Decimal(row["InvoiceAmount"]),
                disputed=row["Disputed"] == "Yes",
            )
            for row in csv.DictReader(file)
        ]


def _day(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()
