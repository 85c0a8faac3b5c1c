"""Backups: consistent while the site is in use, restored on either database, refused where they would do harm."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from reglo.journal.services import record
from reglo.web.running.backup import BackupExists, make_backup
from tests.running.sites import Site
from tests.site import INES, NOW, a_customer, a_member, an_organisation


def a_filled_backup(folder: Path) -> Path:
    """A backup of the tests' own database, with a firm, a person, a customer and two entries of the journal."""
    from django.db import transaction

    organisation = an_organisation(logo=b"\x89PNG\x00\xff", name="Atelier Lumière & Fils")
    a_member(organisation)
    customer = a_customer(organisation)
    for act in ("customer-made", "customer-changed"):
        with transaction.atomic():
            record(act, organisation_id=organisation.pk, subject=customer, by=INES, at=NOW, after={"b": 1, "aa": "é"})
    path = folder / "backup.zip"
    make_backup(path, now=NOW)
    return path


def manifest_of(path: Path) -> dict[str, object]:
    with zipfile.ZipFile(path) as archive:
        found: dict[str, object] = json.loads(archive.read("manifest.json"))
        return found


@pytest.mark.django_db(transaction=True)
def test_what_is_restored_is_what_was_backed_up_row_for_row(site: Site, tmp_path: Path) -> None:
    path = a_filled_backup(tmp_path)
    restored = site.run("restore", str(path))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "Every chain holds." in restored.stdout
    again = site.run("backup", str(tmp_path / "again.zip"))
    assert again.returncode == 0, again.stderr
    before, after = manifest_of(path), manifest_of(tmp_path / "again.zip")
    assert before["tables"] == after["tables"]
    assert before["migrations"] == after["migrations"]


@pytest.mark.django_db(transaction=True)
def test_what_is_restored_is_gone_on_with_and_not_restored_over(ready_site: Site, tmp_path: Path) -> None:
    path = a_filled_backup(tmp_path)
    assert ready_site.run("restore", str(path)).returncode == 0
    made = ready_site.run_python(
        "-c", "import django; django.setup(); from tests.site import an_organisation; an_organisation(slug='another')"
    )
    assert made.returncode == 0, made.stderr  # a number that a restored row has would be refused
    refused = ready_site.run("restore", str(path))
    assert refused.returncode == 2
    assert "The database is not empty" in refused.stderr


@pytest.mark.django_db(transaction=True)
def test_a_damaged_backup_is_refused_and_leaves_the_database_empty(sqlite_site: Site, tmp_path: Path) -> None:
    path, damaged = a_filled_backup(tmp_path), tmp_path / "damaged.zip"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            changed = content.replace(b"Librairie du Port", b"Librairie du Fort")
            target.writestr(name, changed if name == "rows/customers.customer.jsonl" else content)
    refused = sqlite_site.run("restore", str(damaged))
    assert refused.returncode == 2
    assert "The backup is damaged: customers.customer" in refused.stderr
    assert sqlite_site.run("restore", str(path)).returncode == 0


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_refused_with_a_sentence(content: bytes, tmp_path: Path, data: Path) -> None:
    path = tmp_path / "something"
    path.write_bytes(content)
    refused = Site({"REGLO_DATA": str(data)}).run("restore", str(path))
    assert refused.returncode == 2
    assert "no backup" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_backup_of_a_newer_program_asks_for_the_newest(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "newer.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "manifest.json", json.dumps({"format": 1, "migrations": [["billing", "9999_new"]], "tables": []})
        )
    refused = Site({"REGLO_DATA": str(data)}).run("restore", str(path))
    assert refused.returncode == 2
    assert "install the newest" in refused.stderr


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_for_its_owner_only_and_never_written_over(tmp_path: Path) -> None:
    path = a_filled_backup(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(BackupExists):
        make_backup(path, now=NOW)
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["backup.zip"]


def test_a_backup_made_while_others_write_holds_no_half_of_anything(ready_site: Site, tmp_path: Path) -> None:
    done = ready_site.run_python("-m", "tests.running.busy_site", str(tmp_path / "busy.zip"))
    assert done.stdout.strip() == "consistent", done.stdout + done.stderr
