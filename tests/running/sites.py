"""Sites of their own for these tests: an empty database, a data folder, and the command that runs them."""

import os
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is not there yet: its first command makes it."""

    variables: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its commands: nothing of ours but the path."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("REGLO_", "DJANGO_"))}
        return own | {"REGLO_LANG": "en", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)} | self.variables

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`reglo …` to its end."""
        return self.run_python("-m", "reglo", *arguments)

    def run_python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`python …` to its end."""
        return subprocess.run(
            [sys.executable, *arguments], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """`python …`, going on."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def a_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgresql_answers() -> bool:
    """Whether there is a PostgreSQL on this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", 5432)) == 0


@contextmanager
def a_postgresql_database(template: str = "template1") -> Iterator[str]:
    """A database, empty or a copy of `template`, gone afterwards; its URL."""
    import psycopg

    name = f"reglo_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect("postgresql://postgres@127.0.0.1:5432/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')  # no test pulls the plug of the server
        try:
            yield f"postgresql://postgres@127.0.0.1:5432/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
