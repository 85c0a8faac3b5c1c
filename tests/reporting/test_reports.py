"""A report as a page and as files, whatever it is about."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from reglo.organisations.models import Organisation
from reglo.reporting.catalogue import REPORTS
from tests.reporting.samples import SAMPLE
from tests.site import a_member, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(monkeypatch: pytest.MonkeyPatch) -> tuple[Client, Organisation]:
    monkeypatch.setitem(REPORTS, SAMPLE.name, SAMPLE)
    organisation = an_organisation()
    client = Client()
    client.force_login(a_member(organisation))
    return client, organisation


def _url(organisation: Organisation) -> str:
    return reverse("reporting:report", kwargs={"slug": organisation.slug, "report_name": "sample"})


def test_a_report_says_its_answer_then_figures_drawing_table_and_notes(client_of: tuple[Client, Organisation]) -> None:
    client, organisation = client_of
    page = client.get(_url(organisation), {"start": "2026-01-01", "end": "2026-03-31", "by": "product"})
    html = page.content.decode()
    assert f"{organisation.name} from 2026-01-01 to 2026-03-31 in EUR by product." in html
    places = [html.index(each) for each in ("DSO", "Bars of sales", "=Alpha", "Figures of the ledger.")]
    assert places == sorted(places)
    assert "1\u202f234,50" in html
    assert "66,7\u00a0%" in html
    assert "Nobody owes anything." in html


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"start": "2026-03-01", "end": "2026-01-01"}, "avant le premier"),
        ({"end": "tomorrow"}, "date valide"),
        ({"end": "0001-01-01"}, "1990"),
        ({"by": "colour"}, "colour"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    client_of: tuple[Client, Organisation], asked: dict[str, str], said: str
) -> None:
    client, organisation = client_of
    page = client.get(_url(organisation), {**asked, "format": "pdf"})
    assert page.headers["Content-Type"].startswith("text/html")
    assert said in page.content.decode()


def test_a_table_is_a_csv_file_with_its_totals_last(client_of: tuple[Client, Organisation]) -> None:
    client, organisation = client_of
    answer = client.get(_url(organisation), {"format": "csv", "table": "customers"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == ["Customer;Owed;Share", "'=Alpha;1234,50;66,666", "Bêta;;", "Total;1234,50;100"]


def test_a_table_that_is_not_there_is_not_found(client_of: tuple[Client, Organisation]) -> None:
    client, organisation = client_of
    assert client.get(_url(organisation), {"format": "csv", "table": "nothing"}).status_code == 404
    url = reverse("reporting:report", kwargs={"slug": organisation.slug, "report_name": "nothing"})
    assert client.get(url).status_code == 404


def test_a_workbook_has_a_sheet_for_each_table_and_real_numbers(client_of: tuple[Client, Organisation]) -> None:
    client, organisation = client_of
    answer = client.get(_url(organisation), {"format": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book.sheet_names == ["By customer", "By customer 2"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows == [["Customer", "Owed", "Share"], ["=Alpha", 1234.5, 0.66666], ["Bêta", "", ""], ["Total", 1234.5, 1]]


def test_a_report_is_a_pdf_that_speaks_to_those_who_cannot_see(client_of: tuple[Client, Organisation]) -> None:
    client, organisation = client_of
    answer = client.get(_url(organisation), {"format": "pdf", "end": "2026-03-31"})
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) == 1
    assert "sample-2026-03-31.pdf" in answer.headers["Content-Disposition"]


def test_the_days_of_a_report_default_to_the_year_so_far(client_of: tuple[Client, Organisation]) -> None:
    client, organisation = client_of
    today = date.today()  # the page asks the clock
    assert f"from {today.year}-01-01 to " in client.get(_url(organisation)).content.decode()
