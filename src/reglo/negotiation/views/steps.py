"""The guided pages before one negotiates: facts, limits, levers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reglo.core.errors import DomainError
from reglo.core.negotiation import usual_levers
from reglo.negotiation import services
from reglo.negotiation.forms import FactsForm, LeversForm, LimitsForm
from reglo.negotiation.models import MoneySource, Negotiation, NegotiationState
from reglo.negotiation.queries.known import known_of
from reglo.negotiation.queries.rows import negotiation_or_404
from reglo.negotiation.stored import deal_of, in_play_of, limits_of
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_TERMS)
def facts(request: MemberRequest, pk: int) -> HttpResponse:
    """The facts of the deal, prefilled from the books the first time."""
    row = negotiation_or_404(request.organisation, pk)
    if row.state != NegotiationState.OPEN:
        return _closed(request, row)
    today = today_of(request.organisation, timezone.now())
    known = known_of(request.organisation, row.customer, today=today)
    deal = deal_of(row) if row.deal is not None else None
    form = FactsForm(request.POST or None, known=known, deal=deal, source=MoneySource(row.money_source), today=today)
    if request.method == "POST" and form.is_valid():
        services.give_facts(negotiation_id=pk, deal=form.deal(), source=form.source(), **_who(request))
        return _onward(request, "limits" if deal is None else "negotiation", pk)
    return _page(request, "facts", row, form, known=known)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_TERMS)
def limits(request: MemberRequest, pk: int) -> HttpResponse:
    """What I need, what I can give, what I will not."""
    row = negotiation_or_404(request.organisation, pk)
    if row.state != NegotiationState.OPEN:
        return _closed(request, row)
    if row.deal is None:
        return _onward(request, "facts", pk)
    form = LimitsForm(request.POST or None, limits=limits_of(row))
    if request.method == "POST" and form.is_valid():
        services.draw_limits(negotiation_id=pk, limits=form.limits(), **_who(request))
        return _onward(request, "levers" if row.in_play is None else "negotiation", pk)
    return _page(request, "limits", row, form, groups=form.groups())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_TERMS)
def levers(request: MemberRequest, pk: int) -> HttpResponse:
    """Which levers are in play."""
    row = negotiation_or_404(request.organisation, pk)
    if row.state != NegotiationState.OPEN:
        return _closed(request, row)
    if row.deal is None:
        return _onward(request, "facts", pk)
    form = LeversForm(request.POST or None, in_play=in_play_of(row))
    if request.method == "POST" and form.is_valid() and _chosen(request, pk, form):
        return _onward(request, "negotiation", pk)
    tiers = [each[0] for each in usual_levers(deal_of(row)).discounts if each]
    return _page(request, "levers", row, form, tiers=tiers)


def _chosen(request: MemberRequest, pk: int, form: LeversForm) -> bool:
    """Whether the levers were put into play; if not, the form says why."""
    try:
        services.choose_levers(negotiation_id=pk, in_play=form.in_play(), **_who(request))
    except DomainError as error:
        attach(error, form)
        return False
    return True


def _page(request: MemberRequest, step: str, row: Negotiation, form: Any, **values: object) -> HttpResponse:
    shown = {"negotiation": row, "form": form, "step": step, **values}
    return render(request, f"negotiation/{step}.html", shown, status=422 if form.errors else 200)


def _closed(request: MemberRequest, row: Negotiation) -> HttpResponse:
    messages.info(request, _("This negotiation is closed: reopen it to change it."))
    return _onward(request, "negotiation", row.pk)


def _onward(request: MemberRequest, step: str, pk: int) -> HttpResponse:
    return redirect(f"negotiation:{step}", request.organisation.slug, pk)


def _who(request: MemberRequest) -> dict[str, Any]:
    return {"organisation": request.organisation, "by": actor_of(request), "now": timezone.now()}
