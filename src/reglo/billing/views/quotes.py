"""Pages of quotes: the list, a quote, its editor, what is done with one."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.billing.content import Examination, Missing
from reglo.billing.forms.quotes import AcceptedForm, FollowUpForm, RefusedForm, ValidityForm
from reglo.billing.listings.quotes import STANDINGS, quotes_listing
from reglo.billing.listings.states import kind_badge
from reglo.billing.models import Quote, QuoteState
from reglo.billing.offers import choosable, quote_content_with
from reglo.billing.queries.follow_ups import billing_of
from reglo.billing.queries.quotes import (
    QuoteStanding,
    answer_to,
    offer_in,
    open_quote,
    pdf_of,
    pictures_of,
    quotes_to_list,
    standing_of,
)
from reglo.billing.services.drafts import Heading
from reglo.billing.services.quotes import (
    create_quote,
    delete_quote,
    duplicate_quote,
    fix_quote,
    note_quote_accepted,
    note_quote_refused,
    plan_follow_up,
    restore_quote,
    save_quote,
    set_validity,
)
from reglo.billing.views import editor
from reglo.core.errors import DomainError
from reglo.core.findings import Severity
from reglo.core.quotes import Offer, alternatives_of, options_of
from reglo.customers.models import Customer
from reglo.customers.queries import choosable_customers
from reglo.formats.data.tree import Tree
from reglo.journal.queries import entries_of
from reglo.lists.views import list_page
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.organisations.toasts import say_refusal

_ADDRESSES = {
    "page": "billing:quote-editor",
    "live": "billing:quote-live",
    "preview": "billing:quote-preview",
    "pdf": "billing:quote-pdf",
    "customer": "billing:quote-customer",
    "keep_mine": "billing:quote-keep-mine",
    "issue": "",
    "copy": "billing:quote-duplicate",
    "delete": "billing:quote-delete",
}
_LATEST_ENTRIES = 30


class QuoteDesk(editor.Desk[Quote]):
    """A quote in the editor: its total is that of the first choice, and what only an invoice needs forbids nothing."""

    def examine(self, content: Mapping[str, Any], heading: Heading) -> Examination:
        """What the rules say of `content` before any choice; what may be chosen has its amount all the same."""
        found = super().examine(quote_content_with(content), heading)
        if found.invoice is not None:
            found = replace(found, missing=tuple(_for_later(each) for each in found.missing))
        if any(line.optional or line.alternative for line in choosable(content)):
            lines = [{**line, "optional": False} for line in content["lines"]]
            everything = super().examine({**content, "lines": lines}, heading)
            found = replace(found, line_amounts=everything.line_amounts)
        return found


def _for_later(missing: Missing) -> Missing:
    """What would forbid issuing an invoice is worth knowing while one writes the quote."""
    return replace(missing, severity=Severity.WARNING) if missing.is_fatal else missing


@require_GET
@needs(Permission.READ)
def quotes(request: MemberRequest) -> HttpResponseBase:
    """The quotes of the organisation."""
    today = today_of(request.organisation, timezone.now())
    return list_page(request, quotes_listing(request.organisation.slug, today), quotes_to_list(request.organisation))


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_QUOTES)
def quote_new(request: MemberRequest) -> HttpResponse:
    """Choose the customer of a new quote, and open it; a quote is made by POST only."""
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    if request.method == "POST":
        pk = request.POST.get("customer", "")
        wanted = int(pk) if pk.isdecimal() and len(pk) < 19 else 0
        customer = get_object_or_404(Customer.objects.of(request.organisation), pk=wanted)
        made = create_quote(
            organisation=request.organisation, customer=customer, content={}, by=actor_of(request), now=timezone.now()
        )
        return redirect("billing:quote-editor", slug=request.organisation.slug, pk=made.pk)
    if (pk := request.GET.get("customer", "")).isdecimal() and len(pk) < 19:
        customers = [get_object_or_404(Customer.objects.of(request.organisation), pk=int(pk))]
    else:
        customers = list(choosable_customers(request.organisation, text)[: editor.MOST_CUSTOMERS])
    template = "billing/quote_customers.html" if "HX-Request" in request.headers else "billing/quote_new.html"
    return render(request, template, {"customers": customers, "q": text})


@require_GET
@needs(Permission.READ)
def quote(request: MemberRequest, pk: int) -> HttpResponse:
    """A quote: where it stands, what it offers, what comes next."""
    return _page(request, _quote(request, pk))


def _page(request: MemberRequest, row: Quote, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    now = timezone.now()
    today = today_of(request.organisation, now)
    standing = standing_of(row, today)
    offer, problem = _offer(row, now)
    values: dict[str, Any] = {
        "quote": row,
        "standing": standing.value,
        "badge_of": STANDINGS[standing],
        "answer": answer_to(row),
        "offer": offer,
        "problem": problem,
        "has_choices": offer is not None and bool(options_of(offer.lines) or alternatives_of(offer.lines)),
        "entries": entries_of(row)[:_LATEST_ENTRIES],
        "validity_form": ValidityForm(initial={"valid_until": row.valid_until}),
        "follow_up_form": FollowUpForm(initial={"follow_up_on": row.follow_up_on}),
        "refused_form": RefusedForm(initial={"name": _signer(row)}),
        **(_billed(row) if standing is QuoteStanding.ACCEPTED else {}),
        "taken": _taken(row, offer),
    }
    if offer is not None:
        values["accepted_form"] = AcceptedForm(offer=offer)
        values["accepted_form"].initial = {"name": _signer(row)}
    return render(request, "billing/quote.html", values | bound, status=status)


def _offer(row: Quote, now: datetime) -> tuple[Offer | None, DomainError | None]:
    try:
        return offer_in(row, today=today_of(row.organisation, now)), None
    except DomainError as error:
        return None, error


def _billed(row: Quote) -> dict[str, Any]:
    billing = billing_of(row)
    return {"billing": billing, "bills": [(each, kind_badge(each.kind)) for each in billing.invoices]}


def _taken(row: Quote, offer: Offer | None) -> list[str]:
    """The options and alternatives that were accepted, by name."""
    answer = answer_to(row)
    if answer is None or offer is None:
        return []
    return [offer.lines[place].line.name for place in answer.options]


def _signer(row: Quote) -> str:
    contact = next((each for each in row.customer.contacts.all() if each.buys and each.archived_at is None), None)
    return contact.name if contact else row.customer.name


@require_http_methods(["GET", "POST"])
@needs(Permission.READ, to_write=Permission.WRITE_QUOTES)
def quote_editor(request: MemberRequest, pk: int) -> HttpResponse:
    """The editor of a quote. Without script, its form is posted here."""
    desk = _desk(request, pk)
    if desk.subject.state != QuoteState.DRAFT or desk.subject.deleted_at is not None:
        return redirect("billing:quote", slug=request.organisation.slug, pk=pk)
    if request.method == "GET":
        return editor.editor_page(request, desk)
    typed = editor.typed_on(desk, request.POST)
    editor.apply_act(typed.content, request.POST.get("act", ""))
    try:
        desk.keep(typed.content, typed.heading, typed.version, desk.examine(typed.content, typed.heading))
    except DomainError as error:
        return editor.editor_page(request, desk, typed=typed, problem=error)
    if request.POST.get("act") == "customer":
        return redirect(desk.urls()["customer"])
    messages.success(request, _("Quote saved."))
    return redirect(desk.urls()["page"])


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_live(request: MemberRequest, pk: int) -> HttpResponse:
    """What is typed comes to this; it is saved by the same call."""
    return editor.live_answer(request, _desk(request, pk))


@require_GET
@needs(Permission.READ)
def quote_preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The pages of a quote as pictures."""
    row = _quote(request, pk)
    pages: tuple[bytes, ...] = ()
    problem: DomainError | None = None
    try:
        pages = pictures_of(row, today=today_of(row.organisation, timezone.now()))
    except DomainError as error:
        problem = error
    where = {"slug": request.organisation.slug, "pk": pk}
    values = {
        "pages": [base64.b64encode(each).decode() for each in pages[: editor.MOST_PAGES]],
        "page_count": len(pages),
        "more_pages": max(0, len(pages) - editor.MOST_PAGES),
        "problem": problem,
        "urls": {"pdf": reverse("billing:quote-pdf", kwargs=where)},
    }
    return render(request, "billing/editor_preview.html", values)


@require_GET
@needs(Permission.READ)
def quote_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """A quote as PDF: as it was sent, else as it stands."""
    row = _quote(request, pk)
    try:
        content = pdf_of(row, today=today_of(row.organisation, timezone.now()))
    except DomainError as error:
        raise Http404 from error
    name = row.number or f"{_('quote')}-{pk}"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"},
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.READ, to_write=Permission.WRITE_QUOTES)
def quote_customer(request: MemberRequest, pk: int) -> HttpResponse:
    """Search and choose the customer of a quote, or make a new one."""
    desk = _desk(request, pk)
    if request.method == "GET":
        return editor.customer_picker(request, desk)
    return editor.choose_customer(request, desk)


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_keep_mine(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a new quote of what was typed, where somebody else saved the first one meanwhile."""
    desk = _desk(request, pk)
    typed = editor.typed_on(desk, request.POST)
    made = create_quote(
        organisation=request.organisation,
        customer=typed.heading.customer or desk.subject.customer,
        content=typed.content,
        by=actor_of(request),
        now=timezone.now(),
    )
    messages.success(request, _("What you typed is a quote of its own now. The other one is as it was saved."))
    return redirect("billing:quote-editor", slug=request.organisation.slug, pk=made.pk)


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_fix(request: MemberRequest, pk: int) -> HttpResponse:
    """Number a quote that is handed over by other means than e-mail."""
    row = _quote(request, pk)

    def act() -> None:
        with transaction.atomic(durable=True):
            fix_quote(**_by(request, pk))

    return _done(request, row, act, _("The quote has its number and can be signed."))


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_validity(request: MemberRequest, pk: int) -> HttpResponse:
    """Say until when a quote will hold."""
    row, form = _quote(request, pk), ValidityForm(request.POST)
    return _form_done(
        request,
        row,
        "validity_form",
        form,
        lambda: set_validity(**_by(request, pk), valid_until=form.cleaned_data["valid_until"]),
        _("Validity saved."),
    )


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_follow_up(request: MemberRequest, pk: int) -> HttpResponse:
    """Say when to ask the customer again."""
    row, form = _quote(request, pk), FollowUpForm(request.POST)
    return _form_done(
        request,
        row,
        "follow_up_form",
        form,
        lambda: plan_follow_up(**_by(request, pk), on=form.cleaned_data["follow_up_on"]),
        _("Noted."),
    )


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Note that the customer accepted elsewhere."""
    row = _quote(request, pk)
    offer, problem = _offer(row, timezone.now())
    if offer is None or problem is not None or row.document is None:
        raise Http404
    form = AcceptedForm(request.POST, offer=offer)
    return _form_done(
        request,
        row,
        "accepted_form",
        form,
        lambda: note_quote_accepted(
            **_by(request, pk),
            name=form.cleaned_data["name"],
            note=form.cleaned_data["note"],
            options=form.options(),
        ),
        _("The quote is accepted. You can bill it now."),
    )


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_refuse(request: MemberRequest, pk: int) -> HttpResponse:
    """Note that the customer refused elsewhere."""
    row, form = _quote(request, pk), RefusedForm(request.POST)
    return _form_done(
        request,
        row,
        "refused_form",
        form,
        lambda: note_quote_refused(
            **_by(request, pk), name=form.cleaned_data["name"], reason=form.cleaned_data["reason"]
        ),
        _("Noted."),
    )


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_duplicate(request: MemberRequest, pk: int) -> HttpResponse:
    """Copy a quote and open the copy."""
    _quote(request, pk)
    made = duplicate_quote(**_by(request, pk))
    messages.success(request, _("This is a copy, for today."))
    return redirect("billing:quote-editor", slug=request.organisation.slug, pk=made.pk)


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a quote aside; the message offers to take that back."""
    row = _quote(request, pk)
    try:
        delete_quote(**_by(request, pk))
    except DomainError as error:
        say_refusal(request, error)
        return redirect("billing:quote", slug=request.organisation.slug, pk=row.pk)
    undo = reverse("billing:quote-restore", kwargs={"slug": request.organisation.slug, "pk": pk})
    messages.success(request, _("Quote deleted."), extra_tags=f"undo:{undo}")
    return redirect("billing:quotes", slug=request.organisation.slug)


@require_POST
@needs(Permission.WRITE_QUOTES)
def quote_restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a deleted quote back."""
    _quote(request, pk)
    restore_quote(**_by(request, pk))
    messages.success(request, _("Quote restored."))
    return redirect("billing:quote", slug=request.organisation.slug, pk=pk)


def _by(request: MemberRequest, pk: int) -> dict[str, Any]:
    return {
        "quote_id": pk,
        "organisation": request.organisation,
        "by": actor_of(request),
        "now": timezone.now(),
    }


def _done(request: MemberRequest, row: Quote, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, said)
    return redirect("billing:quote", slug=request.organisation.slug, pk=row.pk)


def _form_done(
    request: MemberRequest, row: Quote, name: str, form: forms.Form, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do what a form of the quote's page asks for; what is wrong stands beside its field."""
    if form.is_valid():
        try:
            act()
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, said)
            return redirect("billing:quote", slug=request.organisation.slug, pk=row.pk)
    return _page(request, row, status=422, **{name: form})


def _quote(request: MemberRequest, pk: int) -> Quote:
    try:
        return open_quote(request.organisation, pk)
    except Quote.DoesNotExist:
        raise Http404 from None


def _desk(request: MemberRequest, pk: int) -> QuoteDesk:
    subject = _quote(request, pk)
    now = timezone.now()
    return QuoteDesk(
        subject=subject,
        heading=Heading(customer=subject.customer),
        now=now,
        keep=partial(_keep, request, subject, now),
        addresses=_ADDRESSES,
        is_quote=True,
    )


def _keep(
    request: MemberRequest,
    subject: Quote,
    now: datetime,
    content: Tree,
    heading: Heading,
    version: int,
    examination: Examination,
) -> Quote:
    return save_quote(
        quote_id=subject.pk,
        organisation=request.organisation,
        content=content,
        version=version,
        by=actor_of(request),
        now=now,
        customer=heading.customer,
        examination=examination,
    )
