"""The documents that a key opens, by kind and number; anything else is not there."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from reglo.billing.models import Invoice, Quote
from reglo.customers.models import Customer
from reglo.delivery.addresses import within
from reglo.organisations.queries import today_of
from reglo.portal.access import SEEN_COOKIE, PortalRequest, Visitor
from reglo.portal.queries import agreements_of, invoices_of, quotes_of
from reglo.portal.services import see_document
from reglo.terms.models import TermsAgreement

Document = Invoice | Quote | TermsAgreement


def document_of(visitor: Visitor, kind: str, pk: int) -> Document:
    """A document of the visitor. Raises Http404 for any other."""
    if kind not in _READERS:
        raise Http404
    return _READERS[kind](visitor, pk)


def invoice_of(visitor: Visitor, pk: int) -> Invoice:
    """An invoice of the visitor. Raises Http404."""
    return get_object_or_404(invoices_of(visitor.organisation, visitor.customers), pk=pk)


def quote_of(visitor: Visitor, pk: int) -> Quote:
    """A quote of the visitor. Raises Http404."""
    return get_object_or_404(quotes_of(visitor.organisation, visitor.customers), pk=pk)


def agreement_of(visitor: Visitor, pk: int) -> TermsAgreement:
    """Terms that were proposed to the visitor. Raises Http404."""
    return get_object_or_404(agreements_of(visitor.organisation, visitor.customers), pk=pk)


_READERS: Mapping[str, Callable[[Visitor, int], Document]] = {
    "invoice": invoice_of,
    "quote": quote_of,
    "terms": agreement_of,
}


def page_of(token: str, subject: Customer | Document) -> str:
    """The page of the portal on `subject`."""
    if isinstance(subject, Customer):
        return reverse("portal:home", kwargs={"token": token})
    return reverse(f"portal:{_kind(subject)}", kwargs={"token": token, "pk": subject.pk})


def page_within(subject: Customer | Document) -> str:
    """The page within Réglo on `subject`, below the pages of its organisation."""
    return within("customer" if isinstance(subject, Customer) else _kind(subject), subject.pk)


def note_seen(request: PortalRequest, document: Document) -> None:
    """Note that the visitor has the document, if its browser has shown a page of ours before.

    A scanner that follows the links of a mail asks once and keeps no cookie; a person's browser comes back with it.
    """
    if SEEN_COOKIE not in request.COOKIES:
        return
    visitor = request.visitor
    see_document(
        organisation=visitor.organisation,
        customer=visitor.customer,
        document=document,
        by=visitor.actor,
        now=visitor.now,
        day_begins=_beginning_of_day(visitor),
    )


def _kind(document: Document) -> str:
    return {Invoice: "invoice", Quote: "quote", TermsAgreement: "terms"}[type(document)]


def _beginning_of_day(visitor: Visitor) -> datetime:
    today = today_of(visitor.organisation, visitor.now)
    return datetime.combine(today, time.min, ZoneInfo(visitor.organisation.time_zone))
