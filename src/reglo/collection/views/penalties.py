"""Interest and indemnity of a customer's late items: shown, claimed, waived; and the file for the court."""

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.collection.forms.penalties import PenaltiesForm
from reglo.collection.models import PenaltyDecision, PenaltyNote, PenaltyState
from reglo.collection.queries.penalties import decisions_of, late_items, penalties_of
from reglo.collection.services.letters import court_file
from reglo.collection.services.penalties import cancel_note, claim_penalties, undo_waiver, waive_penalties
from reglo.collection.views.rows import customer_or_404
from reglo.core.errors import DomainError
from reglo.core.terms import BuyerKind
from reglo.customers.models import Customer
from reglo.customers.queries import root_of
from reglo.delivery.attachments import file_name
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.organisations.toasts import say_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.BOOK)
def penalties(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """What late payment costs a customer as of today, by invoice; claimed or waived for those that are ticked."""
    customer = root_of(customer_or_404(request, customer_pk))
    today = today_of(request.organisation, timezone.now())
    found = penalties_of(customer, late_items(customer, until=today), until=today)
    form = PenaltiesForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, customer, form)
    values = {
        "customer": customer,
        "penalties": found,
        "today": today,
        "form": form,
        "is_consumer": customer.kind == BuyerKind.CONSUMER,
        "interest": sum(each.interest_minor for each in found if each.item.currency == "EUR"),
        "indemnity": sum(each.indemnity_minor for each in found),
        "obstacle": next((each.statement.obstacle for each in found if each.statement.obstacle), None),
        "missing": next((each.statement.missing_half_years for each in found if each.statement.is_provisional), []),
        "decisions": decisions_of(customer)[:50],
        "claimed": PenaltyState.CLAIMED,
    }
    return render(request, "collection/penalties.html", values, status=422 if form.errors else 200)


def _decide(request: MemberRequest, customer: Customer, form: PenaltiesForm) -> HttpResponse:
    slug, now, items = request.organisation.slug, timezone.now(), form.cleaned_data["items"]
    try:
        if form.cleaned_data["act"] == "claim":
            note = claim_penalties(customer=customer, item_ids=items, by=actor_of(request), now=now)
            undo = "undo:" + reverse("collection:penalty-note-cancel", args=[slug, note.pk])
            toasts.success(request, _("%(number)s claims them.") % {"number": note.number}, extra_tags=undo)
        else:
            reason = form.cleaned_data["reason"]
            waive_penalties(customer=customer, item_ids=items, reason=reason, by=actor_of(request), now=now)
            toasts.success(request, _("They are waived, and kept for the reports."))
    except DomainError as error:
        say_refusal(request, error)
    return redirect("collection:penalties", slug, customer.pk)


@require_GET
@needs(Permission.READ)
def note_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """A note of penalties."""
    note = get_object_or_404(PenaltyNote.objects.of(request.organisation), pk=pk)
    return _pdf(bytes(note.content), note.number)


@require_POST
@needs(Permission.BOOK)
def note_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a claim back."""
    note = get_object_or_404(PenaltyNote.objects.of(request.organisation).defer("content"), pk=pk)
    try:
        cancel_note(note_id=note.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
        toasts.success(request, _("%(number)s is cancelled.") % {"number": note.number})
    except DomainError as error:
        say_refusal(request, error)
    return redirect("collection:penalties", request.organisation.slug, note.customer_id)


@require_POST
@needs(Permission.BOOK)
def waiver_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a waiver back."""
    found = get_object_or_404(PenaltyDecision.objects.of(request.organisation), pk=pk)
    try:
        undo_waiver(decision_id=found.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
        toasts.success(request, _("The waiver is taken back."))
    except DomainError as error:
        say_refusal(request, error)
    return redirect("collection:penalties", request.organisation.slug, found.customer_id)


@require_GET
@needs(Permission.READ)
def court(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """The file for an order to pay, as one PDF."""
    customer = root_of(customer_or_404(request, customer_pk))
    return _pdf(court_file(customer, now=timezone.now()), f"injonction-{file_name(customer.name)}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name.encode("ascii", "ignore").decode()}.pdf"'},
    )
