"""Pages of recurring invoices."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.accounts.language import page_language
from reglo.billing.forms.recurrence import RecurrenceForm
from reglo.billing.forms.recurring_lines import content_typed, line_rows
from reglo.billing.models import Draft, Invoice, Recurrence
from reglo.billing.queries.recurrences import announced, history
from reglo.billing.queries.recurrences import recurrences as recurrences_of
from reglo.billing.services.drafts import of_another_day
from reglo.billing.services.recurring import (
    applied,
    change_recurrence,
    create_recurrence,
    end_recurrence,
    pause_recurrence,
    resume_recurrence,
)
from reglo.core.errors import DomainError
from reglo.formats.data.tree import Tree
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of

_PREVIEWED = 12
_HISTORY = 100


@require_GET
@needs(Permission.READ)
def recurrences(request: MemberRequest) -> HttpResponse:
    """All recurring invoices, the next one first."""
    return render(request, "billing/recurrences.html", {"recurrences": recurrences_of(request.organisation)})


@require_GET
@needs(Permission.READ)
def recurrence(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them: what comes, and what came."""
    found = _found(request, pk)
    paused_over = found.paused_at and found.next_on and found.next_on < today_of(request.organisation, timezone.now())
    context = {
        "recurrence": found,
        "announced": announced(found, at_most=_PREVIEWED) if found.next_on else (),
        "history": history(found)[:_HISTORY],
        "missed_in_pause": bool(paused_over),
    }
    return render(request, "billing/recurrence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_DRAFTS)
def recurrence_new(request: MemberRequest) -> HttpResponse:
    """Begin one: from nothing, from a draft (?draft=) or from an invoice (?invoice=)."""
    return _edited(request, Recurrence(organisation=request.organisation, **_begun_from(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_DRAFTS)
def recurrence_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what comes from now on."""
    return _edited(request, _changeable(request, pk))


@require_POST
@needs(Permission.WRITE_DRAFTS)
def recurrence_pause(request: MemberRequest, pk: int) -> HttpResponse:
    """Let nothing come of it for a while."""
    return _done(request, pk, pause_recurrence, _("Paused: nothing comes of it until you resume it."))


@require_POST
@needs(Permission.WRITE_DRAFTS)
def recurrence_resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on, with or without what fell into the pause."""
    _changeable(request, pk)
    catches_up = request.POST.get("catches_up") == "1"
    return _done(request, pk, resume_recurrence, _("It goes on."), catches_up=catches_up)


@require_POST
@needs(Permission.WRITE_DRAFTS)
def recurrence_end(request: MemberRequest, pk: int) -> HttpResponse:
    """Let nothing more come of it."""
    return _done(request, pk, end_recurrence, _("Ended: nothing more comes of it. Its invoices stay."))


def _found(request: MemberRequest, pk: int) -> Recurrence:
    rows = Recurrence.objects.of(request.organisation).select_related("customer", "series")
    found = get_object_or_404(rows, pk=pk)
    found.organisation = request.organisation
    return found


def _changeable(request: MemberRequest, pk: int) -> Recurrence:
    """One that this member may change: what issues by itself is for those who may issue."""
    found = _found(request, pk)
    if found.issues_by_itself and not _may_issue(request):
        raise PermissionDenied(_("This one issues invoices by itself: only those who may issue invoices change it."))
    return found


def _may_issue(request: MemberRequest) -> bool:
    return Permission.ISSUE in request.membership.permissions


def _begun_from(request: MemberRequest) -> dict[str, Any]:
    """Customer and content of the document that a new one begins from."""
    document: Draft | Invoice | None = None
    draft_id, invoice_id = (request.GET.get(name, "") for name in ("draft", "invoice"))
    if draft_id.isdecimal():
        document = get_object_or_404(Draft.objects.of(request.organisation), pk=draft_id)
        content = document.content
    elif invoice_id.isdecimal():
        document = get_object_or_404(Invoice.objects.of(request.organisation).select_related("draft"), pk=invoice_id)
        content = document.draft.content
    if document is None:
        return {"content": {}}
    kept = of_another_day(content)
    return {"content": kept, "customer_id": document.customer_id, "label": str(kept.get("title") or "")}


def _edited(request: MemberRequest, subject: Recurrence) -> HttpResponse:
    """The form of a recurring invoice. With `preview`, it says what would come and saves nothing."""
    form = RecurrenceForm(
        request.POST or None, instance=subject, organisation=request.organisation, may_issue=_may_issue(request)
    )
    content: Tree = content_typed(request.POST, subject.content) if request.method == "POST" else subject.content
    previews: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            if "preview" not in request.POST:
                return _saved(request, subject, form, content)
            previews = announced(applied(subject, form.facts(content)), at_most=_PREVIEWED)
        except DomainError as error:
            attach(error, form)
    context = {
        "form": form,
        "recurrence": subject,
        "rows": line_rows(content, page_language()),
        "content": content,
        "announced": previews,
    }
    return render(request, "billing/recurrence_edit.html", context)


def _saved(request: MemberRequest, subject: Recurrence, form: RecurrenceForm, content: Tree) -> HttpResponse:
    whose: dict[str, Any] = {
        "organisation": request.organisation,
        "facts": form.facts(content),
        "by": actor_of(request),
        "now": timezone.now(),
    }
    if subject.pk is not None:
        whose["recurrence_id"] = subject.pk
    save = create_recurrence if subject.pk is None else change_recurrence
    kept = save(**whose)
    messages.success(request, _("The recurring invoice is saved."))
    return redirect("billing:recurrence", slug=request.organisation.slug, pk=kept.pk)


def _done(request: MemberRequest, pk: int, service: Callable[..., Recurrence], said: str, **how: bool) -> HttpResponse:
    _found(request, pk)
    service(recurrence_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now(), **how)
    messages.success(request, said)
    return redirect("billing:recurrence", slug=request.organisation.slug, pk=pk)
