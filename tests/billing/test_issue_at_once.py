"""Many who issue at once, in threads and processes, some of them killed: no gap, no double, in order."""

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from reglo.billing.models import Invoice, InvoiceFile, NumberSeries
from reglo.billing.services.files import make_files
from reglo.billing.services.issue import issue_draft
from reglo.billing.verify import first_break
from reglo.organisations.models import Organisation
from tests.billing.issuing import said, start
from tests.site import INES, NOW, a_customer, a_draft, an_organisation

_CLIENTS = 32


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A database that several processes can reach: that of the tests, or a file."""
    if connection.vendor == "postgresql":
        facts = connection.settings_dict
        return f"postgresql://{facts['USER']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
    url = f"sqlite:{tmp_path / 'reglo.sqlite3'}"
    environment = {**os.environ, "REGLO_DATABASE": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    migrate = [sys.executable, "-m", "django", "migrate", "--skip-checks", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, check=True)
    return url


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


def shares(drafts: list[str], count: int) -> Iterator[list[str]]:
    """The drafts in so many heaps."""
    return (drafts[number::count] for number in range(count))


@pytest.mark.django_db(transaction=True)
def test_processes_that_issue_together_share_one_count(database: str) -> None:
    organisation, *drafts = said(database, "prepare", 18)
    processes = [start(database, "issue", organisation, *share) for share in shares(drafts, 3)]
    numbers = [number for each in processes for number in each.communicate(timeout=120)[0].split()]
    assert sorted(numbers) == numbers_up_to(18)
    assert said(database, "verify", organisation) == ["whole", *numbers_up_to(18)]


@pytest.mark.django_db(transaction=True)
def test_processes_that_are_killed_leave_no_gap(database: str) -> None:
    organisation, *drafts = said(database, "prepare", 40)
    dice = random.Random(5)
    for share in shares(drafts, 4):
        doomed = start(database, "issue", organisation, *share)
        assert doomed.stdout is not None
        for _ in range(dice.randint(1, 4)):
            doomed.stdout.readline()
        threading.Event().wait(dice.random() / 20)  # somewhere within the next one
        doomed.kill()
        doomed.communicate()
    whole, *numbers = said(database, "verify", organisation)
    assert (whole, numbers) == ("whole", numbers_up_to(len(numbers)))
    assert 4 <= len(numbers) < 40
    said(database, "issue", organisation, *drafts)
    assert said(database, "verify", organisation) == ["whole", *numbers_up_to(40)]


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
