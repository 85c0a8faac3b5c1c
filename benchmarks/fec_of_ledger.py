"""The FEC of a large ledger on both databases: from the rows of a year to a file that was read back and checked.

Each measure is a process of its own on a new database. Invoices, payments and allocations are written straight into the
ledger's tables: booking them is not measured.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.issue import _databases
from benchmarks.measure import Row

_FIRST = date(2026, 1, 1)
_LAST = date(2026, 12, 31)
_LINES_A_PAIR = 5  #: three of an invoice, two of its payment
_AT_ONCE = 2000


def fec_of_ledger(quick: bool) -> Iterator[Row]:
    """Written, read back, compared with the ledger, checked by all rules; letters included."""
    count = 50_000 if quick else 1_000_000
    for name, database in _databases():
        with database as url:
            took, cpu, memory, before = (float(each) for each in _told(url, count))
        note = f"{cpu:.1f} s of CPU; {memory:.0f} MiB at most, {before:.0f} before"
        yield Row(f"FEC of {count:,} ledger lines, {name}", took, reach="≤ 1.5 s" if quick else "≤ 30 s", note=note)


def _told(url: str, count: int) -> list[str]:
    environment = {
        **os.environ,
        "REGLO_DATABASE": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "REGLO_SECRET_KEY": "of-the-benchmark-and-long-enough-for-one",
    }
    for command in ("prepare", "write"):  # apart, since making the rows takes memory that writing does not
        arguments = [sys.executable, "-m", "benchmarks.fec_of_ledger", command, str(count)]
        told = subprocess.run(arguments, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return told.split()


def _prepare(count: int) -> None:
    from django.core.management import call_command
    from django.db import transaction
    from tests.site import NOW, an_organisation

    from reglo.customers.models import Customer
    from reglo.ledger.models import LedgerHead

    call_command("migrate", verbosity=0)
    organisation, pairs = an_organisation(), count // _LINES_A_PAIR
    owners = Customer.objects.bulk_create(
        Customer(organisation=organisation, name=f"Société {place:05d}", search=f"societe {place:05d}", created_at=NOW)
        for place in range(max(pairs // 40, 1))
    )
    for start in range(0, pairs, _AT_ONCE):
        with transaction.atomic():
            _book(organisation, owners, range(start, min(start + _AT_ONCE, pairs)), pairs)
    LedgerHead.objects.create(organisation=organisation, sequence=2 * pairs, numbers={"2026": 2 * pairs})


def _book(organisation: Any, owners: list[Any], places: range, pairs: int) -> None:
    """Invoices, each followed by its payment, which settles it."""
    from reglo.ledger.models import Allocation, Entry, Line, OpenItem

    entries, lines, items, allocations = [], [], [], []
    for place in places:
        day = _FIRST + timedelta(days=place * 365 // pairs)
        owner = owners[place * 7919 % len(owners)]
        net = 1000 + place * 37 % 900_000
        vat = net // 5
        invoice = _entry(organisation, 2 * place + 1, "VE", "document", day, f"F2026-{place:06}")
        payment = _entry(organisation, 2 * place + 2, "BQ", "payment", day, f"R{place:06}")
        due = _line(invoice, 0, "customers", "411", debit_minor=net + vat, customer=owner)
        paid = _line(payment, 1, "customers", "411", credit_minor=net + vat, customer=owner)
        entries += [invoice, payment]
        lines += [
            due,
            _line(invoice, 1, "sales-services", "706", credit_minor=net),
            _line(invoice, 2, "vat-collected", "44571", credit_minor=vat),
            _line(payment, 0, "bank", "512", debit_minor=net + vat),
            paid,
        ]
        items += [(due, invoice, "debit"), (paid, payment, "credit")]
        allocations.append((due, paid, net + vat, day))
    Line.objects.bulk_create(lines)
    OpenItem.objects.bulk_create(_item(*each) for each in items)
    Entry.objects.bulk_create(entries)
    Allocation.objects.bulk_create(
        Allocation(
            organisation=organisation, debit_item_id=due.pk, credit_item_id=paid.pk, amount_minor=amount, on=day,
            key=f"pay:{due.pk}", at=_now(), by_name="B",
        )
        for due, paid, amount, day in allocations
    )  # fmt: skip
    OpenItem.objects.filter(pk__in=[line.pk for line, _, _ in items]).update(open_minor=0)


def _now() -> Any:
    from tests.site import NOW

    return NOW


def _entry(organisation: Any, number: int, journal: str, kind: str, day: date, reference: str) -> Any:
    from reglo.ledger.models import Entry

    return Entry(
        id=organisation.pk * 2**32 + number, organisation=organisation, sequence=number, year=2026, number=number,
        journal=journal, kind=kind, date=day, reference=reference, reference_date=day, label=f"Pièce {reference}",
        currency="EUR", source_kind=kind, source_id=number, key=f"{kind}:{number}", posted_at=_now(), by_name="B",
    )  # fmt: skip


def _line(entry: Any, place: int, role: str, account: str, **facts: Any) -> Any:
    from reglo.ledger.models import Line

    shared = {"organisation": entry.organisation, "date": entry.date, "currency": "EUR"}
    return Line(entry=entry, place=place, role=role, account=account, **shared, **facts)


def _item(line: Any, entry: Any, side: str) -> Any:
    from reglo.ledger.models import OpenItem

    amount = line.debit_minor or line.credit_minor
    return OpenItem(
        organisation=entry.organisation, line=line, entry=entry, origin=entry, customer=line.customer, side=side,
        role="customers", kind=entry.kind, reference=entry.reference, document_date=entry.date, date=entry.date,
        due_date=entry.date, currency="EUR", amount_minor=amount, open_minor=amount,
    )  # fmt: skip


def _write(count: int) -> None:
    from reglo.organisations.models import Organisation
    from reglo.reporting.accounting.extent import extent_of
    from reglo.reporting.accounting.fec import write_ledger_fec

    organisation, before = Organisation.objects.get(), _peak()
    start, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryFile() as file:
        made = write_ledger_fec(extent_of(organisation, _FIRST, _LAST), file)
        took, cpu = time.perf_counter() - start, time.process_time() - cpu
        assert made.report.summary.lines == count
        assert {each.rule.identifier for each in made.report.breaches} <= {"FEC-VALIDATION"}, made.report.breaches
        file.seek(0)
        assert file.read(2000).count(b"\tAAB\t") == 2
    print(took, cpu, _peak(), before)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _main() -> None:
    import django

    django.setup()
    {"prepare": _prepare, "write": _write}[sys.argv[1]](int(sys.argv[2]))


if __name__ == "__main__":
    _main()
