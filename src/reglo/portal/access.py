"""The door of the portal: whose key this is, what it opens, how often, and what is told to browsers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from reglo.accounts.language import page_language
from reglo.accounts.visitors import client_address
from reglo.customers.models import Contact, Customer
from reglo.customers.queries import family_of, root_of
from reglo.delivery.models import PortalLink
from reglo.delivery.services import see_link
from reglo.delivery.signing import link_id_of
from reglo.journal.services import Actor
from reglo.organisations.models import Organisation
from reglo.portal.limits import (
    ACTS_OF_A_LINK,
    BAD_KEYS_OF_AN_ADDRESS,
    PAGES_OF_A_LINK,
    PAGES_OF_AN_ADDRESS,
    is_within,
)

View = Callable[..., HttpResponse]

#: Says that a browser, not a scanner of mails, has been here: set by a page, given back with what the reader does.
SEEN_COOKIE = "reglo_portal"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who holds a key, and which customers it opens."""

    token: str
    link: PortalLink
    contact: Contact
    customer: Customer
    organisation: Organisation
    customers: tuple[int, ...]  #: the contact's customer and those merged with it
    now: datetime
    address: str | None
    user_agent: str

    @property
    def actor(self) -> Actor:
        """Who acts, for the journal."""
        return Actor(name=f"{self.contact.name} ({self.customer.name})", address=self.address)

    def acting_as(self, name: str) -> Actor:
        """Who acts under a name that was typed."""
        return Actor(name=f"{name} ({self.customer.name})", address=self.address)


class PortalRequest(HttpRequest):
    """A request with a living key."""

    visitor: Visitor


def visited(view: View) -> View:
    """Let a view be called only with a living key; it gets (request, **the rest of the address).

    Any other key, whatever is wrong with it, shows one page that offers a new link.
    """

    @wraps(view)
    def guarded(request: PortalRequest, token: str, **address: Any) -> HttpResponse:
        answer = _answer(view, request, token, address)
        return with_headers(answer)

    guarded.is_portal = True  # type: ignore[attr-defined]  # read by tests
    return guarded


def _answer(view: View, request: PortalRequest, token: str, address: dict[str, Any]) -> HttpResponse:
    where = client_address(request)
    if not is_within(PAGES_OF_AN_ADDRESS, where):
        return too_often(request)
    link = link_of(token)
    now = timezone.now()
    if link is None or not is_living(link, now):
        return closed(request, token)
    if not is_within(PAGES_OF_A_LINK, link.pk):
        return too_often(request)
    if request.method == "POST" and not is_within(ACTS_OF_A_LINK, link.pk):
        return too_often(request)
    see_link(link, now=now)
    request.visitor = _visitor(request, token, link, now)
    with translation.override(language_of(request, request.visitor.customer.language)):
        try:
            answer = view(request, **address)
        except Http404:
            answer = render(request, "portal/not_there.html", {"token": token}, status=404)
        answer.headers.setdefault("Content-Language", page_language())
    answer.set_cookie(
        SEEN_COOKIE, "1", max_age=3600, path="/p/", secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return answer


def link_of(token: str) -> PortalLink | None:
    """The link whose key this is, living or not."""
    link_id = link_id_of(token)
    if link_id is None:
        return None
    rows = PortalLink.objects.select_related("contact__customer__merged_into", "organisation")
    return rows.filter(pk=link_id).first()


def is_living(link: PortalLink, now: datetime) -> bool:
    """Whether a key opens anything: not revoked, not expired, and its contact still there."""
    return link.revoked_at is None and link.expires_at > now and link.contact.archived_at is None


def _visitor(request: HttpRequest, token: str, link: PortalLink, now: datetime) -> Visitor:
    contact = link.contact
    return Visitor(
        token=token,
        link=link,
        contact=contact,
        customer=root_of(contact.customer),
        organisation=link.organisation,
        customers=tuple(family_of(root_of(contact.customer))),
        now=now,
        address=client_address(request),
        user_agent=request.headers.get("User-Agent", "")[:300],
    )


def language_of(request: HttpRequest, theirs: str) -> str:
    """What the visitor chose on the page, else the customer's language."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else theirs


def closed(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a key that opens nothing: the same for one that was never ours."""
    if not is_within(BAD_KEYS_OF_AN_ADDRESS, client_address(request)):
        return too_often(request)
    return render(request, "portal/closed.html", {"token": token}, status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    """Asks to come back later."""
    answer = render(request, "portal/too_often.html", status=429)
    answer.headers["Retry-After"] = "60"
    return answer


def with_headers(answer: HttpResponse) -> HttpResponse:
    """Nothing of the portal is kept, indexed, or told to other sites."""
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # The origin alone, never the path with the key. "no-referrer" would make browsers post "Origin: null", which the
    # protection against forged requests must refuse.
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer
