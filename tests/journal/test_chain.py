"""The journal is chained, append-only, and the same after a round trip through the database."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction

from reglo.journal.canonical import entry_hash
from reglo.journal.models import JournalEntry, JournalHead
from reglo.journal.services import Actor, record
from reglo.journal.verify import first_break, missing_triggers
from reglo.organisations.models import Organisation
from tests.conftest import without_triggers
from tests.site import INES, NOW, an_organisation


def _three_entries() -> Organisation:
    organisation = an_organisation()
    for act in ("organisation-created", "organisation-changed", "logo-changed"):
        _record(organisation, act)
    return organisation


def _record(organisation: Organisation, act: str = "organisation-changed", **changes: object) -> JournalEntry:
    with transaction.atomic():
        return record(
            act, **{"organisation_id": organisation.pk, "subject": organisation, "by": INES, "at": NOW} | changes
        )


@pytest.mark.django_db
def test_a_journal_that_nobody_touched_has_no_break() -> None:
    assert first_break(_three_entries().pk) is None


@pytest.mark.django_db
def test_a_journal_without_entries_has_no_break() -> None:
    assert first_break(an_organisation().pk) is None


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_the_transaction_of_its_act_is_refused() -> None:
    organisation = an_organisation()
    _record(organisation)
    with pytest.raises(RuntimeError, match="transaction"):
        record("x", organisation_id=organisation.pk, subject=organisation, by=INES, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
        datetime(2026, 11, 24, 9, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, 0, 999_999, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_the_hash_is_the_same_when_read_back_whatever_the_instant(at: datetime) -> None:
    entry = _record(an_organisation(), at=at)
    assert entry_hash(JournalEntry.objects.get(pk=entry.pk)) == entry.hash


@pytest.mark.django_db
def test_the_hash_is_the_same_when_read_back_whatever_the_values() -> None:
    values = {
        "decimal": Decimal("1E+3"),
        "float": 1e22,
        "day": date(2026, 1, 1),
        "nested": {"b": [1, None, True, ("x", 2**80)], "a": "é\x00\ud800😀"},
        "empty": {},
    }
    by = Actor(name="N\x00om " * 80, address="::FFFF:192.0.2.1")
    organisation = an_organisation()
    organisation.name = "É\x00" * 300  # not saved: only what the journal keeps of it
    entry = _record(organisation, before=values, after=values, by=by)
    read = JournalEntry.objects.get(pk=entry.pk)
    assert entry_hash(read) == entry.hash
    assert read.before["decimal"] == "1000"
    assert read.address == "192.0.2.1"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["2001:DB8:0:0::1", "::1", "::192.0.2.7", "fe80::1", "10.0.0.1", "", None])
def test_the_hash_is_the_same_when_read_back_whatever_the_address(address: str | None) -> None:
    entry = _record(an_organisation(), by=Actor(name="x", address=address))
    assert entry_hash(JournalEntry.objects.get(pk=entry.pk)) == entry.hash


@pytest.mark.django_db
def test_a_value_that_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        _record(an_organisation(), after={"x": object()})


@pytest.mark.django_db
def test_the_orm_cannot_change_an_entry() -> None:
    organisation = _three_entries()
    entry = JournalEntry.objects.filter(organisation=organisation).latest("sequence")
    entry.act = "nothing"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        entry.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.filter(organisation=organisation).update(act="nothing")
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.bulk_update([entry], ["act"])
    assert first_break(organisation.pk) is None


@pytest.mark.django_db
def test_the_orm_cannot_delete_an_entry() -> None:
    organisation = _three_entries()
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.filter(organisation=organisation).delete()
    assert JournalEntry.objects.filter(organisation=organisation).count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_journalentry SET act = 'nothing'",
        "DELETE FROM journal_journalentry",
        "DELETE FROM journal_journalentry WHERE sequence = 3",
    ],
)
def test_sql_cannot_touch_an_entry(statement: str) -> None:
    organisation = _three_entries()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert first_break(organisation.pk) is None


@pytest.mark.django_db
def test_sql_cannot_put_another_entry_in_the_place_of_one() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    organisation = _three_entries()
    with pytest.raises(IntegrityError, match="replaced"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("REPLACE INTO journal_journalentry SELECT * FROM journal_journalentry WHERE sequence = 2")
    assert first_break(organisation.pk) is None


@pytest.mark.django_db
@pytest.mark.postgres
def test_truncate_is_refused() -> None:
    _three_entries()
    connection.check_constraints()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_journalentry")


@pytest.mark.django_db
def test_the_shell_cannot_touch_an_entry() -> None:
    organisation = _three_entries()
    command = "from reglo.journal.models import JournalEntry; JournalEntry.objects.all().delete()"
    with pytest.raises(IntegrityError), transaction.atomic():
        call_command("shell", command=command, verbosity=0)
    assert first_break(organisation.pk) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "sequence"),
    [
        ("UPDATE journal_journalentry SET act = 'nothing' WHERE sequence = 2", 2),
        ("UPDATE journal_journalentry SET actor_name = 'Somebody' WHERE sequence = 1", 1),
        ("UPDATE journal_journalentry SET previous = hash WHERE sequence = 3", 3),
        ("DELETE FROM journal_journalentry WHERE sequence = 1", 1),
        ("DELETE FROM journal_journalentry WHERE sequence = 2", 2),
        ("DELETE FROM journal_journalentry WHERE sequence >= 2", 2),
        ("DELETE FROM journal_journalentry", 1),
    ],
)
def test_what_was_tampered_with_is_named(statement: str, sequence: int) -> None:
    organisation = _three_entries()
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(statement)
    found = first_break(organisation.pk)
    assert found is not None
    assert found.sequence == sequence
    assert str(sequence) in found.reason.fr
    assert str(sequence) in found.reason.en


@pytest.mark.django_db
def test_a_head_that_was_set_back_is_named() -> None:
    organisation = _three_entries()
    JournalHead.objects.filter(organisation=organisation).update(sequence=2)
    found = first_break(organisation.pk)
    assert found is not None
    assert found.sequence == 3


@pytest.mark.django_db
def test_the_chain_of_another_organisation_is_not_looked_at() -> None:
    ours, theirs = _three_entries(), _three_entries()
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_journalentry WHERE organisation_id = %s", [theirs.pk])
    assert first_break(ours.pk) is None
    assert first_break(theirs.pk) is not None


@pytest.mark.django_db
def test_a_lost_trigger_is_missed() -> None:
    assert missing_triggers() == frozenset()
    if connection.vendor == "sqlite":
        with without_triggers():
            assert "journal_entry_kept" in missing_triggers()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_entries_written_at_once_make_one_chain() -> None:
    organisation = an_organisation()
    start = threading.Barrier(8)

    def write() -> None:
        start.wait()
        for _ in range(5):
            _record(organisation)
        connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert JournalEntry.objects.filter(organisation=organisation).count() == 40
    assert first_break(organisation.pk) is None
