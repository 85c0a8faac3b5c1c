"""The bank room on both databases: 100,000 lines of camt from bytes to rows, and matching what waits with what is open.

Each measure is a process of its own on a new database: a file for SQLite, one beside the others on PostgreSQL where one
answers on 127.0.0.1:5432. Open invoices are written straight into the ledger's tables: booking them is not measured.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.bank_files import _statement
from benchmarks.issue import _databases
from benchmarks.measure import Row
from reglo.formats.bank import write_camt053

_ISSUED, _DUE = date(2026, 10, 1), date(2026, 10, 31)
_AT_ONCE = 2000


def importing_bank_lines(quick: bool) -> Iterator[Row]:
    """A statement through the whole service: read for the preview, read again and written."""
    count = 10_000 if quick else 100_000
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(write_camt053(_statement(count)))
        file.flush()
        for name, database in _databases():
            with database as url:
                received, taken, cpu, again, memory = (float(each) for each in _told(url, "import", file.name))
            parts = f"preview {received:.1f} s, import {taken:.1f} s, {cpu:.1f} s of CPU in all; again {again:.1f} s"
            note = f"{parts}; {memory:.0f} MiB at most"
            reach = "≤ 1.5 s" if quick else "≤ 15 s"
            yield Row(f"import {count:,} bank lines, {name}", received + taken, reach=reach, note=note)


def matching_in_the_room(quick: bool) -> Iterator[Row]:
    """Lines that wait against open invoices: from the rows to postings and proposals."""
    items, lines = (10_000, 200) if quick else (100_000, 2_000)
    for name, database in _databases():
        with database as url:
            indexed, ran, posted, memory = (float(each) for each in _told(url, "match", str(items), str(lines)))
        note = (
            f"index {indexed:.1f} s, {ran / lines * 1000:.1f} ms a line, {posted:.0f} posted, {memory:.0f} MiB at most"
        )
        yield Row(f"match {lines:,} lines, post them, {name}", ran, note=note)


def _told(url: str, act: str, *arguments: str) -> list[str]:
    environment = {
        **os.environ,
        "REGLO_DATABASE": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "REGLO_SECRET_KEY": "of-the-benchmark-and-long-enough-for-one",
    }
    command = [sys.executable, "-m", "benchmarks.bank_import", act, *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout.split()


# Within the processes


def _import(path: str) -> None:
    """Receive a file, take it in, then the same once more; print the seconds of each, and the most memory in MiB."""
    from tests.site import NOW, a_member, an_organisation

    from reglo.banking.models import StatementLine
    from reglo.banking.services.importing import receive_bank_file, take_in_bank_file
    from reglo.journal.services import Actor

    organisation = an_organisation()
    facts: dict[str, Any] = {"organisation": organisation, "now": NOW}
    facts["by"] = Actor(name="Inès", user_id=a_member(organisation).pk)

    def receive() -> Any:
        return receive_bank_file(file_name="releve.xml", content=Path(path).read_bytes(), **facts)

    start, begun = time.perf_counter(), time.process_time()
    file = receive()
    received = time.perf_counter()
    take_in_bank_file(file_id=file.pk, **facts)
    taken, computed = time.perf_counter(), time.process_time()
    assert receive().new_count == 0
    again = time.perf_counter()
    assert StatementLine.objects.count() == file.new_count
    print(received - start, taken - received, computed - begun, again - taken, _peak())


def _match(items: str, lines: str) -> None:
    """Match so many lines with so many open invoices; print the seconds of the index, of all, how many were posted."""
    from tests.banking.rows import a_line, a_statement
    from tests.site import NOW, TODAY, an_organisation

    from reglo.banking.queries.matching import matching_index
    from reglo.banking.services.matching import run_matching

    organisation = an_organisation()
    numbers = _open_items(organisation, int(items))
    statement = a_statement(organisation)
    for place in range(int(lines)):
        number, amount, payer = numbers[place * len(numbers) // int(lines)]
        text = f"FACTURE {number}" if place % 10 else "REGLEMENT"
        a_line(statement, amount, text=text, payer=payer, booked=_ISSUED + timedelta(days=20))
    start = time.perf_counter()
    matching_index(organisation, today=TODAY)
    indexed = time.perf_counter()
    outcome = run_matching(organisation=organisation, now=NOW)
    print(indexed - start, time.perf_counter() - indexed, outcome.posted, _peak())


def _open_items(organisation: Any, count: int) -> list[tuple[str, int, str]]:
    """Number, cents and customer of so many invoices that are open, of a customer for each twenty."""
    from django.db import transaction
    from tests.site import NOW

    from reglo.customers.models import Customer
    from reglo.ledger.models import Entry, LedgerHead, Line, OpenItem

    owners = Customer.objects.bulk_create(
        Customer(organisation=organisation, name=f"Société {place:05d}", search=f"societe {place:05d}", created_at=NOW)
        for place in range(max(count // 20, 1))
    )
    told = [
        (f"F2026-{place + 1:06d}", 10_000 + place * 37 % 500_000, owners[place % len(owners)]) for place in range(count)
    ]
    with transaction.atomic():
        LedgerHead.objects.create(organisation=organisation, sequence=count, numbers={"2026": count})
        for start in range(0, count, _AT_ONCE):
            _book(organisation, told[start : start + _AT_ONCE], start, (Entry, Line, OpenItem), NOW)
    return [(number, amount, owner.name) for number, amount, owner in told]


def _book(organisation: Any, told: list[Any], start: int, models: tuple[Any, Any, Any], now: Any) -> None:
    entry, line, item = models
    entries = [
        entry(
            id=organisation.pk * 2**32 + place, organisation=organisation, sequence=place, year=2026, number=place,
            journal="VE", kind="document", date=_ISSUED, reference=number, reference_date=_ISSUED, label=owner.name,
            currency="EUR", source_kind="invoice", source_id=place, key=f"invoice:{place}", posted_at=now, by_name="B",
        )
        for place, (number, _, owner) in enumerate(told, start + 1)
    ]  # fmt: skip
    facts = {"organisation": organisation, "date": _ISSUED, "currency": "EUR"}
    debits = [
        line(entry=each, place=0, role="customers", account="411", customer=owner, debit_minor=amount, **facts)
        for each, (_, amount, owner) in zip(entries, told, strict=True)
    ]
    credits_ = [
        line(entry=each, place=1, role="sales-services", account="706", credit_minor=amount, **facts)
        for each, (_, amount, _) in zip(entries, told, strict=True)
    ]
    line.objects.bulk_create([*debits, *credits_])
    item.objects.bulk_create(
        item(
            line=each, entry=of, origin=of, customer=each.customer, side="debit", role="customers", kind="document",
            reference=of.reference, document_date=_ISSUED, due_date=_DUE, amount_minor=each.debit_minor,
            open_minor=each.debit_minor, **facts,
        )
        for each, of in zip(debits, entries, strict=True)
    )  # fmt: skip
    entry.objects.bulk_create(entries)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _main() -> None:
    import django

    django.setup()
    acts: dict[str, Callable[..., None]] = {"import": _import, "match": _match}
    acts[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    _main()
