"""I cannot pay it all: asking for instalments; proposals that were sent, and the answer to them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reglo.collection.models import Proposal, ProposalState
from reglo.collection.queries.plans import judged, plans_of
from reglo.collection.queries.proposals import offer_of, shown_proposals
from reglo.collection.services.promises import require_one_currency
from reglo.collection.services.proposals import (
    AskedPlan,
    answer_proposal,
    ask_plan,
    say_in_proposal,
    text_of,
    worked_out_plan,
)
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.terms.figures import amount_text
from reglo.delivery.services.values import day_text
from reglo.organisations.forms import attach
from reglo.organisations.queries import today_of
from reglo.portal.access import PortalRequest, Visitor, visited
from reglo.portal.forms import PlanForm, ProposalAnswerForm, WordsForm
from reglo.portal.views.confirming import confirm, is_confirmed, wants_change
from reglo.portal.views.owed import chosen_items, free_items, offer_items
from reglo.portal.views.showing import show

_NBSP = "\N{NO-BREAK SPACE}"


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def ask(request: PortalRequest) -> HttpResponse:
    """Ask to pay in parts."""
    visitor = request.visitor
    items, today = free_items(visitor), today_of(visitor.organisation, visitor.now)
    form = PlanForm(request.POST or None, initial={"name": visitor.contact.name, "count": 3})
    offer_items(form, items)
    if request.method == "POST" and form.is_valid() and not wants_change(request):
        try:
            if is_confirmed(request):
                return _ask(request, form)
            chosen, facts = chosen_items(form, items), form.cleaned_data
            require_one_currency(chosen)
            asked = worked_out_plan(
                visitor.organisation, chosen, count=facts["count"], first=facts["first"], today=today
            )
        except DomainError as error:
            attach(error, form)
        else:
            numbers = ", ".join(each.reference for each in chosen)
            title = _("Your plan") if asked.problem is None else _("Your request")
            button = _("I take this plan") if asked.problem is None else _("Send the request")
            return confirm(request, form, _words(asked, numbers), title=title, button=button)
    return show(request, "portal/plan_ask.html", {"form": form, "items": items})


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def proposal(request: PortalRequest, pk: int) -> HttpResponse:
    """A proposal, or a plan that was asked for: its words, the answer, the thread."""
    visitor = request.visitor
    row = _proposal(visitor, pk)
    is_talk = request.POST.get("act") == "say"
    form = ProposalAnswerForm(
        request.POST if request.method == "POST" and not is_talk else None,
        initial={"name": visitor.contact.name, "sha256": row.sha256},
    )
    words = WordsForm(request.POST if is_talk else None, initial={"name": visitor.contact.name}, prefix="talk")
    if request.method == "POST":
        try:
            done = _say(visitor, row, words) if is_talk else _answer(visitor, row, form)
        except DomainError as error:
            attach(error, words if is_talk else form)
        else:
            if done:
                messages.success(request, _("Thank you, your answer has been recorded."))
                return redirect("portal:proposal", token=visitor.token, pk=pk)
    return show(request, "portal/proposal.html", {**_facts(visitor, row), "form": form, "talk": words})


def _proposal(visitor: Visitor, pk: int) -> Proposal:
    return get_object_or_404(shown_proposals(visitor.organisation, visitor.customers), pk=pk)


def _ask(request: PortalRequest, form: PlanForm) -> HttpResponse:
    visitor, facts = request.visitor, form.cleaned_data
    row = ask_plan(
        organisation=visitor.organisation,
        customer=visitor.customer,
        item_ids=facts["items"],
        count=facts["count"],
        first=facts["first"],
        reason=facts["reason"],
        name=facts["name"],
        by=visitor.acting_as(facts["name"]),
        now=visitor.now,
        user_agent=visitor.user_agent,
    )
    if row.state == ProposalState.ACCEPTED:
        messages.success(request, _("Your plan is in force. We do not remind you as long as it is kept."))
    else:
        messages.success(request, _("Your request has been sent. We will answer you soon."))
    return redirect("portal:proposal", token=visitor.token, pk=row.pk)


def _answer(visitor: Visitor, row: Proposal, form: ProposalAnswerForm) -> bool:
    if not form.is_valid():
        return False
    facts = form.cleaned_data
    answer_proposal(
        proposal_id=row.pk,
        organisation=visitor.organisation,
        accepted=facts["is_accepted"],
        name=facts["name"],
        answer=facts["answer"],
        sha256=facts["sha256"],
        by=visitor.acting_as(facts["name"]),
        now=visitor.now,
        user_agent=visitor.user_agent,
    )
    return True


def _say(visitor: Visitor, row: Proposal, words: WordsForm) -> bool:
    if not words.is_valid():
        return False
    said = say_in_proposal(
        proposal_id=row.pk,
        organisation=visitor.organisation,
        text=words.cleaned_data["text"],
        is_ours=False,
        name=words.cleaned_data["name"],
        by=visitor.acting_as(words.cleaned_data["name"]),
        now=visitor.now,
    )
    return said is not None


def _facts(visitor: Visitor, row: Proposal) -> dict[str, Any]:
    french, text = get_language() != "en", text_of(row)
    today = today_of(visitor.organisation, visitor.now)
    plan = plans_of(visitor.organisation).filter(proposal=row).first()
    return {
        "proposal": row,
        "offer": offer_of(row),
        "text_here": text.fr if french else text.en,
        "text_other": text.en if french else text.fr,
        "other_language": "en" if french else "fr",
        "is_open": row.state == ProposalState.SENT and (row.valid_until is None or row.valid_until >= today),
        "thread": row.thread.order_by("at", "pk"),
        "plan": judged(plan, today=today) if plan is not None else None,
    }


def _words(asked: AskedPlan, numbers: str) -> Text:
    """The plan as the customer reads it before it asks for it."""
    parts = [(amount_text(each.amount, asked.plan.currency), each.on) for each in asked.plan.instalments]
    french = "\n".join(f"– {amount.fr} au plus tard le {day_text(day, 'fr')}" for amount, day in parts)
    english = "\n".join(f"– {amount.en} by {day_text(day, 'en')}" for amount, day in parts)
    if asked.problem is None:
        end = Text(
            fr="C'est d'accord dès que vous confirmez. Tant que ces dates sont respectées, nous ne vous relançons pas.",
            en="It is agreed as soon as you confirm. As long as these days are kept, we do not remind you.",
        )
    else:
        end = Text(
            fr=f"{asked.problem.fr} Votre demande va donc à une personne, qui vous répond.",
            en=f"{asked.problem.en} So your request goes to a person, who answers you.",
        )
    return Text(
        fr=f"Vous payez ({numbers}){_NBSP}:\n{french}\n\n{end.fr}", en=f"You pay ({numbers}):\n{english}\n\n{end.en}"
    )
