"""Sending a document: to whom, in which words, seen first exactly as it will be received."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from reglo.accounts.language import page_language
from reglo.billing.models import Invoice, Quote
from reglo.core.errors import DomainError
from reglo.customers.models import Contact
from reglo.delivery.attachments import document_attachment_names
from reglo.delivery.composing import Words, words_of
from reglo.delivery.forms import SendForm
from reglo.delivery.mime import named, sender_of
from reglo.delivery.models import Message, MessageKind
from reglo.delivery.queries import contacts_to_write_to
from reglo.delivery.services import send_invoice, send_quote, send_terms
from reglo.delivery.services.outbox import Letter
from reglo.delivery.services.sending import invoice_letter, preview, quote_letter, terms_letter
from reglo.delivery.variables import VARIABLES
from reglo.delivery.views.framed import framed, refused
from reglo.journal.services import Actor
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.terms.models import TermsAgreement

Document = Invoice | Quote | TermsAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A document to send, and how."""

    document: Document
    kind: MessageKind
    name: str  #: of its addresses: "invoice", "quote", "terms"
    letter: Callable[[Contact], Letter]
    send: Callable[[Contact, Words, str, Actor, datetime], Message]
    page: str  #: the document's own page

    @property
    def people(self) -> list[Contact]:
        """Whom one may send it to."""
        return contacts_to_write_to(self.document.customer, self.kind)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEND)
def send_an_invoice(request: MemberRequest, pk: int) -> HttpResponse:
    """Send an invoice."""
    return _send(request, _invoice(request, pk))


@require_http_methods(["GET", "POST"])
@needs(Permission.SEND)
def send_a_quote(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a quote; it gets its number by it."""
    return _send(request, _quote(request, pk))


@require_http_methods(["GET", "POST"])
@needs(Permission.SEND)
def send_some_terms(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose terms."""
    return _send(request, _terms(request, pk))


@require_http_methods(["GET", "POST"])
@xframe_options_sameorigin
@needs(Permission.SEND)
def preview_invoice(request: MemberRequest, pk: int) -> HttpResponse:
    """The message with an invoice, for its frame."""
    return _preview(request, _invoice(request, pk))


@require_http_methods(["GET", "POST"])
@xframe_options_sameorigin
@needs(Permission.SEND)
def preview_quote(request: MemberRequest, pk: int) -> HttpResponse:
    """The message with a quote, for its frame."""
    return _preview(request, _quote(request, pk))


@require_http_methods(["GET", "POST"])
@xframe_options_sameorigin
@needs(Permission.SEND)
def preview_terms(request: MemberRequest, pk: int) -> HttpResponse:
    """The message with terms, for its frame."""
    return _preview(request, _terms(request, pk))


def _invoice(request: MemberRequest, pk: int) -> Parcel:
    rows = Invoice.objects.of(request.organisation).select_related("organisation", "customer__organisation")
    invoice = get_object_or_404(rows, pk=pk)
    return Parcel(
        document=invoice,
        kind=MessageKind.INVOICE,
        name="invoice",
        letter=lambda contact: invoice_letter(invoice, contact),
        send=lambda contact, words, key, by, now: send_invoice(
            invoice=invoice, contact=contact, words=words, key=key, by=by, now=now
        ),
        page=reverse("billing:invoice", args=[request.organisation.slug, pk]),
    )


def _quote(request: MemberRequest, pk: int) -> Parcel:
    rows = Quote.objects.of(request.organisation).select_related("organisation", "customer__organisation")
    quote = get_object_or_404(rows, pk=pk)
    return Parcel(
        document=quote,
        kind=MessageKind.QUOTE,
        name="quote",
        letter=lambda contact: quote_letter(quote, contact),
        send=lambda contact, words, key, by, now: send_quote(
            quote=quote, contact=contact, words=words, key=key, by=by, now=now
        ),
        page=reverse("billing:quote", args=[request.organisation.slug, pk]),
    )


def _terms(request: MemberRequest, pk: int) -> Parcel:
    rows = TermsAgreement.objects.of(request.organisation).select_related("organisation", "customer__organisation")
    agreement = get_object_or_404(rows, pk=pk)
    return Parcel(
        document=agreement,
        kind=MessageKind.TERMS,
        name="terms",
        letter=lambda contact: terms_letter(agreement, contact),
        send=lambda contact, words, key, by, now: send_terms(
            agreement=agreement, contact=contact, words=words, key=key, by=by, now=now
        ),
        page=reverse("terms:agreement", args=[request.organisation.slug, pk]),
    )


def _send(request: MemberRequest, parcel: Parcel) -> HttpResponse:
    people = parcel.people
    form = SendForm(request.POST or None, people=people, initial=_initial(request, parcel, people))
    if request.method == "POST" and form.is_valid():
        try:
            sent = _sent(request, parcel, form)
        except DomainError as error:
            attach(error, form)
        else:
            _toast(request, sent)
            return redirect(parcel.page)
    slug, pk = request.organisation.slug, parcel.document.pk
    context = {
        "form": form,
        "parcel": parcel,
        "people": people,
        "customer": parcel.document.customer,
        "back_url": parcel.page,
        "preview_url": reverse(f"delivery:preview-{parcel.name}", args=[slug, pk]),
        "variables": VARIABLES[parcel.kind],
        "attachments": document_attachment_names(parcel.document, parcel.document.customer.language),
    }
    return render(request, "delivery/send.html", context)


def _initial(request: MemberRequest, parcel: Parcel, people: list[Contact]) -> dict[str, object]:
    words = words_of(request.organisation, parcel.kind, parcel.document.customer.language)
    chosen = [str(people[0].pk)] if people else []
    return {"subject": words.subject, "body": words.body, "contacts": chosen, "key": SendForm.fresh_key()}


def _sent(request: MemberRequest, parcel: Parcel, form: SendForm) -> list[Message]:
    now, by, key = timezone.now(), actor_of(request), form.cleaned_data["key"]
    for contact in form.chosen:
        preview(replace(parcel.letter(contact), words=form.words))  # all are refused, or none
    return [parcel.send(contact, form.words, key, by, now) for contact in form.chosen]


def _toast(request: MemberRequest, sent: list[Message]) -> None:
    said = ngettext("The message leaves in a few seconds.", "The messages leave in a few seconds.", len(sent))
    undo = reverse("delivery:cancel", args=[request.organisation.slug, sent[0].pk]) if len(sent) == 1 else ""
    toasts.success(request, said, extra_tags=f"undo:{undo}" if undo else "")


def _preview(request: MemberRequest, parcel: Parcel) -> HttpResponse:
    """As typed so far; to the first person that is chosen."""
    language = page_language()
    people = parcel.people
    wanted = request.POST.getlist("contacts")
    contact = next((each for each in people if str(each.pk) in wanted), people[0] if people else _anybody(parcel))
    letter = parcel.letter(contact)
    if request.method == "POST":
        words = Words(subject=request.POST.get("subject", ""), body=request.POST.get("body", ""))
        letter = replace(letter, words=words)
    try:
        composed = preview(letter)
    except DomainError as error:
        return refused(error, language)
    return framed(
        composed,
        sender=sender_of(request.organisation),
        recipient=named(contact.name, contact.email),
        attachments=document_attachment_names(parcel.document, parcel.document.customer.language),
    )


def _anybody(parcel: Parcel) -> Contact:
    """Somebody to show a message to, where the customer has no contact yet."""
    return Contact(organisation=parcel.document.organisation, customer=parcel.document.customer, name=_("(nobody)"))
