"""One round: its letter, its PDF, the agreement that comes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.core.negotiation import Side
from reglo.formats.pdf import UnprintableText
from reglo.negotiation import services
from reglo.negotiation.differences import differences
from reglo.negotiation.forms import LetterForm
from reglo.negotiation.letters import file_name, first_draft, letter_pdf
from reglo.negotiation.models import NegotiationState, Round
from reglo.negotiation.queries.answering import story_of
from reglo.negotiation.queries.rows import round_or_404
from reglo.negotiation.stored import deal_of, offer_of
from reglo.negotiation.wording import SIDES, VERDICTS
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.toasts import say_refusal

_LANGUAGES = ("fr", "en")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.WRITE_TERMS)
def round_(request: MemberRequest, pk: int) -> HttpResponse:
    """A round: what was offered, what it means; the letter of ours is edited here (?language= begins anew)."""
    made = round_or_404(request.organisation, pk)
    form = None
    if made.by == Side.OURS:
        form = LetterForm(request.POST or None, initial=_letter(request, made))
        if request.method == "POST" and form.is_valid() and _written(request, made, form):
            messages.success(request, _("The letter is kept."))
            return redirect("negotiation:round", request.organisation.slug, pk)
    row = made.negotiation
    judged = next((each for each_row, each in story_of(row).rounds if each_row.pk == pk), None) if row.deal else None
    values = {
        "round": made,
        "negotiation": row,
        "form": form,
        "judged": judged,
        "verdict": VERDICTS[judged.stand.verdict] if judged else None,
        "words": differences(offer_of(made), deal_of(row).current),
        "side": SIDES[Side(made.by)],
        "is_ours": made.by == Side.OURS,
        "is_open": row.state == NegotiationState.OPEN,
        "offer": offer_of(made),
    }
    return render(request, "negotiation/round.html", values, status=422 if form is not None and form.errors else 200)


@require_GET
@needs(Permission.READ)
def pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter of a round on paper."""
    made = round_or_404(request.organisation, pk)
    if not made.letter:
        messages.error(request, _("Keep the letter first: then it can be printed."))
        return redirect("negotiation:round", request.organisation.slug, pk)
    try:
        content = letter_pdf(made.negotiation, made)
    except UnprintableText as error:
        say_refusal(request, error)
        return redirect("negotiation:round", request.organisation.slug, pk)
    headers = {"Content-Disposition": f'inline; filename="{file_name(made)}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
@needs(Permission.WRITE_TERMS)
def agreement(request: MemberRequest, pk: int) -> HttpResponse:
    """Prepare the terms as an agreement; it is sent and accepted by its own way."""
    round_or_404(request.organisation, pk)
    try:
        drafted = services.draft_agreement(round_id=pk, **_who(request))
    except DomainError as error:
        say_refusal(request, error)
        return redirect("negotiation:round", request.organisation.slug, pk)
    messages.success(request, _("The agreement is prepared: read it, then send it to the customer."))
    return redirect("terms:agreement", request.organisation.slug, drafted.pk)


@require_POST
@needs(Permission.WRITE_TERMS)
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an offer out of the count."""
    return _done(request, pk, services.withdraw_round, _("The offer is taken back; it can be restored below."))


@require_POST
@needs(Permission.WRITE_TERMS)
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Count it again."""
    return _done(request, pk, services.restore_round, _("The offer counts again."))


def _letter(request: MemberRequest, made: Round) -> dict[str, str]:
    """The words of a letter: those that were kept, or a first draft in the language that is asked for."""
    asked = request.GET.get("language", "")
    if made.letter and asked not in _LANGUAGES:
        return {"language": made.language, "subject": made.subject, "letter": made.letter}
    language = asked if asked in _LANGUAGES else made.language
    try:
        subject, letter = first_draft(made.negotiation, made, language=language, sender=str(request.user))
    except DomainError as error:
        messages.warning(request, error.message.in_language(page_language()))
        return {"language": language}
    return {"language": language, "subject": subject, "letter": letter}


def _written(request: MemberRequest, made: Round, form: LetterForm) -> bool:
    """Whether the letter was kept; if not, the form says why."""
    try:
        services.write_letter(round_id=made.pk, **form.facts(), **_who(request))
    except DomainError as error:
        attach(error, form)
        return False
    return True


def _done(request: MemberRequest, pk: int, act: Callable[..., object], said: str) -> HttpResponse:
    """Act on a round and come back to the negotiation."""
    made = round_or_404(request.organisation, pk)
    try:
        act(round_id=pk, **_who(request))
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, said)
    return redirect("negotiation:negotiation", request.organisation.slug, made.negotiation_id)


def _who(request: MemberRequest) -> dict[str, Any]:
    return {"organisation": request.organisation, "by": actor_of(request), "now": timezone.now()}
