"""SQLite as the site uses it: readers and writers at once, and what the database checks by itself."""

from pathlib import Path

from reglo.web.environment import read_environment
from tests.running.sites import Site

_SCRIPT = """
import threading
import django; django.setup()
from django.db import connection, transaction
from django.utils import timezone
from reglo.jobs.models import SweepRun

SweepRun.objects.create(name="counter-0", ran_at=timezone.now())
failures = []

def count(times):
    try:
        for _ in range(times):
            with transaction.atomic(durable=True):
                row = SweepRun.objects.get(name__startswith="counter-")
                SweepRun.objects.filter(pk=row.pk).update(name=f"counter-{int(row.name[8:]) + 1}")
    except Exception as error:
        failures.append(repr(error))
    finally:
        connection.close()

threads = [threading.Thread(target=count, args=(25,)) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(failures, SweepRun.objects.get().name)
"""

_PRAGMAS = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in ("journal_mode", "busy_timeout", "foreign_keys", "synchronous"):
        print(name, cursor.execute(f"PRAGMA {name}").fetchone()[0])
connection.close()
with connection.cursor() as cursor:
    print("again", cursor.execute("PRAGMA foreign_keys").fetchone()[0])
"""


def test_every_connection_is_in_wal_waits_for_locks_and_checks_foreign_keys(sqlite_site: Site) -> None:
    said = sqlite_site.run_python("-c", _PRAGMAS).stdout.splitlines()
    assert said == ["journal_mode wal", "busy_timeout 20000", "foreign_keys 1", "synchronous 1", "again 1"]


def test_transactions_are_immediate(data: Path) -> None:
    assert read_environment({"REGLO_DATA": str(data)}).database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_eight_writers_that_read_first_lose_no_update_and_none_fails(sqlite_site: Site) -> None:
    done = sqlite_site.run_python("-c", _SCRIPT)
    assert done.stdout.strip() == "[] counter-200", done.stdout + done.stderr
