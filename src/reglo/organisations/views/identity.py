"""Who the organisation is, and what of it stands on documents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reglo.core.errors import DomainError
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import IdentityForm, attach
from reglo.organisations.guide import organisation_steps
from reglo.organisations.letterhead import letterhead_of
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.organisations.services import change_identity


@require_safe
@needs(Permission.READ)
def overview(request: MemberRequest) -> HttpResponse:
    """All settings, and what is missing in them."""
    steps = organisation_steps(request.organisation, today_of(request.organisation, timezone.now()))
    return render(request, "organisations/settings.html", {"missing": [each for each in steps if not each.is_done]})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def identity(request: MemberRequest) -> HttpResponse:
    """The form of all that an organisation is."""
    form = IdentityForm(request.POST or None, instance=request.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            change_identity(
                organisation=request.organisation, facts=form.facts(), by=actor_of(request), now=timezone.now()
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("The identity is saved. Invoices issued before keep theirs."))
            return redirect("organisations:identity", slug=request.organisation.slug)
    shown = {"form": form, "letterhead": letterhead_of(request.organisation)}
    return render(request, "organisations/identity.html", shown)


@require_safe
@needs(Permission.READ)
def preview(request: MemberRequest) -> HttpResponse:
    """How documents would name the organisation with what stands in the form, for htmx."""
    organisation = IdentityForm(request.GET, instance=request.organisation).previewed
    return render(request, "organisations/_letterhead.html", {"letterhead": letterhead_of(organisation)})
