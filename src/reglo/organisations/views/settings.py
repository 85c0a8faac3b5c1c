"""How the organisation invoices: VAT, look, terms, documents, e-mails."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reglo.core.errors import DomainError
from reglo.core.parties import VatRegime
from reglo.core.terms import agreement
from reglo.formats.pdf.logo import prepared_logo
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import (
    AccentForm,
    DocumentsForm,
    FiscalYearForm,
    LogoForm,
    SendingForm,
    TermsForm,
    VatRegimeForm,
    attach,
)
from reglo.organisations.franchise import CEILINGS
from reglo.organisations.models import FranchiseActivity
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import default_terms, today_of
from reglo.organisations.services import (
    SendingFacts,
    change_accent,
    change_default_terms,
    change_fiscal_year,
    change_languages,
    change_logo,
    change_sending,
    change_vat_regime,
    remove_logo,
)
from reglo.organisations.terms_preview import read_terms

_LOGO_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=300",
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def vat(request: MemberRequest) -> HttpResponse:
    """The VAT regime, the ceilings of the franchise, and the fiscal year: two forms, each with a button of its own."""
    is_year = "save_year" in request.POST
    form = VatRegimeForm(None if is_year else request.POST or None, instance=request.organisation)
    year_form = FiscalYearForm(request.POST if is_year else None, instance=request.organisation)
    organisation, by, now = request.organisation, actor_of(request), timezone.now()

    def save() -> None:
        regime, activity = form.cleaned_data["vat_regime"], form.cleaned_data["franchise_activity"]
        change_vat_regime(
            organisation=organisation,
            regime=VatRegime(regime),
            activity=FranchiseActivity(activity),
            by=by,
            now=now,
        )

    def save_year() -> None:
        change_fiscal_year(organisation=organisation, by=by, now=now, **year_form.cleaned_data)

    if _saved(request, form, save, _("The VAT regime is saved.")) or (
        is_year and _saved(request, year_form, save_year, _("The fiscal year is saved."))
    ):
        return redirect("organisations:vat", slug=request.organisation.slug)
    labels = dict(form.fields["franchise_activity"].choices)  # type: ignore[attr-defined]  # a field of choices
    ceilings = [(labels[activity.value], known[0]) for activity, known in CEILINGS.items()]
    return render(request, "organisations/vat.html", {"form": form, "year_form": year_form, "ceilings": ceilings})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def look(request: MemberRequest) -> HttpResponse:
    """Logo and colour: two forms on a page, each with a button of its own."""
    is_logo = "save_logo" in request.POST
    logo_form = LogoForm(request.POST, request.FILES) if is_logo else LogoForm()
    accent_form = AccentForm(None if is_logo else request.POST or None, instance=request.organisation)
    organisation, by, now = request.organisation, actor_of(request), timezone.now()

    def save_logo() -> None:
        change_logo(organisation=organisation, logo=logo_form.cleaned_data["logo"], by=by, now=now)

    def save_accent() -> None:
        change_accent(organisation=organisation, accent=accent_form.cleaned_data["accent"], by=by, now=now)

    form, save = (logo_form, save_logo) if is_logo else (accent_form, save_accent)
    if _saved(request, form, save, _("The look of your documents is saved.")):
        return redirect("organisations:look", slug=request.organisation.slug)
    return render(request, "organisations/look.html", {"logo_form": logo_form, "accent_form": accent_form})


@require_safe
@needs(Permission.READ)
def logo(request: MemberRequest) -> HttpResponse:
    """The logo, sifted, as a picture that can do nothing."""
    if not request.organisation.logo:
        raise Http404
    picture = prepared_logo(bytes(request.organisation.logo))
    return HttpResponse(picture.svg, content_type="image/svg+xml", headers=_LOGO_HEADERS)


@require_POST
@needs(Permission.SETTINGS)
def drop_logo(request: MemberRequest) -> HttpResponse:
    """Print the name alone."""
    remove_logo(organisation=request.organisation, by=actor_of(request), now=timezone.now())
    messages.success(request, _("The logo is removed."))
    return redirect("organisations:look", slug=request.organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def terms(request: MemberRequest) -> HttpResponse:
    """The terms that hold where none were agreed."""
    stored = agreement(default_terms(request.organisation)).in_language(request.user.language)
    form = TermsForm(request.POST or None, initial={"terms": stored})

    def save() -> None:
        change_default_terms(
            organisation=request.organisation,
            text=form.cleaned_data["terms"],
            by=actor_of(request),
            now=timezone.now(),
        )

    if _saved(request, form, save, _("The terms are saved: they hold where none were agreed.")):
        return redirect("organisations:terms", slug=request.organisation.slug)
    typed = form.data.get("terms", stored) if form.is_bound else stored
    return render(request, "organisations/terms.html", {"form": form, "reading": _reading(request, typed)})


@require_safe
@needs(Permission.READ)
def terms_preview(request: MemberRequest) -> HttpResponse:
    """What the words mean, for htmx."""
    reading = _reading(request, request.GET.get("terms", ""))
    return render(request, "organisations/_terms.html", {"reading": reading})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def documents(request: MemberRequest) -> HttpResponse:
    """Language of documents, validity of quotes."""
    form = DocumentsForm(request.POST or None, instance=request.organisation)

    def save() -> None:
        change_languages(
            organisation=request.organisation, by=actor_of(request), now=timezone.now(), **form.cleaned_data
        )

    if _saved(request, form, save, _("Saved.")):
        return redirect("organisations:documents", slug=request.organisation.slug)
    return render(request, "organisations/documents.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def sending(request: MemberRequest) -> HttpResponse:
    """From whom e-mails come."""
    form = SendingForm(request.POST or None, instance=request.organisation)

    def save() -> None:
        facts = SendingFacts(**form.cleaned_data)
        change_sending(organisation=request.organisation, facts=facts, by=actor_of(request), now=timezone.now())

    if _saved(request, form, save, _("The sender is saved.")):
        return redirect("organisations:sending", slug=request.organisation.slug)
    return render(request, "organisations/sending.html", {"form": form})


def _saved(request: MemberRequest, form: forms.BaseForm, save: Callable[[], None], said: str) -> bool:
    """Whether what was posted is saved; if not, the form says why."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except DomainError as error:
        attach(error, form)
        return False
    messages.success(request, said)
    return True


def _reading(request: MemberRequest, text: str) -> object:
    return read_terms(text, on=today_of(request.organisation, timezone.now()))
