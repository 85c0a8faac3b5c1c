"""The site as a process of its own, on a folder of data that is made once and copied for each that needs it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
_SEED = "import django; django.setup(); from tests.browser.seed import main; main()"
PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Site:
    """A running site and what is in it."""

    url: str
    data: Path
    samples: dict[str, Any]  #: by the word of an address that stands before the parameter; "session" logs in


def make_data(folder: Path) -> None:
    """Make a database with a small firm in `folder`."""
    folder.mkdir(parents=True)
    run_python(folder, "-m", "django", "migrate", "--verbosity", "0")
    run_python(folder, "-c", _SEED)


def run_python(data: Path, *arguments: str, **environment: str) -> str:
    """Run Python on the data in a folder; what it printed. Fails with what it said where it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=_environment(data, **environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment(data: Path, **more: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("REGLO_", "DJANGO_"))}
    return {
        **ours,
        "DJANGO_SETTINGS_MODULE": "reglo.web.settings",
        "REGLO_DATA": str(data),
        "PYTHONPATH": str(ROOT),
        **more,
    }


@contextmanager
def running_site(template: Path, folder: Path) -> Iterator[Site]:
    """Serve a copy of the data in `template` as long as the block runs."""
    shutil.copytree(template, folder)
    with running_command("web", folder) as url:
        yield Site(url, folder, json.loads((folder / "samples.json").read_text()))


@contextmanager
def running_command(name: str, folder: Path, **environment: str) -> Iterator[str]:
    """Run `reglo web` or `reglo serve` on the data in `folder`; where it answers."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "reglo", name],
            cwd=ROOT,
            env=_environment(folder, REGLO_URL=url, **environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the site answers. Fails with what it said where it does not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The site does not answer at {url}:\n{log.read_text()}")
