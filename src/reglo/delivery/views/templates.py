"""The organisation's own words for each kind of message."""

from django.contrib import messages as toasts
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.delivery.composing import Words, compose, sample_table, words_of
from reglo.delivery.forms import WordsForm
from reglo.delivery.listing import KINDS
from reglo.delivery.mime import sender_of
from reglo.delivery.models import MessageKind, MessageTemplate
from reglo.delivery.services import reset_template, save_template
from reglo.delivery.variables import VARIABLES, samples
from reglo.delivery.views.framed import framed, refused
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission

LANGUAGES = {"fr": "Français", "en": "English"}


@require_safe
@needs(Permission.READ)
def templates(request: MemberRequest) -> HttpResponse:
    """All kinds of messages, in both languages."""
    own = set(MessageTemplate.objects.of(request.organisation).values_list("kind", "language"))
    rows = [
        (kind, label, [(code, name, (kind, code) in own) for code, name in LANGUAGES.items()])
        for kind, label in KINDS.items()
    ]
    return render(request, "delivery/templates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def template(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """The words of one kind in one language."""
    wanted = _kind(kind, language)
    words = words_of(request.organisation, wanted, language)
    form = WordsForm(request.POST or None, initial={"subject": words.subject, "body": words.body})
    if request.method == "POST" and form.is_valid():
        try:
            save_template(
                organisation=request.organisation,
                kind=wanted,
                language=language,
                words=form.words,
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach(error, form)
        else:
            toasts.success(request, _("Your words are kept for the next messages."))
            return redirect("delivery:templates", request.organisation.slug)
    own = MessageTemplate.objects.of(request.organisation).filter(kind=kind, language=language)
    context = {
        "form": form,
        "kind": kind,
        "language": language,
        "label": KINDS[kind],
        "language_name": LANGUAGES[language],
        "is_own": own.exists(),
        "variables": [
            (each.name.in_language(language), each.meaning, each.sample.in_language(language))
            for each in VARIABLES[wanted]
        ],
    }
    return render(request, "delivery/template.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@needs(Permission.READ, to_write=Permission.READ)
def preview(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """The message that the words make of samples, for its frame."""
    wanted = _kind(kind, language)
    words = words_of(request.organisation, wanted, language)
    if request.method == "POST":
        words = Words(subject=request.POST.get("subject", ""), body=request.POST.get("body", ""))
    organisation = request.organisation
    values = samples(wanted, language) | {"organisation": organisation.trading_name or organisation.name}
    try:
        composed = compose(
            words,
            kind=wanted,
            organisation=organisation,
            language=language,
            values=values,
            table=sample_table(wanted, language),
        )
    except DomainError as error:
        return refused(error, page_language())
    return framed(composed, sender=sender_of(organisation), recipient='"Claire Petit" <claire@librairie.example>')


@require_POST
@needs(Permission.SETTINGS)
def reset(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """Go back to the words of Réglo."""
    reset_template(
        organisation=request.organisation,
        kind=_kind(kind, language),
        language=language,
        by=actor_of(request),
        now=timezone.now(),
    )
    toasts.success(request, _("The words of Réglo are used again."))
    return redirect("delivery:template", request.organisation.slug, kind, language)


def _kind(kind: str, language: str) -> MessageKind:
    if kind not in KINDS or language not in LANGUAGES:
        raise Http404
    return MessageKind(kind)
