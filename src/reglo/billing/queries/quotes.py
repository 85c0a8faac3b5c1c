"""Reading quotes: where each stands, what it offers, its page."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from reglo.billing.content import DRAFT_NUMBER
from reglo.billing.models import Quote, QuoteAnswer, QuoteState
from reglo.billing.offers import offer_of, read_offer
from reglo.core.document import Invoice as Document
from reglo.core.quotes import Offer, offered
from reglo.formats.pdf import Signature, render_quote, render_quote_pictures
from reglo.lists.words import every_word
from reglo.organisations.models import Organisation, OwnedQuerySet
from reglo.organisations.queries import look_of, today_of


class QuoteStanding(StrEnum):
    """Where a quote stands on some day."""

    DRAFT = "draft"
    SENT = "sent"  #: and awaits an answer
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DELETED = "deleted"


def standing_of(quote: Quote, today: date) -> QuoteStanding:
    """Where a quote stands. That it has expired is said by its date alone."""
    if quote.deleted_at is not None:
        return QuoteStanding.DELETED
    if quote.state == QuoteState.SENT and quote.valid_until is not None and quote.valid_until < today:
        return QuoteStanding.EXPIRED
    return QuoteStanding(quote.state)


def quotes_to_list(organisation: Organisation) -> OwnedQuerySet[Quote]:
    """Every quote, deleted ones too, with what a list shows of each."""
    return Quote.objects.of(organisation).select_related("customer").defer("content", "document")


def open_quote(organisation: Organisation, pk: int) -> Quote:
    """A quote with what its page needs. Raises Quote.DoesNotExist."""
    answers = Prefetch("answers", queryset=QuoteAnswer.objects.order_by("at"))
    rows = Quote.objects.of(organisation).select_related("customer", "agreement", "copied_from", "edited_by")
    quote = rows.prefetch_related(answers).get(pk=pk)
    quote.organisation = organisation
    quote.customer.organisation = organisation
    return quote


def search_quotes(rows: QuerySet, text: str) -> QuerySet:
    """Those that are found by every word: number, title, customer."""
    return rows.filter(every_word(text))


def quotes_to_follow_up(today: date) -> QuerySet[Quote]:
    """Quotes of all organisations that nobody answered and that are to be asked about today: for the sweep."""
    return (
        Quote.objects.filter(state=QuoteState.SENT, deleted_at=None, follow_up_on__lte=today)
        .filter(Q(valid_until=None) | Q(valid_until__gte=today))
        .select_related("customer", "organisation")
    )


def answer_to(quote: Quote) -> QuoteAnswer | None:
    """What the customer said, once it did."""
    return next(iter(quote.answers.all()), None)


def taken_options(quote: Quote) -> tuple[int, ...] | None:
    """The choice that was accepted; None before."""
    answer = answer_to(quote)
    return tuple(answer.options) if answer is not None and answer.accepted else None


def offer_in(quote: Quote, *, today: date) -> Offer:
    """What a quote offers: as it was sent, or as it stands. Raises InvalidData and others where it cannot be made."""
    if quote.document is not None:
        return read_offer(bytes(quote.document))
    return offer_of(
        quote.content,
        organisation=quote.organisation,
        customer=quote.customer,
        number=DRAFT_NUMBER,
        today=today,
        valid_until=quote.valid_until or today + timedelta(days=quote.organisation.quote_validity_days),
    )


def offered_document(quote: Quote, options: Collection[int] | None = None) -> Document:
    """What a quote that was sent comes to with a choice, as a document with its totals. Raises BadChoice."""
    return offered(read_offer(bytes(quote.document or b"")), options)


def quote_pdf(quote: Quote) -> bytes:
    """A quote that was sent as PDF; once it is accepted, with the choice and who made it."""
    return pdf_of(quote, today=quote.quote_date or quote.created_at.date())


def pdf_of(quote: Quote, *, today: date) -> bytes:
    """A quote as PDF, also one that is being written."""
    return render_quote(offer_in(quote, today=today), **_page_of(quote))


def pictures_of(quote: Quote, *, today: date) -> tuple[bytes, ...]:
    """The pages of `pdf_of` as pictures, for a screen."""
    return render_quote_pictures(offer_in(quote, today=today), **_page_of(quote), dots_per_inch=110)


def _page_of(quote: Quote) -> dict[str, Any]:
    """How a quote is printed: its look, its language, and the answer to it."""
    answer = answer_to(quote)
    return {
        "look": look_of(quote.organisation),
        "language": language_of(quote),
        "taken": taken_options(quote),
        "signature": None if answer is None or not answer.accepted else _signature(quote, answer),
    }


def language_of(quote: Quote) -> str:
    """The language of a quote: as it says, else its customer's, else the organisation's."""
    said = quote.content.get("language") or quote.customer.language or quote.organisation.language
    return "en" if said == "en" else "fr"


def _signature(quote: Quote, answer: QuoteAnswer) -> Signature:
    return Signature(
        name=answer.name, day=today_of(quote.organisation, answer.at), document_sha256=answer.document_sha256
    )
