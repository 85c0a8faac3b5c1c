"""Lists: search, filters, order, pages, files, kept filters."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from reglo.customers.models import Customer
from reglo.lists.files import cells_of, csv_lines, headers_of, safe_text, xlsx_file
from reglo.lists.keyset import cursor_of, rows_after
from reglo.lists.listing import CellKind, Choice, Column, Filter, Listing
from reglo.lists.models import SavedFilter
from reglo.lists.state import read_state
from reglo.organisations.models import Organisation
from tests.site import NOW, a_member, an_organisation, logged_in

LISTING = Listing(
    name="customers",
    title="Customers",
    columns=(
        Column(key="name", label="Name", value=lambda row: row.name, order="name"),
        Column(key="since", label="Since", value=lambda row: row.created_at, kind=CellKind.MOMENT, order="created_at"),
        Column(key="owed", label="Owed", value=lambda row: (row.pk * 100 + 1, "EUR"), kind=CellKind.MONEY),
    ),
    order="-created_at",
    search=lambda rows, text: rows.filter(search__contains=text.lower()),
    filters=(
        Filter(
            key="kind",
            label="Kind",
            choices=(Choice(key="public", label="Public", narrow=lambda rows: rows.filter(kind="public")),),
        ),
    ),
    period="created_at",
)


def _customers(organisation: Organisation, count: int, **changes: Any) -> None:
    Customer.objects.bulk_create(
        Customer(
            organisation=organisation,
            name=f"Client {place % 7}",
            search=f"client {place % 7}",
            created_at=NOW + timedelta(days=place // 3),
            **changes,
        )
        for place in range(count)
    )


def _walk(rows: Any, order: str, size: int) -> list[int]:
    """The ids of all rows, page by page."""
    shown = read_state(LISTING, QueryDict(f"sort={order}"))
    found, ids, window = shown.narrowed(rows), [], list(shown.narrowed(rows)[:size])
    while window:
        ids += [row.pk for row in window]
        window = list(rows_after(found, shown.order, cursor_of(window[-1], shown.order))[:size])
    return ids


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["name", "-name", "since", "-since", ""])
def test_pages_show_every_row_once_and_in_order_whatever_rows_are_equal(order: str) -> None:
    organisation = an_organisation()
    _customers(organisation, 60)
    rows = Customer.objects.of(organisation)
    expected = [row.pk for row in read_state(LISTING, QueryDict(f"sort={order}")).narrowed(rows)]
    assert _walk(rows, order, 7) == expected
    assert len(set(expected)) == 60


@pytest.mark.django_db
def test_an_address_that_makes_no_sense_shows_the_list_from_its_beginning() -> None:
    organisation = an_organisation()
    _customers(organisation, 3)
    for query in (
        "after=nonsense",
        "after=WyJ4IiwxXQ",
        "sort=drop",
        "from=2026-99-99",
        "kind=other",
        "after=" + "A" * 5000,
    ):
        shown = read_state(LISTING, QueryDict(query))
        rows = shown.narrowed(Customer.objects.of(organisation))
        assert (rows_after(rows, shown.order, shown.after) if shown.after else rows).count() == 3


@pytest.mark.django_db
def test_search_filter_and_period_narrow_the_list_and_stand_in_its_address() -> None:
    organisation = an_organisation()
    _customers(organisation, 10)
    _customers(organisation, 4, kind="public")
    shown = read_state(LISTING, QueryDict("q=CLIENT&kind=public&from=2026-11-24&sort=-name"))
    assert shown.narrowed(Customer.objects.of(organisation)).count() == 4
    assert read_state(LISTING, QueryDict(shown.query())) == shown
    assert shown.is_narrowed


def test_no_exported_text_is_taken_for_a_formula() -> None:
    for text in ("=1+1", "+33 4", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠SUM"):
        assert safe_text(text) == f"'{text}"
    assert safe_text("a=1") == "a=1"


class _Row:
    pk = 7
    name = "=HYPERLINK(1)"
    created_at = NOW


def test_a_csv_file_has_the_decimal_sign_of_its_reader() -> None:
    columns, cells = LISTING.columns, [tuple(cells_of(_Row(), LISTING.columns))]
    french = b"".join(csv_lines(headers_of(columns), cells, language="fr")).decode("utf-8-sig")
    english = b"".join(csv_lines(headers_of(columns), cells, language="en")).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(french), delimiter=";"))["Owed"] == "7,01"
    assert next(csv.DictReader(io.StringIO(english)))["Name"] == "'=HYPERLINK(1)"


def test_an_xlsx_file_has_real_numbers_and_dates_and_its_texts_are_no_formulas() -> None:
    file = xlsx_file("Clients [1]", headers_of(LISTING.columns), [cells_of(_Row(), LISTING.columns)])
    sheet = load_workbook(file).active
    assert [cell.value for cell in sheet[1]] == ["Name", "Since", "Owed", "Owed (ISO 4217)"]
    name, since, owed, currency = sheet[2]
    assert (name.value, name.data_type) == ("=HYPERLINK(1)", "s") or name.quotePrefix
    assert since.is_date
    assert (owed.value, owed.data_type) == (7.01, "n")
    assert currency.value == "EUR"
    assert sheet.freeze_panes == "A2"


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def client(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation))


@pytest.mark.django_db
def test_a_filter_is_kept_under_a_name_replaced_and_forgotten(organisation: Organisation, client: Client) -> None:
    keep = reverse("lists:keep-filter", args=[organisation.slug])
    path = f"/o/{organisation.slug}/customers/"
    facts = {"list_name": "customers", "label": "Public", "query": "kind=public", "back_to": path}
    assert client.post(keep, facts).headers["Location"] == f"{path}?kind=public"
    client.post(keep, facts | {"query": "kind=public&q=a"})
    kept = SavedFilter.objects.get(organisation=organisation)
    assert kept.query == "kind=public&q=a"
    client.post(reverse("lists:forget-filter", args=[organisation.slug, kept.pk]), {"back_to": path})
    assert not SavedFilter.objects.exists()


@pytest.mark.django_db
def test_nobody_is_led_off_the_site_by_a_filter(organisation: Organisation, client: Client) -> None:
    facts = {"list_name": "customers", "label": "x", "query": "", "back_to": "//evil.example/"}
    assert client.post(reverse("lists:keep-filter", args=[organisation.slug]), facts).headers["Location"] == "/?"


@pytest.mark.django_db
def test_a_filter_of_another_person_cannot_be_forgotten(organisation: Organisation, client: Client) -> None:
    other = a_member(organisation)
    kept = SavedFilter.objects.create(
        organisation=organisation, user=other, list_name="customers", label="Hers", query="q=a"
    )
    client.post(reverse("lists:forget-filter", args=[organisation.slug, kept.pk]), {"back_to": "/"})
    assert SavedFilter.objects.filter(pk=kept.pk).exists()


@pytest.mark.django_db
def test_identifiers_stand_on_pages_as_the_database_has_them() -> None:
    """With a separator of thousands, row 1234 was ticked as "1 234" in French, and was none of them."""
    organisation = an_organisation()
    Customer.objects.create(pk=123_456, organisation=organisation, name="Dupont", search="dupont", created_at=NOW)
    client = logged_in(a_member(organisation))
    page = client.get(reverse("customers:list", kwargs={"slug": organisation.slug})).content.decode()
    assert 'name="id" value="123456"' in page
