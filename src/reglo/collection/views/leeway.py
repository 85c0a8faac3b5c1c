"""How far customers may go by themselves: a page of settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reglo.collection.forms.leeway import LeewayForm
from reglo.collection.queries.leeway import leeway_of
from reglo.collection.services.leeway import change_leeway
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def leeway(request: MemberRequest) -> HttpResponse:
    """See and change the limits."""
    form = LeewayForm(leeway_of(request.organisation), request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_leeway(organisation=request.organisation, facts=form.facts(), by=actor_of(request), now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("collection:leeway", slug=request.organisation.slug)
    return render(request, "collection/leeway.html", {"form": form}, status=422 if form.errors else 200)
