"""Memory of the processes of a site: of pages after a walk through them, of a worker after many documents.

The most that each ever held (VmHWM of the kernel), on SQLite, in a process of its own.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row, python

_ROUNDS = 20


def memory_of_processes(quick: bool) -> Iterator[Row]:
    """Both processes."""
    documents = 100 if quick else 1000
    yield Row("pages, after a walk", None, reach="≤ 200 MiB", note=_told("walk", 2 if quick else _ROUNDS))
    yield Row(f"worker, {documents} documents", None, reach="≤ 300 MiB", note=_told("work", documents))


def _told(act: str, count: int) -> str:
    """What this module prints as a process on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:{Path(folder) / 'reglo.sqlite3'}"
        environment = {**os.environ, "REGLO_DATABASE": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [python(), "-m", "benchmarks.memory", act, str(count)]
        return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


# What follows runs in the processes.


def _walk(rounds: int) -> str:
    """Look at each page of an organisation that needs no more of an address than the organisation."""
    from tests.site import a_customer, a_member, an_organisation, logged_in

    organisation = an_organisation()
    a_customer(organisation)
    client = logged_in(a_member(organisation))
    pages = ["", "customers/", "products/", "terms/", "journal/", "imports/new/", "settings/", "messages/", "invoices/"]
    seen = 0
    for _ in range(rounds):
        for page in pages:
            answer = client.get(f"/o/{organisation.slug}/{page}", HTTP_HOST="localhost")
            assert answer.status_code == 200, page
            seen += 1
    return f"{_most()} MiB, {seen} pages seen"


def _work(documents: int) -> str:
    """Issue so many invoices, with XML and PDF."""
    from tests.site import INES, NOW, a_customer, a_draft, an_organisation

    from reglo.billing.services.issue import issue_draft

    organisation = an_organisation()
    customer = a_customer(organisation)
    for _ in range(documents):
        draft = a_draft(organisation, customer)
        issue_draft(draft_id=draft.pk, organisation=organisation, by=INES, now=NOW)
    return f"{_most()} MiB"


def _most() -> int:
    """MiB that this process held at most."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


def _main() -> None:
    import logging

    import django

    django.setup()
    logging.disable()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    act = {"walk": _walk, "work": _work}[sys.argv[1]]
    print(act(int(sys.argv[2])))


if __name__ == "__main__":
    _main()
