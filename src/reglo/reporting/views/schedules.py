"""Reports that go out by themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.reporting.catalogue import REPORTS
from reglo.reporting.forms.schedules import ScheduleForm, facts_of
from reglo.reporting.models import Schedule
from reglo.reporting.queries import failed_dispatches, schedules_of
from reglo.reporting.services.schedules import change_schedule, resume_schedule, schedule_report, stop_schedule


@require_GET
@needs(Permission.READ)
def schedules(request: MemberRequest) -> HttpResponse:
    """All regular reports, and what could not be sent."""
    rows = [(each, REPORTS[each.report].title) for each in schedules_of(request.organisation) if each.report in REPORTS]
    values = {"rows": rows, "failed": failed_dispatches(request.organisation)}
    return render(request, "reporting/schedules.html", values)


@require_http_methods(["GET", "POST"])
@needs(Permission.SETTINGS)
def schedule_new(request: MemberRequest) -> HttpResponse:
    """Let a report go out regularly; ?report= is chosen already."""
    initial = {
        "report": f"{request.GET.get('report', '')}:{request.GET.get('by', '')}",
        "language": request.organisation.language,
        "rhythm": "month",
        "recipients": request.user.email,
    }
    form = ScheduleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        schedule_report(organisation=request.organisation, wanted=form.wanted, by=actor_of(request), now=timezone.now())
        messages.success(request, _("The report will go out by itself."))
        return redirect("reporting:schedules", request.organisation.slug)
    return render(request, "reporting/schedule.html", {"form": form})


@require_http_methods(["GET", "POST"])
@needs(Permission.SETTINGS)
def schedule(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a regular report."""
    changed = get_object_or_404(Schedule.objects.of(request.organisation), pk=pk)
    form = ScheduleForm(request.POST or None, initial=facts_of(changed))
    if request.method == "POST" and form.is_valid():
        change_schedule(schedule=changed, wanted=form.wanted, by=actor_of(request), now=timezone.now())
        messages.success(request, _("From now on it goes out like this."))
        return redirect("reporting:schedules", request.organisation.slug)
    return render(request, "reporting/schedule.html", {"form": form, "schedule": changed})


@require_POST
@needs(Permission.SETTINGS)
def schedule_stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Send it no more."""
    stopped = get_object_or_404(Schedule.objects.of(request.organisation), pk=pk)
    stop_schedule(schedule=stopped, by=actor_of(request), now=timezone.now())
    messages.success(request, _("It is stopped. “Resume” takes it up again."))
    return redirect("reporting:schedules", request.organisation.slug)


@require_POST
@needs(Permission.SETTINGS)
def schedule_resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Send it again."""
    resumed = get_object_or_404(Schedule.objects.of(request.organisation), pk=pk)
    resume_schedule(schedule=resumed, by=actor_of(request), now=timezone.now())
    messages.success(request, _("It goes out again from now on."))
    return redirect("reporting:schedules", request.organisation.slug)
