"""The pages of customers, as people of an organisation meet them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reglo.customers.models import Contact, Customer
from reglo.organisations.models import Organisation, Role
from tests.site import NOW, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = {
    "kind": "business",
    "country": "FR",
    "name": "Librairie du Port",
    "siren": "732 829 320",
    "language": "fr",
    "contact_name": "Claire",
    "contact_email": "claire@port.example",
    "default_terms": "45 jours fin de mois",
}


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def browser(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation, language="en"))


def _url(organisation: Organisation, name: str, **parts: int) -> str:
    return reverse(f"customers:{name}", kwargs={"slug": organisation.slug, **parts})


def _page(browser: Client, url: str, status: int = 200, **data: str) -> str:
    answer = browser.get(url, data)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_customer_is_created_with_its_first_contact(organisation: Organisation, browser: Client) -> None:
    answer = browser.post(_url(organisation, "new"), TYPED)
    customer = Customer.objects.get()
    assert answer.headers["Location"] == _url(organisation, "customer", pk=customer.pk)
    assert (customer.siren, customer.vat_number) == ("732829320", "FR44732829320")
    contact = customer.contacts.get()
    assert (contact.buys, contact.pays, contact.is_legal) == (True, True, True)
    page = _page(browser, _url(organisation, "customer", pk=customer.pk))
    for shown in ("732 829 320", "FR44732829320", "claire@port.example"):
        assert shown in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"siren": "732829321"}, "control digit wrong"),
        ({"name": ""}, "This field is required"),
        ({"default_terms": "quand il fera beau"}, "quand"),
        ({"contact_email": "nowhere"}, "is no e-mail address"),
        ({"country": "XX"}, "XX"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"name": "x" * 300}, "at most 200"),
        ({"siren": "", "siret": "73282932000075"}, "control digit wrong"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    organisation: Organisation, browser: Client, typed: dict[str, str], said: str
) -> None:
    answer = browser.post(_url(organisation, "new"), TYPED | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Librairie" in answer.content.decode() or "name" in typed
    assert not Customer.objects.exists()


def test_a_second_click_makes_no_second_customer(organisation: Organisation, browser: Client) -> None:
    browser.post(_url(organisation, "new"), TYPED)
    answer = browser.post(_url(organisation, "new"), TYPED)
    assert answer.status_code == 422
    assert "Create anyway" in answer.content.decode()
    assert Customer.objects.count() == 1
    browser.post(_url(organisation, "new"), TYPED | {"knowingly": "on"})
    assert Customer.objects.count() == 2


def test_a_change_keeps_what_the_form_showed(organisation: Organisation, browser: Client) -> None:
    browser.post(_url(organisation, "new"), TYPED)
    customer = Customer.objects.get()
    url = _url(organisation, "edit", pk=customer.pk)
    form = browser.get(url).context["form"]
    shown = {each.name: each.value() for each in form if each.value()}
    before = Customer.objects.values().get()
    assert browser.post(url, shown).status_code == 302
    assert Customer.objects.values().get() == before
    assert browser.post(url, shown | {"city": "Nantes", "seen": "stale"}).status_code == 422
    assert browser.post(url, shown | {"city": "Nantes"}).status_code == 302
    assert Customer.objects.get().city == "Nantes"


def test_only_the_fields_that_matter_are_shown(organisation: Organisation, browser: Client) -> None:
    def shown(**asked: str) -> set[str]:
        form = browser.get(_url(organisation, "fields"), asked).context["form"]
        return {each.name for each in (*form.changing, *form.rare) if not each.is_hidden}

    firm, abroad = shown(kind="business", country="FR"), shown(kind="business", country="DE")
    public, consumer = shown(kind="public", country="FR"), shown(kind="consumer", country="FR")
    assert {"siren", "siret", "no_vat_number"} <= firm
    assert "registration" in abroad
    assert not {"siren", "siret"} & abroad
    assert "buyer_reference" in public
    assert consumer == {"name", "line_1", "line_2", "post_code", "city", "reference"}


def test_what_follows_from_a_siren_is_told_while_typing(organisation: Organisation, browser: Client) -> None:
    url = _url(organisation, "live")
    page = _page(browser, url, kind="business", country="FR", siren="732829320", default_terms="30 jours")
    assert "FR44732829320" in page
    assert "30 days" in page
    assert "control digit wrong" in _page(browser, url, kind="business", country="FR", siren="732829321")


def test_a_customer_that_is_there_is_seen_while_typing(organisation: Organisation, browser: Client) -> None:
    customer = a_customer(organisation)
    url = _url(organisation, "live")
    page = _page(browser, url, kind="business", country="FR", name="libraire du port")
    assert _url(organisation, "customer", pk=customer.pk) in page
    assert "Librairie" not in _page(browser, url, kind="business", name="libraire du port", besides=str(customer.pk))


def test_contacts_and_addresses_have_their_forms(organisation: Organisation, browser: Client) -> None:
    customer = a_customer(organisation)
    url = _url(organisation, "contact-new", customer_pk=customer.pk)
    assert browser.post(url, {"name": "", "email": "x"}).status_code == 422
    assert browser.post(url, {"name": "Zoé", "email": "zoe@port.example", "buys": "on"}).status_code == 302
    contact = Contact.objects.get(name="Zoé")
    browser.post(_url(organisation, "contact", pk=contact.pk), {"name": "Zoé B."})
    contact.refresh_from_db()
    assert (contact.name, contact.email) == ("Zoé B.", "")
    browser.post(_url(organisation, "contact-archive", pk=contact.pk))
    browser.post(_url(organisation, "contact-restore", pk=contact.pk))
    place = {"use": "delivery", "city": "Nantes", "country": "FR"}
    assert browser.post(_url(organisation, "address-new", customer_pk=customer.pk), place).status_code == 302
    address = customer.addresses.get()
    assert browser.post(_url(organisation, "address", pk=address.pk), place | {"city": ""}).status_code == 422
    assert browser.post(_url(organisation, "address", pk=address.pk), place | {"city": "Brest"}).status_code == 302
    _page(browser, _url(organisation, "customer", pk=customer.pk))
    browser.post(_url(organisation, "address-remove", pk=address.pk))
    assert not customer.addresses.exists()


def test_a_customer_is_archived_and_the_undo_takes_it_back(organisation: Organisation, browser: Client) -> None:
    customer = a_customer(organisation)
    page = browser.post(_url(organisation, "archive", pk=customer.pk), follow=True).content.decode()
    assert _url(organisation, "restore", pk=customer.pk) in page
    assert "Librairie du Port SARL</a>" not in page
    assert "Librairie" in _page(browser, _url(organisation, "list"), state="archived")
    browser.post(_url(organisation, "restore", pk=customer.pk))
    assert Customer.objects.get().archived_at is None
    browser.post(_url(organisation, "archive-many"), {"id": [customer.pk, "x", "9" * 40]})
    assert Customer.objects.get().archived_at is not None


def test_duplicates_are_listed_and_merged_after_a_preview(organisation: Organisation, browser: Client) -> None:
    kept, merged = a_customer(organisation), a_customer(organisation, siren="")
    url = _url(organisation, "merge", kept=kept.pk, merged=merged.pk)
    assert url in _page(browser, _url(organisation, "duplicates"))
    assert url in _page(browser, _url(organisation, "merge-with", pk=kept.pk))
    assert url in _page(browser, _url(organisation, "merge-with", pk=kept.pk), q="librairie")
    assert "Contacts" in _page(browser, url)
    merged.refresh_from_db()
    assert merged.merged_into is None
    assert browser.post(url).status_code == 302
    merged.refresh_from_db()
    assert merged.merged_into == kept
    assert browser.get(url).status_code == 409
    assert "Merged into" in _page(browser, _url(organisation, "customer", pk=merged.pk))


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_the_file_of_all_customers_downloads(organisation: Organisation, browser: Client, wanted: str) -> None:
    a_customer(organisation)
    a_customer(an_organisation(), name="Chez un autre")
    answer = browser.get(_url(organisation, "export"), {"format": wanted})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert content[:2] == (b"PK" if wanted == "xlsx" else b"\xef\xbb")
    assert b"Chez un autre" not in content


def test_script_in_a_field_is_shown_as_text(organisation: Organisation, browser: Client) -> None:
    script = "<script>alert(1)</script>"
    for name in ("new",):
        browser.post(_url(organisation, name), TYPED | {"name": script, "contact_name": script, "notes": script})
    customer = Customer.objects.get()
    for url in (
        _url(organisation, "customer", pk=customer.pk),
        _url(organisation, "edit", pk=customer.pk),
        _url(organisation, "list"),
    ):
        assert script not in _page(browser, url)


def test_another_organisation_sees_nothing(organisation: Organisation, browser: Client) -> None:
    foreign = a_customer(an_organisation())
    own = a_customer(organisation)
    contact = foreign.contacts.get()
    for name, parts in (
        ("customer", {"pk": foreign.pk}),
        ("edit", {"pk": foreign.pk}),
        ("merge-with", {"pk": foreign.pk}),
        ("merge", {"kept": own.pk, "merged": foreign.pk}),
        ("contact-new", {"customer_pk": foreign.pk}),
        ("contact", {"pk": contact.pk}),
    ):
        _page(browser, _url(organisation, name, **parts), 404)
    for name in ("archive", "restore"):
        assert browser.post(_url(organisation, name, pk=foreign.pk)).status_code == 404
    browser.post(_url(organisation, "archive-many"), {"id": [foreign.pk]})
    assert not Customer.objects.exclude(archived_at=None).exists()


def test_a_reader_changes_nothing(organisation: Organisation) -> None:
    customer = a_customer(organisation, archived_at=NOW)
    browser = logged_in(a_member(organisation, Role.READER))
    _page(browser, _url(organisation, "customer", pk=customer.pk))
    for name in ("archive", "restore"):
        assert browser.post(_url(organisation, name, pk=customer.pk)).status_code == 403
    assert browser.post(_url(organisation, "new"), TYPED).status_code == 403
    _page(browser, _url(organisation, "edit", pk=customer.pk), 403)


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    organisation: Organisation, browser: Client, django_assert_num_queries: object
) -> None:
    a_customer(organisation)
    _page(browser, _url(organisation, "list"))  # the first request of a session is counted apart
    with CaptureQueriesContext(connection) as one:
        _page(browser, _url(organisation, "list"))
    for number in range(30):
        a_customer(organisation, name=f"Client {number}")
    with django_assert_num_queries(len(one)):  # type: ignore[operator]
        _page(browser, _url(organisation, "list"))
