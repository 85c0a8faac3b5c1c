"""Pages of terms: the list, the builder, one version, conditions of sale."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.core.terms import BuyerKind, PaymentTerms, Sector, parse_terms
from reglo.customers.models import Customer
from reglo.lists.views import Answer, list_page
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.terms import services
from reglo.terms.forms import AgreementForm, ConditionsForm, PaperAnswerForm, WordsForm
from reglo.terms.listing import AGREEMENTS, STATES
from reglo.terms.meaning import Meaning, meaning_of
from reglo.terms.models import AgreementState, ConditionsOfSale, TermsAgreement
from reglo.terms.queries import binding_agreement, terms_for, terms_of


@require_GET
@needs(Permission.READ)
def agreements(request: MemberRequest) -> Answer:
    """All versions with all customers."""
    rows = TermsAgreement.objects.of(request.organisation).select_related("customer__organisation", "organisation")
    return list_page(request, AGREEMENTS, rows)


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_TERMS)
def new_agreement(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Begin a version for a customer, from the terms that hold now, or from words (?words=)."""
    customer = _customer(request, customer_pk)
    words = WordsForm(request.GET if "words" in request.GET else None)
    terms = _terms_in_words(words) or terms_for(customer)[0]
    form = _form(request, terms, Sector.GENERAL, ConditionsOfSale.objects.of(request.organisation).last())
    if request.method == "POST" and form.is_valid():
        agreement = services.create_agreement(
            organisation=request.organisation,
            customer=customer,
            by=actor_of(request),
            now=timezone.now(),
            **_facts(form),
        )
        return redirect("terms:agreement", request.organisation.slug, agreement.pk)
    values = {"words": words, "binding": binding_agreement(customer)}
    return _builder(request, form, customer, terms, **values)


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_TERMS)
def edit_agreement(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a version that was not sent."""
    agreement = _agreement(request, pk)
    if agreement.state != AgreementState.DRAFT:
        return redirect("terms:agreement", request.organisation.slug, pk)
    terms = terms_of(agreement)
    form = _form(request, terms, Sector(agreement.sector), agreement.conditions)
    if request.method == "POST" and form.is_valid():
        services.change_agreement(
            agreement_id=pk,
            organisation=request.organisation,
            by=actor_of(request),
            now=timezone.now(),
            **_facts(form),
        )
        return redirect("terms:agreement", request.organisation.slug, pk)
    return _builder(request, form, agreement.customer, terms, agreement=agreement)


@require_POST
@needs(Permission.WRITE_TERMS)
def preview(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """What the form means now: the fragment beside it."""
    customer = _customer(request, customer_pk)
    form = _form(request, PaymentTerms(), Sector.GENERAL, None)
    return render(request, "terms/_meaning.html", {"form": form, "meaning": _meaning(request, form, customer, None)})


@require_GET
@needs(Permission.READ)
def agreement(request: MemberRequest, pk: int) -> HttpResponse:
    """One version: what it says, who answered, what may be done."""
    shown = _agreement(request, pk)
    values = {
        "agreement": shown,
        "state": STATES[shown.state],
        "meaning": meaning_of(
            terms_of(shown),
            sector=Sector(shown.sector),
            buyer_kind=BuyerKind(shown.customer.kind),
            today=today_of(request.organisation, timezone.now()),
        ),
        "answers": shown.answers.all(),
        "versions": [(each, STATES[each.state]) for each in shown.customer.agreements.order_by("-version")],
        "paper_form": PaperAnswerForm(),
    }
    return render(request, "terms/agreement.html", values)


@require_POST
@needs(Permission.WRITE_TERMS)
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Delete a version that was not sent."""
    shown = _agreement(request, pk)
    services.delete_agreement(
        agreement_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now()
    )
    messages.success(request, _("The draft of these terms was deleted."))
    return redirect("customers:customer", request.organisation.slug, shown.customer_id)


@require_POST
@needs(Permission.WRITE_TERMS)
def answer_on_paper(request: MemberRequest, pk: int) -> HttpResponse:
    """Note an answer that did not come through the portal."""
    shown, form = _agreement(request, pk), PaperAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say who answered."))
        return redirect("terms:agreement", request.organisation.slug, pk)
    services.answer_agreement(
        agreement_id=pk,
        organisation=request.organisation,
        text_sha256=shown.sha256,
        by=actor_of(request),
        now=timezone.now(),
        **form.cleaned_data,
    )
    return redirect("terms:agreement", request.organisation.slug, pk)


@require_GET
@needs(Permission.READ)
def of_customer(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """The terms that hold with a customer: a fragment for the customer's page."""
    customer = _customer(request, customer_pk)
    terms, binding = terms_for(customer)
    values = {
        "customer": customer,
        "binding": binding,
        "meaning": meaning_of(
            terms,
            sector=Sector(binding.sector) if binding else Sector.GENERAL,
            buyer_kind=BuyerKind(customer.kind),
            today=today_of(request.organisation, timezone.now()),
        ),
        "pending": customer.agreements.filter(state__in=[AgreementState.DRAFT, AgreementState.SENT]),
    }
    return render(request, "terms/_of_customer.html", values)


@require_http_methods(["GET", "POST"])
@needs(Permission.READ, to_write=Permission.WRITE_TERMS)
def conditions(request: MemberRequest) -> HttpResponse:
    """The versions of the conditions of sale; a new one is added below."""
    versions = ConditionsOfSale.objects.of(request.organisation).defer("file", "text").order_by("-version")
    form = ConditionsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _add_conditions(request, form):
        return redirect("terms:conditions", request.organisation.slug)
    return render(request, "terms/conditions.html", {"versions": versions, "form": form})


@require_GET
@needs(Permission.READ)
def conditions_file(request: MemberRequest, pk: int) -> HttpResponse:
    """One version of the conditions of sale, as PDF or text."""
    return conditions_response(get_object_or_404(ConditionsOfSale.objects.of(request.organisation), pk=pk))


def conditions_response(version: ConditionsOfSale) -> HttpResponse:
    """The file of a version, for members and for the portal."""
    name, kind = f"cgv-{version.version}", "application/pdf" if version.file else "text/plain; charset=utf-8"
    body = bytes(version.file) if version.file else version.text
    ending = "pdf" if version.file else "txt"
    headers = {
        "Content-Disposition": f'inline; filename="{name}.{ending}"',
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    }
    return HttpResponse(body, content_type=kind, headers=headers)


def _agreement(request: MemberRequest, pk: int) -> TermsAgreement:
    rows = TermsAgreement.objects.of(request.organisation).select_related("customer", "conditions", "sent_to")
    return get_object_or_404(rows, pk=pk)


def _customer(request: MemberRequest, pk: int) -> Customer:
    return get_object_or_404(Customer.objects.of(request.organisation), pk=pk)


def _terms_in_words(words: WordsForm) -> PaymentTerms | None:
    """What the words say; None, with the reason on the form, where they say nothing that is understood."""
    if not words.is_bound or not words.is_valid() or not words.cleaned_data["words"]:
        return None
    try:
        return parse_terms(words.cleaned_data["words"])
    except DomainError as error:
        words.add_error("words", error.message.in_language(page_language()))
        return None


def _form(
    request: MemberRequest, terms: PaymentTerms, sector: Sector, conditions: ConditionsOfSale | None
) -> AgreementForm:
    initial = AgreementForm.initial_of(terms) | {"sector": sector.value, "conditions": conditions}
    rows = ConditionsOfSale.objects.of(request.organisation).order_by("-version")
    return AgreementForm(request.POST or None, initial=initial, conditions=rows)


def _facts(form: AgreementForm) -> dict[str, Any]:
    values = form.cleaned_data
    return {"terms": values["terms"], "sector": Sector(values["sector"]), "conditions": values["conditions"]}


def _meaning(
    request: MemberRequest, form: AgreementForm, customer: Customer, terms: PaymentTerms | None
) -> Meaning | None:
    """What the form means, or `terms` before anything was typed; None while the form is wrong."""
    sector = Sector.GENERAL.value
    if form.is_bound:
        terms, sector = (form.cleaned_data["terms"], form.cleaned_data["sector"]) if form.is_valid() else (None, sector)
    if terms is None:
        return None
    today = today_of(request.organisation, timezone.now())
    return meaning_of(terms, sector=Sector(sector), buyer_kind=BuyerKind(customer.kind), today=today)


def _builder(
    request: MemberRequest, form: AgreementForm, customer: Customer, terms: PaymentTerms, **values: object
) -> HttpResponse:
    meaning = _meaning(request, form, customer, terms)
    return render(request, "terms/builder.html", {"form": form, "customer": customer, "meaning": meaning, **values})


def _add_conditions(request: MemberRequest, form: ConditionsForm) -> bool:
    """Add a version; whether it was added."""
    file = form.cleaned_data["file"]
    try:
        services.add_conditions(
            organisation=request.organisation,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            file=file.read() if file else None,
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        attach(error, form)
        return False
    messages.success(request, _("The new version is attached to the agreements that you prepare from now on."))
    return True
