"""Every address of the site is walked: with no login, with the wrong role, with the wrong tenant.

The addresses are read from the resolver, so that one that is added tomorrow is walked tomorrow. Those of the API are
walked by tests of their own, which know its keys; here they only must not answer a visitor.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache as counts
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from reglo.accounts.models import User
from reglo.billing.models import Invoice
from reglo.organisations.models import Role
from reglo.organisations.permissions import PERMISSIONS, Permission
from tests.rows import FOREIGN, an_organisation_with_a_row_of_each_kind, undone
from tests.site import a_customer, a_draft, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

ORGANISATION = "o/<slug:slug>/"
METHODS = ("get", "post")
PUBLIC = frozenset(
    {
        "web:start", "web:language", "portal:new-link", "web:healthz", "web:readyz", "web:metrics", "memberships:join",
        "account_login", "account_signup", "account_logout", "account_inactive", "account_reset_password",
        "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
        "account_confirm_email", "account_email_verification_sent", "account_confirm_login_code", "mfa_authenticate",
        "mfa_login_webauthn", "robots",
    }
)  # fmt: skip
"""What a visitor may see. The portal is not among them: its addresses carry a token, and are walked without one."""

PARTS = {
    "token": "forged",
    "kind": "invoice",
    "language": "fr",
    "key": "forged",
    "uidb36": "1",
    "name": "x",
    "state": "x",
    "tone": "firm",
    "format": "csv",
    "report_name": "monthly-letter",
}
"""What stands in parts of an address that are no ids."""

NOT_FOUND_BY_THEIR_OWN = frozenset({"billing:invoice-pdf"})
"""Addresses that answer 404 to their own organisation too: the invoice that the walk makes has no file."""

READERS_MAY_POST = frozenset(
    {
        "lists:keep-filter", "lists:forget-filter",  # of one's own
        "organisations:leave",  # takes oneself away
        "delivery:template-preview", "billing:invoices-zip", "negotiation:negotiation",  # write nothing
        "reporting:fec", "reporting:archive",  # make files to take away: books stay as they are
    }
)  # fmt: skip
"""What somebody who only reads may send by POST."""

LASTING = frozenset({"sessions.session", "usersessions.usersession", "lists.savedfilter"})
"""Tables in which reading may write: of one's own browsers and filters."""


class Endpoint:
    """One address: its whole name, its route, its view."""

    def __init__(self, name: str, route: str, pattern: URLPattern) -> None:
        self.name, self.route = name, route
        self.view: Any = pattern.callback
        self.converters = pattern.pattern.converters

    @property
    def is_of_an_organisation(self) -> bool:
        """Whether it stands below /o/<slug>/."""
        return self.route.startswith(ORGANISATION)

    @property
    def has_ids(self) -> bool:
        """Whether it names rows."""
        return "<int:" in self.route

    def url(self, slug: str = "nobody", row: int = FOREIGN) -> str:
        """The address with its parts filled."""
        regular = re.sub(
            r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<str:\1>", self.route.replace("^", "").replace("$", "")
        )
        return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", lambda part: _part(part[1], part[2], slug, row), regular)

    def wanted(self, method: str) -> Permission:
        """The permission that the table asks for."""
        return self.view.permission if method == "get" or self.view.to_write is None else self.view.to_write


def _part(kind: str | None, name: str, slug: str, row: int) -> str:
    if name == "slug":
        return slug
    return str(row) if kind == "int" else PARTS[name]


@cache
def _endpoints() -> tuple[Endpoint, ...]:
    return tuple(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, route: str, namespace: str) -> Iterator[Endpoint]:
    for each in resolver.url_patterns:
        below = route + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each, below, inner)
        else:
            yield Endpoint(f"{namespace}{each.name}", below, each)


def _of_organisations() -> list[Endpoint]:
    return [each for each in _endpoints() if each.is_of_an_organisation]


def _answers(browser: Client, endpoint: Endpoint, slug: str, row: int = FOREIGN, **how: Any) -> dict[str, Any]:
    """What an address answers by method, where it knows the method; each time as if nothing had been asked before."""
    found = {}
    for method in METHODS:
        with undone():
            answer = getattr(browser, method)(endpoint.url(slug, row), **how)
        if answer.status_code != 405:
            found[method] = answer
    return found


def test_a_visitor_sees_nothing_but_what_is_public() -> None:
    organisation = an_organisation()
    for endpoint in _endpoints():
        if endpoint.name in PUBLIC:
            continue
        counts.clear()  # who tries many keys is sent away before anything is looked at
        for method, answer in _answers(Client(), endpoint, organisation.slug).items():
            to_login = answer.status_code == 302 and "/accounts/" in answer["Location"]
            assert to_login or answer.status_code in (401, 403, 404), (endpoint.name, method, answer.status_code)


def test_the_list_of_public_addresses_names_only_those_that_there_are() -> None:
    assert {each.name for each in _endpoints()} >= PUBLIC


def test_a_fragment_leads_a_visitor_to_the_login_as_a_whole_page() -> None:
    for endpoint in _of_organisations():
        headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/o/a/"}
        answer = Client().get(endpoint.url(), headers=headers)
        assert answer.status_code == 405 or answer["HX-Redirect"] == "/accounts/login/?next=/o/a/", endpoint.name


def test_each_page_of_an_organisation_says_whom_it_is_for() -> None:
    unguarded = [each.name for each in _of_organisations() if not isinstance(_permission(each), Permission)]
    assert not unguarded, "these have no `needs`"


def _permission(endpoint: Endpoint) -> object:
    return getattr(endpoint.view, "permission", None)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_table_says_and_no_more(role: Role) -> None:
    organisation = an_organisation()
    browser = logged_in(a_member(organisation, role))
    for endpoint in _of_organisations():
        for method, answer in _answers(browser, endpoint, organisation.slug).items():
            is_refused = answer.status_code == 403
            may = endpoint.wanted(method) in PERMISSIONS[role]
            assert is_refused != may, (endpoint.name, method, answer.status_code)


def test_reading_a_head_needs_what_reading_needs() -> None:
    organisation = an_organisation()
    browser = logged_in(a_member(organisation, Role.READER))
    for endpoint in _of_organisations():
        if endpoint.view.permission is Permission.READ:
            continue
        assert browser.head(endpoint.url(organisation.slug)).status_code in (403, 405), endpoint.name


def test_the_organisation_of_others_is_not_found() -> None:
    ours, theirs = an_organisation(), an_organisation()
    browser = logged_in(a_member(ours))
    for endpoint in _of_organisations():
        for method, answer in _answers(browser, endpoint, theirs.slug).items():
            assert answer.status_code == 404, (endpoint.name, method)


def test_the_rows_of_others_are_not_found_in_our_organisation() -> None:
    ours, theirs = an_organisation(), an_organisation_with_a_row_of_each_kind()
    our_owner, their_owner = logged_in(a_member(ours)), logged_in(User.objects.get(pk=FOREIGN))
    their_owner.raise_request_exception = False  # rows made by a machine may not make a page: found is enough
    for endpoint in _of_organisations():
        if not endpoint.has_ids:
            continue
        for method, answer in _answers(our_owner, endpoint, ours.slug).items():
            assert answer.status_code == 404, (endpoint.name, method)
        found = {answer.status_code for answer in _answers(their_owner, endpoint, theirs.slug).values()}
        assert found != {404} or endpoint.name in NOT_FOUND_BY_THEIR_OWN, f"the walk makes no row for {endpoint.name}"


def test_somebody_who_only_reads_changes_nothing() -> None:
    organisation = an_organisation_with_a_row_of_each_kind()
    browser = logged_in(a_member(organisation, Role.READER))
    browser.raise_request_exception = False
    before = _all_rows()
    may_post = set()
    for endpoint in _of_organisations():
        if endpoint.name == "organisations:leave":
            continue
        browser.get(endpoint.url(organisation.slug))
        if browser.post(endpoint.url(organisation.slug), {"name": "x", "act": "issue"}).status_code not in (403, 405):
            may_post.add(endpoint.name)
    after = _all_rows()
    assert {name for name in before if before[name] != after[name]} == set()
    assert may_post == READERS_MAY_POST - {"organisations:leave"}


def _all_rows() -> dict[str, list[tuple[Any, ...]]]:
    """What stands in each table."""
    tables = [each for each in apps.get_models() if each._meta.label_lower not in LASTING]
    return {
        each._meta.label_lower: [_comparable(row) for row in each._default_manager.order_by("pk").values_list()]
        for each in tables
    }


def _comparable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(bytes(each) if isinstance(each, memoryview) else each for each in row)


def test_a_salesperson_cannot_issue_by_any_address() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    drafts = [a_draft(organisation, customer, pk=FOREIGN), a_draft(organisation, customer)]
    browser = logged_in(a_member(organisation, Role.SALES))
    typed = {"id": [str(each.pk) for each in drafts], "act": "issue", "issue": "1", "version": "1"}
    for endpoint in _of_organisations():
        with undone():
            browser.post(endpoint.url(organisation.slug), typed)
            assert not Invoice.objects.exists(), endpoint.name
    with undone():
        logged_in(a_member(organisation, Role.BOOKKEEPER)).post(f"/o/{organisation.slug}/drafts/issue/", typed)
        assert Invoice.objects.count() == 2, "the same POST by somebody who may issue"


def test_the_walk_would_see_a_page_without_a_door() -> None:
    endpoint = next(each for each in _endpoints() if each.name == "web:start")
    assert not hasattr(endpoint.view, "permission")


def test_the_walk_sees_all_rooms() -> None:
    assert len(_of_organisations()) > 60
