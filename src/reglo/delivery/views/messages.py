"""The outbox: what was sent to whom, what became of it; taking back, trying again."""

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reglo.billing.models import Invoice, Quote
from reglo.core.errors import DomainError
from reglo.customers.models import Contact, Customer
from reglo.customers.queries import family_of, root_of
from reglo.delivery.attachments import attachment_names
from reglo.delivery.composing import Composed
from reglo.delivery.listing import KINDS, MESSAGES, shown_state
from reglo.delivery.mime import named, reply_to_of, sender_of
from reglo.delivery.models import Message, MessageState
from reglo.delivery.queries import (
    events_of,
    messages_of,
    messages_of_customers,
    messages_of_document,
)
from reglo.delivery.services import cancel_message, retry_message, revoke_links
from reglo.delivery.views.framed import framed
from reglo.lists.views import Answer, list_page
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.toasts import say_refusal

_SHOWN = 20


@require_safe
@needs(Permission.READ)
def messages(request: MemberRequest) -> Answer:
    """All messages to customers."""
    return list_page(request, MESSAGES, messages_of(request.organisation).select_related("organisation"))


@require_safe
@needs(Permission.READ)
def message(request: MemberRequest, pk: int) -> HttpResponse:
    """One message: what was sent, and what happened to it."""
    row = _message(request, pk)
    context = {
        "message_row": row,
        "kind": KINDS[row.kind],
        "state": shown_state(row),
        "sender": sender_of(row.organisation),
        "reply_to": reply_to_of(row.organisation),
        "recipient": named(row.to_name, row.to),
        "attachments": attachment_names(row),
        "events": events_of(row),
        "can_cancel": row.state == MessageState.QUEUED,
        "can_retry": row.state in (MessageState.FAILED, MessageState.BOUNCED, MessageState.CANCELLED),
    }
    return render(request, "delivery/message.html", context)


@require_safe
@needs(Permission.READ)
def html(request: MemberRequest, pk: int) -> HttpResponse:
    """The HTML of a message, for its frame."""
    row = _message(request, pk)
    return framed(Composed(subject=row.subject, text=row.text, html=row.html))


@require_POST
@needs(Permission.SEND)
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a message back."""
    row = _message(request, pk)
    try:
        cancel_message(message_id=row.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        toasts.success(request, _("Taken back: the message does not leave."))
    return redirect("delivery:message", request.organisation.slug, row.pk)


@require_POST
@needs(Permission.SEND)
def retry(request: MemberRequest, pk: int) -> HttpResponse:
    """Try a message again."""
    row = _message(request, pk)
    try:
        retry_message(message_id=row.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        toasts.success(request, _("The message is on its way again."))
    return redirect("delivery:message", request.organisation.slug, row.pk)


@require_POST
@needs(Permission.SEND)
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """End the portal links of a contact."""
    contact = get_object_or_404(Contact.objects.of(request.organisation), pk=pk)
    count = revoke_links(contact=contact, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    toasts.success(
        request,
        _("The links of %(name)s open nothing any more.") % {"name": contact.name}
        if count
        else _("%(name)s had no link.") % {"name": contact.name},
    )
    return redirect("customers:customer", request.organisation.slug, contact.customer_id)


@require_safe
@needs(Permission.READ)
def of_invoice(request: MemberRequest, invoice_pk: int) -> HttpResponse:
    """The messages on an invoice, for its page."""
    return _of_document(request, get_object_or_404(Invoice.objects.of(request.organisation), pk=invoice_pk))


@require_safe
@needs(Permission.READ)
def of_quote(request: MemberRequest, quote_pk: int) -> HttpResponse:
    """The messages on a quote, for its page."""
    return _of_document(request, get_object_or_404(Quote.objects.of(request.organisation), pk=quote_pk))


@require_safe
@needs(Permission.READ)
def of_customer(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """The last messages to a customer, and its living portal links, for its page."""
    customer = get_object_or_404(
        Customer.objects.of(request.organisation).select_related("merged_into"), pk=customer_pk
    )
    rows = messages_of_customers(family_of(root_of(customer)), request.organisation)[:_SHOWN]
    linked = Contact.objects.of(request.organisation).filter(
        customer=customer, portal_links__revoked_at=None, portal_links__expires_at__gt=timezone.now()
    )
    return _fragment(request, list(rows), linked=linked.distinct().order_by("name"))


def _of_document(request: MemberRequest, document: Invoice | Quote) -> HttpResponse:
    return _fragment(request, list(messages_of_document(document)[:_SHOWN]))


def _fragment(request: MemberRequest, rows: list[Message], **context: object) -> HttpResponse:
    shown = [(row, shown_state(row)) for row in rows]
    return render(request, "delivery/_messages.html", {"rows": shown, **context})


def _message(request: MemberRequest, pk: int) -> Message:
    rows = messages_of(request.organisation)
    return get_object_or_404(
        rows.select_related("organisation", "customer", "contact", "invoice", "quote", "agreement__conditions"), pk=pk
    )
