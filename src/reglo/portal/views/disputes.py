"""Something is wrong: saying so, and going on with the thread."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reglo.billing.models import Invoice
from reglo.collection.forms.disputes import checked_files
from reglo.collection.forms.money import minor_of
from reglo.collection.models import Dispute, DisputeScope, DisputeState
from reglo.collection.queries.disputes import disputes_of, files_of, lines_of, open_disputes
from reglo.collection.services.disputes import (
    Objection,
    open_dispute,
    require_objection,
    say_in_dispute,
    withdraw_dispute,
)
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.delivery.services.values import amount_text
from reglo.organisations.forms import attach
from reglo.organisations.toasts import say_refusal
from reglo.portal.access import PortalRequest, Visitor, visited
from reglo.portal.forms import DisputeForm, FilesForm, WordsWithFilesForm
from reglo.portal.subjects import invoice_of
from reglo.portal.views.confirming import confirm, is_confirmed, wants_change
from reglo.portal.views.showing import show

_NBSP = "\N{NO-BREAK SPACE}"


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def new(request: PortalRequest, pk: int) -> HttpResponse:
    """Say what is wrong with an invoice; where it was said already, its thread."""
    visitor = request.visitor
    invoice = invoice_of(visitor, pk)
    standing = open_disputes(visitor.organisation).filter(invoice=invoice).first()
    if standing is not None and request.method != "POST":
        return redirect("portal:dispute", token=visitor.token, pk=standing.pk)
    form = DisputeForm(request.POST or None, initial={"name": visitor.contact.name})
    lines = lines_of(invoice)
    form.fields["line"].choices = [("", "–"), *((each.number, each.label) for each in lines)]  # type: ignore[attr-defined]  # a ChoiceField
    files = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and files.is_valid() and not wants_change(request):
        try:
            if is_confirmed(request):
                return _open(request, invoice, form, files)
            disputed = require_objection(invoice, _objection(form, invoice))
        except DomainError as error:
            attach(error, form)
        else:
            words, title, button = _words(form, invoice, disputed), _("Something is wrong"), _("Send")
            return confirm(request, form, words, title=title, button=button, files=FilesForm(), has_files=True)
    return show(request, "portal/dispute_new.html", {"form": form, "invoice": invoice})


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def dispute(request: PortalRequest, pk: int) -> HttpResponse:
    """The thread of a dispute; write in it, add files."""
    visitor = request.visitor
    row = _dispute(visitor, pk)
    form = WordsWithFilesForm(request.POST or None, request.FILES or None, initial={"name": visitor.contact.name})
    if request.method == "POST" and form.is_valid():
        try:
            say_in_dispute(
                dispute_id=row.pk,
                organisation=visitor.organisation,
                text=form.cleaned_data["text"],
                is_ours=False,
                name=form.cleaned_data["name"],
                by=visitor.acting_as(form.cleaned_data["name"]),
                now=visitor.now,
                files=checked_files(form.cleaned_data["attached"]),
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("Thank you, your message has been sent."))
            return redirect("portal:dispute", token=visitor.token, pk=pk)
    context = {
        "dispute": row,
        "thread": row.thread.order_by("at", "pk"),
        "files": files_of(row),
        "form": form,
        "is_open": row.state == DisputeState.OPEN,
    }
    return show(request, "portal/dispute.html", context)


@require_POST
@visited
def withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Let it be."""
    visitor = request.visitor
    row = _dispute(visitor, pk)
    try:
        withdraw_dispute(dispute_id=row.pk, organisation=visitor.organisation, by=visitor.actor, now=visitor.now)
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, _("Thank you. The invoice is no longer disputed."))
    return redirect("portal:dispute", token=visitor.token, pk=pk)


def _dispute(visitor: Visitor, pk: int) -> Dispute:
    return get_object_or_404(disputes_of(visitor.organisation), pk=pk, customer__in=visitor.customers)


def _objection(form: DisputeForm, invoice: Invoice) -> Objection:
    facts = form.cleaned_data
    return Objection(
        scope=DisputeScope(facts["scope"]),
        reason=facts["reason"],
        line=facts["line"],
        amount_minor=minor_of(facts["amount"], invoice.currency),
    )


def _open(request: PortalRequest, invoice: Invoice, form: DisputeForm, files: FilesForm) -> HttpResponse:
    visitor, name = request.visitor, form.cleaned_data["name"]
    row = open_dispute(
        organisation=visitor.organisation,
        invoice_id=invoice.pk,
        objection=_objection(form, invoice),
        opened_by=name,
        on_portal=True,
        by=visitor.acting_as(name),
        now=visitor.now,
        files=checked_files(files.cleaned_data["attached"]),
    )
    messages.success(request, _("Thank you for telling us. We look into it, and nobody reminds you of it meanwhile."))
    return redirect("portal:dispute", token=visitor.token, pk=row.pk)


def _words(form: DisputeForm, invoice: Invoice, disputed: int) -> Text:
    amount = {each: amount_text(disputed, invoice.currency, each) for each in ("fr", "en")}
    reason = form.cleaned_data["reason"].strip()
    return Text(
        fr=f"Vous contestez {amount['fr']} de {invoice.number}{_NBSP}:\n\n« {reason} »\n\n"
        "Nous vous répondons ici et par e-mail.",
        en=f"You dispute {amount['en']} of {invoice.number}:\n\n“{reason}”\n\nWe answer you here and by e-mail.",
    )
