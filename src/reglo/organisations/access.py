"""The door to an organisation's pages: who comes in, and for what."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from reglo.accounts.models import User
from reglo.accounts.visitors import client_address
from reglo.journal.services import Actor
from reglo.organisations.models import Membership, Organisation
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
            wanted = permission if to_write is None or request.method in _READING else to_write
            request.membership = membership_of(request.user, slug)
            request.organisation = request.membership.organisation
            if wanted not in request.membership.permissions:
                raise PermissionDenied
            return view(request, **address)

        protected = login_required(guarded)
        protected.permission, protected.to_write = permission, to_write  # type: ignore[attr-defined]  # read by tests
        return protected

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
