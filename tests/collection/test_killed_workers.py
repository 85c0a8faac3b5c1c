"""A worker killed before, during and after deciding and sending neither loses a reminder nor repeats one.

Each test runs on the database of the tests: SQLite, or PostgreSQL where REGLO_DATABASE names one. A copy can only come
of a death between the last bytes of a message and the mail server's answer; the row then says that it was sent again.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.delivery.mail_server import MailServer, wait_until

pytestmark = [pytest.mark.smtp, pytest.mark.django_db(transaction=True)]


class Site:
    """A site with a database of its own, whose workers are processes that speak to `server`."""

    def __init__(self, database: str, folder: Path, server: MailServer) -> None:
        self._environment = os.environ | {
            "REGLO_DATABASE": database,
            "REGLO_DATA": str(folder),
            "TEST_SMTP_PORT": str(server.port),
        }
        self._lives = 0

    def run(self, *arguments: str) -> str:
        """Run to the end and give what it printed."""
        return subprocess.run(
            self._command(arguments), env=self._environment, check=True, capture_output=True, text=True
        ).stdout

    def worker(self) -> subprocess.Popen[str]:
        """A worker that has begun; each lives twenty minutes after the one before."""
        self._lives += 1
        process = subprocess.Popen(
            self._command(["work", str(20 * self._lives)]),
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    def rows(self) -> dict[str, dict[str, Any]]:
        """What the database says of each debtor."""
        shown: dict[str, dict[str, Any]] = json.loads(self.run("show"))
        return shown

    @staticmethod
    def _command(arguments: Any) -> list[str]:
        return [sys.executable, "-m", "tests.collection.worker_process", *arguments]


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9."""
    process.kill()
    process.wait()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, server: MailServer) -> Iterator[Site]:
    if connection.vendor != "postgresql":
        yield Site(f"sqlite:{tmp_path}/reglo.sqlite3", tmp_path, server)
        return
    place, name = connection.settings_dict, f"killed_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield Site(f"postgresql://{place['USER']}@{place['HOST']}:{place['PORT']}/{name}", tmp_path, server)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def received(server: MailServer) -> Counter[str]:
    """How many messages each address got."""
    return Counter(str(each["To"]).split("<")[-1].rstrip(">") for each in server.messages)


def test_workers_killed_at_random_remind_each_debtor_once_and_nobody_who_paid(site: Site, server: MailServer) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    debtors, kills = 12, 8
    site.run("prepare", str(debtors))
    site.run("pay", "0")
    for _ in range(kills):
        worker = site.worker()
        time.sleep(chance.uniform(0, 0.8))
        kill(worker)
    worker = site.worker()
    assert worker.wait(timeout=120) == 0
    rows, got = site.rows(), received(server)
    assert rows["Client 0"] == {"states": [], "rungs": [], "again": 0}
    for number in range(1, debtors):
        row = rows[f"Client {number}"]
        assert (row["states"], row["rungs"]) == (["done"], ["gentle"])
        assert 1 <= got[f"client-{number}@example.com"] <= 1 + row["again"]
    assert got["client-0@example.com"] == 0


def test_a_payment_while_the_mail_server_is_slow_stops_the_reminder(site: Site, server: MailServer) -> None:
    site.run("prepare", "1")
    server.stall_before = "RCPT"
    worker = site.worker()
    wait_until(server.stalled.is_set)
    site.run("pay", "0")
    kill(worker)
    assert site.worker().wait(timeout=60) == 0
    assert server.messages == []
    assert site.rows()["Client 0"] == {"states": ["dropped"], "rungs": [], "again": 0}


def test_a_death_while_the_mail_server_answers_counts_as_done_even_if_the_debt_is_paid_meanwhile(
    site: Site, server: MailServer
) -> None:
    site.run("prepare", "1")
    server.stall_before = "250"
    worker = site.worker()
    wait_until(server.stalled.is_set)
    kill(worker)
    site.run("pay", "0")
    assert site.worker().wait(timeout=60) == 0
    assert len(server.messages) == 1
    assert site.rows()["Client 0"]["rungs"] == ["gentle"]
