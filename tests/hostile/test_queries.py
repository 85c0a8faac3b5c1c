"""What stands after the question mark, and in the editor, is not believed: no page breaks of it on either database."""

import pytest
from django.test import Client

from reglo.organisations.models import Organisation
from tests.site import a_customer, a_draft, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

PAGES = (
    "", "search/", "palette/", "customers/", "customers/duplicates/", "customers/live/", "customers/export/",
    "customers/new/", "products/", "products/search/", "products/export/", "quotes/", "quotes/new/", "drafts/",
    "drafts/new/", "invoices/", "invoices/totals/", "messages/", "journal/", "recurring/", "recurring/new/", "terms/",
    "settings/terms/preview/", "settings/identity/preview/", "settings/people/",
)  # fmt: skip
NAMES = (
    "q", "from", "to", "sort", "after", "format", "state", "kind", "customer", "invoice", "draft", "subject", "act",
    "besides", "name", "siren", "siret", "vat_number", "terms", "actor", "year", "country",
)  # fmt: skip
ATTACKS = (
    "a\x00b", "9" * 40, "-1", "NaN", "0000-00-00", "9999-12-31", "😀", "²", "٣", "x" * 5000, "%_\\'\"", "[]",
)  # fmt: skip


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def browser(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation))


@pytest.mark.parametrize("page", PAGES)
def test_no_page_breaks_of_what_it_is_asked(organisation: Organisation, browser: Client, page: str) -> None:
    browser.raise_request_exception = False
    for attack in ATTACKS:
        answer = browser.get(f"/o/{organisation.slug}/{page}", dict.fromkeys(NAMES, attack))
        assert answer.status_code < 500, attack
    for name in NAMES:
        for attack in ATTACKS[:2]:
            assert browser.get(f"/o/{organisation.slug}/{page}", {name: attack}).status_code < 500, (name, attack)


@pytest.mark.parametrize(
    "field", ["lines[0].name", "lines[0].price", "title", "notes", "purchase_order", "act", "kind"]
)
def test_what_no_database_keeps_is_typed_into_the_editor(
    organisation: Organisation, browser: Client, field: str
) -> None:
    browser.raise_request_exception = False
    draft = a_draft(organisation, a_customer(organisation))
    for address in ("", "live/", "keep-mine/"):
        for attack in ("a\x00b", "\x00", "\x01\x1b[0m"):
            typed = {"version": "1", "lines[0].name": "Conseil", field: attack}
            answer = browser.post(f"/o/{organisation.slug}/drafts/{draft.pk}/{address}", typed)
            assert answer.status_code < 500, (address, attack)
    draft.refresh_from_db()
    assert "\x00" not in str(draft.content)


def test_bytes_that_are_no_text_break_nothing(organisation: Organisation, browser: Client) -> None:
    browser.raise_request_exception = False
    for page in ("customers/new/", "products/new/", "settings/identity/", "drafts/new/"):
        answer = browser.post(
            f"/o/{organisation.slug}/{page}", b"name=%FF%FE%00&q=\xff", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code < 500
