# ruff: noqa: E402
"""A site in use while it is backed up: rows are written two by two, and a backup must never hold one of a pair.

python -m tests.running.busy_site FILE
"""

import sys
import threading
from pathlib import Path

import django

django.setup()  # before the models are imported

from django.db import connection, transaction

from reglo.organisations.models import BankAccount, Organisation
from reglo.web.running.backup import make_backup
from reglo.web.running.start import prepare_database
from tests.site import NOW, a_customer, an_organisation


def write_pairs(stop: threading.Event, wrote: threading.Event) -> None:
    """Two organisations at a time, each in one transaction with its partner."""
    while not stop.is_set():
        with transaction.atomic():
            an_organisation()
            an_organisation()
        wrote.set()
    connection.close()


def main(path: Path) -> None:
    """Back up between writes."""
    prepare_database()
    a_customer(an_organisation())
    stop, wrote = threading.Event(), threading.Event()
    writer = threading.Thread(target=write_pairs, args=(stop, wrote))
    writer.start()
    wrote.wait()
    before = Organisation.objects.count()
    tables = {table.model: table.rows for table in make_backup(path, now=NOW)}
    wrote.clear()
    wrote.wait()
    stop.set()
    writer.join()
    backed_up = tables["organisations.organisation"]
    assert backed_up % 2 == 1, "one of a pair is missing"
    assert tables["organisations.bankaccount"] == backed_up, "a bank account without its organisation, or without it"
    assert before <= backed_up < Organisation.objects.count() == BankAccount.objects.count()
    print("consistent")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
