"""Keys of others, spoiled keys, old keys; scripts, floods and logs."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reglo.customers.models import Contact, Customer
from reglo.delivery.models import Message, MessageKind, PortalLink
from reglo.delivery.services import link_for, revoke_links, see_link
from reglo.delivery.services.keys import LIFE
from reglo.delivery.services.links import LONGEST_LIFE
from reglo.delivery.signing import token_of
from reglo.portal import limits
from reglo.portal.limits import ACTS_OF_A_LINK, BAD_KEYS_OF_AN_ADDRESS, PAGES_OF_A_LINK
from reglo.portal.privacy import WithoutKeys, without_keys
from tests.portal.shop import Shop, a_billed, a_browser, a_sent_quote, a_shop, sent_terms
from tests.site import INES, NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPT = '"><script>alert(1)</script>{{ 7|add:7 }}'


def without_csrf(answer: Any) -> str:
    """A page without the secret of its forms, which differs each time."""
    return re.sub(r"[A-Za-z0-9]{64}|/p/[^/]+/", "", answer.content.decode())


def pages_of(shop: Shop) -> list[str]:
    """Every page on a document of a shop."""
    quote, invoice, terms = a_sent_quote(shop), a_billed(shop), sent_terms(shop)
    return [
        f"quotes/{quote.pk}/",
        f"quotes/{quote.pk}/totals/",
        f"quotes/{quote.pk}/pdf/",
        f"invoices/{invoice.pk}/",
        f"invoices/{invoice.pk}/pdf/",
        f"invoices/{invoice.pk}/xml/",
        f"terms/{terms.pk}/",
        f"question/?about=invoice-{invoice.pk}",
    ]


def test_documents_of_other_customers_and_organisations_are_not_there() -> None:
    theirs = a_shop()
    paths = pages_of(theirs)
    neighbour = a_customer(theirs.organisation, name="Voisin")
    link_for(neighbour.contacts.get(), organisation=theirs.organisation, now=timezone.now())
    same_seller = Shop(theirs.organisation, neighbour, token_of(PortalLink.objects.get(contact__customer=neighbour).pk))
    for other in (a_shop(), same_seller):
        for path in paths:
            assert a_browser().get(other.url(path)).status_code == 404, path
        for path in paths:
            if not path.endswith(("pdf/", "xml/", "totals/")):
                posted = a_browser().post(other.url(path), {"text": "x", "name": "x"})
                assert posted.status_code in (404, 405), path
        page = a_browser().get(other.url()).content.decode()
        assert "F2026" not in page
    for path in paths[3:6]:
        assert a_browser().get(theirs.url(path)).status_code == 200


def test_drafts_are_not_shown() -> None:
    from reglo.billing.services.quotes import create_quote
    from tests.portal.shop import CHOICES

    shop = a_shop()
    quote = create_quote(
        organisation=shop.organisation, customer=shop.customer, content=CHOICES, by=INES, now=timezone.now()
    )
    assert a_browser().get(shop.url(f"quotes/{quote.pk}/")).status_code == 404
    assert "vitrine" not in a_browser().get(shop.url()).content.decode()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1],
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "1" + token,
        lambda token: token.partition(".")[0],
        lambda token: token + ".",
        lambda token: "x",
        lambda token: "%00",
        lambda token: "é" * 300,
    ],
)
def test_a_spoiled_key_opens_nothing(spoil: Any) -> None:
    shop = a_shop()
    invoice = a_billed(shop)
    token = spoil(shop.token)
    for path in ("", f"invoices/{invoice.pk}/", f"invoices/{invoice.pk}/pdf/"):
        answer = a_browser().get(f"/p/{token}/{path}")
        assert answer.status_code == 404
        assert invoice.number not in answer.content.decode()


def test_a_key_that_was_revoked_or_has_expired_opens_nothing_even_replayed() -> None:
    shop = a_shop()
    browser = a_browser()
    assert browser.get(shop.url()).status_code == 200
    revoke_links(contact=shop.contact, organisation=shop.organisation, by=INES, now=timezone.now())
    assert browser.get(shop.url()).status_code == 404
    PortalLink.objects.update(revoked_at=None, expires_at=timezone.now() - timedelta(seconds=1))
    assert browser.get(shop.url()).status_code == 404
    PortalLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert browser.get(shop.url()).status_code == 200
    Contact.objects.update(archived_at=NOW)
    assert browser.get(shop.url()).status_code == 404


def test_after_revoking_a_new_key_is_another() -> None:
    shop = a_shop()
    revoke_links(contact=shop.contact, organisation=shop.organisation, by=INES, now=timezone.now())
    new = link_for(shop.contact, organisation=shop.organisation, now=timezone.now())
    assert shop.token not in new


def test_a_key_is_only_made_for_ones_own_contact() -> None:
    shop = a_shop()
    with pytest.raises(ValueError, match="another"):
        link_for(shop.contact, organisation=an_organisation(), now=NOW)


def test_use_moves_the_end_of_a_key_but_not_for_ever() -> None:
    shop = a_shop()
    link = shop.link()
    later = link.created_at + timedelta(days=60)
    see_link(link, now=later)
    link.refresh_from_db()
    assert link.expires_at == later + LIFE
    link.last_seen_at = None
    see_link(link, now=link.created_at + timedelta(days=725))
    link.refresh_from_db()
    assert link.expires_at == link.created_at + LONGEST_LIFE


def test_asking_for_a_new_link_answers_the_same_whoever_asks() -> None:
    shop = a_shop()
    PortalLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    known = a_browser().post(shop.url("new-link/"))
    for _ in range(2):
        a_browser().post(shop.url("new-link/"))
    unknown = a_browser().post("/p/1.unknown/new-link/")
    assert known.status_code == unknown.status_code == 200
    assert without_csrf(known) == without_csrf(unknown)
    message = Message.objects.get(kind=MessageKind.PORTAL_LINK)
    assert message.to == "claire@librairie.example"
    assert message.link.expires_at > timezone.now()


def test_nobody_gets_a_new_link_who_has_left() -> None:
    shop = a_shop()
    Contact.objects.update(archived_at=NOW)
    a_browser().post(shop.url("new-link/"))
    assert not Message.objects.exists()


def test_both_families_of_merged_customers_are_shown() -> None:
    shop = a_shop()
    first = a_billed(shop)
    kept = a_customer(shop.organisation, name="Librairie du Port (siège)")
    second = a_billed(Shop(shop.organisation, kept, ""))
    Customer.objects.filter(pk=shop.customer.pk).update(merged_into=kept, archived_at=NOW)
    page = a_browser().get(shop.url()).content.decode()
    assert first.number in page
    assert second.number in page


@pytest.mark.parametrize("path", ["", "question/", "look.css", "invoices/999/"])
def test_nothing_is_kept_indexed_or_told_to_others(path: str) -> None:
    shop = a_shop()
    for url in (shop.url(path), f"/p/1.bad/{path}"):
        answer = a_browser().get(url)
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "strict-origin"


def test_script_in_every_text_stays_text() -> None:
    shop = a_shop(name=SCRIPT)
    Contact.objects.update(name=SCRIPT)
    figures = {"quantity": "1", "price": "5", "vat": "20", "nature": "S"}
    lines = [
        {"name": SCRIPT, "description": SCRIPT, "optional": True} | figures,
        {"name": "Étude"} | figures,
        {"name": SCRIPT, "alternative": SCRIPT} | figures,
    ]
    quote = a_sent_quote(shop, title=SCRIPT, lines=lines)
    for path in ("", f"quotes/{quote.pk}/", "question/", f"question/?about=quote-{quote.pk}"):
        page = a_browser().get(shop.url(path)).content.decode()
        assert "<script>alert" not in page
        assert "14" not in page.partition("{{ 7|add:7 }}")[0][-3:]
    signed = a_browser().post(shop.url(f"quotes/{quote.pk}/refuse/"), {"name": SCRIPT, "reason": SCRIPT}, follow=True)
    assert "<script>alert" not in signed.content.decode()
    for message in Message.objects.all():
        assert "<script>alert" not in message.html
        assert "\n" not in message.subject


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window of the limits ends during a test."""
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000.0)


@pytest.mark.usefixtures("still_clock")
def test_a_link_that_is_read_without_end_is_slowed() -> None:
    shop = a_shop()
    browser = a_browser()
    answers = [browser.get(shop.url("look.css")).status_code for _ in range(PAGES_OF_A_LINK.times + 1)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {200}


@pytest.mark.usefixtures("still_clock")
def test_acts_are_limited_an_hour() -> None:
    shop = a_shop()
    browser = a_browser()
    answers = [browser.post(shop.url("question/"), {"text": ""}).status_code for _ in range(ACTS_OF_A_LINK.times + 1)]
    assert answers[-1] == 429


@pytest.mark.usefixtures("still_clock")
def test_keys_cannot_be_guessed_without_end() -> None:
    a_shop()
    answers = [a_browser().get(f"/p/{n}.guess/").status_code for n in range(BAD_KEYS_OF_AN_ADDRESS.times + 1)]
    assert answers[-1] == 429


def test_a_post_without_the_pages_secret_is_refused() -> None:
    shop = a_shop()
    assert Client(enforce_csrf_checks=True).post(shop.url("question/"), {"text": "x"}).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_only_reading_and_posting_is_understood(method: str) -> None:
    shop = a_shop()
    assert getattr(a_browser(), method)(shop.url()).status_code == 405


@pytest.mark.parametrize("about", ["invoice-", "invoice-x", "customer-1", "invoice-" + "9" * 40, "quote--1", "a-1"])
def test_a_question_about_nothing_there_is_404(about: str) -> None:
    shop = a_shop()
    assert a_browser().get(shop.url(f"question/?about={about}")).status_code == 404


def test_keys_do_not_reach_logs(caplog: pytest.LogCaptureFixture) -> None:
    assert without_keys("GET /p/12.abc/invoices/3/ 404") == "GET /p/…/invoices/3/ 404"
    record = logging.LogRecord("x", 30, "", 0, "%s: %s", ("Not Found", "/p/12.abc/"), None)
    WithoutKeys().filter(record)
    assert record.getMessage() == "Not Found: /p/…/"
    shop = a_shop()
    with caplog.at_level(logging.INFO):
        a_browser().get(shop.url("nowhere/"))
        a_browser().get(shop.url("invoices/9/"))
    assert shop.token not in caplog.text


def test_search_engines_are_sent_away() -> None:
    answer = a_browser().get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /p/" in answer.content.decode()
