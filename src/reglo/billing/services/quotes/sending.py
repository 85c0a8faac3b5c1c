"""Sending quotes: what is fixed by it, how long it holds, when to ask again."""

from datetime import date, datetime, timedelta

from django.db import transaction

from reglo.billing.models import Quote, QuoteState
from reglo.billing.offers import offer_of, without_blank_lines, write_offer
from reglo.billing.seals import sha256
from reglo.billing.services.numbering import locked_series, take_number
from reglo.billing.services.quotes.writing import QuoteClosed, examined_quote, journal_quote, locked_quote, search_of
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.journal.services import Actor
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

#: How long one waits before asking a customer that says nothing.
_FOLLOW_UP = timedelta(days=7)
_LONGEST_VALIDITY = timedelta(days=3660)


class QuoteIncomplete(DomainError):
    """Something is missing without which the quote cannot be made."""

    code = "quote-incomplete"


def fix_quote(
    *, quote_id: int, organisation: Organisation, by: Actor, now: datetime, today: date | None = None
) -> Quote:
    """Number a quote and fix what it says, in the caller's transaction; one that was sent is left as it is.

    Its document is what the customer is shown and signs. Raises QuoteIncomplete, QuoteClosed, DateNotPossible.
    """
    quote = locked_quote(quote_id, organisation)
    if quote.deleted_at is not None:
        raise QuoteClosed(
            Text(
                fr="Ce devis est supprimé\N{NO-BREAK SPACE}: restaurez-le pour l'envoyer.",
                en="This quote is deleted: restore it to send it.",
            )
        )
    if quote.state != QuoteState.DRAFT:
        return quote
    today = today or today_of(organisation, now)
    _fix(quote, now=now, today=today)
    quote.save()
    journal_quote(
        "quote-sent",
        quote,
        by=by,
        now=now,
        number=quote.number,
        sha256=quote.document_sha256,
        valid_until=quote.valid_until.isoformat() if quote.valid_until else None,
    )
    return quote


def _fix(quote: Quote, *, now: datetime, today: date) -> None:
    organisation = quote.organisation
    quote.content = without_blank_lines(quote.content)
    examination = examined_quote(quote, quote.content, now=now)
    if examination.invoice is None:
        first = next(each for each in examination.missing if each.is_fatal)
        raise QuoteIncomplete(
            Text(fr=f"{first.message.fr} {first.fix.fr}".strip(), en=f"{first.message.en} {first.fix.en}".strip()),
            field=first.field or None,
        )
    valid_until = quote.valid_until or today + timedelta(days=organisation.quote_validity_days)
    if valid_until < today:
        raise QuoteIncomplete(
            Text(
                fr="La date de validité est passée\N{NO-BREAK SPACE}: choisissez-en une autre.",
                en="The day of validity is past: choose another.",
            ),
            field="valid_until",
        )
    agreement = None if examination.differs_from_agreement else examination.agreement
    series = locked_series(organisation, for_quotes=True)
    quote.number = take_number(series, today, today=today).number
    quote.quote_date, quote.valid_until, quote.agreement = today, valid_until, agreement
    offer = offer_of(
        {**quote.content, "issue_date": today.isoformat()},
        organisation=organisation,
        customer=quote.customer,
        number=quote.number,
        today=today,
        valid_until=valid_until,
        agreement_sha256=agreement.sha256 if agreement else None,
    )
    quote.document = write_offer(offer)
    quote.document_sha256 = sha256(quote.document)
    quote.state, quote.sent_at = QuoteState.SENT, now
    quote.search = search_of(quote)
    quote.follow_up_on = min(today + _FOLLOW_UP, valid_until)


def set_validity(
    *, quote_id: int, organisation: Organisation, valid_until: date | None, by: Actor, now: datetime
) -> Quote:
    """Say until when a draft of a quote will hold; None is as long as usual. Raises QuoteIncomplete, QuoteClosed."""
    today = today_of(organisation, now)
    if valid_until is not None and not today <= valid_until <= today + _LONGEST_VALIDITY:
        raise QuoteIncomplete(
            Text(fr="Choisissez un jour à venir, d'ici dix ans.", en="Choose a day to come, within ten years."),
            field="valid_until",
        )
    with transaction.atomic(durable=True):
        quote = locked_quote(quote_id, organisation)
        if quote.state != QuoteState.DRAFT:
            raise QuoteClosed(
                Text(
                    fr="Ce devis a été envoyé\N{NO-BREAK SPACE}: sa validité ne change plus.",
                    en="This quote was sent, so its validity no longer changes.",
                )
            )
        quote.valid_until = valid_until
        quote.save(update_fields=["valid_until"])
        said = valid_until.isoformat() if valid_until else None
        journal_quote("quote-validity-set", quote, by=by, now=now, valid_until=said)
    return quote


def plan_follow_up(*, quote_id: int, organisation: Organisation, on: date | None, by: Actor, now: datetime) -> Quote:
    """Say when to ask again about a quote that nobody answered; None is never. The sweep of `delivery` reads it.

    Raises QuoteIncomplete for a day that is past, QuoteClosed for a quote that is not open.
    """
    if on is not None and on < today_of(organisation, now):
        raise QuoteIncomplete(Text(fr="Choisissez un jour à venir.", en="Choose a day to come."), field="follow_up_on")
    with transaction.atomic(durable=True):
        quote = locked_quote(quote_id, organisation)
        if quote.state != QuoteState.SENT:
            raise QuoteClosed(
                Text(
                    fr="On ne relance que pour un devis envoyé et sans réponse.",
                    en="Only a quote that was sent and not answered is asked about.",
                )
            )
        quote.follow_up_on = on
        quote.save(update_fields=["follow_up_on"])
        journal_quote("quote-follow-up-planned", quote, by=by, now=now, follow_up_on=on.isoformat() if on else None)
    return quote


def note_followed_up(quote: Quote) -> None:
    """That a quote was asked about, in the caller's transaction: it is not asked about again unless planned anew."""
    Quote.objects.filter(pk=quote.pk).update(follow_up_on=None)
    quote.follow_up_on = None
