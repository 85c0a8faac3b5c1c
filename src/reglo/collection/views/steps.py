"""One step: what was decided and why, its message or letter, and what a person does of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reglo.collection.forms.steps import OutcomeForm, ReasonForm, TrackingForm
from reglo.collection.models import StepState, StepTaken
from reglo.collection.queries.steps import steps_of
from reglo.collection.services.steps import (
    finish_step,
    let_be,
    make_formal_notice,
    post_letter,
    remind_of_instalment,
    reopen_step,
)
from reglo.collection.wording import CHANNELS, STEP_STATES, TASKS, TONES
from reglo.core.collection import TaskKind
from reglo.core.errors import DomainError
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.toasts import say_refusal


@require_GET
@needs(Permission.READ)
def step(request: MemberRequest, pk: int) -> HttpResponse:
    """The page of a step."""
    found = get_object_or_404(steps_of(request.organisation), pk=pk)
    label, colour = STEP_STATES[found.state]
    is_open = found.state == StepState.TO_DO
    values = {
        "step": found,
        "name": TASKS.get(found.task_kind) or TONES.get(found.tone, ""),
        "channel": CHANNELS.get(found.channel, ""),
        "state": label,
        "colour": colour,
        "is_open": is_open,
        "is_letter": bool(found.letter_sha256),
        "may_make_notice": is_open and found.task_kind == TaskKind.FORMAL_NOTICE and not found.letter_sha256,
        "may_remind": is_open and found.task_kind == TaskKind.PLAN_LATE,
        "contacts": [each for each in found.customer.contacts.all() if each.archived_at is None],
        "outcome": OutcomeForm(),
        "tracking": TrackingForm(),
        "reason": ReasonForm(),
        "here": "day",
    }
    return render(request, "collection/step.html", values)


@require_GET
@needs(Permission.READ)
def letter(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter of a step, as it was made."""
    found = get_object_or_404(StepTaken.objects.of(request.organisation), pk=pk)
    if found.letter is None:
        return redirect("collection:step", request.organisation.slug, pk)
    return HttpResponse(
        bytes(found.letter),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{found.day.isoformat()}-{found.pk}.pdf"'},
    )


@require_POST
@needs(Permission.COLLECT)
def done(request: MemberRequest, pk: int) -> HttpResponse:
    """A call was made, a task done."""
    form = OutcomeForm(request.POST)
    outcome = form.cleaned_data["outcome"] if form.is_valid() else ""
    return _act(request, pk, _("Done."), lambda facts: finish_step(outcome=outcome, **facts))


@require_POST
@needs(Permission.COLLECT)
def posted(request: MemberRequest, pk: int) -> HttpResponse:
    """A letter was posted."""
    _require(request, pk)
    form = TrackingForm(request.POST)
    if not form.is_valid():
        toasts.error(request, _("A tracking number has letters and digits only."))
        return redirect("collection:step", request.organisation.slug, pk)
    tracking = form.cleaned_data["tracking"]
    return _act(request, pk, _("Posted."), lambda facts: post_letter(tracking=tracking, **facts))


@require_POST
@needs(Permission.COLLECT)
def dropped(request: MemberRequest, pk: int) -> HttpResponse:
    """A person lets it be."""
    _require(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        toasts.error(request, _("Say why in a few words: it is kept in the story of the customer."))
        return redirect("collection:step", request.organisation.slug, pk)
    reason = form.cleaned_data["reason"]
    return _act(request, pk, _("Let be."), lambda facts: let_be(reason=reason, **facts))


@require_POST
@needs(Permission.COLLECT)
def reopened(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what a person did."""
    return _act(request, pk, _("It is to do again."), lambda facts: reopen_step(**facts), can_undo=False)


@require_POST
@needs(Permission.COLLECT)
def notice(request: MemberRequest, pk: int) -> HttpResponse:
    """Make the formal notice that a person decided on."""
    said = _("The letter is ready to be posted.")
    return _act(request, pk, said, lambda facts: make_formal_notice(**facts), can_undo=False, stays=True)


@require_POST
@needs(Permission.COLLECT)
def instalment(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to a customer whose plan is late."""
    return _act(request, pk, _("The message leaves."), lambda facts: remind_of_instalment(**facts), can_undo=False)


def _require(request: MemberRequest, pk: int) -> None:
    """Raise Http404 for a step of nobody or somebody else."""
    get_object_or_404(StepTaken.objects.of(request.organisation).only("pk"), pk=pk)


def _act(
    request: MemberRequest,
    pk: int,
    said: str,
    act: Callable[[dict[str, Any]], StepTaken],
    *,
    can_undo: bool = True,
    stays: bool = False,
) -> HttpResponse:
    """Do something of a step, say so with a way back, and go on with the day."""
    slug = request.organisation.slug
    _require(request, pk)
    facts = {
        "step_id": pk,
        "organisation": request.organisation,
        "by": actor_of(request),
        "now": timezone.now(),
    }
    try:
        act(facts)
    except DomainError as error:
        say_refusal(request, error)
        return redirect("collection:step", slug, pk)
    undo = "undo:" + reverse("collection:step-reopen", args=[slug, pk]) if can_undo else ""
    toasts.success(request, said, extra_tags=undo)
    return redirect("collection:step", slug, pk) if stays else redirect("collection:day", slug)
