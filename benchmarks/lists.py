"""Lists, search and dashboard of one organisation with 100,000 invoices among a million rows, on both databases.

The pages are asked for through the whole site, logged in as an owner. Documents of the measured organisation have the
size of a real one.
"""

import html
import json
import logging
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.large_site import LargeSite, on_postgresql, on_sqlite, set_up
from benchmarks.measure import Row, seconds

_REACH = 0.150
_NEXT = re.compile(r'<a class="btn" href="([^"]+)"[^>]*rel="next"')


def lists_of_a_large_site(quick: bool) -> Iterator[Row]:
    """p95 of each page, on SQLite and PostgreSQL."""
    arguments = ["5000" if quick else "100000"]
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows(on_sqlite("benchmarks.lists", arguments, folder), "SQLite")
        figures = on_postgresql("benchmarks.lists", arguments, folder)
    if figures is None:
        yield Row("lists on PostgreSQL", None, note="left out: no PostgreSQL on 127.0.0.1:5432")
    else:
        yield from _rows(figures, "PostgreSQL")


def _rows(figures: dict[str, tuple[float, int]], name: str) -> Iterator[Row]:
    for page, (p95, queries) in figures.items():
        yield Row(page, p95, reach=f"<= {_REACH * 1000:.0f} ms", note=f"p95, {queries} queries, {name}")


def _main(invoices: int) -> None:
    """Fill the database of the environment and print the figures as JSON."""
    set_up()
    logging.getLogger("reglo").setLevel(logging.ERROR)
    LargeSite(invoices=invoices).fill()
    print(json.dumps(_ask()))


def _ask() -> dict[str, tuple[float, int]]:
    """p95 in seconds and queries of each page."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get())
    base = "/o/firm-0"
    pages = {
        "invoice list": [f"{base}/invoices/"],
        "invoice list, deep": [_deep(client, f"{base}/invoices/?sort=-date")],
        "invoice list, filtered": [
            f"{base}/invoices/?{each}" for each in ("kind=381", "from=2023-01-01&to=2023-06-30", "state=past")
        ],
        "sums below the list": [f"{base}/invoices/totals/?from=2023-01-01&to=2023-06-30"],
        "invoice list, by amount": [f"{base}/invoices/?sort=-gross", f"{base}/invoices/?sort=gross"],
        "invoice list, searched": [f"{base}/invoices/?q={each}" for each in ("papeterie", "0004242", "nowhere")],
        "customer list": [f"{base}/customers/", f"{base}/customers/?q=boulangerie", f"{base}/customers/?q=nowhere"],
        "search": [f"{base}/search/?q={each}" for each in ("4242", "papeterie 88", "nowhere", "1 234,56")],
        "dashboard": [f"{base}/"],
    }
    return {name: p95(client, addresses) for name, addresses in pages.items()}


def _deep(client: Any, address: str) -> str:
    """An address thirty pages behind the first."""
    for _ in range(30):
        found = _NEXT.search(client.get(address).content.decode())
        assert found is not None, f"no rows behind {address}"
        address = html.unescape(found[1])
    return address


def p95(client: Any, addresses: list[str]) -> tuple[float, int]:
    times = list[float]()
    for address in addresses:
        _require_page(client.get(address), address)
        times += [seconds(lambda address=address: client.get(address)) for _ in range(20)]
    times.sort()
    return times[int(len(times) * 0.95)], max(_queries(client, address) for address in addresses)


def _require_page(answer: Any, address: str) -> None:
    assert answer.status_code == 200, f"{address}: {answer.status_code}"


def _queries(client: Any, address: str) -> int:
    with _counted() as queries:
        client.get(address)
    return len(queries)


@contextmanager
def _counted() -> Iterator[list[str]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found += [each["sql"] for each in captured.captured_queries]


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    _main(int(sys.argv[1]))
