"""Pages that make the documents that follow: billing a quote, crediting or replacing an invoice."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reglo.accounts.language import page_language
from reglo.billing.content import DRAFT_NUMBER, examine
from reglo.billing.forms.follow_ups import BillForm, CorrectForm, CreditForm
from reglo.billing.listings.states import kind_badge
from reglo.billing.models import Draft, Invoice, Quote, QuoteState
from reglo.billing.queries.follow_ups import (
    QuoteBilling,
    billing_of,
    counting,
    quantities_left,
    room_on,
)
from reglo.billing.queries.issued import document_of
from reglo.billing.queries.quotes import open_quote
from reglo.billing.services.follow_ups import (
    credit_content,
    draft_corrective,
    draft_credit,
    draft_deposit,
    draft_final,
    draft_progress,
)
from reglo.billing.services.follow_ups.corrections import require_creditable, require_replaceable
from reglo.core.composition import DocumentKind
from reglo.core.document import Invoice as Document
from reglo.core.document import Line
from reglo.core.errors import DomainError
from reglo.core.follow_ups import VatKey
from reglo.customers.models import Customer
from reglo.formats.data.tree import Tree
from reglo.formats.pdf import figures
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of

_USUAL_DEPOSIT = "30"


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_DRAFTS)
def quote_bill(request: MemberRequest, pk: int) -> HttpResponse:
    """Bill an accepted quote: what was billed, what is left, and the next document with its amounts as one chooses."""
    quote = _quote(request, pk)
    if quote.state != QuoteState.ACCEPTED:
        messages.info(request, _("A quote is billed once the customer has accepted it."))
        return redirect("billing:quote", slug=request.organisation.slug, pk=pk)
    billing = billing_of(quote)
    form = BillForm(_typed(request), billing=billing, initial=_first_bill(billing))
    if request.method == "POST" and form.is_valid():
        made = _attempt(form, lambda: _drafted(request, quote, form))
        if made is not None:
            return redirect("billing:draft", slug=request.organisation.slug, pk=made.pk)
    values = {"quote": quote, "billing": billing, "form": form, "bills": _kinds(billing)}
    template = "billing/quote_bill.html"
    return _answered(request, template, form, values, lambda: (form.content(), form.kind), quote.customer)


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_DRAFTS)
def invoice_credit(request: MemberRequest, pk: int) -> HttpResponse:
    """Give back an invoice, whole or in part, by a credit note."""
    invoice = _invoice(request, pk)
    if (refused := _refusal(lambda: require_creditable(invoice))) is not None:
        return render(request, "billing/follow_up_refused.html", {"invoice": invoice, "problem": refused}, status=409)
    document, room = document_of(invoice), room_on(invoice)
    left = quantities_left(invoice)
    keys = [key for key, each in room.by_vat.items() if each.net > 0]
    form = CreditForm(_typed(request), quantities=left, keys=keys)

    def content() -> tuple[Tree, DocumentKind]:
        tree = credit_content(invoice, form.wanted(), reason=form.cleaned_data["reason"])
        return tree, DocumentKind.CREDIT_NOTE

    if request.method == "POST" and form.is_valid():
        made = _attempt(
            form,
            lambda: draft_credit(**_about(request, invoice), wanted=form.wanted(), reason=form.cleaned_data["reason"]),
        )
        if made is not None:
            return redirect("billing:draft", slug=request.organisation.slug, pk=made.pk)
    values = {
        "invoice": invoice,
        "room": room,
        "form": form,
        "lines": _credit_lines(document, left, form),
        "rates": [(_rate_name(key), room.by_vat[key], form.amount_field(number)) for number, key in enumerate(keys)],
    }
    return _answered(request, "billing/follow_up_credit.html", form, values, content, invoice.customer)


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_DRAFTS)
def invoice_correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Replace an invoice by a corrective one."""
    invoice = _invoice(request, pk)
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if (refused := _refusal(lambda: require_replaceable(invoice))) is not None:
        return render(request, "billing/follow_up_refused.html", {"invoice": invoice, "problem": refused}, status=409)
    if request.method == "POST" and form.is_valid():
        made = _attempt(form, lambda: draft_corrective(**_about(request, invoice), reason=form.cleaned_data["reason"]))
        if made is not None:
            return redirect("billing:draft", slug=request.organisation.slug, pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "billing/follow_up_correct.html", {"invoice": invoice, "form": form}, status=status)


def _answered(
    request: MemberRequest,
    template: str,
    form: forms.Form,
    values: dict[str, Any],
    content: Callable[[], tuple[Tree, DocumentKind]],
    customer: Customer,
) -> HttpResponse:
    """The page, or over htmx the amounts alone that the choice comes to."""
    values["document"], values["problem"] = _document(request, form, content, customer)
    if "HX-Request" in request.headers:
        return render(request, "billing/follow_up_answer.html", values)
    return render(request, template, values, status=422 if request.method == "POST" else 200)


def _document(
    request: MemberRequest, form: forms.Form, content: Callable[[], tuple[Tree, DocumentKind]], customer: Customer
) -> tuple[Document | None, DomainError | None]:
    """What the choice comes to, by the core; or why there is no such document."""
    if not form.is_bound or not form.is_valid():
        return None, None
    try:
        tree, kind = content()
    except DomainError as error:
        return None, error
    examination = examine(
        tree,
        kind=kind,
        organisation=request.organisation,
        customer=customer,
        number=DRAFT_NUMBER,
        today=today_of(request.organisation, timezone.now()),
    )
    return examination.document, None


def _typed(request: MemberRequest) -> QueryDict | None:
    """What was typed: posted, or asked about while one chooses."""
    if request.method == "POST":
        return request.POST
    return request.GET if {"way", "scope"} & set(request.GET) else None


def _attempt(form: forms.Form, act: Callable[[], Draft]) -> Draft | None:
    try:
        return act()
    except DomainError as error:
        attach(error, form)
        return None


def _refusal(act: Callable[[], object]) -> DomainError | None:
    try:
        act()
    except DomainError as error:
        return error
    return None


def _drafted(request: MemberRequest, quote: Quote, form: BillForm) -> Draft:
    about: dict[str, Any] = {
        "quote_id": quote.pk,
        "organisation": request.organisation,
        "by": actor_of(request),
        "now": timezone.now(),
    }
    way = form.cleaned_data["way"]
    if way == "deposit":
        return draft_deposit(**about, share=form.share())
    return draft_final(**about) if way == "final" else draft_progress(**about, shares=form.shares())


def _first_bill(billing: QuoteBilling) -> dict[str, str]:
    """What is likely next: a deposit where the terms ask for one and nothing was billed, else the rest."""
    agreed = billing.draft.terms.deposit
    percent = _USUAL_DEPOSIT
    if agreed is not None and agreed.percent is not None:
        percent = f"{agreed.percent.normalize():f}"
    amount = f"{agreed.amount:f}" if agreed is not None and agreed.amount is not None else ""
    is_first = agreed is not None and not billing.invoices
    return {"way": "deposit" if is_first else "final", "percent": "" if amount else percent, "amount": amount}


def _kinds(billing: QuoteBilling) -> list[tuple[Invoice, tuple[Any, str]]]:
    return [(each, kind_badge(each.kind)) for each in billing.invoices]


def _credit_lines(
    document: Document, left: dict[int, Decimal] | Any, form: CreditForm
) -> list[tuple[Line, Decimal, forms.BoundField]]:
    return [(line, left[place], form.quantity_field(place)) for place, line in enumerate(counting(document))]


def _rate_name(key: VatKey) -> str:
    category, rate = key
    if category == "S" and rate is not None:
        return figures.percent(rate, page_language())
    return _("Without VAT")


def _about(request: MemberRequest, invoice: Invoice) -> dict[str, Any]:
    return {
        "invoice_id": invoice.pk,
        "organisation": request.organisation,
        "by": actor_of(request),
        "now": timezone.now(),
    }


def _quote(request: MemberRequest, pk: int) -> Quote:
    try:
        return open_quote(request.organisation, pk)
    except Quote.DoesNotExist:
        raise Http404 from None


def _invoice(request: MemberRequest, pk: int) -> Invoice:
    rows = Invoice.objects.of(request.organisation).select_related("customer", "draft", "organisation")
    try:
        return rows.get(pk=pk)
    except Invoice.DoesNotExist:
        raise Http404 from None
