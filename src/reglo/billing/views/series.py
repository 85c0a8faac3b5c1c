"""Settings of number series."""

from collections.abc import Callable
from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reglo.billing.forms.series import NewSeriesForm, SeriesForm
from reglo.billing.models import NumberSeries
from reglo.billing.queries.series import next_numbers, series_of
from reglo.billing.services.numbering import (
    archive_series,
    change_series,
    create_series,
    default_series,
    make_default,
)
from reglo.core.errors import DomainError
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.organisations.toasts import say_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def series(request: MemberRequest) -> HttpResponse:
    """All series with their next numbers, and one more."""
    form = NewSeriesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            create_series(
                organisation=request.organisation,
                facts=form.facts(),
                for_quotes=form.cleaned_data["is_for_quotes"],
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("The series is there."))
            return _back(request)
    for for_quotes in (False, True):
        default_series(request.organisation, for_quotes=for_quotes)
    today = today_of(request.organisation, timezone.now())
    rows = [(each, next_numbers(each, today)) for each in series_of(request.organisation)]
    return render(request, "billing/series.html", {"form": form, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SETTINGS)
def one_series(request: MemberRequest, pk: int) -> HttpResponse:
    """How a series is spelled from now on. With `preview`, only what its next numbers would be."""
    found = get_object_or_404(NumberSeries.objects.of(request.organisation), pk=pk)
    typed = copy(found)
    form = SeriesForm(request.POST or None, instance=typed)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            change_series(
                series_id=pk,
                organisation=request.organisation,
                facts=form.facts(),
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("The next numbers are spelled so. Those that were given stay as they are."))
            return _back(request)
    today = today_of(request.organisation, timezone.now())
    shown = typed if form.is_bound and form.is_valid() else found
    context = {"form": form, "series": found, "numbers": next_numbers(shown, today)}
    return render(request, "billing/one_series.html", context)


@require_POST
@needs(Permission.SETTINGS)
def series_default(request: MemberRequest, pk: int) -> HttpResponse:
    """Number from this series what names none."""
    return _done(request, make_default, pk, _("New documents take their numbers from this series."))


@require_POST
@needs(Permission.SETTINGS)
def series_archive(request: MemberRequest, pk: int) -> HttpResponse:
    """Offer a series no longer."""
    return _done(request, archive_series, pk, _("The series is archived. Its documents stay."))


def _done(request: MemberRequest, service: Callable[..., NumberSeries], pk: int, said: str) -> HttpResponse:
    get_object_or_404(NumberSeries.objects.of(request.organisation), pk=pk, archived_at=None)
    try:
        service(organisation=request.organisation, series_id=pk, by=actor_of(request), now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, said)
    return _back(request)


def _back(request: MemberRequest) -> HttpResponse:
    return redirect("billing:series", slug=request.organisation.slug)
