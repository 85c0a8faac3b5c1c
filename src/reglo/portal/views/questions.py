"""A question about anything."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reglo.billing.models import Invoice, Quote
from reglo.core.errors import DomainError
from reglo.customers.models import Customer
from reglo.organisations.forms import attach
from reglo.portal.access import PortalRequest, Visitor, visited
from reglo.portal.forms import QuestionForm
from reglo.portal.services import ask_question
from reglo.portal.subjects import document_of, page_of, page_within
from reglo.portal.views.showing import show
from reglo.terms.models import TermsAgreement

Subject = Customer | Invoice | Quote | TermsAgreement


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def question(request: PortalRequest) -> HttpResponse:
    """Ask about a document (?about=invoice-12), or about anything."""
    visitor = request.visitor
    subject = _subject(visitor, request.GET.get("about", ""))
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_question(
                organisation=visitor.organisation,
                customer=visitor.customer,
                subject=subject,
                text=form.cleaned_data["text"],
                path=page_within(subject),
                by=visitor.actor,
                now=visitor.now,
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("Thank you, your question has been sent. You will get an answer by e-mail."))
            return redirect(page_of(visitor.token, subject))
    context = {"form": form, "subject": subject, "about_document": not isinstance(subject, Customer)}
    return show(request, "portal/question.html", {**context, "back": page_of(visitor.token, subject)})


def _subject(visitor: Visitor, about: str) -> Subject:
    if not about:
        return visitor.customer
    kind, _dash, number = about.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    return document_of(visitor, kind, int(number))
