"""What every answer carries, and what becomes of errors."""

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.web.middleware import DomainErrorMiddleware, FragmentLoginMiddleware, SecurityHeadersMiddleware
from tests.site import a_member, an_organisation, logged_in

ERROR = DomainError(Text(fr="La facture est déjà émise.", en="The invoice is already issued."))


def a_request(rf: RequestFactory, **headers: str) -> HttpRequest:
    """A request as the views see it, with what HtmxMiddleware adds."""
    request = rf.get("/o/atelier/", headers=headers)
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/nowhere", "/o/atelier/", "/organisations/"])
def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_a_forged_post_is_refused_by_a_page_of_ours() -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "Content-Security-Policy" in answer.headers
    assert "<style" not in answer.content.decode()


def test_an_answer_may_have_a_policy_of_its_own(rf: RequestFactory) -> None:
    own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    assert SecurityHeadersMiddleware(lambda _: own)(rf.get("/"))["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.django_db
def test_a_domain_error_becomes_a_page_with_its_sentence(rf: RequestFactory) -> None:
    request = a_request(rf, referer="http://testserver/o/atelier/invoices/")
    with translation.override("fr"):
        answer = DomainErrorMiddleware(lambda _: HttpResponse()).process_exception(request, ERROR)
    assert answer
    assert answer.status_code == 409
    assert "La facture est déjà émise." in answer.content.decode()
    assert 'href="http://testserver/o/atelier/invoices/"' in answer.content.decode()


@pytest.mark.django_db
def test_the_way_back_never_leads_to_another_site(rf: RequestFactory) -> None:
    request = a_request(rf, referer="https://elsewhere.example/")
    answer = DomainErrorMiddleware(lambda _: HttpResponse()).process_exception(request, ERROR)
    assert answer
    assert "elsewhere" not in answer.content.decode()


def test_a_domain_error_in_a_fragment_becomes_a_toast(rf: RequestFactory) -> None:
    request = a_request(rf, hx_request="true")
    with translation.override("en"):
        answer = DomainErrorMiddleware(lambda _: HttpResponse()).process_exception(request, ERROR)
    assert answer
    assert json.loads(answer["HX-Trigger"])["toast"]["message"] == "The invoice is already issued."


def test_other_errors_are_not_hidden(rf: RequestFactory) -> None:
    middleware = DomainErrorMiddleware(lambda _: HttpResponse())
    assert middleware.process_exception(a_request(rf), ValueError("a bug")) is None


def test_a_fragment_that_needs_a_login_takes_the_whole_page_there(rf: RequestFactory) -> None:
    request = a_request(rf, hx_request="true", hx_current_url="http://testserver/o/atelier/invoices/?q=a")
    moved = HttpResponse(status=302, headers={"Location": "/accounts/login/?next=/o/atelier/palette/"})
    answer = FragmentLoginMiddleware(lambda _: moved)(request)
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Fo%2Fatelier%2Finvoices%2F%3Fq%3Da"


def test_a_page_that_needs_a_login_is_left_as_it_is(rf: RequestFactory) -> None:
    moved = HttpResponse(status=302, headers={"Location": "/accounts/login/?next=/o/atelier/"})
    assert FragmentLoginMiddleware(lambda _: moved)(a_request(rf)) is moved


@pytest.mark.django_db
def test_a_visitor_may_choose_a_language(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    assert '<html lang="en"' in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_language_that_is_not_spoken_changes_nothing(client: Client) -> None:
    client.post("/language/", {"language": "de"})
    assert '<html lang="fr"' in client.get("/", headers={"accept-language": "fr"}).content.decode()


@pytest.mark.django_db
def test_a_user_keeps_language_and_theme() -> None:
    user = a_member(an_organisation())
    client = logged_in(user)
    client.post("/language/", {"language": "en"})
    client.post("/theme/", {"theme": "dark"})
    user.refresh_from_db()
    assert (user.language, user.theme) == ("en", "dark")
    assert 'data-bs-theme="dark"' in client.get("/organisations/").content.decode()


@pytest.mark.django_db
def test_nobody_is_sent_to_another_site(client: Client) -> None:
    assert client.post("/language/", {"language": "en", "next": "https://elsewhere.example"})["Location"] == "/"


@pytest.mark.django_db
def test_who_is_in_one_organisation_goes_straight_to_it() -> None:
    organisation = an_organisation()
    answer = logged_in(a_member(organisation)).get("/")
    assert answer["Location"] == f"/o/{organisation.slug}/"


@pytest.mark.django_db
def test_who_is_in_several_organisations_chooses() -> None:
    user = a_member(an_organisation(name="Atelier Nord"))
    from reglo.organisations.models import Membership
    from tests.site import NOW

    Membership.objects.create(organisation=an_organisation(name="Atelier Sud"), user=user, role="reader", joined_at=NOW)
    client = logged_in(user)
    assert client.get("/")["Location"] == "/organisations/"
    shown = client.get("/organisations/").content.decode()
    assert "Atelier Nord" in shown
    assert "Atelier Sud" in shown


@pytest.mark.django_db
def test_the_start_page_says_what_reglo_is_and_how_to_come_in(client: Client) -> None:
    shown = client.get("/", headers={"accept-language": "fr"}).content.decode()
    assert "Des factures justes, et payées" in shown
    assert 'href="/accounts/login/"' in shown
    assert 'href="/accounts/signup/"' in shown
