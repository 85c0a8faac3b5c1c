"""Known outgoings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.forecast.forms.outgoings import OutgoingForm, facts_of
from reglo.forecast.models import KnownOutgoing
from reglo.forecast.queries.outgoings import outgoings_of
from reglo.forecast.services.outgoings import add_outgoing, change_outgoing, resume_outgoing, stop_outgoing
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission


@require_GET
@needs(Permission.READ)
def outgoings(request: MemberRequest) -> HttpResponse:
    """All known outgoings."""
    return render(request, "forecast/outgoings.html", {"outgoings": outgoings_of(request.organisation)})


@require_http_methods(["GET", "POST"])
@needs(Permission.BOOK)
def outgoing_new(request: MemberRequest) -> HttpResponse:
    """Write down an outgoing."""
    form = OutgoingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_outgoing(organisation=request.organisation, facts=form.facts, by=actor_of(request), now=timezone.now())
        messages.success(request, _("The forecast counts with it from now on."))
        return redirect("forecast:outgoings", request.organisation.slug)
    return render(request, "forecast/outgoing.html", {"form": form})


@require_http_methods(["GET", "POST"])
@needs(Permission.BOOK)
def outgoing(request: MemberRequest, pk: int) -> HttpResponse:
    """Change an outgoing."""
    changed = get_object_or_404(KnownOutgoing.objects.of(request.organisation), pk=pk)
    form = OutgoingForm(request.POST or None, initial=facts_of(changed))
    if request.method == "POST" and form.is_valid():
        change_outgoing(outgoing=changed, facts=form.facts, by=actor_of(request), now=timezone.now())
        messages.success(request, _("The forecast counts with it from now on."))
        return redirect("forecast:outgoings", request.organisation.slug)
    return render(request, "forecast/outgoing.html", {"form": form, "outgoing": changed})


@require_POST
@needs(Permission.BOOK)
def outgoing_stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Count with it no more."""
    stopped = get_object_or_404(KnownOutgoing.objects.of(request.organisation), pk=pk)
    stop_outgoing(outgoing=stopped, by=actor_of(request), now=timezone.now())
    messages.success(request, _("It counts no more. “Resume” takes it up again."))
    return redirect("forecast:outgoings", request.organisation.slug)


@require_POST
@needs(Permission.BOOK)
def outgoing_resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Count with it again."""
    resumed = get_object_or_404(KnownOutgoing.objects.of(request.organisation), pk=pk)
    resume_outgoing(outgoing=resumed, by=actor_of(request), now=timezone.now())
    messages.success(request, _("It counts again."))
    return redirect("forecast:outgoings", request.organisation.slug)
