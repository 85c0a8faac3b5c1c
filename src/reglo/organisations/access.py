"""The door to an organisation's pages: who comes in, and for what."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from reglo.accounts.models import User
from reglo.accounts.visitors import client_address
from reglo.journal.services import Actor
from reglo.organisations.models import Membership, Organisation, Role
from reglo.organisations.permissions import Permission

View = Callable[..., HttpResponseBase]

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class MemberRequest(HttpRequest):
    """A request of a member, as `needs` hands it to a view."""

    user: User
    organisation: Organisation
    membership: Membership


def needs(permission: Permission, *, to_write: Permission | None = None) -> Callable[[View], View]:
    """Let a view be called only by members whose role has `permission`; to write, `to_write` where it is given.

    The view gets (request, **the rest of the address), with `request.organisation` and `request.membership`. No login
    leads to the login page, another organisation is 404, a role without the right is 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, slug: str, **address: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            wanted = permission if to_write is None or request.method in _READING else to_write
            request.membership = membership_of(request.user, slug)
            request.organisation = request.membership.organisation
            if wanted not in request.membership.permissions:
                raise PermissionDenied(_refusal(request.membership))
            return view(request, **address)

        guarded.permission, guarded.to_write = permission, to_write  # type: ignore[attr-defined]  # read by tests
        return guarded

    return decorate


def membership_of(user: User, slug: str) -> Membership:
    """The membership of `user` in the organisation at `slug`. Raises Http404 where there is none."""
    found = Membership.objects.select_related("organisation").filter(user=user, organisation__slug=slug).first()
    if found is None:
        raise Http404
    return found


def actor_of(request: MemberRequest) -> Actor:
    """Who acts, for services and the journal."""
    return Actor(name=str(request.user), user_id=request.user.pk, address=client_address(request))


def _to_login(request: HttpRequest) -> HttpResponseBase:
    """The login page, which leads back; for a fragment, the whole page goes there."""
    if request.headers.get("HX-Request") != "true":
        return redirect_to_login(request.get_full_path())
    page = urlsplit(request.headers.get("HX-Current-URL", "")).path
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return HttpResponseClientRedirect(redirect_to_login(page if is_ours else "/").url)


def _refusal(membership: Membership) -> str:
    """Why somebody may not, and whom to ask."""
    owners = Membership.objects.of(membership.organisation).filter(role=Role.OWNER).select_related("user")
    return _("Your role in %(organisation)s does not allow this. Ask an owner: %(owners)s.") % {
        "organisation": membership.organisation,
        "owners": ", ".join(str(owner) for owner in owners),
    }
