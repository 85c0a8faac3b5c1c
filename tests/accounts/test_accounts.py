"""Accounts: sign-up, log-in, reset, second factor, sessions, profile."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from reglo.accounts.models import User
from reglo.accounts.visitors import client_address
from reglo.organisations.invitations import token_of
from reglo.organisations.models import Invitation, Role
from tests.site import NOW, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

PASSWORD = "quite long a secret"
MANDATORY = override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory")


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


def _a_user(email: str = "ines@example.com") -> User:
    user = User.objects.create_user(email=email, password=PASSWORD, name="Inès")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _log_in(browser: Client, email: str = "ines@example.com", password: str = PASSWORD, **more: str) -> int:
    return browser.post("/accounts/login/", {"login": email, "password": password, **more}).status_code


def test_who_signs_up_makes_an_organisation_next() -> None:
    answer = Client().post("/accounts/signup/", {"email": "new@example.com", "password1": PASSWORD})
    assert answer["Location"] == "/organisations/new/"
    assert User.objects.get().email == "new@example.com"


def test_who_signs_up_in_english_reads_english() -> None:
    typed = {"email": "new@example.com", "password1": PASSWORD}
    Client(headers={"Accept-Language": "en"}).post("/accounts/signup/", typed)
    assert User.objects.get().language == "en"


def test_a_weak_password_is_refused_beside_its_field() -> None:
    answer = Client().post("/accounts/signup/", {"email": "new@example.com", "password1": "password"})
    assert answer.context["form"].errors["password1"]


def test_a_next_page_elsewhere_is_not_followed() -> None:
    _a_user()
    answer = Client().post(
        "/accounts/login/", {"login": "ines@example.com", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert "evil" not in answer["Location"]


@MANDATORY
def test_signing_up_with_a_known_address_looks_as_with_a_new_one() -> None:
    _a_user()
    answers = [
        Client().post("/accounts/signup/", {"email": email, "password1": PASSWORD})
        for email in ("ines@example.com", "new@example.com")
    ]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert len(mail.outbox) == 2


def test_resetting_an_unknown_password_looks_as_a_known_one() -> None:
    _a_user()
    answers = [Client().post("/accounts/password/reset/", {"email": each}) for each in ("ines@example.com", "x@y.fr")]
    assert answers[0]["Location"] == answers[1]["Location"]


def test_a_wrong_password_and_an_unknown_address_are_told_alike() -> None:
    _a_user()
    said = [
        Client().post("/accounts/login/", {"login": email, "password": "wrong"}).context["form"].errors.as_text()
        for email in ("ines@example.com", "nobody@example.com")
    ]
    assert said[0] == said[1]


def test_a_password_is_reset_by_the_link_of_an_e_mail() -> None:
    _a_user()
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": "ines@example.com"})
    link = re.search(r"http://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert link is not None
    page = browser.get(link[1], follow=True)
    typed = {"password1": "another long secret", "password2": "another long secret"}
    browser.post(page.redirect_chain[-1][0], typed)
    assert _log_in(Client(), password="another long secret") == 302
    assert _log_in(Client()) == 200


def test_many_wrong_passwords_close_the_door_for_a_while() -> None:
    _a_user()
    codes = [_log_in(Client(), password="wrong") for _ in range(12)]
    answer = Client().post("/accounts/login/", {"login": "ines@example.com", "password": PASSWORD})
    assert 429 in codes or answer.status_code != 302


def test_a_second_factor_is_asked_for_once_it_is_set() -> None:
    user = _a_user()
    secret = "JBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": "ines@example.com", "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert browser.get("/accounts/profile/").status_code == 302
    assert browser.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert browser.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert browser.get("/accounts/profile/").status_code == 200


@pytest.mark.parametrize(
    "page",
    ["profile/", "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/",
     "sessions/", "logout/"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_page_of_an_account_shows_in_our_frame_in_both_languages(page: str, language: str) -> None:
    user = _a_user()
    User.objects.update(language=language)
    browser = Client()
    _log_in(browser)
    answer = browser.get(f"/accounts/{page}", follow=True)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert f'<html lang="{language}"' in shown
    assert 'id="content"' in shown
    assert shown.count("<h1") == 1
    assert "style=" not in shown
    assert user.email


@pytest.mark.parametrize("page", ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/"])
def test_each_page_for_visitors_shows_in_our_frame_without_inline_script(page: str) -> None:
    answer = Client().get(f"/accounts/{page}")
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert shown.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*(src=|application/json))", shown)
    assert "style=" not in shown


def test_the_profile_is_changed() -> None:
    user = _a_user()
    answer = logged_in(user).post("/accounts/profile/", {"name": "Zoé", "language": "en", "theme": "dark"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert (user.name, user.language, user.theme) == ("Zoé", "en", "dark")


def test_a_profile_in_no_language_of_ours_is_refused() -> None:
    answer = logged_in(_a_user()).post("/accounts/profile/", {"name": "Zoé", "language": "xx", "theme": "dark"})
    assert answer.context["form"].errors["language"]


def test_a_session_of_ours_ends_and_one_of_others_is_not_found() -> None:
    user, other = _a_user(), _a_user("other@example.com")
    ours, second, theirs = Client(), Client(), Client()
    _log_in(ours)
    _log_in(second)
    _log_in(theirs, "other@example.com")
    for browser in (ours, second, theirs):
        browser.get("/accounts/profile/")
    sessions = UserSession.objects.filter(user=user).order_by("pk")
    foreign = UserSession.objects.get(user=other)
    assert ours.post(f"/accounts/sessions/{foreign.pk}/end/").status_code == 404
    assert ours.post(f"/accounts/sessions/{sessions[1].pk}/end/").status_code == 302
    assert second.get("/accounts/profile/").status_code == 302
    assert ours.get("/accounts/profile/").status_code == 200
    assert theirs.get("/accounts/profile/").status_code == 200


@override_settings(IS_SIGNUP_OPEN=False)
def test_where_sign_up_is_closed_an_invitation_opens_it() -> None:
    organisation = an_organisation()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email="new@example.com",
        role=Role.SALES,
        invited_by=a_member(organisation),
        created_at=NOW,
        expires_at=NOW,
    )
    browser = Client()
    typed = {"email": "new@example.com", "password1": PASSWORD}
    browser.post("/accounts/signup/", typed)
    assert not User.objects.filter(email="new@example.com").exists()
    browser.get(f"/organisations/join/{token_of(invitation)}/")
    browser.post("/accounts/signup/", typed)
    assert User.objects.filter(email="new@example.com").exists()


def test_passwords_are_kept_by_argon2() -> None:
    from reglo.web import settings

    with override_settings(PASSWORD_HASHERS=settings.PASSWORD_HASHERS):
        assert get_hasher().algorithm == "argon2"
        assert identify_hasher(_a_user().password).algorithm == "argon2"


@pytest.mark.parametrize(
    ("said", "address"), [("192.0.2.1", "192.0.2.1"), ("2001:DB8::1", "2001:db8::1"), ("", None), ("unix:", None)]
)
def test_the_address_of_a_visitor_is_an_address_or_none(said: str, address: str | None) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=said)) == address
