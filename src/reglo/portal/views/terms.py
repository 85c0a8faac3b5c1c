"""Terms that were proposed: read, accept, or propose something else."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reglo.core.errors import DomainError
from reglo.core.terms import due_dates
from reglo.delivery.attachments import file_name
from reglo.delivery.services import tell_of_terms_answer
from reglo.organisations.forms import attach
from reglo.organisations.queries import today_of
from reglo.portal.access import PortalRequest, Visitor, visited
from reglo.portal.forms import TermsAnswerForm
from reglo.portal.subjects import agreement_of, page_of
from reglo.portal.views.showing import file_answer, show
from reglo.terms.models import AgreementState, TermsAgreement
from reglo.terms.queries import terms_of
from reglo.terms.services import answer_agreement

EXAMPLE = Decimal(1000)
"""With tax, of the invoice that the page works out as an example."""


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def agreement(request: PortalRequest, pk: int) -> HttpResponse:
    """The text of the terms, and the answer to it."""
    row = agreement_of(request.visitor, pk)
    form = TermsAnswerForm(request.POST or None, initial={"text_sha256": row.sha256})
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request.visitor, row, form)
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("Thank you, your answer has been recorded."))
            return redirect(page_of(request.visitor.token, row))
    return show(request, "portal/terms.html", {**_facts(request.visitor, row), "form": form})


@require_safe
@visited
def conditions(request: PortalRequest, pk: int) -> HttpResponse:
    """The general conditions of sale that are part of the terms."""
    row = agreement_of(request.visitor, pk)
    if row.conditions is None:
        raise Http404
    name = f"{file_name(row.conditions.title) or 'conditions'}-v{row.conditions.version}"
    if row.conditions.file:
        return file_answer(bytes(row.conditions.file), name=f"{name}.pdf", media_type="application/pdf")
    return file_answer(row.conditions.text.encode(), name=f"{name}.txt", media_type="text/plain; charset=utf-8")


def _answer(visitor: Visitor, row: TermsAgreement, form: TermsAnswerForm) -> None:
    facts = form.cleaned_data
    answer = answer_agreement(
        agreement_id=row.pk,
        organisation=visitor.organisation,
        accepted=facts["is_accepted"],
        name=facts["name"],
        remark=facts["remark"],
        text_sha256=facts["text_sha256"],
        by=visitor.acting_as(facts["name"]),
        now=visitor.now,
        address=visitor.address,
        user_agent=visitor.user_agent,
    )
    tell_of_terms_answer(answer, now=visitor.now)


def _facts(visitor: Visitor, row: TermsAgreement) -> dict[str, object]:
    french = get_language() != "en"
    today = today_of(visitor.organisation, visitor.now)
    return {
        "agreement": row,
        "text_here": (row.text_fr if french else row.text_en).split("\n\n"),
        "text_other": (row.text_en if french else row.text_fr).split("\n\n"),
        "other_language": "en" if french else "fr",
        "answer": row.answers.first(),
        "is_open": row.state == AgreementState.SENT,
        "example": due_dates(terms_of(row), invoice_date=today, gross=EXAMPLE),
        "example_gross": EXAMPLE,
    }
