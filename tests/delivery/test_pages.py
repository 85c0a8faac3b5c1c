"""Pages of messages: list, one message, sending with a preview, wording."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reglo.billing.services.quotes import create_quote
from reglo.delivery.models import Message, MessageState, MessageTemplate, PortalLink
from reglo.delivery.services import deliver_message, note_bounced
from reglo.organisations.models import Organisation, Role
from tests.delivery.messages import a_message, an_invoice, contact_of
from tests.site import INES, NOW, a_content, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db(transaction=True)


def someone(organisation: Organisation, role: Role = Role.OWNER) -> tuple[Client, str]:
    """A browser of a member, and where the messages are."""
    return logged_in(a_member(organisation, role)), f"/o/{organisation.slug}/messages/"


def sendable(page: Any, **changes: Any) -> dict[str, Any]:
    """What the form of a page would send."""
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields} | changes


def test_the_list_shows_what_was_sent_in_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    invoice = an_invoice()
    browser, url = someone(invoice.organisation)
    for number in range(5):
        a_message(invoice, key=str(number))
    with django_assert_max_num_queries(11):
        page = browser.get(url).content.decode()
    assert page.count(f"Votre facture {invoice.number}") >= 5


def test_an_invoice_is_sent_from_its_page_once_however_often_one_clicks() -> None:
    invoice = an_invoice()
    browser, url = someone(invoice.organisation)
    page = browser.get(f"{url}invoice/{invoice.pk}/send/")
    assert page.status_code == 200
    typed = sendable(page, body="Bonjour {contact}, voici {numero}.")
    for _ in range(2):
        assert browser.post(f"{url}invoice/{invoice.pk}/send/", typed).status_code == 302
    message = Message.objects.get()
    assert message.text.startswith(f"Bonjour Claire Petit, voici {invoice.number}.")
    toast = browser.get(url).content.decode()
    assert f"{url}{message.pk}/cancel/" in toast
    browser.post(f"{url}{message.pk}/cancel/")
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contacts", []),
        ("contacts", ["999999"]),
        ("subject", ""),
        ("subject", "a\nBcc: x@example.com"),
        ("subject", "x" * 201),
        ("body", ""),
        ("body", "{contact.__class__}"),
        ("key", "x"),
    ],
)
def test_what_cannot_be_sent_is_told_and_nothing_is_written(field: str, value: object) -> None:
    invoice = an_invoice()
    browser, url = someone(invoice.organisation)
    page = browser.get(f"{url}invoice/{invoice.pk}/send/")
    answer = browser.post(f"{url}invoice/{invoice.pk}/send/", sendable(page, **{field: value}))
    if answer.status_code == 200:
        assert answer.context["form"].errors
        assert not Message.objects.exists()
    else:  # a browser's form field of one line cannot hold a line break; Django drops it
        assert "\n" not in Message.objects.get().subject


def test_a_contact_of_another_customer_cannot_be_chosen() -> None:
    invoice = an_invoice()
    other = a_customer(invoice.organisation, name="Voisin")
    browser, url = someone(invoice.organisation)
    page = browser.get(f"{url}invoice/{invoice.pk}/send/")
    typed = sendable(page, contacts=[str(contact_of(other).pk)])
    assert browser.post(f"{url}invoice/{invoice.pk}/send/", typed).status_code == 200
    assert not Message.objects.exists()


def test_the_preview_is_what_is_received_and_can_do_nothing() -> None:
    invoice = an_invoice()
    browser, url = someone(invoice.organisation)
    shown = browser.post(
        f"{url}invoice/{invoice.pk}/preview/",
        {"subject": "Objet {numero}", "body": "Bonjour <script>alert(1)</script>"},
    )
    html = shown.content.decode()
    assert f"Objet {invoice.number}" in html
    assert "<script" not in html
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    refused = browser.post(f"{url}invoice/{invoice.pk}/preview/", {"subject": "x", "body": "{rien}"})
    assert "{rien}" in refused.content.decode()
    assert not Message.objects.exists()


def test_sending_a_quote_gives_its_number_in_the_same_act() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    quote = create_quote(organisation=organisation, customer=customer, content=a_content(), by=INES, now=NOW)
    browser, url = someone(organisation)
    assert browser.get(f"{url}quote/{quote.pk}/preview/").status_code == 200
    typed = sendable(browser.get(f"{url}quote/{quote.pk}/send/"))
    assert browser.post(f"{url}quote/{quote.pk}/send/", typed).status_code == 302
    quote.refresh_from_db()
    message = Message.objects.get()
    assert quote.number
    assert quote.number in message.subject


def test_a_quote_that_cannot_be_numbered_is_not_sent() -> None:
    organisation = an_organisation()
    content = a_content(lines=[])
    quote = create_quote(
        organisation=organisation, customer=a_customer(organisation), content=content, by=INES, now=NOW
    )
    browser, url = someone(organisation)
    typed = sendable(browser.get(f"{url}quote/{quote.pk}/send/"))
    assert browser.post(f"{url}quote/{quote.pk}/send/", typed).status_code == 200
    assert not Message.objects.exists()


def test_a_customer_without_address_leads_to_its_page() -> None:
    invoice = an_invoice()
    invoice.customer.contacts.update(email="")
    browser, url = someone(invoice.organisation)
    page = browser.get(f"{url}invoice/{invoice.pk}/send/").content.decode()
    assert f"/customers/{invoice.customer_id}/" in page


def test_the_page_of_a_message_tells_a_bounce_and_offers_to_send_again() -> None:
    message = a_message()
    browser, url = someone(message.organisation)
    deliver_message(message_id=message.pk, now=timezone.now())
    note_bounced(message_id=message.pk, reason="550 <b>no such user</b>", now=timezone.now())
    page = browser.get(f"{url}{message.pk}/").content.decode()
    assert "550 &lt;b&gt;no such user" in page
    assert f"{url}{message.pk}/retry/" in page
    assert browser.get(f"{url}{message.pk}/html/").headers["Content-Security-Policy"].endswith("sandbox")
    assert browser.post(f"{url}{message.pk}/retry/").status_code == 302
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED


def test_the_portals_key_is_not_shown_to_members() -> None:
    message = a_message()
    browser, url = someone(message.organisation)
    for path in (f"{message.pk}/", f"{message.pk}/html/"):
        assert "/p/" not in browser.get(url + path).content.decode()


def test_fragments_show_the_messages_of_a_document_and_a_customer() -> None:
    message = a_message()
    browser, url = someone(message.organisation)
    for path in (f"of-invoice/{message.invoice_id}/", f"of-customer/{message.customer_id}/"):
        assert message.subject in browser.get(url + path).content.decode()


def test_ending_links_from_the_customers_page() -> None:
    message = a_message()
    PortalLink.objects.update(expires_at=timezone.now() + timezone.timedelta(days=3))
    browser, url = someone(message.organisation)
    fragment = browser.get(f"{url}of-customer/{message.customer_id}/").content.decode()
    assert f"{url}contact/{message.contact_id}/revoke/" in fragment
    browser.post(f"{url}contact/{message.contact_id}/revoke/")
    assert PortalLink.objects.get().revoked_at is not None


def test_an_organisation_writes_its_own_words_and_goes_back() -> None:
    organisation = an_organisation()
    browser, url = someone(organisation)
    assert browser.get(f"{url}templates/").status_code == 200
    page = f"{url}templates/invoice/fr/"
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"subject": "S {numero}", "body": "B {contact}"}).status_code == 302
    assert MessageTemplate.objects.get().subject == "S {numero}"
    assert "S F2026-0042" in browser.get(page + "preview/").content.decode()
    assert browser.post(page, {"subject": "S", "body": "{code}"}).context["form"].errors
    browser.post(page + "reset/")
    assert not MessageTemplate.objects.exists()


@pytest.mark.parametrize("path", ["templates/notice/fr/", "templates/invoice/de/", "templates/x/fr/preview/"])
def test_there_is_no_wording_of_other_kinds_and_languages(path: str) -> None:
    browser, url = someone(an_organisation())
    assert browser.get(url + path).status_code == 404


def paths_of(message: Message) -> list[str]:
    """Every page of this room on a message."""
    invoice = message.invoice_id
    return [
        f"{message.pk}/",
        f"{message.pk}/html/",
        f"{message.pk}/cancel/",
        f"{message.pk}/retry/",
        f"invoice/{invoice}/send/",
        f"invoice/{invoice}/preview/",
        f"of-invoice/{invoice}/",
        f"of-customer/{message.customer_id}/",
        f"contact/{message.contact_id}/revoke/",
    ]


def test_other_organisations_see_and_do_nothing() -> None:
    message = a_message()
    browser, url = someone(an_organisation())
    for path in paths_of(message):
        assert browser.get(url + path).status_code in (404, 405), path
        assert browser.post(url + path, {}).status_code in (404, 405), path
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED


def test_readers_read_and_do_nothing() -> None:
    message = a_message()
    browser, url = someone(message.organisation, Role.READER)
    assert browser.get(f"{url}{message.pk}/").status_code == 200
    for path in (f"{message.pk}/cancel/", f"{message.pk}/retry/", f"contact/{message.contact_id}/revoke/"):
        assert browser.post(url + path).status_code == 403
    assert browser.get(f"{url}invoice/{message.invoice_id}/send/").status_code == 403
    assert browser.post(f"{url}templates/invoice/fr/", {"subject": "a", "body": "b"}).status_code == 403


def test_no_page_has_inline_style_or_script() -> None:
    message = a_message()
    browser, url = someone(message.organisation)
    for path in ("", f"{message.pk}/", f"invoice/{message.invoice_id}/send/", "templates/", "templates/quote/en/"):
        page = browser.get(url + path).content.decode()
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", page), path
