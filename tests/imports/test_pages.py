"""Bringing a table through the pages, and hostile files."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reglo.customers.models import Customer
from reglo.imports.models import TableImport
from reglo.imports.services import LARGE, TAKE_IN
from reglo.imports.tasks import take_in
from reglo.jobs.models import Job
from reglo.organisations.models import Organisation, Role
from tests.site import a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db(transaction=True)

GOOD_AND_BAD = b"Code client;Nom;SIREN\nC1;Port;732829320\nC2;Garage;123456789\n"


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def browser(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation, language="en"))


def _url(organisation: Organisation, name: str, **parts: object) -> str:
    return reverse(f"imports:{name}", kwargs={"slug": organisation.slug, **parts})


def _brought(organisation: Organisation, browser: Client, content: bytes, name: str = "clients.csv") -> TableImport:
    file = SimpleUploadedFile(name, content)
    answer = browser.post(_url(organisation, "new", kind="customers"), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return TableImport.objects.latest("pk")


def test_good_rows_are_taken_in_after_a_preview(organisation: Organisation, browser: Client) -> None:
    brought = _brought(organisation, browser, GOOD_AND_BAD)
    page = browser.get(_url(organisation, "preview", pk=brought.pk)).content.decode()
    assert "Take in the 1 good row" in page
    assert "control digit wrong" in page
    assert not Customer.objects.exists()
    errors = browser.get(_url(organisation, "errors", pk=brought.pk))
    told = b"".join(errors.streaming_content).decode()  # type: ignore[attr-defined]
    assert "3,Garage,SIREN" in told
    take = _url(organisation, "take", pk=brought.pk)
    browser.post(take, {"mode": "all"})
    assert not Customer.objects.exists()
    browser.post(take, {"mode": "good"})
    browser.post(take, {"mode": "good"})
    assert Customer.objects.get().name == "Port"
    assert "Taken in" in browser.get(_url(organisation, "preview", pk=brought.pk)).content.decode()
    assert browser.get(_url(organisation, "errors", pk=brought.pk)).status_code == 404


def test_columns_are_put_right_and_remembered(organisation: Organisation, browser: Client) -> None:
    brought = _brought(organisation, browser, b"Truc;Machin\nPort;Paris\n")
    url = _url(organisation, "preview", pk=brought.pk)
    assert "No column is" in browser.get(url).content.decode()
    assert browser.post(url, {"column_0": "name", "column_1": "name"}).status_code == 422
    assert browser.post(url, {"column_0": "nonsense"}).status_code == 422
    assert browser.post(url, {"column_0": "name", "column_1": "city"}).status_code == 302
    assert _brought(organisation, browser, b"Truc;Machin\nAutre;Lyon\n").columns == {"Truc": "name", "Machin": "city"}


def test_a_file_taken_in_before_is_recognised(organisation: Organisation, browser: Client) -> None:
    first = _brought(organisation, browser, GOOD_AND_BAD)
    browser.post(_url(organisation, "take", pk=first.pk), {"mode": "good"})
    second = _brought(organisation, browser, GOOD_AND_BAD)
    assert "taken in before" in browser.get(_url(organisation, "preview", pk=second.pk)).content.decode()


def test_a_large_table_is_taken_in_by_a_job_that_shows_its_progress(
    organisation: Organisation, browser: Client
) -> None:
    rows = "".join(f"C{number};Client {number}\n" for number in range(LARGE + 1))
    brought = _brought(organisation, browser, f"Code client;Nom\n{rows}".encode())
    browser.post(_url(organisation, "take", pk=brought.pk), {"mode": "all"})
    job = Job.objects.get(kind=TAKE_IN)
    assert not Customer.objects.exists()
    progress = _url(organisation, "progress", pk=brought.pk)
    assert "<progress" in browser.get(progress).content.decode()
    assert "<progress" in browser.get(_url(organisation, "preview", pk=brought.pk)).content.decode()
    for _ in range(2):  # a worker that died begins again
        take_in(job, timezone.now() + timedelta(seconds=1))
    assert Customer.objects.count() == LARGE + 1
    assert browser.get(progress).headers["HX-Refresh"] == "true"


def test_a_job_that_is_refused_says_why_and_lets_one_begin_again(organisation: Organisation, browser: Client) -> None:
    rows = "".join(f"C{number};Client {number}\n" for number in range(LARGE)) + "C1x;;\n"
    brought = _brought(organisation, browser, f"Code client;Nom\n{rows}".encode())
    browser.post(_url(organisation, "take", pk=brought.pk), {"mode": "all"})
    take_in(Job.objects.get(kind=TAKE_IN), timezone.now())
    page = browser.get(_url(organisation, "preview", pk=brought.pk)).content.decode()
    assert "nothing is taken in" in page
    assert not Customer.objects.exists()
    browser.post(_url(organisation, "take", pk=brought.pk), {"mode": "good"})
    assert Job.objects.filter(kind=TAKE_IN).count() == 2


def test_a_table_is_forgotten_on_demand(organisation: Organisation, browser: Client) -> None:
    brought = _brought(organisation, browser, GOOD_AND_BAD)
    browser.post(_url(organisation, "drop", pk=brought.pk))
    assert not TableImport.objects.exists()


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["customers", "products"])
def test_the_template_comes_in_as_it_is(organisation: Organisation, browser: Client, kind: str, wanted: str) -> None:
    answer = browser.get(_url(organisation, "template", kind=kind), {"format": wanted})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    file = SimpleUploadedFile(f"x.{wanted}", content)
    assert browser.post(_url(organisation, "new", kind=kind), {"file": file}).status_code == 302
    brought = TableImport.objects.get()
    assert "" not in brought.columns.values()
    page = browser.get(_url(organisation, "preview", pk=brought.pk))
    assert page.context["plan"].counts == {"created": 1, "updated": 0, "unchanged": 0, "refused": 0}


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", b"%PDF-1.7\n\x00\xff\xfe"],
)
def test_what_is_no_table_is_refused_or_shows_nothing_to_take(
    organisation: Organisation, browser: Client, content: bytes
) -> None:
    answer = browser.post(
        _url(organisation, "new", kind="customers"), {"file": SimpleUploadedFile("x.csv", content)}, follow=True
    )
    assert answer.status_code in (200, 422)
    assert b"Take in" not in answer.content


def test_fifty_megabytes_are_refused_before_they_are_read(organisation: Organisation, browser: Client) -> None:
    class _Unread:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    answer = browser.generic(
        "POST",
        _url(organisation, "new", kind="customers"),
        b"",
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": _Unread(), "CONTENT_LENGTH": str(50 * 1024 * 1024)},  # type: ignore[arg-type]
    )
    assert answer.status_code == 413
    assert "larger than 10 MB" in answer.content.decode()


def test_the_form_still_wants_its_token(organisation: Organisation) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(a_member(organisation))
    file = SimpleUploadedFile("x.csv", GOOD_AND_BAD)
    assert strict.post(_url(organisation, "new", kind="customers"), {"file": file}).status_code == 403
    assert not TableImport.objects.exists()


def test_script_in_headers_cells_and_file_names_is_shown_as_text(organisation: Organisation, browser: Client) -> None:
    script = "<script>alert(1)</script>"
    content = f"Nom;{script};SIREN\n{script};{script};{script}\n".encode()
    brought = _brought(organisation, browser, content, f"{script}.csv".replace("/", "-"))
    for url in (_url(organisation, "preview", pk=brought.pk), _url(organisation, "new", kind="customers")):
        assert "<script>alert" not in browser.get(url).content.decode()


def test_others_and_those_without_the_right_stay_outside(organisation: Organisation, browser: Client) -> None:
    brought = _brought(organisation, browser, GOOD_AND_BAD)
    other = an_organisation()
    stranger = logged_in(a_member(other))
    for name in ("preview", "errors", "progress"):
        assert stranger.get(_url(other, name, pk=brought.pk)).status_code == 404
        assert stranger.get(_url(organisation, name, pk=brought.pk)).status_code == 404
    for name in ("take", "drop"):
        assert stranger.post(_url(other, name, pk=brought.pk)).status_code == 404
    sales = logged_in(a_member(organisation, Role.SALES))
    assert sales.get(_url(organisation, "new")).status_code == 403
    assert browser.get(_url(organisation, "new")).status_code == 200
    assert browser.get(_url(organisation, "new", kind="nothing")).status_code == 404
    assert Customer.objects.count() == 0
