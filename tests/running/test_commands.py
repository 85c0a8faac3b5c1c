"""The commands of the site, as one runs them."""

import json
import re
import signal
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.running.sites import Site, a_port

BUILT = Path(__file__).parents[2] / "src" / "reglo" / "web" / "static-built" / "staticfiles.json"
needs_pages = pytest.mark.skipif(not BUILT.exists(), reason="needs the pages: make pages")


def _answer(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


def _wait_for(url: str, *, seconds: float = 60) -> tuple[int, str]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status, text = _answer(url)
        if status == 200:
            return status, text
        time.sleep(0.1)
    return 0, "no answer"


@needs_pages
def test_one_command_serves_pages_does_jobs_and_stops_in_good_order(ready_site: Site) -> None:
    port = a_port()
    site = Site(ready_site.variables | {"REGLO_BIND": f"127.0.0.1:{port}"})
    process = site.start("-m", "reglo", "serve")
    try:
        assert _wait_for(f"http://127.0.0.1:{port}/healthz") == (200, "ok\n")
        end = time.monotonic() + 30
        ready = json.loads(_wait_for(f"http://127.0.0.1:{port}/readyz")[1])
        while not ready["worker"] and time.monotonic() < end:
            ready = json.loads(_wait_for(f"http://127.0.0.1:{port}/readyz")[1])
        assert (ready["database"], ready["migrations"], ready["worker"]) == (True, True, True)
        _, page = _wait_for(f"http://127.0.0.1:{port}/")
        sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert sheet is not None
        assert _answer(f"http://127.0.0.1:{port}{sheet[1]}")[0] == 200
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert f"Réglo is open: http://127.0.0.1:{port}" in said
    assert "worker_stopped" in said


@needs_pages
def test_a_port_that_is_taken_is_said_in_a_sentence(sqlite_site: Site) -> None:
    import socket

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        refused = Site(sqlite_site.variables | {"REGLO_BIND": f"127.0.0.1:{port}"}).run("serve")
    assert refused.returncode == 2
    assert f"Cannot listen on 127.0.0.1:{port}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_wrong_setting_is_one_line_on_stderr(data: Path) -> None:
    refused = Site({"REGLO_DATA": str(data), "REGLO_DATABASE": "mysql://x"}).run("doctor")
    assert refused.returncode == 2
    assert refused.stderr.startswith("reglo: REGLO_DATABASE: begins neither with")
    assert len(refused.stderr.splitlines()) == 1


def test_the_doctor_names_what_is_wrong_and_how_to_mend_it(sqlite_site: Site, data: Path) -> None:
    data.chmod(0o755)
    wrong = {
        "REGLO_URL": "http://factures.example.fr",
        "REGLO_DEBUG": "1",
        "REGLO_DATABSE": "x",
        "REGLO_EMAIL": f"smtp://ines:hunter2@127.0.0.1:{a_port()}?tls=none",
        "REGLO_EMAIL_TIMEOUT": "2",
    }
    said = Site(sqlite_site.variables | wrong).run("doctor")
    assert said.returncode == 1
    for part in (
        "Did you mean REGLO_DATABASE?",
        "Remove REGLO_DEBUG.",
        "is not encrypted",
        "REGLO_TRUSTED_PROXIES=1",
        f"chmod 700 {data}",
        "The mail server 127.0.0.1:",
        "The sender has no domain.",
        "Start reglo serve or reglo worker.",
        "✓ Database up to date: SQLite",
    ):
        assert part in said.stdout, said.stdout
    assert "hunter2" not in said.stdout


def test_the_doctor_says_that_a_database_is_away(data: Path) -> None:
    away = Site({"REGLO_DATA": str(data), "REGLO_DATABASE": "postgresql://ines:hunter2@127.0.0.1:1/x"}).run("doctor")
    assert away.returncode == 1
    assert "✗ The database does not answer" in away.stdout
    assert "hunter2" not in away.stdout


@needs_pages
def test_the_doctor_finds_nothing_wrong_with_a_site_that_is_well(sqlite_site: Site) -> None:
    script = (
        "import django; django.setup(); from django.utils import timezone; from reglo.jobs.clock import beat; "
        "beat(timezone.now())"
    )
    assert sqlite_site.run_python("-c", script).returncode == 0
    said = sqlite_site.run("doctor")
    assert said.returncode == 0, said.stdout
    assert "✗" not in said.stdout


def test_verify_names_the_first_break(sqlite_site: Site, data: Path) -> None:
    import sqlite3

    script = (
        "import django; django.setup()\n"
        "from django.db import transaction\n"
        "from reglo.journal.services import record\n"
        "from tests.site import *\n"
        "organisation = an_organisation(slug='atelier')\n"
        "for act in ('a-made', 'b-made', 'c-made'):\n"
        "    with transaction.atomic():\n"
        "        record(act, organisation_id=organisation.pk, subject=organisation, by=INES, at=NOW)\n"
    )
    made = sqlite_site.run_python("-c", script)
    assert made.returncode == 0, made.stderr
    whole = sqlite_site.run("verify")
    assert (whole.returncode, whole.stdout.splitlines()[-1]) == (0, "Every chain holds.")
    with sqlite3.connect(data / "reglo.sqlite3") as database:
        database.execute("DROP TRIGGER journal_entry_unchanged")
        database.execute("UPDATE journal_journalentry SET act = 'x-made' WHERE sequence = 2")
    broken = sqlite_site.run("verify")
    assert broken.returncode == 1
    assert "✗ atelier, journal: " in broken.stdout
    assert "2" in next(line for line in broken.stdout.splitlines() if "journal: " in line)
    assert "triggers lost: journal_entry_unchanged" in broken.stdout


def test_the_secret_and_the_database_are_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "made-by-the-site"
    Site({"REGLO_DATA": str(folder)}).run("doctor")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_commands_of_the_library_load_no_django_and_help_neither() -> None:
    for arguments in (["--help"], ["serve", "--help"], ["due", "30 jours", "2026-01-01"]):
        script = (
            "import sys; from reglo.cli.main import run\n"
            f"status = run({arguments!r})\n"
            "assert not {'django', 'structlog', 'waitress'} & set(sys.modules)\n"
            "sys.exit(status)"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["serve", "web", "worker", "verify", "doctor"])
def test_without_django_a_command_says_what_to_install(command: str) -> None:
    script = (
        "import sys, importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'django' else find(name, *rest)\n"
        "from reglo.cli.main import run\n"
        f"sys.exit(run(['{command}', '--lang', 'en']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "reglo[server]"' in done.stderr
