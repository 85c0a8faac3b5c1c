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
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from reglo.accounts.models import User
from reglo.organisations.models import Organisation, Owned, Role
from reglo.organisations.permissions import PERMISSIONS, Permission
from tests.site import NOW, TODAY, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

ORGANISATION = "o/<slug:slug>/"
METHODS = ("get", "post")
FOREIGN = 7001
"""The id of all rows of the other tenant: no row of ours has it."""

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
    "format": "csv",
}
"""What stands in parts of an address that are no ids."""

NOT_FOUND_BY_THEIR_OWN: frozenset[str] = frozenset(
    {
        "billing:draft-pdf",  # a draft made by a machine makes no page
        "billing:invoice-pdf",  # nor has its invoice a file
        "lists:forget-filter",  # of another person
    }
)
"""Addresses that answer 404 to their own organisation too, for the row that the walk makes."""


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


def _name(endpoint: Endpoint) -> str:
    return endpoint.name


walk_all = pytest.mark.parametrize("endpoint", _endpoints(), ids=_name)
walk_organisations = pytest.mark.parametrize("endpoint", _of_organisations(), ids=_name)
walk_rows = pytest.mark.parametrize("endpoint", [each for each in _of_organisations() if each.has_ids], ids=_name)


@walk_all
def test_a_visitor_sees_nothing_but_what_is_public(endpoint: Endpoint) -> None:
    if endpoint.name in PUBLIC:
        return
    organisation = an_organisation()
    for method in METHODS:
        answer = getattr(Client(), method)(endpoint.url(organisation.slug))
        to_login = answer.status_code == 302 and "/accounts/" in answer["Location"]
        assert to_login or answer.status_code in (401, 403, 404, 405), (method, answer.status_code)


def test_the_list_of_public_addresses_names_only_those_that_there_are() -> None:
    assert {each.name for each in _endpoints()} >= PUBLIC


@walk_organisations
def test_a_fragment_leads_a_visitor_to_the_login_as_a_whole_page(endpoint: Endpoint) -> None:
    answer = Client().get(endpoint.url(), headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/o/a/"})
    assert answer.status_code == 405 or answer["HX-Redirect"] == "/accounts/login/?next=/o/a/"


@walk_organisations
def test_each_page_of_an_organisation_says_whom_it_is_for(endpoint: Endpoint) -> None:
    assert isinstance(getattr(endpoint.view, "permission", None), Permission), f"{endpoint.name} has no `needs`"


@pytest.mark.parametrize("role", list(Role))
@walk_organisations
def test_each_role_may_do_what_the_table_says_and_no_more(endpoint: Endpoint, role: Role) -> None:
    for method in METHODS:
        organisation = an_organisation()
        browser = logged_in(a_member(organisation, role))
        answer = getattr(browser, method)(endpoint.url(organisation.slug))
        if answer.status_code == 405:
            continue
        is_refused = answer.status_code == 403
        assert is_refused == (endpoint.wanted(method) not in PERMISSIONS[role]), (method, answer.status_code)


@walk_organisations
def test_reading_a_head_needs_what_reading_needs(endpoint: Endpoint) -> None:
    organisation = an_organisation()
    answer = logged_in(a_member(organisation, Role.READER)).head(endpoint.url(organisation.slug))
    if answer.status_code != 405:
        assert (answer.status_code == 403) == (endpoint.view.permission is not Permission.READ)


@walk_organisations
def test_the_organisation_of_others_is_not_found(endpoint: Endpoint) -> None:
    ours, theirs = an_organisation(), an_organisation()
    browser = logged_in(a_member(ours))
    for method in METHODS:
        assert getattr(browser, method)(endpoint.url(theirs.slug)).status_code in (404, 405), method


@walk_rows
def test_the_rows_of_others_are_not_found_in_our_organisation(endpoint: Endpoint) -> None:
    ours, theirs = an_organisation(), _an_organisation_with_a_row_of_each_kind()
    browser = logged_in(a_member(ours))
    for method in METHODS:
        assert getattr(browser, method)(endpoint.url(ours.slug)).status_code in (404, 405), method
    owner = logged_in(a_member(theirs))
    owner.raise_request_exception = False  # rows made by a machine may not make a page; that they are found is enough
    if endpoint.name not in NOT_FOUND_BY_THEIR_OWN:
        found = {getattr(owner, method)(endpoint.url(theirs.slug)).status_code for method in METHODS}
        assert found - {404, 405}, "the walk makes no row for this address, so it shows nothing"


def _an_organisation_with_a_row_of_each_kind() -> Organisation:
    """Another tenant whose rows all have one id."""
    organisation = an_organisation()
    for model in apps.get_models():
        if issubclass(model, Owned):
            _row(model, organisation)
    return organisation


def _row(model: type[models.Model], organisation: Organisation) -> models.Model:
    """A row of `model`, with what it points to, all of them under the one id."""
    if model is Organisation:
        return organisation
    there = model._default_manager.filter(pk=FOREIGN).first()
    if there is not None:
        return there
    if model is User:
        return User.objects.create(pk=FOREIGN, email="foreign@example.com")
    values = {field.name: _value(field, organisation) for field in model._meta.concrete_fields if _is_needed(field)}
    row = model(**values | {"pk": FOREIGN})
    row.save(force_insert=True)
    return row


def _is_needed(field: models.Field) -> bool:
    return not (field.primary_key or field.null or field.has_default() or (field.blank and not field.is_relation))


def _value(field: models.Field, organisation: Organisation) -> object:
    """Something that the database takes."""
    if field.is_relation:
        return _row(field.related_model, organisation)
    if field.choices:
        return field.choices[0][0]
    match field.get_internal_type():
        case "DateField":
            return TODAY
        case "DateTimeField":
            return NOW
        case "JSONField":
            return {}
        case "BinaryField":
            return b"x"
        case "CharField" | "TextField" | "EmailField" | "SlugField":
            return "x"
        case "BooleanField":
            return False
        case _:
            return 1


def test_the_walk_would_see_a_page_without_a_door() -> None:
    endpoint = next(each for each in _endpoints() if each.name == "web:start")
    assert not hasattr(endpoint.view, "permission")


def test_the_walk_sees_all_rooms() -> None:
    assert len(_of_organisations()) > 60
