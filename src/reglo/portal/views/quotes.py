"""A quote: read it, choose, sign, or refuse with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reglo.accounts.language import page_language
from reglo.billing.models import Quote
from reglo.billing.queries.quotes import answer_to, offer_in, offered_document, quote_pdf, taken_options
from reglo.billing.services.quotes import accept_quote, refuse_quote
from reglo.core.document import Totals
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.quotes import Offer, OfferLine, alternatives_of, first_choice, options_of
from reglo.core.terms import sentence
from reglo.delivery.attachments import file_name
from reglo.delivery.services import tell_of_quote_answer
from reglo.formats.pdf import figures
from reglo.organisations.forms import attach
from reglo.organisations.queries import today_of
from reglo.portal.access import PortalRequest, Visitor, visited
from reglo.portal.forms import RefusalForm, SignatureForm
from reglo.portal.queries import is_open
from reglo.portal.subjects import note_seen, page_of, quote_of
from reglo.portal.views.showing import file_answer, show


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line of a quote, and whether it is chosen."""

    place: int
    name: str
    description: str
    price: str  #: "2 × 450,00 €", without tax
    is_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTotals:
    """What a choice comes to."""

    net: str
    vat: str
    gross: str
    consent: str  #: the exact sentence that is agreed to


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def quote(request: PortalRequest, pk: int) -> HttpResponse:
    """The page of a quote; posted to, it is signed."""
    row = quote_of(request.visitor, pk)
    offer = offer_in(row, today=today_of(request.visitor.organisation, request.visitor.now))
    taken = _taken(request, row, offer)
    form = SignatureForm(request.POST if request.method == "POST" else None)
    try:
        shown = totals_of(row, taken)
        if request.method == "POST" and form.is_valid() and _is_as_shown(form, shown):
            _sign(request.visitor, row, form.cleaned_data["name"], taken, shown.consent)
            messages.success(request, _("Thank you! Your signature has been recorded."))
            return redirect(page_of(request.visitor.token, row))
    except DomainError as error:
        taken = first_choice(offer.lines)
        shown = totals_of(row, taken)
        form.is_valid()
        attach(error, form)
    return _page(request, row, offer, taken, shown, form, RefusalForm())


@require_safe
@visited
def totals(request: PortalRequest, pk: int) -> HttpResponse:
    """What the ticked options come to, for the page that shows it at once."""
    row = quote_of(request.visitor, pk)
    try:
        shown = totals_of(row, _numbers(request.GET.getlist("taken"), request.GET))
    except DomainError as error:
        return HttpResponse(error.message.in_language(page_language()), status=422, content_type="text/plain")
    return show(request, "portal/_totals.html", {"totals": shown})


@require_http_methods(["POST"])
@visited
def refuse(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a refusal with its reason."""
    row = quote_of(request.visitor, pk)
    visitor = request.visitor
    form = RefusalForm(request.POST)
    if form.is_valid():
        try:
            _refuse(visitor, row, form)
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("Thank you for telling us. Your answer has been recorded."))
            return redirect(page_of(visitor.token, row))
    offer = offer_in(row, today=today_of(visitor.organisation, visitor.now))
    taken = taken_options(row) or first_choice(offer.lines)
    return _page(request, row, offer, taken, totals_of(row, taken), SignatureForm(), form)


@require_safe
@visited
def pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """The quote as PDF."""
    row = quote_of(request.visitor, pk)
    note_seen(request, row)
    return file_answer(quote_pdf(row), name=f"{file_name(row.number)}.pdf", media_type="application/pdf")


def totals_of(row: Quote, taken: Sequence[int]) -> ShownTotals:
    """What a choice comes to, in the language of the page. Raises BadChoice."""
    sums = offered_document(row, taken).totals or Totals()
    language = page_language()
    shown = {
        name: figures.money(value, row.currency, language) if value is not None else ""
        for name, value in (("net", sums.net), ("vat", sums.vat), ("gross", sums.gross))
    }
    sentence = _consent(row.number, shown["gross"]).in_language(language)
    return ShownTotals(**shown, consent=sentence)


def _consent(number: str, gross: str) -> Text:
    return Text(
        fr=f"J'ai lu le devis {number} et ses conditions de paiement, et je l'accepte pour {gross} TTC. "
        "Bon pour accord.",
        en=f"I have read quote {number} and its payment terms, and I accept it for {gross} with tax.",
    )


def _taken(request: PortalRequest, row: Quote, offer: Offer) -> Sequence[int]:
    """What was ticked; what was signed; else the first choice."""
    if request.method == "POST":
        return _numbers(request.POST.getlist("taken"), request.POST)
    return taken_options(row) or first_choice(offer.lines)


def _numbers(ticked: Sequence[str], values: object) -> Sequence[int]:
    """Places, of boxes and of one radio button for each group of alternatives; what is no number is no place."""
    ways = [value for name, value in values.items() if name.startswith("way-")]  # type: ignore[attr-defined]
    return [int(each) if each.isascii() and each.isdigit() and len(each) < 6 else -1 for each in (*ticked, *ways)]


def _is_as_shown(form: SignatureForm, shown: ShownTotals) -> bool:
    """Whether the amount on the page was that of the options: else it is shown first, and signed then."""
    if form.cleaned_data["shown"] == shown.gross:
        return True
    form.add_error(None, _("The total follows your choice of options: please check it and sign again."))
    return False


def _sign(visitor: Visitor, row: Quote, name: str, taken: Sequence[int], consent: str) -> None:
    answer = accept_quote(
        quote_id=row.pk,
        organisation=visitor.organisation,
        name=name,
        consent=consent,
        options=taken,
        by=visitor.acting_as(name),
        now=visitor.now,
        address=visitor.address,
        user_agent=visitor.user_agent,
    )
    tell_of_quote_answer(answer, now=visitor.now)


def _refuse(visitor: Visitor, row: Quote, form: RefusalForm) -> None:
    name = form.cleaned_data["name"]
    answer = refuse_quote(
        quote_id=row.pk,
        organisation=visitor.organisation,
        name=name,
        reason=form.cleaned_data["reason"],
        by=visitor.acting_as(name),
        now=visitor.now,
        address=visitor.address,
        user_agent=visitor.user_agent,
    )
    tell_of_quote_answer(answer, now=visitor.now)


def _page(
    request: PortalRequest,
    row: Quote,
    offer: Offer,
    taken: Sequence[int],
    shown: ShownTotals,
    form: SignatureForm,
    refusal: RefusalForm,
) -> HttpResponse:
    today = today_of(request.visitor.organisation, request.visitor.now)
    lines = [_shown(place, each, row, taken) for place, each in enumerate(offer.lines)]
    ways = alternatives_of(offer.lines)
    options = options_of(offer.lines)
    choosable = {*options, *(place for places in ways.values() for place in places)}
    context = {
        "quote": row,
        "offer": offer,
        "fixed_lines": [line for line in lines if line.place not in choosable],
        "options": [lines[place] for place in options],
        "alternatives": [(name, [lines[place] for place in places]) for name, places in ways.items()],
        "totals": shown,
        "form": form,
        "refusal": refusal,
        "is_open": is_open(row, today),
        "answer": answer_to(row),
        "terms": _terms_notes(offer),
    }
    return show(request, "portal/quote.html", context)


def _shown(place: int, offered: OfferLine, row: Quote, taken: Sequence[int]) -> ShownLine:
    line, language = offered.line, page_language()
    price = line.price if line.price is not None else line.price_with_vat
    quantity = figures.number(line.quantity, language)
    return ShownLine(
        place=place,
        name=line.name,
        description=line.description or "",
        price="" if price is None else f"{quantity} × {figures.money(price, row.currency, language)}",
        is_taken=place in taken,
    )


def _terms_notes(offer: Offer) -> Text:
    """What the quote says of payment, in a sentence."""
    return sentence(offer.draft.terms, currency=offer.draft.currency)
