"""The page where one negotiates: an offer, and the answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reglo.core.errors import DomainError
from reglo.core.negotiation import Offer, Point, Side
from reglo.customers.queries import choosable_customers
from reglo.journal.queries import journal_of
from reglo.negotiation import services
from reglo.negotiation.doubt_sheet import DoubtSheet, doubt_sheet_of
from reglo.negotiation.forms import ChosenCustomerForm, OfferForm, RoundForm
from reglo.negotiation.models import Negotiation, NegotiationState
from reglo.negotiation.queries.answering import doubts_of, points_of, story_of, table_of
from reglo.negotiation.queries.happening import aftermath_of
from reglo.negotiation.queries.rows import negotiation_or_404
from reglo.negotiation.sheet import round_rows, sheet_of
from reglo.negotiation.stored import deal_of, position_of
from reglo.negotiation.taking import unpacked
from reglo.negotiation.wording import STATES
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.organisations.toasts import say_refusal

_HISTORY = 20


@dataclass(frozen=True, slots=True)
class _Asked:
    """The form, and the offer that it makes; None while it is wrong."""

    form: OfferForm
    offer: Offer | None


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ)
def negotiation(request: MemberRequest, pk: int) -> HttpResponse:
    """The page; by POST with an offer to try, of which nothing is kept. For htmx the answer or the doubts alone."""
    row = negotiation_or_404(request.organisation, pk)
    if row.deal is None:
        return _without_facts(request, row)
    asked = _asked(request, row)
    match request.headers.get("HX-Target"):
        case "answer":
            values = _answer(request, row, asked, points_of(row)) | {"is_fragment": True}
            return render(request, "negotiation/_answer.html", values)
        case "doubts":
            return render(request, "negotiation/_doubts.html", {"sheet": _doubts(row, asked)})
    return _page(request, row, asked, RoundForm(initial={"on": _today(request)}))


@require_POST
@needs(Permission.WRITE_TERMS)
def keep(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave the sliders where they are."""
    row = negotiation_or_404(request.organisation, pk)
    if row.deal is None:
        return _without_facts(request, row)
    asked = _asked(request, row)
    if asked.offer is None or not _kept(request, row, asked):
        return _page(request, row, asked, RoundForm(initial={"on": _today(request)}))
    messages.success(request, _("The sliders stay where you left them."))
    return redirect("negotiation:negotiation", request.organisation.slug, pk)


@require_POST
@needs(Permission.WRITE_TERMS)
def note_round(request: MemberRequest, pk: int) -> HttpResponse:
    """Note the offer of the form as one that was made; ours leads to its letter."""
    row = negotiation_or_404(request.organisation, pk)
    if row.deal is None:
        return _without_facts(request, row)
    asked, form = _asked(request, row), RoundForm(request.POST)
    if asked.offer is None or not form.is_valid():
        return _page(request, row, asked, form)
    facts = form.cleaned_data
    try:
        made = services.note_round(
            negotiation_id=pk,
            side=facts["by"],
            offer=asked.offer,
            on=facts["on"],
            note=facts["note"],
            **_who(request),
        )
    except DomainError as error:
        attach(error, asked.form)
        return _page(request, row, asked, form)
    if facts["by"] is Side.OURS:
        return redirect("negotiation:round", request.organisation.slug, made.pk)
    messages.success(request, _("Their offer is noted."))
    return redirect("negotiation:negotiation", request.organisation.slug, pk)


def _asked(request: MemberRequest, row: Negotiation) -> _Asked:
    """What the form says: a point that was taken from a table, what was typed, or where the sliders stood."""
    if request.method != "POST":
        return _as_it_stands(position_of(row))
    if taken := request.POST.get("take"):
        try:
            return _as_it_stands(unpacked(taken))
        except DomainError as error:
            say_refusal(request, error)
            return _as_it_stands(position_of(row))
    form = OfferForm(request.POST)
    return _Asked(form, form.offer() if form.is_valid() else None)


def _as_it_stands(offer: Offer) -> _Asked:
    return _Asked(OfferForm(initial=OfferForm.initial_of_offer(offer)), offer)


def _kept(request: MemberRequest, row: Negotiation, asked: _Asked) -> bool:
    """Whether the position was kept; if not, the form says why."""
    assert asked.offer is not None
    try:
        services.keep_position(negotiation_id=row.pk, offer=asked.offer, **_who(request))
    except DomainError as error:
        attach(error, asked.form)
        return False
    return True


def _answer(request: MemberRequest, row: Negotiation, asked: _Asked, rounds: Sequence[Point]) -> dict[str, Any]:
    """What the answer shows: the sheet, or why there is none. rounds: in the drawing."""
    sheet, refusal = None, None
    if asked.offer is not None:
        try:
            sheet = sheet_of(table_of(row, asked.offer, today=_today(request)), rounds)
        except DomainError as error:
            refusal = error.message
    wrong = [(field.label, field.errors) for field in asked.form if field.errors] if asked.form.is_bound else []
    return {"negotiation": row, "sheet": sheet, "refusal": refusal, "wrong": wrong}


def _doubts(row: Negotiation, asked: _Asked) -> DoubtSheet | None:
    """How sure the answer is; None while there is none."""
    return None if asked.offer is None else doubt_sheet_of(doubts_of(row, asked.offer))


def _page(request: MemberRequest, row: Negotiation, asked: _Asked, round_form: RoundForm) -> HttpResponse:
    """The whole page."""
    is_open = row.state == NegotiationState.OPEN
    customers = choosable_customers(request.organisation)
    likely = customers.filter(name__iexact=row.name).first()
    subjects = journal_of(request.organisation.pk).filter(subject_type="negotiation", subject_id=row.pk)
    story = story_of(row)
    values = {
        **_answer(request, row, asked, story.points),
        "doubts": _doubts(row, asked),
        "form": asked.form,
        "round_form": round_form,
        "is_open": is_open,
        "state": STATES[NegotiationState(row.state)],
        "story": story,
        "round_rows": list(round_rows(story, deal_of(row).current)),
        "aftermath": aftermath_of(row, today=_today(request)),
        "history": subjects[:_HISTORY],
        "customer_form": None
        if row.customer_id or not is_open
        else ChosenCustomerForm(customers=customers, initial={"customer": likely}),
        "has_customers": customers.exists(),
    }
    wrong = asked.form.is_bound and bool(asked.form.errors)
    status = 422 if wrong or (round_form.is_bound and round_form.errors) else 200
    return render(request, "negotiation/negotiation.html", values, status=status)


def _without_facts(request: MemberRequest, row: Negotiation) -> HttpResponse:
    """To the first step, for who may take it."""
    if Permission.WRITE_TERMS in request.membership.permissions and row.state == NegotiationState.OPEN:
        return redirect("negotiation:facts", request.organisation.slug, row.pk)
    state = STATES[NegotiationState(row.state)]
    return render(request, "negotiation/without_facts.html", {"negotiation": row, "state": state})


def _today(request: MemberRequest) -> date:
    return today_of(request.organisation, timezone.now())


def _who(request: MemberRequest) -> dict[str, Any]:
    return {"organisation": request.organisation, "by": actor_of(request), "now": timezone.now()}
