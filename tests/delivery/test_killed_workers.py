"""A worker killed at any instant neither loses a message nor, but for one instant, repeats it.

What SMTP allows to promise, exactly: every message is taken by the mail server at least once; it is taken a second time
only where the worker died between sending the last five bytes of it and writing the server's answer down; then the copy
has the same text, files and Message-ID, so that mailboxes can drop it, and the row says that it was sent again.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.mail_server import MailServer, wait_until
from tests.depth import TIMES

pytestmark = [pytest.mark.smtp]


class Site:
    """A site in a folder, whose workers are processes that speak to `server`."""

    def __init__(self, folder: Path, server: MailServer) -> None:
        self._environment = os.environ | {
            "REGLO_DATABASE": f"sqlite:{folder}/reglo.sqlite3",
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
        """A worker that has begun; each lives ten minutes after the one before."""
        self._lives += 1
        process = subprocess.Popen(
            self._command(["work", str(10 * self._lives)]),
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    def rows(self) -> dict[str, tuple[str, int]]:
        """State of each Message-ID, and how often the row says that it was sent again."""
        return {message_id: (state, again) for message_id, state, again in json.loads(self.run("show"))}

    @staticmethod
    def _command(arguments: Any) -> list[str]:
        return [sys.executable, "-m", "tests.delivery.worker_process", *arguments]


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9."""
    process.kill()
    process.wait()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, server: MailServer) -> Site:
    return Site(tmp_path, server)


def test_workers_killed_at_random_lose_nothing_and_repeat_only_what_they_say(site: Site, server: MailServer) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    messages, kills = 60 * TIMES, 4 * TIMES
    site.run("prepare", str(messages))
    for _ in range(kills):
        worker = site.worker()
        time.sleep(chance.uniform(0, 0.25))
        kill(worker)
    worker = site.worker()
    assert worker.wait(timeout=120) == 0
    rows, taken = site.rows(), server.by_message_id()
    assert {state for state, _ in rows.values()} == {"sent"}
    assert taken.keys() == rows.keys()
    assert taken.total() - messages <= kills
    for message_id, (_, again) in rows.items():
        assert taken[message_id] - 1 <= again


def test_a_worker_killed_before_the_last_bytes_repeats_nothing(site: Site, server: MailServer) -> None:
    site.run("prepare", "1")
    server.stall_before = "RCPT"
    worker = site.worker()
    wait_until(server.stalled.is_set)
    kill(worker)
    site.worker().wait(timeout=60)
    assert list(site.rows().values()) == [("sent", 0)]
    assert server.by_message_id().total() == 1


def test_a_worker_killed_while_the_server_answers_sends_the_same_message_again(site: Site, server: MailServer) -> None:
    site.run("prepare", "1")
    server.stall_before = "250"
    worker = site.worker()
    wait_until(server.stalled.is_set)
    kill(worker)
    site.worker().wait(timeout=60)
    assert list(site.rows().values()) == [("sent", 1)]
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_body(("html",)).get_content() == second.get_body(("html",)).get_content()
