"""The doors of the site: how often one may try, what browsers are told, where one may be led, which tokens open."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone

from reglo.accounts.models import User
from reglo.delivery.models import Message, MessageKind
from reglo.organisations.invitations import token_of
from reglo.organisations.models import Membership, Role
from reglo.organisations.services.people import invite
from reglo.portal import limits
from reglo.portal.limits import NEW_LINKS_FOR_AN_ADDRESS
from tests.portal.shop import Shop, a_billed, a_shop
from tests.site import INES, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

PASSWORD = "quite long a secret"
EVIL = ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example")


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


def a_user(email: str = "ines@example.com") -> User:
    """Somebody who logs in by a password."""
    user = User.objects.create_user(email=email, password=PASSWORD, name="Inès")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


# --- How often


def test_passwords_are_not_guessed_without_end() -> None:
    a_user()
    for _ in range(15):
        Client().post("/accounts/login/", {"login": "ines@example.com", "password": "wrong"})
    answer = Client().post("/accounts/login/", {"login": "ines@example.com", "password": PASSWORD})
    assert answer.status_code != 302, "the right password gets no further for a while"


def test_one_address_tries_no_end_of_accounts() -> None:
    answers = [
        Client().post("/accounts/login/", {"login": f"n{n}@example.com", "password": "wrong"}).status_code
        for n in range(35)
    ]
    assert answers[-1] == 429


def test_accounts_are_not_made_without_end() -> None:
    answers = [
        Client().post("/accounts/signup/", {"email": f"n{n}@example.com", "password1": PASSWORD}).status_code
        for n in range(25)
    ]
    assert answers[-1] == 429
    assert User.objects.count() < 25


def test_links_for_new_passwords_are_not_sent_without_end() -> None:
    a_user()
    for _ in range(25):
        Client().post("/accounts/password/reset/", {"email": "ines@example.com"})
    assert len(mail.outbox) <= 5


def test_new_links_to_the_portal_are_not_sent_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000.0)
    shop = a_shop()
    answers = [Client().post(shop.url("new-link/")).status_code for _ in range(NEW_LINKS_FOR_AN_ADDRESS.times + 1)]
    assert answers[-1] == 429
    assert Message.objects.filter(kind=MessageKind.PORTAL_LINK).count() <= NEW_LINKS_FOR_AN_ADDRESS.times


# --- What browsers are told


def test_over_https_cookies_are_secure_and_http_is_left(tmp_path: Any) -> None:
    names = (
        "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_HTTPONLY", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS",
    )  # fmt: skip
    code = f"import json; from reglo.web import settings as s; print(json.dumps([getattr(s, n) for n in {names!r}]))"
    variables = {"REGLO_URL": "https://factures.example", "REGLO_DATA": str(tmp_path), "PATH": os.environ["PATH"]}
    said = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True)
    found = dict(zip(names, json.loads(said.stdout), strict=True))
    hosts, origins = found.pop("ALLOWED_HOSTS"), found.pop("CSRF_TRUSTED_ORIGINS")
    assert found.pop("SECURE_HSTS_SECONDS") >= 31_536_000
    assert found.pop("SESSION_COOKIE_SAMESITE") == "Lax"
    assert set(found.values()) == {True}
    assert "*" not in hosts
    assert origins == ["https://factures.example"]


def test_cookies_of_a_session_are_not_read_by_script() -> None:
    a_user()
    browser = Client()
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", {"login": "ines@example.com", "password": PASSWORD})
    for name in ("sessionid", "csrftoken"):
        assert browser.cookies[name]["httponly"], name
        assert browser.cookies[name]["samesite"] == "Lax", name


def test_the_session_changes_its_key_with_the_login() -> None:
    a_user()
    browser = Client()
    browser.cookies["sessionid"] = "chosen-by-another"
    browser.post("/accounts/login/", {"login": "ines@example.com", "password": PASSWORD})
    assert browser.cookies["sessionid"].value != "chosen-by-another"


def test_no_other_site_frames_our_pages() -> None:
    shop = a_shop()
    owner = logged_in(a_member(shop.organisation))
    invoice = a_billed(shop)
    for browser, page in (
        (Client(), "/accounts/login/"),
        (Client(), shop.url()),
        (Client(), shop.url(f"invoices/{invoice.pk}/")),
        (Client(), "/p/1.forged/"),
        (owner, f"/o/{shop.organisation.slug}/"),
    ):
        answer = browser.get(page)
        assert answer["X-Frame-Options"] in ("DENY", "SAMEORIGIN"), page
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"], page
        assert "unsafe" not in answer["Content-Security-Policy"], page


# --- Where one is led


@pytest.mark.parametrize("evil", EVIL)
def test_nobody_is_led_to_another_site(evil: str) -> None:
    a_user()
    organisation = an_organisation()
    member = logged_in(a_member(organisation))
    typed = {"login": "ines@example.com", "password": PASSWORD, "next": evil}
    filters = {"list_name": "customers", "label": "x", "query": "q=x", "back_to": evil}
    fragment = {"HX-Request": "true", "HX-Current-URL": evil}
    answers = [
        Client().post("/accounts/login/", typed),
        Client().post(f"/accounts/login/?next={evil}", {**typed, "next": ""}),
        Client().post("/language/", {"language": "en", "next": evil}),
        member.post("/theme/", {"theme": "dark", "next": evil}),
        member.get(f"/accounts/login/?next={evil}"),
        member.post(f"/accounts/logout/?next={evil}", {"next": evil}),
        logged_in(a_member(organisation)).post(f"/o/{organisation.slug}/lists/filters/", filters),
    ]
    for answer in answers:
        assert "evil" not in answer.get("Location", ""), answer
        assert "javascript" not in answer.get("Location", ""), answer
    led = Client().get(f"/o/{organisation.slug}/", headers=fragment)["HX-Redirect"]
    assert led.startswith("/accounts/login/?next=/")
    assert not led.startswith("/accounts/login/?next=//")


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", "a b", ""])
@override_settings(ALLOWED_HOSTS=["testserver"])
def test_a_forged_host_is_refused_and_stands_in_no_link(host: str) -> None:
    a_user()
    answer = Client(raise_request_exception=False).post(
        "/accounts/password/reset/", {"email": "ines@example.com"}, headers={"Host": host} if host else {}
    )
    if host:
        assert answer.status_code == 400
        assert not mail.outbox
    assert not any("evil" in each.body for each in mail.outbox)


def test_a_forwarded_host_is_not_believed() -> None:
    a_user()
    Client().post(
        "/accounts/password/reset/", {"email": "ines@example.com"}, headers={"X-Forwarded-Host": "evil.example"}
    )
    assert mail.outbox
    assert "evil" not in mail.outbox[-1].body


@pytest.mark.parametrize("page", ["/accounts/login/", "/language/", "portal"])
def test_a_forged_form_gets_a_page_with_a_sentence(page: str) -> None:
    shop = a_shop()
    address = shop.url("question/") if page == "portal" else page
    answer = Client(enforce_csrf_checks=True).post(address, {"text": "x", "language": "en"})
    assert answer.status_code == 403
    assert re.search(r"<h1[^>]*>[^<]{10,}", answer.content.decode())


# --- Tokens


def test_a_link_for_a_new_password_opens_once_and_only_as_it_is() -> None:
    a_user()
    Client().post("/accounts/password/reset/", {"email": "ines@example.com"})
    link = re.search(r"http://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert link is not None
    new = {"password1": "another long secret", "password2": "another long secret"}
    for spoilt in (
        link[1][:-2] + "x/",
        link[1].replace("/key/", "/key/z"),
        "/accounts/password/reset/key/1-set-password/",
    ):
        page = Client().get(spoilt, follow=True)
        assert "password1" not in page.content.decode(), spoilt
    browser = Client()
    form = browser.get(link[1], follow=True).redirect_chain[-1][0]
    assert browser.post(form, new).status_code == 302
    again = Client().get(link[1], follow=True)
    assert "password1" not in again.content.decode(), "the same link again"
    assert Client().post(form, new).status_code in (200, 302)
    assert User.objects.get(email="ines@example.com").check_password("another long secret")


def an_invitation(shop: Shop) -> Any:
    """Somebody asked to join as a reader."""
    owner = a_member(shop.organisation)
    return invite(
        organisation=shop.organisation,
        email="luc@example.com",
        role=Role.READER,
        inviter=owner,
        by=INES,
        now=timezone.now(),
    )


def test_an_invitation_opens_once_for_whom_it_is() -> None:
    shop = a_shop()
    token = token_of(an_invitation(shop))
    stranger, guest = a_user("mallory@example.com"), a_user("luc@example.com")
    address = f"/organisations/join/{token}/"
    for spoilt in (token[:-1], f"x{token}", token.replace(":", ";"), token.split(":")[0]):
        assert logged_in(guest).post(f"/organisations/join/{spoilt}/").status_code == 404, spoilt
    logged_in(stranger).post(address)
    assert not Membership.objects.filter(user=stranger).exists()
    logged_in(guest).post(address, {"role": "owner"})
    assert Membership.objects.get(user=guest).role == Role.READER
    Membership.objects.filter(user=guest).delete()
    logged_in(guest).post(address)
    assert not Membership.objects.filter(user=guest).exists(), "the same link again"
