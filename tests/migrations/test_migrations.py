"""Migrations: complete, reversible, and such that each earlier state with its data becomes today's."""

import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.running.sites import Site

RELEASES = Path(__file__).parent / "releases"

_SETTINGS = {"DJANGO_SETTINGS_MODULE": "reglo.web.settings"}
_LOST = """
import django; django.setup()
from reglo.web.running.verify import missing_triggers
print("lost:", sorted(missing_triggers()))
"""


def _with_settings(site: Site) -> Site:
    return Site(site.variables | _SETTINGS)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=3, stdout=StringIO())


def test_migrations_go_back_to_nothing_and_forth_again(ready_site: Site) -> None:
    script = (
        "import django; django.setup()\n"
        "from django.apps import apps\n"
        "from django.core.management import call_command\n"
        "from django.db import connection\n"
        "from django.db.migrations.executor import MigrationExecutor\n"
        "executor = MigrationExecutor(connection)\n"
        "rooms = sorted(each.label for each in apps.get_app_configs() if each.name.startswith('reglo.'))\n"
        "executor.migrate([(room, None) for room in rooms if room in executor.loader.migrated_apps])\n"
        "left = connection.introspection.table_names()\n"
        "print('left:', [table for table in left if table.partition('_')[0] in rooms])\n"
        "call_command('migrate', verbosity=0)\n"
    )
    done = ready_site.run_python("-c", script + _LOST)
    assert done.returncode == 0, done.stderr
    assert "left: []" in done.stdout
    assert "lost: []" in done.stdout


def test_the_database_has_every_trigger_once_all_migrations_are_through(ready_site: Site) -> None:
    """SQLite makes a table anew when a column changes, and forgets its triggers: a migration must put them back."""
    assert ready_site.run_python("-c", _LOST).stdout.strip() == "lost: []"


@pytest.mark.parametrize("state", sorted(RELEASES.glob("*.zip")), ids=lambda path: path.stem)
def test_a_recorded_state_with_its_data_becomes_todays(state: Path, site: Site) -> None:
    """A state is a backup that the code of a release made: its schema is made as it was, filled, then migrated."""
    restored = site.run("restore", str(state))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "Every chain holds." in restored.stdout
    assert _with_settings(site).run_python("-c", _LOST).stdout.strip() == "lost: []"


def test_each_recorded_state_has_data_in_it() -> None:
    for state in RELEASES.glob("*.zip"):
        with zipfile.ZipFile(state) as archive:
            assert archive.read("rows/billing.invoice.jsonl"), f"{state.name} holds no invoice"


def test_two_processes_that_start_at_once_migrate_once(site: Site) -> None:
    """On PostgreSQL the second waits as long as the first takes, however short its patience with rows is."""
    if site.variables.get("REGLO_DATABASE", "").startswith("postgresql"):
        site.variables["REGLO_DATABASE_TIMEOUT"] = "1"
    processes = [site.start("-m", "reglo", "worker", "--once") for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said


def test_django_finds_nothing_to_say_of_a_site_in_production(data: Path) -> None:
    site = Site({"REGLO_DATA": str(data), "REGLO_URL": "https://factures.example.fr", "REGLO_TRUSTED_PROXIES": "1"})
    checked = _with_settings(site).run_python("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "System check identified no issues (1 silenced)." in checked.stdout
