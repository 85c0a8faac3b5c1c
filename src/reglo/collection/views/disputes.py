"""Disputes: the list, one with its thread and the next acts, one that was told by phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.billing.models import Invoice
from reglo.collection.forms.disputes import DisputeForm, RejectForm, SettleForm, WordsForm
from reglo.collection.forms.money import minor_of
from reglo.collection.listings.said import DISPUTE_STATES, DISPUTES
from reglo.collection.models import Dispute, DisputeFile, DisputeScope, DisputeState
from reglo.collection.queries.disputes import disputes_of, files_of, line_of, lines_of, open_of_invoice
from reglo.collection.queries.proposals import splittable
from reglo.collection.services.disputes import (
    Objection,
    open_dispute,
    reject_dispute,
    say_in_dispute,
    settle_dispute,
    withdraw_dispute,
)
from reglo.core.errors import DomainError
from reglo.lists.views import Answer, list_page
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.toasts import say_refusal


@require_GET
@needs(Permission.READ)
def disputes(request: MemberRequest) -> Answer:
    """All disputes."""
    return list_page(request, DISPUTES, disputes_of(request.organisation))


@require_GET
@needs(Permission.READ)
def dispute(request: MemberRequest, pk: int) -> HttpResponse:
    """One dispute."""
    return _page(request, _dispute(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.COLLECT)
def new(request: MemberRequest, invoice_pk: int) -> HttpResponse:
    """Note a dispute that was told by phone."""
    rows = Invoice.objects.of(request.organisation).select_related("customer", "organisation")
    invoice = get_object_or_404(rows, pk=invoice_pk)
    form = DisputeForm(lines_of(invoice), request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            row = open_dispute(
                organisation=request.organisation,
                invoice_id=invoice.pk,
                objection=Objection(
                    scope=DisputeScope(facts["scope"]),
                    reason=facts["reason"],
                    line=facts["line"],
                    amount_minor=minor_of(facts["amount"], invoice.currency),
                ),
                opened_by=facts["opened_by"],
                on_portal=False,
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach(error, form)
        else:
            return _to(request, row.pk)
    values = {"form": form, "invoice": invoice, "open_minor": open_of_invoice(invoice)}
    return render(request, "collection/dispute_new.html", values, status=422 if form.errors else 200)


@require_POST
@needs(Permission.COLLECT)
def say(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer or ask in the thread."""
    row, form = _dispute(request, pk), WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, row, words=form)
    try:
        say_in_dispute(
            dispute_id=pk,
            organisation=request.organisation,
            text=form.cleaned_data["text"],
            is_ours=True,
            name=str(request.user),
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        attach(error, form)
        return _page(request, row, words=form)
    messages.success(request, _("Your message is on its way."))
    return _to(request, pk)


@require_POST
@needs(Permission.COLLECT)
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Agree, with a credit note where something is given back."""
    row = _dispute(request, pk)
    form = _settle_form(request, row, request.POST)
    if not form.is_valid():
        return _page(request, row, settle=form)
    facts = form.cleaned_data
    credit = None if facts["credit"] == "none" else DisputeScope(facts["credit"])
    try:
        done = settle_dispute(
            dispute_id=pk,
            organisation=request.organisation,
            answer=facts["answer"],
            credit=credit,
            amount_minor=minor_of(facts["amount"], row.invoice.currency),
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        attach(error, form)
        return _page(request, row, settle=form)
    note = done.credit_note
    if note is not None:
        messages.success(request, _("Settled with the credit note %(number)s.") % {"number": note.number})
    else:
        messages.success(request, _("Settled."))
    return _to(request, pk)


@require_POST
@needs(Permission.COLLECT)
def reject(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer with reasons."""
    row, form = _dispute(request, pk), RejectForm(request.POST)
    if not form.is_valid():
        return _page(request, row, reject=form)
    try:
        reject_dispute(
            dispute_id=pk,
            organisation=request.organisation,
            answer=form.cleaned_data["answer"],
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        attach(error, form)
        return _page(request, row, reject=form)
    messages.success(request, _("Your reasons are on their way; the invoice is due again."))
    return _to(request, pk)


@require_POST
@needs(Permission.COLLECT)
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Note that the customer lets it be."""
    _dispute(request, pk)
    try:
        withdraw_dispute(dispute_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    return _to(request, pk)


@require_GET
@needs(Permission.READ)
def file(request: MemberRequest, pk: int) -> HttpResponse:
    """A file that the customer sent, to keep."""
    row = get_object_or_404(DisputeFile.objects.of(request.organisation), pk=pk)
    return HttpResponse(
        bytes(row.content),
        content_type=row.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{_plain(row.name)}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _plain(name: str) -> str:
    """A file name that a header can carry."""
    return name.encode("ascii", "replace").decode().replace("?", "_")


def _dispute(request: MemberRequest, pk: int) -> Dispute:
    rows = Dispute.objects.of(request.organisation)
    return get_object_or_404(rows.select_related("customer", "organisation", "invoice", "credit_note"), pk=pk)


def _settle_form(request: MemberRequest, row: Dispute, data: Any = None) -> SettleForm:
    may_issue = Permission.ISSUE in request.membership.permissions
    return SettleForm(data, has_line=row.scope == DisputeScope.LINE, may_issue=may_issue)


def _page(
    request: MemberRequest,
    row: Dispute,
    *,
    words: WordsForm | None = None,
    settle: SettleForm | None = None,
    reject: RejectForm | None = None,
) -> HttpResponse:
    is_open = row.state == DisputeState.OPEN
    refused = words or settle or reject
    values = {
        "dispute": row,
        "state": DISPUTE_STATES[row.state],
        "line": line_of(row),
        "open_minor": open_of_invoice(row.invoice),
        "thread": row.thread.order_by("at", "pk"),
        "files": files_of(row),
        "is_open": is_open,
        "is_splittable": splittable(row),
        "words": words or WordsForm(),
        "settle": settle or _settle_form(request, row),
        "reject": reject or RejectForm(),
    }
    return render(request, "collection/dispute.html", values, status=422 if refused else 200)


def _to(request: MemberRequest, pk: int) -> HttpResponse:
    return redirect("collection:dispute", slug=request.organisation.slug, pk=pk)
