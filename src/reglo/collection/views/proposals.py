"""Proposals: preparing one with its cost in view, sending it, answering what was asked; the plans that came of it."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.collection.forms.disputes import WordsForm
from reglo.collection.forms.proposals import KINDS, AnswerForm, ProposalForm, SendForm, ToldAnswerForm
from reglo.collection.listings.said import PLAN_STATES, PLANS, PROPOSAL_STATES, PROPOSALS, plan_state
from reglo.collection.models import Dispute, Plan, Proposal, ProposalKind, ProposalState
from reglo.collection.queries.disputes import open_disputes
from reglo.collection.queries.exposure import items_of_invoices, owed_items
from reglo.collection.queries.leeway import leeway_of
from reglo.collection.queries.plans import judged, plans_of
from reglo.collection.queries.proposals import cost_of_offer, forecast_of, offer_of, proposals_of
from reglo.collection.services import proposals as services
from reglo.collection.services.plans import end_plan
from reglo.collection.services.promises import require_one_currency
from reglo.collection.views.rows import customer_or_404
from reglo.core.dates import next_business_day
from reglo.core.errors import DomainError
from reglo.core.proposals import Cost
from reglo.customers.models import Contact, Customer
from reglo.customers.queries import family_of
from reglo.ledger.models import OpenItem
from reglo.lists.views import Answer, list_page
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import rates_of, today_of
from reglo.organisations.toasts import say_refusal

_SOON = timedelta(days=8)
_USUAL: dict[str, Any] = {"count": 3, "percent": Decimal(2)}


@require_GET
@needs(Permission.READ)
def proposals(request: MemberRequest) -> Answer:
    """All proposals."""
    return list_page(request, PROPOSALS, proposals_of(request.organisation))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.COLLECT)
def new(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Prepare a proposal of a kind (?kind=plan), its cost shown while one decides."""
    customer = customer_or_404(request, customer_pk)
    chosen = request.GET.get("kind", ProposalKind.PLAN)
    if chosen not in ProposalKind.values:
        raise Http404
    kind = ProposalKind(chosen)
    dispute = _dispute(request, customer) if kind == ProposalKind.SPLIT else None
    items = _items(request, customer, dispute)
    today = today_of(request.organisation, timezone.now())
    form = ProposalForm(kind, items, request.POST or None, initial=_USUAL | {"by_day": _soon(today)})
    cost = None
    if request.method != "POST" and len({each.currency for each in items}) == 1:
        usual = services.Wish(kind=kind, by_day=_soon(today), dispute_id=dispute.pk if dispute else None, **_USUAL)
        with suppress(DomainError):  # too little to divide: the form says so once it is sent
            cost = _cost(request, customer, items, usual, dispute, today=today)
    if request.method == "POST" and form.is_valid():
        wish = _wish(kind, form, dispute)
        try:
            if request.POST.get("act") == "prepare":
                return _prepare(request, customer, items, form, wish)
            ticked = _chosen(items, form)
            require_one_currency(ticked)
            cost = _cost(request, customer, ticked, wish, dispute, today=today)
        except DomainError as error:
            attach(error, form)
    values = {
        "form": form,
        "customer": customer,
        "kind": kind,
        "kinds": [(each.value, label) for each, label in KINDS.items() if each != ProposalKind.SPLIT],
        "label": KINDS[kind],
        "dispute": dispute,
        "items": items,
        "cost": cost,
        "forecast": forecast_of(customer, items, today=today) if items else None,
    }
    template = "collection/_cost.html" if request.headers.get("HX-Target") == "cost" else "collection/proposal_new.html"
    return render(request, template, values, status=422 if form.errors and template.endswith("new.html") else 200)


@require_GET
@needs(Permission.READ)
def proposal(request: MemberRequest, pk: int) -> HttpResponse:
    """One proposal: what it says, what it costs, what to do now."""
    return _page(request, _proposal(request, pk))


@require_POST
@needs(Permission.COLLECT)
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """Send it to a contact."""
    row = _proposal(request, pk)
    form = SendForm(_contacts(row.customer), request.POST)
    if not form.is_valid():
        return _page(request, row, send=form)
    return _act(
        request,
        row,
        _("The proposal is on its way."),
        lambda: services.send_proposal(
            proposal_id=pk,
            organisation=request.organisation,
            contact=form.cleaned_data["contact"],
            by=actor_of(request),
            now=timezone.now(),
        ),
    )


@require_POST
@needs(Permission.COLLECT)
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it back."""
    row = _proposal(request, pk)
    return _act(
        request,
        row,
        _("The proposal is withdrawn."),
        lambda: services.withdraw_proposal(
            proposal_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now()
        ),
    )


@require_POST
@needs(Permission.COLLECT)
def grant(request: MemberRequest, pk: int) -> HttpResponse:
    """Say yes to what the customer asked for."""
    return _answer_request(
        request, pk, services.grant_request, _("Granted: the plan begins, and the customer is told.")
    )


@require_POST
@needs(Permission.COLLECT)
def refuse(request: MemberRequest, pk: int) -> HttpResponse:
    """Say no to it, with reasons."""
    return _answer_request(request, pk, services.refuse_request, _("Your answer is on its way."))


@require_POST
@needs(Permission.COLLECT)
def told(request: MemberRequest, pk: int) -> HttpResponse:
    """Note that the customer accepted or refused by phone."""
    row, form = _proposal(request, pk), ToldAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, told=form)
    return _act(
        request,
        row,
        _("The answer is noted."),
        lambda: services.answer_proposal(
            proposal_id=pk,
            organisation=request.organisation,
            accepted=request.POST.get("answer") == "accept",
            name=form.cleaned_data["name"],
            answer="",
            sha256=row.sha256,
            by=actor_of(request),
            now=timezone.now(),
        ),
    )


@require_POST
@needs(Permission.COLLECT)
def say(request: MemberRequest, pk: int) -> HttpResponse:
    """Write in the thread."""
    row, form = _proposal(request, pk), WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, row, words=form)
    return _act(
        request,
        row,
        _("Your message is on its way."),
        lambda: services.say_in_proposal(
            proposal_id=pk,
            organisation=request.organisation,
            text=form.cleaned_data["text"],
            is_ours=True,
            name=str(request.user),
            by=actor_of(request),
            now=timezone.now(),
        ),
    )


@require_GET
@needs(Permission.READ)
def plans(request: MemberRequest) -> Answer:
    """All plans."""
    return list_page(request, PLANS, plans_of(request.organisation))


@require_GET
@needs(Permission.READ)
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """One plan: what was paid of it, what comes next."""
    row = get_object_or_404(plans_of(request.organisation), pk=pk)
    found = judged(row, today=today_of(request.organisation, timezone.now()))
    values = {
        "plan": row,
        "found": found,
        "state": plan_state(row),
        "says": PLAN_STATES[found.state],
        "items": [each.item for each in row.items.select_related("item")],
        "is_running": row.ended_at is None and row.completed_at is None,
    }
    return render(request, "collection/plan.html", values)


@require_POST
@needs(Permission.COLLECT)
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """End a plan by decision."""
    get_object_or_404(Plan.objects.of(request.organisation), pk=pk)
    end_plan(plan_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    messages.success(request, _("The plan has ended: reminders go on where they had stopped."))
    return redirect("collection:plan", slug=request.organisation.slug, pk=pk)


def _proposal(request: MemberRequest, pk: int) -> Proposal:
    rows = proposals_of(request.organisation).select_related("customer__organisation", "dispute__invoice")
    return get_object_or_404(rows, pk=pk)


def _dispute(request: MemberRequest, customer: Customer) -> Dispute:
    """The open dispute that is to be split (?dispute=3)."""
    number = request.GET.get("dispute", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    return get_object_or_404(open_disputes(request.organisation), pk=int(number), customer__in=family_of(customer))


def _items(request: MemberRequest, customer: Customer, dispute: Dispute | None) -> list[OpenItem]:
    if dispute is not None:
        return items_of_invoices(request.organisation, [dispute.invoice_id]).get(dispute.invoice_id, [])
    return list(owed_items(request.organisation, family_of(customer)))


def _soon(today: date) -> date:
    return next_business_day(today + _SOON)


def _wish(kind: ProposalKind, form: ProposalForm, dispute: Dispute | None) -> services.Wish:
    facts = form.cleaned_data
    return services.Wish(
        kind=kind,
        by_day=facts["by_day"],
        count=facts.get("count") or 1,
        percent=facts.get("percent") or Decimal(0),
        dispute_id=dispute.pk if dispute else None,
        waives_penalties=bool(facts.get("waives_penalties")),
    )


def _chosen(items: list[OpenItem], form: ProposalForm) -> list[OpenItem]:
    wanted = form.cleaned_data.get("items")
    return [each for each in items if wanted is None or each.pk in wanted]


def _cost(
    request: MemberRequest,
    customer: Customer,
    items: list[OpenItem],
    wish: services.Wish,
    dispute: Dispute | None,
    *,
    today: date,
) -> tuple[Any, Cost]:
    """What a wish brings, and what it costs."""
    forecast = forecast_of(customer, items, today=today)
    offer = services.offer_for(wish, forecast.together, today=today, dispute=dispute)
    money_percent, rates = leeway_of(request.organisation).money_percent, rates_of(request.organisation)
    return offer, cost_of_offer(offer, forecast, money_percent=money_percent, rates=rates)


def _prepare(
    request: MemberRequest, customer: Customer, items: list[OpenItem], form: ProposalForm, wish: services.Wish
) -> HttpResponse:
    row = services.draft_proposal(
        organisation=request.organisation,
        customer=customer,
        item_ids=[each.pk for each in _chosen(items, form)],
        wish=wish,
        by=actor_of(request),
        now=timezone.now(),
    )
    return redirect("collection:proposal", slug=request.organisation.slug, pk=row.pk)


def _contacts(customer: Customer) -> Any:
    rows = Contact.objects.filter(customer__in=family_of(customer), archived_at=None).exclude(email="")
    return rows.order_by("-pays", "name", "pk")


def _answer_request(request: MemberRequest, pk: int, service: Any, said: str) -> HttpResponse:
    row, form = _proposal(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, answer=form)
    return _act(
        request,
        row,
        said,
        lambda: service(
            proposal_id=pk,
            organisation=request.organisation,
            answer=form.cleaned_data["answer"],
            by=actor_of(request),
            now=timezone.now(),
        ),
    )


def _act(request: MemberRequest, row: Proposal, said: str, service: Any) -> HttpResponse:
    try:
        service()
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, said)
    return redirect("collection:proposal", slug=request.organisation.slug, pk=row.pk)


def _page(request: MemberRequest, row: Proposal, **forms: Any) -> HttpResponse:
    text = services.text_of(row)
    offer = offer_of(row)
    values = {
        "proposal": row,
        "label": KINDS[ProposalKind(row.kind)],
        "state": PROPOSAL_STATES[row.state],
        "offer": offer,
        "text_fr": text.fr,
        "text_en": text.en,
        "items": row.items.order_by("due_date", "pk"),
        "thread": row.thread.order_by("at", "pk"),
        "plan": Plan.objects.filter(proposal=row).first(),
        "is_draft": row.state == ProposalState.DRAFT,
        "is_sent": row.state == ProposalState.SENT,
        "is_asked": row.state == ProposalState.ASKED,
        "send": SendForm(_contacts(row.customer)),
        "answer": AnswerForm(),
        "told": ToldAnswerForm(),
        "words": WordsForm(),
    }
    return render(request, "collection/proposal.html", values | forms, status=422 if forms else 200)
