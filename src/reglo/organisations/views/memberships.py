"""How one comes in: an organisation of one's own, or an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reglo.accounts.adapter import INVITED
from reglo.accounts.models import User
from reglo.accounts.visitors import client_address
from reglo.core.errors import DomainError
from reglo.core.parties import VatRegime
from reglo.journal.services import Actor
from reglo.organisations.forms import NewOrganisationForm, attach
from reglo.organisations.invitations import invitation_of
from reglo.organisations.letterhead import letterhead_of
from reglo.organisations.models import Invitation, Organisation
from reglo.organisations.queries import with_what_follows
from reglo.organisations.services import accept_invitation, create_organisation


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Make an organisation from a SIREN and a name."""
    user = _user(request)
    form = NewOrganisationForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"vat_regime": VatRegime(form.cleaned_data["vat_regime"])}
        try:
            made = create_organisation(
                user=user, language=user.language, by=_actor(request), now=timezone.now(), **facts
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(
                request, _("%(organisation)s is ready. Now complete its identity.") % {"organisation": made}
            )
            return redirect("organisations:identity", slug=made.slug)
    return render(request, "organisations/new.html", {"form": form})


@require_safe
@login_required
def preview(request: HttpRequest) -> HttpResponse:
    """What follows from the SIREN that is being typed, for htmx."""
    form = NewOrganisationForm(request.GET)
    form.is_valid()
    facts = form.cleaned_data
    shown: dict[str, object] = {"siren_errors": form.errors.get("siren") if request.GET.get("siren") else None}
    if facts.get("siren"):
        organisation = Organisation(name=facts.get("name", ""), siren=facts["siren"])
        organisation.sole_trader = facts["sole_trader"]
        organisation.vat_regime = facts.get("vat_regime", VatRegime.RECEIPTS.value)
        shown["letterhead"] = letterhead_of(with_what_follows(organisation))
    return render(request, "organisations/_following.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation; a visitor logs in or makes an account first."""
    invitation = invitation_of(token)
    if invitation is None:
        raise Http404
    user = request.user
    if not isinstance(user, User):
        request.session[INVITED] = True
        return render(request, "organisations/join.html", {"invitation": invitation, "next": request.path})
    if request.method == "POST":
        return _join(request, invitation, user)
    return render(request, "organisations/join.html", {"invitation": invitation})


def _join(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    try:
        accept_invitation(invitation_id=invitation.pk, user=user, by=_actor(request), now=timezone.now())
    except DomainError as error:
        return render(request, "organisations/join.html", {"invitation": invitation, "error": error}, status=409)
    messages.success(request, _("Welcome to %(organisation)s.") % {"organisation": invitation.organisation})
    return redirect("home:dashboard", slug=invitation.organisation.slug)


def _actor(request: HttpRequest) -> Actor:
    user = _user(request)
    return Actor(name=str(user), user_id=user.pk, address=client_address(request))


def _user(request: HttpRequest) -> User:
    """The user of a request that `login_required` has let through."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("this view needs a login")
    return user
