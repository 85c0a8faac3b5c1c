"""The rates of interest: those that Réglo ships, and those that an organisation entered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reglo.core.dates import HalfYear
from reglo.core.errors import DomainError
from reglo.core.rates import Rate, RateKind, rate_for
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import RateForm, attach
from reglo.organisations.forms.rates import RATE_NAMES, offered_half_years
from reglo.organisations.models import InterestRate, Organisation
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import own_rates, rates_of, today_of
from reglo.organisations.services import forget_rate, set_rate

_SHOWN = 5  #: half-years


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def rates(request: MemberRequest) -> HttpResponse:
    """The rates of the last half-years, and a form to enter one."""
    organisation, now = request.organisation, timezone.now()
    today = today_of(organisation, now)
    asked = request.GET.get("half_year", str(HalfYear.of(today)))
    form = RateForm(request.POST or None, today=today, initial={"half_year": asked})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            set_rate(
                organisation=organisation,
                kind=RateKind(typed["kind"]),
                half_year=HalfYear.parse(typed["half_year"]),
                percent=typed["percent"],
                source=typed["source"],
                by=actor_of(request),
                now=now,
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("The rate is entered: interest is worked out with it from now on."))
            return redirect("organisations:rates", slug=organisation.slug)
    shown = list(reversed(offered_half_years(today)[:_SHOWN]))
    values = {
        "form": form,
        "half_years": shown,
        "rows": _rows(organisation, shown),
        "own": [(each, RATE_NAMES[RateKind(each.kind)]) for each in own_rates(organisation)],
    }
    return render(request, "organisations/rates.html", values)


def _rows(organisation: Organisation, half_years: list[HalfYear]) -> list[tuple[object, list[Rate | None]]]:
    """Each kind with its rate of each half-year; None where it is not known yet."""
    table = rates_of(organisation)
    known = {kind: [rate_for(kind, each.first_day, table) for each in half_years] for kind in RATE_NAMES}
    return [(RATE_NAMES[kind], [None if each.provisional else each for each in row]) for kind, row in known.items()]


@require_POST
@needs(Permission.SETTINGS)
def forget(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back a rate that was entered."""
    rate = get_object_or_404(InterestRate.objects.of(request.organisation), pk=pk)
    forget_rate(organisation=request.organisation, rate_id=rate.pk, by=actor_of(request), now=timezone.now())
    messages.success(request, _("The rate is taken back."))
    return redirect("organisations:rates", slug=request.organisation.slug)
