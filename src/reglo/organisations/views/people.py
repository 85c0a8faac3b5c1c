"""Who is in the organisation."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reglo.core.errors import DomainError
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import InvitationForm, RoleForm, attach
from reglo.organisations.models import Membership, Role
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import members_of, open_invitations
from reglo.organisations.services import (
    change_role,
    invite,
    leave_organisation,
    remove_member,
    revoke_invitation,
)
from reglo.organisations.toasts import say_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.PEOPLE)
def people(request: MemberRequest) -> HttpResponse:
    """Members, open invitations, and one more."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite(
                organisation=request.organisation,
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                inviter=request.user,
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("An invitation is on its way. Its link holds for seven days."))
            return _back(request)
    members = [(each, RoleForm(initial={"role": each.role}, auto_id=f"id_{each.pk}_%s")) for each in _members(request)]
    invitations = open_invitations(request.organisation, timezone.now())
    return render(request, "organisations/people.html", {"form": form, "members": members, "invitations": invitations})


@require_POST
@needs(Permission.PEOPLE)
def role(request: MemberRequest, pk: int) -> HttpResponse:
    """Another role for a member."""
    get_object_or_404(Membership.objects.of(request.organisation), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such role."))
        return _back(request)
    chosen = Role(form.cleaned_data["role"])
    return _done(request, change_role, _("The role is changed."), membership_id=pk, role=chosen)


@require_POST
@needs(Permission.PEOPLE)
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a member out."""
    return _done(request, remove_member, _("The person is no longer a member."), membership_id=pk)


@require_POST
@needs(Permission.PEOPLE)
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    return _done(request, revoke_invitation, _("The invitation is taken back."), invitation_id=pk)


@require_POST
@needs(Permission.READ)
def leave(request: MemberRequest) -> HttpResponse:
    """Go."""
    try:
        leave_organisation(
            organisation=request.organisation, user=request.user, by=actor_of(request), now=timezone.now()
        )
    except DomainError as error:
        say_refusal(request, error)
        return _back(request)
    messages.success(request, _("You have left %(organisation)s.") % {"organisation": request.organisation})
    return redirect("web:organisations")


def _members(request: MemberRequest) -> list:
    return list(members_of(request.organisation))


def _done(request: MemberRequest, service: Callable[..., object], said: str, **what: object) -> HttpResponse:
    try:
        service(organisation=request.organisation, by=actor_of(request), now=timezone.now(), **what)
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, said)
    return _back(request)


def _back(request: MemberRequest) -> HttpResponse:
    return redirect("organisations:people", slug=request.organisation.slug)
