"""Logs: events with keys, one a line, and nothing of anybody's person in any of them."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from reglo.accounts.models import User
from reglo.jobs.doing import do
from reglo.jobs.handlers import handles
from reglo.jobs.models import Job
from reglo.jobs.services import schedule
from reglo.web.logs import set_up_logs
from reglo.web.request_log import RequestLogMiddleware
from tests.site import NOW, a_customer, a_member, an_organisation, logged_in

PERSONAL = ("zoe.lambert", "lambert", "zoé", "+33 6 12 34 56 78", "secret-token-of-a-customer", "hunter2-password")

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The lines logged so far, as production writes them."""
    root = logging.getLogger()
    before = root.handlers[:]
    set_up_logs({"format": "json"})
    written = io.StringIO()
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers = before


def _nobody_in(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        text = json.dumps(line, ensure_ascii=False).lower()
        assert not [each for each in PERSONAL if each in text], text


@pytest.mark.django_db
def test_a_request_is_logged_by_the_name_of_its_view_and_a_number(lines: Lines) -> None:
    answer = Client().get("/")
    (line,) = [each for each in lines() if each["event"] == "request"]
    assert (line["view"], line["method"], line["status"], line["level"]) == ("web:start", "GET", 200, "info")
    assert line["request"] == answer.headers["X-Request-ID"]
    assert line["timestamp"].endswith("Z")


def test_the_number_of_a_trusted_proxy_is_kept_and_no_other(lines: Lines) -> None:
    middleware = RequestLogMiddleware(lambda request: HttpResponse())

    def number(given: str) -> str:
        request = RequestFactory().get("/", HTTP_X_REQUEST_ID=given)
        request.resolver_match = None
        return middleware(request).headers["X-Request-ID"]

    assert number("abcdefgh-1") != "abcdefgh-1"
    with override_settings(TRUSTED_PROXIES=1):
        assert number("abcdefgh-1") == "abcdefgh-1"
        assert number("zoe.lambert@example.fr") != "zoe.lambert@example.fr"


@pytest.mark.django_db(transaction=True)
def test_no_name_address_or_secret_is_in_any_line_of_a_busy_day(lines: Lines) -> None:
    organisation = an_organisation(name="Zoé Lambert EI")
    customer = a_customer(organisation, name="Lambert et fils")
    client = logged_in(a_member(organisation, email="zoe.lambert@example.fr", name="Zoé Lambert"))
    visitor = Client(raise_request_exception=False)
    signup = {"email": "zoe.lambert@example.org", "password1": "hunter2-password", "password2": "hunter2-password"}
    visitor.post("/accounts/signup/", signup)
    visitor.post("/accounts/login/", {"login": "zoe.lambert@example.fr", "password": "hunter2-password"})
    visitor.post("/accounts/password/reset/", {"email": "zoe.lambert@example.fr"})
    visitor.get("/p/secret-token-of-a-customer/")
    visitor.get("/search/?q=lambert")
    visitor.get("/", HTTP_HOST="zoe.lambert.example.fr")
    client.get(f"/o/{organisation.slug}/customers/?q=lambert")
    client.get(f"/o/{organisation.slug}/customers/{customer.pk}/")
    client.post("/accounts/profile/", {"name": "Zoé Lambert", "email": "zoe.lambert@example.fr"})

    @handles("log-test")
    def fail(job: Job, now: datetime) -> None:
        raise OSError("550 no such user zoe.lambert@example.fr, Zoé Lambert, +33 6 12 34 56 78")

    job = schedule("log-test", subject_id=1, organisation_id=organisation.pk, key="log", due_at=NOW)
    do(job.pk, now=NOW)
    events = {line["event"] for line in lines()}
    assert {"request", "job_attempt_failed"} <= events
    _nobody_in(lines())


@pytest.mark.django_db(transaction=True)
def test_what_the_database_says_of_a_row_that_it_refuses_is_not_logged(lines: Lines) -> None:
    User.objects.create_user(email="zoe.lambert@example.fr")

    def view(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            User.objects.create_user(email="zoe.lambert@example.fr")
        return HttpResponse()

    middleware = RequestLogMiddleware(view)
    request = RequestFactory().get("/")
    request.resolver_match = None
    with pytest.raises(IntegrityError) as raised:
        view(request)
    middleware.process_exception(request, raised.value)
    (line,) = lines()
    assert (line["event"], line["exception"]) == ("view_failed", "IntegrityError")
    assert any("test_logs.py" in place for place in line["places"])
    _nobody_in(lines())
    connection.close()


def test_values_that_libraries_fill_in_are_left_out(lines: Lines) -> None:
    logging.getLogger("some.library").warning("Mail to %s refused", "Zoé Lambert")
    logging.getLogger("another").error(f"login of {'zoe.lambert'}@example.fr failed")
    try:
        raise ValueError("Zoé Lambert")
    except ValueError:
        logging.getLogger("third").exception("broken by %s", "lambert")
    said = [line["event"] for line in lines()]
    assert said == ["Mail to %s refused", "login of …@… failed", "broken by %s"]
    _nobody_in(lines())


def test_our_events_carry_their_keys_and_those_of_the_request(lines: Lines) -> None:
    structlog.contextvars.bind_contextvars(request="r-1")
    structlog.get_logger("reglo.billing").info("invoice_issued", organisation=7, number="F-12")
    structlog.contextvars.clear_contextvars()
    (line,) = lines()
    assert {key: line[key] for key in ("event", "organisation", "number", "request", "logger")} == {
        "event": "invoice_issued",
        "organisation": 7,
        "number": "F-12",
        "request": "r-1",
        "logger": "reglo.billing",
    }


def test_on_a_terminal_lines_are_to_be_read(lines: Lines) -> None:
    set_up_logs({"format": "text"})
    written = io.StringIO()
    logging.getLogger().handlers[0].setStream(written)  # type: ignore[attr-defined]
    structlog.get_logger("reglo.billing").info("invoice_issued", number="F-12")
    assert "invoice_issued" in written.getvalue()
    assert "number=F-12" in written.getvalue()


def test_the_server_of_the_pages_logs_no_address(lines: Lines) -> None:
    try:
        raise ValueError("hunter2-password")
    except ValueError:
        logging.getLogger("waitress").exception("Exception while serving /p/%s" % "secret-token-of-a-customer")  # noqa: UP031  # as it does
    (line,) = lines()
    assert (line["logger"], line["exception"]) == ("waitress", "ValueError")
    _nobody_in([line])
