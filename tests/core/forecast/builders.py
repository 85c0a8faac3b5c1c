"""Invoices for the tests of the forecast: paid ones with a delay, open ones, a firm of customers with habits."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from reglo.core.forecast import OpenInvoice, PaidInvoice

TODAY = date(2026, 6, 1)  #: a Monday
_TERM = timedelta(days=30)


def paid(delay: int = 5, *, customer: str = "A", issued: date = date(2026, 1, 5), **rest: Any) -> PaidInvoice:
    """An invoice at 30 days that was paid so many days late."""
    due = rest.pop("due", issued + _TERM)
    amount = rest.pop("amount", Decimal(100))
    return PaidInvoice(
        customer=customer, issued=issued, due=due, paid=due + timedelta(days=delay), amount=amount, **rest
    )


def unpaid(*, customer: str = "A", issued: date = TODAY, **rest: Any) -> OpenInvoice:
    """An invoice at 30 days that is open today."""
    due = rest.pop("due", issued + _TERM)
    amount = rest.pop("amount", Decimal(100))
    return OpenInvoice(
        key=rest.pop("key", f"{customer} {issued}"), customer=customer, issued=issued, due=due, amount=amount, **rest
    )


def a_year(delays: dict[str, int], *, spread: float = 3.0, seed: int = 1, each: int = 12) -> list[PaidInvoice]:
    """So many invoices of each customer over the year before today, paid around its delay."""
    random = Random(seed)
    found = list[PaidInvoice]()
    for customer, delay in delays.items():
        for _ in range(each):
            issued = TODAY - timedelta(days=random.randrange(100, 465))
            until_today = (TODAY - issued).days - 30  # due thirty days after
            around = min(max(round(random.gauss(delay, spread)), -29), until_today)
            amount = Decimal(random.randrange(100, 100_000)).scaleb(-2)
            found.append(paid(around, customer=customer, issued=issued, amount=amount))
    return found


HABITS = {"prompt": -5, "usual": 8, "late": 30, "worse": 45, "fair": 0}
