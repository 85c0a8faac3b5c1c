"""Issuing through the service: numbered, sealed, with XML and PDF; alone on both databases, and by 32 clients at once.

A database of its own is made for each run: a file for SQLite, a new one beside the others on PostgreSQL, where one
answers on 127.0.0.1:5432. The clients are threads of two processes, one for each core, as a site runs them; their time
is that of the whole, from the first draft to the last file. Drafts are written beforehand.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from benchmarks.measure import Row, python

_SERVER = "postgresql://postgres@127.0.0.1:5432"
_CLIENTS = 32
_PROCESSES = 2


def issuing_one(quick: bool) -> Iterator[Row]:
    """One after the other, each through the whole service."""
    for name, database in _databases():
        with database as url:
            told = [float(each) for each in _told(url, "one", 20 if quick else 100)]
        walls, computed = told[::2], told[1::2]
        slowest = sorted(walls)[int(len(walls) * 0.95)]
        note = f"p95 {slowest * 1000:.0f} ms; {statistics.median(computed) * 1000:.0f} ms of CPU"
        yield Row(f"issue one invoice, {name}", statistics.median(walls), reach="≤ 40 ms", note=note)


def issuing_at_once(quick: bool) -> Iterator[Row]:
    """32 clients in one series, then the same with processes that are killed."""
    for name, database in _databases():
        if name != "PostgreSQL":
            continue
        count = 96 if quick else 480
        with database as url:
            for what, said in (("sealed", "numbered and sealed, the worker makes the files"), ("filed", "with files")):
                wall, computed = _by_many(url, count, what)
                note = f"{count / wall:.0f} a second, {said}; {computed / count * 1000:.0f} ms of CPU each"
                yield Row(f"{_CLIENTS} clients, {count} invoices", wall, reach="≥ 50 a second", note=note)
            yield _with_killed(url, kills=3 if quick else 10)


def _by_many(url: str, count: int, what: str) -> tuple[float, float]:
    """Wall seconds of many clients in one series, on processes that are warm when the clock starts; and their CPU.

    what: "filed" is all that a person waits for; "sealed" is a batch, whose files the worker makes after.
    """
    organisation, *drafts = _told(url, "prepare", count)
    share = len(drafts) // _PROCESSES
    heaps = [drafts[number * share : (number + 1) * share] for number in range(_PROCESSES)]
    processes = [_started(url, "many", what, organisation, _CLIENTS // _PROCESSES, *heap) for heap in heaps]
    for each in processes:
        assert each.stdout is not None
        each.stdout.readline()  # it is ready
    start = time.perf_counter()
    for each in processes:
        _let_go(each)
    told = [each.communicate()[0].split() for each in processes]
    wall = time.perf_counter() - start
    if any(each.returncode for each in processes):
        raise AssertionError("a client failed")
    _told(url, "files", organisation)
    _require_whole(url, organisation, count)
    return wall, sum(float(each[-1]) for each in told)


def _let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def _with_killed(url: str, *, kills: int) -> Row:
    """Processes that are killed somewhere within their work leave neither gap nor double."""
    organisation, *drafts = _told(url, "prepare", kills * 20)
    dice = random.Random(7)
    for number in range(kills):
        doomed = _started(url, "many", "filed", organisation, 4, *drafts[number * 20 : (number + 1) * 20])
        assert doomed.stdout is not None
        doomed.stdout.readline()
        _let_go(doomed)
        for _ in range(dice.randint(1, 10)):
            doomed.stdout.readline()
        Event().wait(dice.random() / 20)  # somewhere within the next ones
        doomed.kill()
        doomed.communicate()
    whole, *numbers = _told(url, "verify", organisation)
    _require(whole, numbers)
    return Row(f"{kills} workers killed", None, reach="no gap, no double", note=f"{len(numbers)} invoices, all whole")


def _require_whole(url: str, organisation: str, count: int) -> None:
    whole, *numbers = _told(url, "verify", organisation)
    _require(whole, numbers)
    if len(numbers) != count:
        raise AssertionError(f"{len(numbers)} invoices of {count}")


def _require(whole: str, numbers: list[str]) -> None:
    if whole != "whole" or numbers != [f"F2026-{number:04d}" for number in range(1, len(numbers) + 1)]:
        raise AssertionError(f"numbers or chain are broken: {whole}")


def _databases() -> Iterator[tuple[str, Any]]:
    yield "SQLite", _sqlite()
    if subprocess.run(["psql", f"{_SERVER}/postgres", "-c", ""], capture_output=True, check=False).returncode == 0:
        yield "PostgreSQL", _postgresql()


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:{Path(folder) / 'reglo.sqlite3'}"
        _told(url, "migrate")
        yield url


@contextmanager
def _postgresql() -> Iterator[str]:
    name = f"reglo_bench_{os.getpid()}"
    subprocess.run(["psql", "-q", f"{_SERVER}/postgres", "-c", f"CREATE DATABASE {name}"], check=True)
    try:
        url = f"{_SERVER}/{name}"
        _told(url, "migrate")
        yield url
    finally:
        subprocess.run(["psql", "-q", f"{_SERVER}/postgres", "-c", f"DROP DATABASE {name} WITH (FORCE)"], check=True)


def _started(url: str, *arguments: object) -> subprocess.Popen[str]:
    """This module as a process on a database."""
    environment = {**os.environ, "REGLO_DATABASE": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [python(), "-m", "benchmarks.issue", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _told(url: str, *arguments: object) -> list[str]:
    """What such a process prints, word by word."""
    process = _started(url, *arguments)
    output, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(each) for each in arguments])
    return output.split()


# What follows runs in the processes.


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)


def _one(count: str) -> None:
    """Issue so many, after a few that warm the process up."""
    from tests.site import INES, NOW, a_customer, a_draft, an_organisation

    from reglo.billing.services.issue import issue_draft

    organisation = an_organisation()
    customer = a_customer(organisation)
    warm = 5
    for number in range(warm + int(count)):
        draft = a_draft(organisation, customer)
        start, computed = time.perf_counter(), time.process_time()
        issue_draft(draft_id=draft.pk, organisation=organisation, by=INES, now=NOW)
        if number >= warm:
            print(time.perf_counter() - start, time.process_time() - computed)


def _files(organisation_id: str) -> None:
    """Make the files that are not there yet, as the worker does."""
    from tests.site import NOW

    from reglo.billing.models import Invoice
    from reglo.billing.services.files import make_files

    for invoice_id in Invoice.objects.filter(organisation_id=organisation_id, files=None).values_list("pk", flat=True):
        make_files(invoice_id=invoice_id, now=NOW)


def _many(what: str, organisation_id: str, clients: str, *draft_ids: str) -> None:
    """Issue drafts from so many threads, once a line is read; print each number, and the CPU seconds of all."""
    from django.db import connections
    from tests.site import INES, NOW

    from reglo.billing.content import examine
    from reglo.billing.services.issue import issue_draft, number_draft
    from reglo.formats.facturx import write_facturx
    from reglo.organisations.models import Organisation
    from reglo.web.threads import share_fairly

    organisation = Organisation.objects.get(pk=organisation_id)

    def warm() -> None:
        from reglo.billing.models import Draft

        draft = Draft.objects.select_related("customer").get(pk=draft_ids[0])
        what: dict[str, Any] = {"kind": "380", "number": "F1", "today": NOW.date()}
        found = examine(draft.content, organisation=organisation, customer=draft.customer, **what)
        assert found.invoice is not None
        write_facturx(found.invoice)

    def issue(heap: tuple[str, ...]) -> None:
        try:
            for draft_id in heap:
                invoice = act(draft_id=int(draft_id), organisation=organisation, by=INES, now=NOW)
                print(invoice.number, flush=True)
        finally:
            connections.close_all()

    act = {"sealed": number_draft, "filed": issue_draft}[what]
    share_fairly()
    warm()
    print("ready", flush=True)
    sys.stdin.readline()
    heaps = [draft_ids[number :: int(clients)] for number in range(int(clients))]
    computed = time.process_time()
    with ThreadPoolExecutor(int(clients)) as pool:
        list(pool.map(issue, heaps))
    print(time.process_time() - computed)


def _main() -> None:
    import django

    django.setup()
    from tests.billing.issuing import prepare, verify

    acts: dict[str, Callable[..., None]] = {
        "migrate": _migrate,
        "prepare": prepare,
        "one": _one,
        "many": _many,
        "files": _files,
        "verify": verify,
    }
    acts[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    _main()
