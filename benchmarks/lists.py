"""Lists, search and dashboard of one organisation with 100,000 invoices among a million rows, on both databases.

Rows are written straight into the tables, since a million of them are not what is measured; the pages are then asked
for through the whole site, logged in as an owner. Documents of the measured organisation have the size of a real one.
"""

import html
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.measure import Row, seconds

_ORGANISATIONS = 10
_CUSTOMERS = 5_000  # of each
_POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/reglo_bench_lists"
_NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
_REACH = 0.150
_DOCUMENT = 3_500  # bytes
_NEXT = re.compile(r'<a class="btn" href="([^"]+)"[^>]*rel="next"')


def lists_of_a_large_site(quick: bool) -> Iterator[Row]:
    """p95 of each page, on SQLite and PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured(f"sqlite:{folder}/lists.sqlite3", folder, quick)
        if _makes_database():
            yield from _measured(_POSTGRESQL, folder, quick)
        else:
            yield Row("lists on PostgreSQL", None, note="left out: no PostgreSQL on 127.0.0.1:5432")


def _measured(database: str, folder: str, quick: bool) -> Iterator[Row]:
    """Run this module as a process of its own, since Django is set up once a process."""
    environment = os.environ | {
        "REGLO_DATABASE": database,
        "REGLO_DATA": folder,
        "REGLO_SECRET_KEY": "of-the-benchmark-and-long-enough-for-one",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-m", "benchmarks.lists", "5000" if quick else "100000"]
    answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    name = "SQLite" if database.startswith("sqlite") else "PostgreSQL"
    figures = json.loads(answer.stdout)
    for page, (p95, queries) in figures.items():
        note = f"p95, {queries} queries, {name}"
        yield Row(page, p95, reach=f"<= {_REACH * 1000:.0f} ms", note=note)


def _makes_database() -> bool:
    name = _POSTGRESQL.rpartition("/")[2]
    options = ["-h", "127.0.0.1", "-U", "postgres", "-q", "-c"]
    try:
        for statement in (f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}"):
            subprocess.run(["psql", *options, statement], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _main(invoices: int) -> None:
    """Fill the database of the environment and print the figures as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    logging.getLogger("reglo").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0)
    _fill(invoices)
    print(json.dumps(_ask()))


def _fill(invoices: int) -> None:
    from django.contrib.auth import get_user_model

    from reglo.billing.models import Draft, Invoice, NumberSeries, PageLook
    from reglo.customers.models import Customer
    from reglo.organisations.models import Membership, Organisation

    user = get_user_model().objects.create_user("owner@example.com")
    for place in range(_ORGANISATIONS):
        organisation = Organisation.objects.create(slug=f"firm-{place}", name=f"Firm {place}", created_at=_NOW)
        Membership.objects.create(organisation=organisation, user=user, role="owner", joined_at=_NOW)
        NumberSeries.objects.create(organisation=organisation, label="Factures", prefix="F", is_default=True)
        PageLook.objects.create(organisation=organisation, sha256="0" * 64)
    firms = range(1, _ORGANISATIONS + 1)
    _write(Customer, _customer, [(firm, place) for place in range(_CUSTOMERS) for firm in firms])
    # Issued one after the other, as a host of ten firms sees them: rows of one firm are not neighbours.
    every = [(firm, place) for place in range(invoices) for firm in firms]
    _write(Draft, _draft, every)
    _write(Invoice, lambda firm, place: _invoice(firm, place, invoices), every)
    _book(invoices)
    _analyse()


def _book(invoices: int) -> None:
    """What the ledger of the measured organisation holds of customers: each invoice, and its payment where it is old.

    Lines of sales and tax are left out, since no page here reads them, and so are the triggers that would miss them.
    """
    from django.db import connection

    from reglo.ledger.models import Entry, Line, OpenItem
    from reglo.ledger.protection import PROTECTION

    with connection.cursor() as cursor:
        for statement in PROTECTION.statements_back(connection.vendor):
            cursor.execute(statement)
    every = [
        (place, is_paid) for place in range(invoices) for is_paid in (False, True) if _is_paid(place, is_paid, invoices)
    ]
    _write(Entry, lambda place, is_paid: _entry(place, is_paid, invoices), every)
    _write(Line, lambda place, is_paid: _line(place, is_paid, invoices), every)
    _write(OpenItem, lambda place, is_paid: _item(place, is_paid, invoices), every)


def _is_paid(place: int, is_paid: int, invoices: int) -> bool:
    """Whether there is such an entry: each invoice has one, and a payment unless it is among the last twentieth."""
    return not is_paid or place < invoices * 19 // 20


def _number(place: int, is_paid: int) -> int:
    return place * 2 + is_paid + 1


def _entry(place: int, is_paid: int, invoices: int) -> dict[str, Any]:
    invoice, number = _invoice(1, place, invoices), _number(place, is_paid)
    return {
        "id": 2**32 + number,
        "organisation_id": 1,
        "sequence": number,
        "year": 2026,
        "number": number,
        "journal": "BQ" if is_paid else "VE",
        "kind": "payment" if is_paid else "document",
        "date": invoice["issue_date"] + timedelta(days=28 * is_paid),
        "reference": "" if is_paid else invoice["number"],
        "reference_date": invoice["issue_date"],
        "label": invoice["customer_name"],
        "currency": "EUR",
        "source_kind": "payment" if is_paid else "invoice",
        "source_id": place * _ORGANISATIONS + 1,
        "key": f"{'payment' if is_paid else 'invoice'}:{place}",
        "posted_at": _NOW,
        "by_name": "Réglo",
    }


def _line(place: int, is_paid: int, invoices: int) -> dict[str, Any]:
    invoice = _invoice(1, place, invoices)
    is_credit = is_paid != (invoice["kind"] == "381")
    return {
        "id": _number(place, is_paid),
        "organisation_id": 1,
        "entry_id": 2**32 + _number(place, is_paid),
        "place": 0,
        "date": invoice["issue_date"] + timedelta(days=28 * is_paid),
        "role": "customers",
        "account": "411",
        "customer_id": invoice["customer_id"],
        "debit_minor": 0 if is_credit else invoice["due_minor"],
        "credit_minor": invoice["due_minor"] if is_credit else 0,
        "currency": "EUR",
    }


def _item(place: int, is_paid: int, invoices: int) -> dict[str, Any]:
    invoice, line = _invoice(1, place, invoices), _line(place, is_paid, invoices)
    return {
        "line_id": line["id"],
        "organisation_id": 1,
        "entry_id": line["entry_id"],
        "origin_id": line["entry_id"],
        "customer_id": line["customer_id"],
        "side": "debit" if line["debit_minor"] else "credit",
        "role": "customers",
        "kind": "payment" if is_paid else "document",
        "reference": "" if is_paid else invoice["number"],
        "document_date": invoice["issue_date"],
        "date": line["date"],
        "due_date": None if is_paid else invoice["due_date"],
        "currency": "EUR",
        "amount_minor": invoice["due_minor"],
        "open_minor": 0 if _is_paid(place, True, invoices) else invoice["due_minor"],
    }


def _customer(firm: int, place: int) -> dict[str, Any]:
    name = f"Société {_word(place)} {place}"
    return {
        "organisation_id": firm,
        "name": name,
        "siren": f"{place:09}",
        "search": f"societe {_word(place)} {place} {place:09}",
        "created_at": _NOW,
    }


def _draft(firm: int, _: int) -> dict[str, Any]:
    return {"organisation_id": firm, "created_at": _NOW, "updated_at": _NOW, "issued_at": _NOW}


def _invoice(firm: int, place: int, invoices: int) -> dict[str, Any]:
    customer = (place * 7919) % _CUSTOMERS
    day = date(2022, 1, 1) + timedelta(days=place * 1780 // invoices)
    gross = 1200 + (place * 104_729) % 900_000
    return {
        "organisation_id": firm,
        "series_id": firm,
        "sequence": place + 1,
        "sequence_year": 0,
        "number": f"F{place + 1:07}",
        "kind": "381" if place % 40 == 0 else "380",
        "issue_date": day,
        "due_date": day + timedelta(days=30),
        "customer_id": customer * _ORGANISATIONS + firm,
        "customer_name": f"Société {_word(customer)} {customer}",
        "currency": "EUR",
        "net_minor": gross * 5 // 6,
        "vat_minor": gross - gross * 5 // 6,
        "gross_minor": gross,
        "due_minor": gross,
        "document": os.urandom(_DOCUMENT if firm == 1 else 300),
        "document_sha256": "0" * 64,
        "language": "fr",
        "look_id": firm,
        "draft_id": place * _ORGANISATIONS + firm,
        "search": f"f{place + 1:07} societe {_word(customer)} {customer} {customer:09}",
        "issued_at": _NOW,
    }


def _word(place: int) -> str:
    return ("lumiere", "papeterie", "menuiserie", "conseil", "transports", "boulangerie", "imprimerie")[place % 7]


def _write(
    model: Any, row_of: Callable[[int, int], dict[str, Any]], keys: list[tuple[int, int]] | list[tuple[int, bool]]
) -> None:
    """Insert rows past the ORM: what `row_of` gives, and for the other columns what the model has by default."""
    from django.db import connection, transaction

    given = row_of(*keys[0])
    first = model(**given)
    fields = [each for each in model._meta.concrete_fields if not each.primary_key or each.attname in given]
    usual = {each.attname: _bare(each.get_db_prep_save(each.pre_save(first, add=True), connection)) for each in fields}
    rows = ([*(usual | row_of(*key)).values()] for key in keys)
    columns = ", ".join(f'"{each.column}"' for each in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["?"] * len(fields))
        every = iter(rows)
        while some := list(islice(every, 20_000)):
            cursor.connection.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", some)


def _bare(value: Any) -> Any:
    """A value as it goes past the ORM: JSON as text."""
    return json.dumps(value.obj) if type(value).__name__ in ("Jsonb", "Json") else value


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        # As PostgreSQL does by itself once so many rows have come (autovacuum).
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


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
    return {name: _p95(client, addresses) for name, addresses in pages.items()}


def _deep(client: Any, address: str) -> str:
    """An address thirty pages behind the first."""
    for _ in range(30):
        found = _NEXT.search(client.get(address).content.decode())
        assert found is not None, f"no rows behind {address}"
        address = html.unescape(found[1])
    return address


def _p95(client: Any, addresses: list[str]) -> tuple[float, int]:
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
