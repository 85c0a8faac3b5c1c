"""The aged balance and the dashboard of an organisation with 1,000,000 invoices on PostgreSQL, 100,000 on SQLite.

Beside the aged balance, the same made item by item by the ORM; both must come to the same cent.
"""

import json
import logging
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.large_site import DAY, LargeSite, on_postgresql, on_sqlite, set_up
from benchmarks.lists import p95
from benchmarks.measure import Row, median, seconds

_MODULE = "benchmarks.aged_balance"
_REACHES = {"its page, p95": "", "dashboard, p95": "<= 200 ms"}
_DAYS = {"today": DAY, "six months ago": DAY - timedelta(days=182), "two years ago": DAY - timedelta(days=730)}
_Figures = dict[str, tuple[float, float | None]]


def aged_balance_of_many_invoices(quick: bool) -> Iterator[Row]:
    """Reading and building the report; p95 of the dashboard's page."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (5_000, 20_000) if quick else (100_000, 1_000_000)
        yield from _rows(on_sqlite(_MODULE, [str(few)], folder), f"SQLite, {few:,} invoices")
        found = on_postgresql(_MODULE, [str(many)], folder)
    if found is None:
        yield Row("aged balance on PostgreSQL", None, note="left out: no PostgreSQL on 127.0.0.1:5432")
    else:
        yield from _rows(found, f"PostgreSQL, {many:,} invoices")


def _rows(figures: _Figures, note: str) -> Iterator[Row]:
    for work, (ours, naive) in figures.items():
        reach = _REACHES.get(work, "<= 300 ms")
        yield Row(work, ours, naive, beside="the ORM, item by item" if naive else "", reach=reach, note=note)


def _main(invoices: int) -> None:
    """Fill the database of the environment and print the figures as JSON."""
    set_up()
    logging.getLogger("reglo").setLevel(logging.ERROR)
    LargeSite(invoices=invoices, organisations=1, document=300).fill()
    print(json.dumps(dict(_measured())))


def _measured() -> Iterator[tuple[str, tuple[float, float | None]]]:
    from django.contrib.auth import get_user_model
    from django.test import Client

    for name, day in _DAYS.items():
        yield f"aged balance, {name}", _of_day(day)
    client = Client()
    client.force_login(get_user_model().objects.get())
    yield "its page, p95", (p95(client, ["/o/firm-0/reports/aged-balance/"])[0], None)
    yield "dashboard, p95", (p95(client, ["/o/firm-0/"])[0], None)


def _of_day(day: date) -> tuple[float, float]:
    """Seconds of ours and of the alternative; AssertionError unless they agree."""
    from reglo.organisations.models import Organisation
    from reglo.reporting.report import Asked
    from reglo.reporting.reports.aged_balance import KIND

    organisation, asked = Organisation.objects.get(), Asked(start=day, end=day, today=DAY)
    made = list[Any]()
    ours = median(lambda: made.append(KIND.make(organisation, asked)), 7)
    total = made[-1].tables[0].totals[0]
    naive = list[Decimal]()
    other = seconds(lambda: naive.append(_item_by_item(organisation, day)))
    assert total.balance == naive[0], f"{day}: {total.balance} is not {naive[0]}"
    return ours, other


def _item_by_item(organisation: Any, day: date) -> Decimal:
    """What is owed, from each open item as an object: what one would write first."""
    from reglo.core.metrics import OpenAmount, age
    from reglo.core.money import from_minor
    from reglo.ledger.models import Side
    from reglo.ledger.queries import open_items_at

    by_customer: dict[str, list[OpenAmount]] = {}
    for item in open_items_at(organisation, on=day).select_related("customer"):
        amount = from_minor(item.open_at, "EUR")  # type: ignore[attr-defined]  # of `open_items_at`
        signed = amount if item.side == Side.DEBIT else -amount
        by_customer.setdefault(item.customer.name, []).append(OpenAmount(signed, item.due_date))
    aged = [bucket.amount for each in by_customer.values() for bucket in age(each, day)]
    return sum(aged, Decimal(0))


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    _main(int(sys.argv[1]))
