"""Many who issue at once, in threads and processes, some of them killed: no gap, no double, in order."""

import random
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections

from reglo.billing.models import Invoice, InvoiceFile, NumberSeries
from reglo.billing.services.files import make_files
from reglo.billing.services.issue import issue_draft
from reglo.billing.verify import first_break
from reglo.organisations.models import Organisation
from tests.billing.issuing import start
from tests.site import INES, NOW, a_customer, a_draft, an_organisation

_CLIENTS = 32


class Shared:
    """The database of the tests where several processes reach it: as it is, or as a file that is lent."""

    def __init__(self, folder: Path) -> None:
        facts = connection.settings_dict
        self._file = folder / "reglo.sqlite3" if connection.vendor == "sqlite" else None
        server = f"{facts['USER']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
        self.url = f"sqlite:{self._file}" if self._file else f"postgresql://{server}"

    def take_out(self) -> None:
        """Let the processes see what the test has made."""
        connection.ensure_connection()
        if self._file:
            with closing(sqlite3.connect(self._file)) as file:
                connection.connection.backup(file)

    def bring_back(self) -> None:
        """Let the test see what the processes have made."""
        if self._file:
            with closing(sqlite3.connect(self._file)) as file:
                file.backup(connection.connection)


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    return Shared(tmp_path)


def numbers_up_to(count: int) -> list[str]:
    return [f"F2026-{number:04d}" for number in range(1, count + 1)]


def at_once(organisation: Organisation, drafts: list[int]) -> list[str]:
    """The numbers that so many threads get, all let loose together."""
    ready = threading.Barrier(len(drafts))

    def one(draft_id: int) -> str:
        try:
            ready.wait()
            return issue_draft(draft_id=draft_id, organisation=organisation, by=INES, now=NOW).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(drafts)) as pool:
        return list(pool.map(one, drafts))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_thirty_two_clients_in_one_series_get_numbers_without_gap_or_double() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    drafts = [a_draft(organisation, customer).pk for _ in range(_CLIENTS)]
    assert sorted(at_once(organisation, drafts)) == numbers_up_to(_CLIENTS)
    assert InvoiceFile.objects.of(organisation).count() == 2 * _CLIENTS
    assert NumberSeries.objects.of(organisation).count() == 1
    assert first_break(organisation) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_draft_that_many_issue_at_once_is_issued_once() -> None:
    organisation = an_organisation()
    draft = a_draft(organisation)
    assert set(at_once(organisation, [draft.pk] * 8)) == {"F2026-0001"}
    assert InvoiceFile.objects.of(organisation).count() == 2
    assert first_break(organisation) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_files_that_many_make_at_once_are_made_once() -> None:
    organisation = an_organisation()
    from reglo.billing.services.issue import number_draft

    invoice = number_draft(draft_id=a_draft(organisation).pk, organisation=organisation, by=INES, now=NOW)

    def one(_: int) -> None:
        try:
            make_files(invoice_id=invoice.pk, now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(6)))
    assert InvoiceFile.objects.of(organisation).count() == 2
    assert first_break(organisation) is None


def with_drafts(count: int) -> tuple[Organisation, list[int]]:
    """An organisation with so many drafts."""
    organisation = an_organisation()
    customer = a_customer(organisation)
    return organisation, [a_draft(organisation, customer).pk for _ in range(count)]


def numbers_of(organisation: Organisation) -> list[str]:
    return list(Invoice.objects.of(organisation).order_by("sequence").values_list("number", flat=True))


def shares(drafts: list[int], count: int) -> Iterator[list[int]]:
    """The drafts in so many heaps."""
    return (drafts[number::count] for number in range(count))


@pytest.mark.django_db(transaction=True)
def test_processes_that_issue_together_share_one_count(shared: Shared) -> None:
    organisation, drafts = with_drafts(18)
    shared.take_out()
    processes = [start(shared.url, "issue", organisation.pk, *share) for share in shares(drafts, 3)]
    numbers = [number for each in processes for number in each.communicate(timeout=120)[0].split()]
    assert sorted(numbers) == numbers_up_to(18)
    shared.bring_back()
    assert numbers_of(organisation) == numbers_up_to(18)
    assert first_break(organisation) is None


@pytest.mark.django_db(transaction=True)
def test_processes_that_are_killed_leave_no_gap(shared: Shared) -> None:
    organisation, drafts = with_drafts(24)
    shared.take_out()
    dice = random.Random(5)
    processes = [start(shared.url, "issue", organisation.pk, *share) for share in shares(drafts, 3)]
    for doomed in processes:
        assert doomed.stdout is not None
        for _ in range(dice.randint(1, 3)):
            doomed.stdout.readline()
        threading.Event().wait(dice.random() / 20)  # somewhere within the next one
        doomed.kill()
        doomed.communicate()
    shared.bring_back()
    numbers = numbers_of(organisation)
    assert numbers == numbers_up_to(len(numbers))
    assert 3 <= len(numbers) < 24
    assert first_break(organisation) is None
    for draft in drafts:
        issue_draft(draft_id=draft, organisation=organisation, by=INES, now=NOW)
    assert numbers_of(organisation) == numbers_up_to(24)
    assert first_break(organisation) is None


@pytest.mark.django_db(transaction=True)
def test_a_number_given_back_is_given_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    from reglo.billing.services import issue as service

    with monkeypatch.context() as patch:
        patch.setattr(service, "record", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issue_draft(draft_id=a_draft(organisation, customer).pk, organisation=organisation, by=INES, now=NOW)
    assert not Invoice.objects.exists()
    issued = issue_draft(draft_id=a_draft(organisation, customer).pk, organisation=organisation, by=INES, now=NOW)
    assert issued.number == "F2026-0001"
    assert first_break(organisation) is None
