"""Dashboard, search, palette."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reglo.banking.queries.lines import open_line_count
from reglo.charts.bars import BarChart, bar_chart
from reglo.collection.queries.day import day_of
from reglo.core.parties import VatRegime
from reglo.delivery import queries as delivery
from reglo.forecast.queries import expected_cash
from reglo.jobs import queries as jobs
from reglo.jobs.models import JobState
from reglo.journal.queries import journal_of
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.franchise import Standing, standing
from reglo.organisations.models import FranchiseActivity, Organisation
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.web.dashboard import Figures, figures_of, money_of, turnover_minor, waiting_of
from reglo.web.guide import first_steps
from reglo.web.palette import acts_for
from reglo.web.search import search_everything

_LONGEST_SEARCH = 100
_LATEST = 8


@require_GET
@needs(Permission.READ)
def dashboard(request: MemberRequest) -> HttpResponse:
    """Where the organisation stands, and what waits."""
    organisation = request.organisation
    now = timezone.now()
    today = today_of(organisation, now)
    figures = figures_of(organisation, today)
    values = {
        "guide": first_steps(organisation, today),
        "figures": figures,
        "money": money_of(organisation, today),
        "expected": expected_cash(organisation, today=today),
        "day": day_of(organisation, today=today),
        "lines_to_decide": open_line_count(organisation),
        "chart": _chart(figures),
        "waiting": waiting_of(organisation, today),
        "message_troubles": delivery.troubles(organisation, now=now),
        "failed_jobs": jobs.troubles(organisation).filter(state=JobState.FAILED).count(),
        "entries": journal_of(organisation.pk)[:_LATEST],
        "franchise": _franchise(organisation, today),
    }
    return render(request, "web/dashboard.html", values)


@require_GET
@needs(Permission.READ)
def search(request: MemberRequest) -> HttpResponse:
    """Everything that matches."""
    text = _asked(request)
    found = search_everything(request.organisation, text)
    return render(request, "web/search.html", {"text": text, "found": found})


@require_GET
@needs(Permission.READ)
def palette(request: MemberRequest) -> HttpResponse:
    """What the palette offers for what is typed: acts and pages, then what is found."""
    text = _asked(request)
    values = {
        "acts": acts_for(request.membership, text),
        "found": search_everything(request.organisation, text),
        "text": text,
    }
    return render(request, "web/_palette.html", values)


def _chart(figures: Figures) -> BarChart:
    """The last twelve months as bars, the present one marked."""
    return bar_chart(
        [(date_format(month, "N"), billed) for month, billed in figures.months],
        key="billed",
        title=_("Billed month by month"),
        about=_("Bars of the last twelve months; the table below says the same in figures."),
        marked=-1,
    )


def _franchise(organisation: Organisation, today: date) -> Standing | None:
    """How the turnover stands to the ceilings of the VAT franchise; None for who is not in it."""
    if organisation.vat_regime != VatRegime.FRANCHISE:
        return None
    return standing(FranchiseActivity(organisation.franchise_activity), turnover_minor(organisation, today), on=today)


def _asked(request: MemberRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:_LONGEST_SEARCH]
