"""A small firm with something of everything, made once for all attacks of a process; each attack is taken back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from reglo.billing.services.quotes import create_quote, fix_quote, note_quote_accepted
from reglo.customers.models import Customer
from reglo.organisations.models import Membership, Organisation, Role
from tests.browser.addresses import all_addresses
from tests.browser.seed import samples
from tests.hostile.forms import Form, forms_in
from tests.portal.shop import CHOICES
from tests.rows import an_organisation_with_a_row_of_each_kind
from tests.site import INES, a_content, logged_in

_NO_PAGES = ("robots", "account_logout")
_LIVE = re.compile(r"/(drafts/\d+|quotes/\d+/editor)/$")


@dataclass(frozen=True, slots=True)
class Target:
    """The firm, its owner's browser, and what can be read and sent there."""

    organisation: Organisation
    browser: Client
    pages: tuple[str, ...]
    forms: tuple[Form, ...]

    def get(self, page: str) -> HttpResponse:
        """A page, as if nobody had asked before."""
        cache.clear()
        return self.browser.get(page)


@pytest.fixture(scope="module")
def target(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Target]:
    """The firm, in a transaction that ends with the module."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        block = transaction.atomic()
        block._from_testcase = True  # type: ignore[attr-defined]
        with block:
            yield _target()
            transaction.set_rollback(True)


def _target() -> Target:
    found = dict(samples())
    an_organisation_with_a_row_of_each_kind()
    organisation = Organisation.objects.get(slug=found["o"])
    owner = Membership.objects.of(organisation).filter(role=Role.OWNER).first()
    assert owner is not None
    browser = logged_in(owner.user)
    browser.raise_request_exception = False
    seeded = (each.filled(found) for each in all_addresses() if each.name not in _NO_PAGES)
    pages = (*seeded, *_pages_of_more_quotes(organisation))
    return Target(organisation, browser, pages, tuple(_forms(browser, pages)))


def _forms(browser: Client, pages: tuple[str, ...]) -> Iterator[Form]:
    """Each form once, whatever pages show it."""
    seen = set()
    for page in pages:
        cache.clear()
        answer = browser.get(page)
        if answer.status_code != 200 or not is_page(answer):
            continue
        for form in forms_in(page, answer.content):
            if (form.action, form.names) not in seen:
                seen.add((form.action, form.names))
                yield form
                yield from _sent_by_script(form)


def _sent_by_script(form: Form) -> Iterator[Form]:
    """What the editor sends besides, without a form of its own."""
    if _LIVE.search(form.action) and len(form.names) > 20:
        for act in ("live/", "keep-mine/"):
            yield replace(form, action=form.action.removesuffix("editor/") + act)


def _pages_of_more_quotes(organisation: Organisation) -> Iterator[str]:
    """A quote that is being written, and one that can be billed."""
    now = timezone.now()
    customer = Customer.objects.of(organisation).order_by("pk").first()
    assert customer is not None
    whose: dict[str, Any] = {"organisation": organisation, "by": INES, "now": now}
    written = create_quote(customer=customer, content=CHOICES, **whose)
    accepted = create_quote(customer=customer, content=a_content(), **whose)
    with transaction.atomic():
        fix_quote(quote_id=accepted.pk, **whose)
    note_quote_accepted(quote_id=accepted.pk, name="Claire Petit", note="", options=None, **whose)
    base = f"/o/{organisation.slug}/quotes/"
    yield from (f"{base}{written.pk}/", f"{base}{written.pk}/editor/", f"{base}{accepted.pk}/bill/")


def is_page(answer: HttpResponse) -> bool:
    """Whether an answer is HTML with something in it."""
    return answer.get("Content-Type", "").startswith("text/html") and bool(answer.content.strip())
