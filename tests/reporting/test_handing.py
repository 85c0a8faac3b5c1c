"""FEC and archive as pages: asked for, made, checked, taken away, forgotten."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reglo.jobs.doing import do
from reglo.jobs.models import Job
from reglo.journal.models import JournalEntry
from reglo.organisations.models import Organisation, Role
from reglo.reporting.archive.verify import verify_archive
from reglo.reporting.handing import queries
from reglo.reporting.models import FilePart, HandedFile
from reglo.reporting.services.handing import KEPT_FOR, forget_expired
from tests.ledger.facts import an_invoice
from tests.site import a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db
_YEAR = {"start": "2026-01-01", "end": "2026-12-31"}


@pytest.fixture
def firm() -> tuple[Client, Organisation]:
    """The accountant of a firm that issued an invoice."""
    organisation = an_organisation()
    an_invoice(a_customer(organisation))
    return logged_in(a_member(organisation, Role.READER)), organisation


def _url(name: str, organisation: Organisation, **parts: int) -> str:
    return reverse(f"reporting:{name}", kwargs={"slug": organisation.slug, **parts})


def _taken(browser: Client, organisation: Organisation) -> bytes:
    answer: Any = browser.get(_url("file-download", organisation, pk=HandedFile.objects.get().pk))
    return b"".join(answer.streaming_content)


def test_the_accountant_asks_for_a_fec_sees_that_it_is_accepted_and_takes_it(firm: tuple[Client, Organisation]) -> None:
    browser, organisation = firm
    page = browser.post(_url("fec", organisation), _YEAR, follow=True).content.decode()
    file = HandedFile.objects.get()
    assert "Accepté" in page
    assert file.sha256 in page
    assert _taken(browser, organisation).startswith(b"JournalCode\tJournalLib")
    assert "812345676FEC20261231.txt" in browser.get(_url("fec", organisation)).content.decode()
    acts = JournalEntry.objects.filter(organisation=organisation).order_by("sequence").values_list("act", flat=True)
    assert list(acts)[-2:] == ["fec-made", "file-taken"]
    note: Any = browser.get(_url("file-description", organisation, pk=file.pk))
    assert b"JournalCode VE : Ventes" in b"".join(note.streaming_content)


def test_an_archive_is_taken_away_as_it_was_verified(firm: tuple[Client, Organisation]) -> None:
    browser, organisation = firm
    page = browser.post(_url("archive", organisation), _YEAR, follow=True).content.decode()
    assert "reglo verify archive-812345676-20260101-20261231.zip" in page
    content = _taken(browser, organisation)
    assert len(content) == HandedFile.objects.get().size
    assert not any(check.reason for check in verify_archive(BytesIO(content)))


def test_a_large_one_is_made_by_a_job_and_asked_for_twice_it_is_one(
    firm: tuple[Client, Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, organisation = firm
    monkeypatch.setattr(queries, "_FEW_ENTRIES", 0)
    for _ in range(2):
        page = browser.post(_url("fec", organisation), _YEAR, follow=True).content.decode()
    file = HandedFile.objects.get()
    assert file.is_waiting
    assert _url("file-progress", organisation, pk=file.pk) in page
    assert browser.get(_url("file-progress", organisation, pk=file.pk)).status_code == 200
    job = Job.objects.get(kind="make-file")
    for _ in range(2):
        do(job.pk, now=timezone.now())
    assert browser.get(_url("file-progress", organisation, pk=file.pk)).headers["HX-Refresh"] == "true"
    assert _taken(browser, organisation).count(b"\n") == 4


def test_what_cannot_be_made_is_told_on_its_page(firm: tuple[Client, Organisation]) -> None:
    browser, organisation = firm
    an_invoice(a_customer(organisation), currency="USD")
    assert "1 écriture n’est pas en euros" in browser.get(_url("fec", organisation)).content.decode()
    page = browser.post(_url("fec", organisation), _YEAR, follow=True).content.decode()
    assert "(1 USD)" in page
    assert not FilePart.objects.exists()
    page = browser.post(_url("fec", organisation), _YEAR | {"leaves_out_foreign": "on"}, follow=True).content.decode()
    assert "1 écriture en USD" in page
    empty = browser.post(_url("fec", organisation), {"start": "2020-01-01", "end": "2020-12-31"}, follow=True)
    assert "aucune écriture" in empty.content.decode()


def test_what_the_checker_refuses_is_not_handed_over(firm: tuple[Client, Organisation]) -> None:
    browser, organisation = firm
    organisation.siren = "812345670"
    organisation.save()
    page = browser.post(_url("fec", organisation), _YEAR, follow=True).content.decode()
    assert "FEC-SIREN" in page
    assert not FilePart.objects.exists()
    file = HandedFile.objects.get()
    assert browser.get(_url("file-download", organisation, pk=file.pk)).status_code == 302
    page = browser.post(_url("archive", organisation), _YEAR, follow=True).content.decode()
    assert "FEC-SIREN" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"start": "2026-12-31", "end": "2026-01-01"}, "avant le premier"),
        ({"start": "2020-01-01", "end": "2026-01-01"}, "trop long"),
        ({"start": "0001-01-01", "end": "9999-12-31"}, "1990"),
        ({"start": "hier", "end": ""}, "date valide"),
    ],
)
def test_days_that_make_no_fiscal_year_are_said_beside_their_field(
    firm: tuple[Client, Organisation], typed: dict[str, str], said: str
) -> None:
    browser, organisation = firm
    assert said in browser.post(_url("fec", organisation), typed).content.decode()
    assert browser.get(_url("fec", organisation), typed).status_code == 200
    assert not HandedFile.objects.exists()


def test_a_file_is_kept_for_a_week_and_what_was_found_for_good(firm: tuple[Client, Organisation]) -> None:
    browser, organisation = firm
    browser.post(_url("fec", organisation), _YEAR)
    file = HandedFile.objects.get()
    forget_expired(now=timezone.now())
    assert FilePart.objects.exists()
    forget_expired(now=timezone.now() + KEPT_FOR + timedelta(seconds=1))
    assert not FilePart.objects.exists()
    page = browser.get(_url("file-download", organisation, pk=file.pk), follow=True).content.decode()
    assert "n’est plus conservé" in page
    assert file.sha256 in page


def test_the_lines_are_taken_as_a_table(firm: tuple[Client, Organisation]) -> None:
    browser, organisation = firm
    answer: Any = browser.get(_url("entries", organisation), _YEAR)
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Journal;Écriture;Date;Compte;")
    assert ";120,00;0,00;EUR;2026-12-24;" in lines[1]
    assert browser.get(_url("entries", organisation)).status_code == 302


def test_nobody_sees_a_file_of_another_firm(firm: tuple[Client, Organisation]) -> None:
    browser, organisation = firm
    browser.post(_url("fec", organisation), _YEAR)
    pk = HandedFile.objects.get().pk
    other = an_organisation()
    stranger = logged_in(a_member(other))
    for name in ("file", "file-progress", "file-download", "file-description"):
        assert stranger.get(_url(name, other, pk=pk)).status_code == 404
        assert stranger.get(_url(name, organisation, pk=pk)).status_code == 404


def test_the_reports_lead_to_both(firm: tuple[Client, Organisation]) -> None:
    browser, organisation = firm
    page = browser.get(_url("index", organisation)).content.decode()
    assert _url("fec", organisation) in page
    assert _url("archive", organisation) in page
