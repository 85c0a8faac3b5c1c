"""A site with many invoices, booked and mostly paid: rows written straight into the tables, past the ORM.

A million of them are not what is measured. Lines of sales and tax are left out, since no page measured here reads them,
and so are the triggers that would miss them.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

CUSTOMERS = 5_000  #: of each organisation
DAY = date(2026, 11, 24)  #: on which the pages are asked for
_NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
_POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/"


def on_sqlite(module: str, arguments: list[str], folder: str) -> Any:
    """What `module` prints as JSON, run with a fresh SQLite database in `folder`."""
    return _run(module, arguments, f"sqlite:{folder}/bench.sqlite3", folder)


def on_postgresql(module: str, arguments: list[str], folder: str) -> Any:
    """The same with a fresh database of the PostgreSQL of this machine; None where there is none."""
    name = f"reglo_bench_{module.rpartition('.')[2]}"
    if not _psql(f"DROP DATABASE IF EXISTS {name}") or not _psql(f"CREATE DATABASE {name}"):
        return None
    try:
        return _run(module, arguments, _POSTGRESQL + name, folder)
    finally:
        _psql(f"DROP DATABASE IF EXISTS {name}")


def _run(module: str, arguments: list[str], database: str, folder: str) -> Any:
    """Run a module as a process of its own, since Django is set up once a process."""
    environment = os.environ | {
        "REGLO_DATABASE": database,
        "REGLO_DATA": folder,
        "REGLO_SECRET_KEY": "of-the-benchmark-and-long-enough-for-one",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-m", module, *arguments]
    answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(answer.stdout)


def _psql(statement: str) -> bool:
    command = ["psql", "-h", "127.0.0.1", "-U", "postgres", "-q", "-c", statement]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def set_up() -> None:
    """Make the tables of the database of the environment."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeSite:
    """Organisations with as many invoices each; the first has its ledger. `fill` writes the rows."""

    invoices: int  #: of each organisation
    organisations: int = 10
    document: int = 3_500  #: bytes of a document of the first organisation

    def fill(self) -> None:
        """Write everything."""
        from django.contrib.auth import get_user_model

        from reglo.billing.models import Draft, Invoice, NumberSeries, PageLook
        from reglo.customers.models import Customer
        from reglo.organisations.models import Membership, Organisation

        user = get_user_model().objects.create_user("owner@example.com")
        for place in range(self.organisations):
            organisation = Organisation.objects.create(slug=f"firm-{place}", name=f"Firm {place}", created_at=_NOW)
            Membership.objects.create(organisation=organisation, user=user, role="owner", joined_at=_NOW)
            NumberSeries.objects.create(organisation=organisation, label="Factures", prefix="F", is_default=True)
            PageLook.objects.create(organisation=organisation, sha256="0" * 64)
        firms = range(1, self.organisations + 1)
        _write(Customer, _customer, [(firm, place) for place in range(CUSTOMERS) for firm in firms])
        # Issued one after the other, as a host of ten firms sees them: rows of one firm are not neighbours.
        every = [(firm, place) for place in range(self.invoices) for firm in firms]
        _write(Draft, _draft, every)
        _write(Invoice, self._with_document, every)
        self._book()
        _analyse()

    def _book(self) -> None:
        """What the ledger of the first organisation holds of customers: each invoice, and what paid it."""
        from django.db import connection

        from reglo.ledger.models import Allocation, Entry, Line, OpenItem
        from reglo.ledger.protection import PROTECTION

        with connection.cursor() as cursor:
            for statement in PROTECTION.statements_back(connection.vendor):
                cursor.execute(statement)
        paid = [place for place in range(self.invoices) if self._is_paid(place)]
        every = [(place, 0) for place in range(self.invoices)] + [(place, 1) for place in paid]
        every.sort()
        _write(Entry, self._entry, every)
        _write(Line, self._line, every)
        _write(OpenItem, self._item, every)
        _write(Allocation, self._allocation, [(place, 1) for place in paid])

    def _is_paid(self, place: int) -> bool:
        """Whether somebody paid: all but the last twentieth, and of the old ones one of five hundred not."""
        return place < self.invoices * 19 // 20 and place % 500 != 7

    def _entry(self, place: int, is_paid: int) -> dict[str, Any]:
        invoice, number = self._invoice(1, place), _number(place, is_paid)
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
            "source_id": place * self.organisations + 1,
            "key": f"{'payment' if is_paid else 'invoice'}:{place}",
            "posted_at": _NOW,
            "by_name": "Réglo",
        }

    def _line(self, place: int, is_paid: int) -> dict[str, Any]:
        invoice = self._invoice(1, place)
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

    def _item(self, place: int, is_paid: int) -> dict[str, Any]:
        invoice, line = self._invoice(1, place), self._line(place, is_paid)
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
            "open_minor": 0 if self._is_paid(place) else invoice["due_minor"],
        }

    def _invoice(self, firm: int, place: int) -> dict[str, Any]:
        customer = (place * 7919) % CUSTOMERS
        day = date(2022, 1, 1) + timedelta(days=place * 1780 // self.invoices)
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
            "customer_id": customer * self.organisations + firm,
            "customer_name": f"Société {_word(customer)} {customer}",
            "currency": "EUR",
            "net_minor": gross * 5 // 6,
            "vat_minor": gross - gross * 5 // 6,
            "gross_minor": gross,
            "due_minor": gross,
            "document_sha256": "0" * 64,
            "language": "fr",
            "look_id": firm,
            "draft_id": place * self.organisations + firm,
            "search": f"f{place + 1:07} societe {_word(customer)} {customer} {customer:09}",
            "issued_at": _NOW,
        }

    def _with_document(self, firm: int, place: int) -> dict[str, Any]:
        return self._invoice(firm, place) | {"document": os.urandom(self.document if firm == 1 else 300)}

    def _allocation(self, place: int, _: int) -> dict[str, Any]:
        bill, money = _number(place, 0), _number(place, 1)
        is_credit_note = place % 40 == 0  # it is paid back
        return {
            "organisation_id": 1,
            "debit_item_id": money if is_credit_note else bill,
            "credit_item_id": bill if is_credit_note else money,
            "amount_minor": self._invoice(1, place)["due_minor"],
            "on": self._line(place, 1)["date"],
            "key": f"payment:{place}",
            "at": _NOW,
            "by_name": "Réglo",
        }


def _number(place: int, is_paid: int) -> int:
    return place * 2 + is_paid + 1


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


def _word(place: int) -> str:
    return ("lumiere", "papeterie", "menuiserie", "conseil", "transports", "boulangerie", "imprimerie")[place % 7]


def _write(model: Any, row_of: Callable[[int, int], dict[str, Any]], keys: list[tuple[int, int]]) -> None:
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
