"""The customer's answer to a quote, with its proof. Given once, it never changes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from reglo.billing.models import Quote, QuoteAnswer, QuoteState
from reglo.billing.offers import read_offer
from reglo.billing.services.drafts import minor_of
from reglo.billing.services.quotes.writing import journal_quote, locked_quote
from reglo.core.document import Totals
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.quotes import first_choice, offered, require_choice
from reglo.formats.pdf.figures import short_day
from reglo.journal.services import Actor
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_AGENT = 200, 2000, 300


class QuoteExpired(DomainError):
    """The quote held until a day that is past."""

    code = "quote-expired"


class QuoteAlreadyAnswered(DomainError):
    """Another answer was given before."""

    code = "quote-already-answered"


class QuoteNotOpen(DomainError):
    """A quote that was not sent or was taken back, or an answer without a name."""

    code = "quote-not-open"


def accept_quote(
    *,
    quote_id: int,
    organisation: Organisation,
    name: str,
    consent: str,
    options: Collection[int] | None,
    by: Actor,
    now: datetime,
    address: str | None = None,
    user_agent: str = "",
) -> QuoteAnswer:
    """Take the customer's signature on a quote, with the options that were ticked.

    consent: the sentence that was ticked. options: places of options and alternatives; the first choice where None.
    The same answer again is the first one. Raises QuoteExpired, QuoteAlreadyAnswered, QuoteNotOpen, BadChoice.
    """
    with transaction.atomic(durable=True):
        quote = locked_quote(quote_id, organisation)
        if (given := quote.answers.first()) is not None:
            return _same_answer(given, accepted=True, options=options, quote=quote)
        _require_open(quote)
        _require_valid(quote, now)
        _require(name, "name")
        _require(consent, "consent")
        taken = _taken(quote, options)
        return _accepted(
            quote,
            taken,
            QuoteAnswer(name=name, consent=consent, address=address, user_agent=user_agent),
            by=by,
            now=now,
        )


def refuse_quote(
    *,
    quote_id: int,
    organisation: Organisation,
    name: str,
    reason: str,
    by: Actor,
    now: datetime,
    address: str | None = None,
    user_agent: str = "",
) -> QuoteAnswer:
    """Take the customer's refusal. An expired quote can be refused too. Raises QuoteAlreadyAnswered, QuoteNotOpen."""
    with transaction.atomic(durable=True):
        quote = locked_quote(quote_id, organisation)
        if (given := quote.answers.first()) is not None:
            return _same_answer(given, accepted=False, options=(), quote=quote)
        _require_open(quote)
        _require(name, "name")
        return _refused(
            quote, QuoteAnswer(name=name, reason=reason, address=address, user_agent=user_agent), by=by, now=now
        )


def note_quote_accepted(
    *,
    quote_id: int,
    organisation: Organisation,
    name: str,
    note: str,
    options: Collection[int] | None,
    by: Actor,
    now: datetime,
) -> QuoteAnswer:
    """Write down that a quote was accepted elsewhere: signed on paper, by an order. Also after it has expired.

    note: where the signature is to be found. Raises QuoteAlreadyAnswered, QuoteNotOpen, BadChoice.
    """
    with transaction.atomic(durable=True):
        quote = locked_quote(quote_id, organisation)
        if (given := quote.answers.first()) is not None:
            return _same_answer(given, accepted=True, options=options, quote=quote)
        _require_open(quote)
        _require(name, "name")
        taken = _taken(quote, options)
        return _accepted(quote, taken, QuoteAnswer(name=name, reason=note), by=by, now=now)


def note_quote_refused(
    *, quote_id: int, organisation: Organisation, name: str, reason: str, by: Actor, now: datetime
) -> QuoteAnswer:
    """Write down that a quote was refused by telephone or letter. Raises QuoteAlreadyAnswered, QuoteNotOpen."""
    return refuse_quote(quote_id=quote_id, organisation=organisation, name=name, reason=reason, by=by, now=now)


def _accepted(quote: Quote, taken: Sequence[int], answer: QuoteAnswer, *, by: Actor, now: datetime) -> QuoteAnswer:
    totals = offered(read_offer(bytes(quote.document or b"")), taken).totals or Totals()
    answer.accepted, answer.options = True, list(taken)
    answer.net_minor = minor_of(totals.net, quote.currency)
    answer.gross_minor = minor_of(totals.gross, quote.currency)
    _keep(quote, answer, QuoteState.ACCEPTED, now=now)
    journal_quote(
        "quote-accepted",
        quote,
        by=by,
        now=now,
        name=answer.name,
        options=answer.options,
        accepted_gross_minor=answer.gross_minor,
        sha256=answer.document_sha256,
    )
    return answer


def _refused(quote: Quote, answer: QuoteAnswer, *, by: Actor, now: datetime) -> QuoteAnswer:
    answer.accepted = False
    _keep(quote, answer, QuoteState.REFUSED, now=now)
    journal_quote("quote-refused", quote, by=by, now=now, name=answer.name, reason=answer.reason)
    return answer


def _keep(quote: Quote, answer: QuoteAnswer, state: QuoteState, *, now: datetime) -> None:
    answer.organisation, answer.quote, answer.at = quote.organisation, quote, now
    answer.name = _clean(answer.name, _LONGEST_NAME)
    answer.consent, answer.reason = _clean(answer.consent, _LONGEST_TEXT), _clean(answer.reason, _LONGEST_TEXT)
    answer.user_agent = _clean(answer.user_agent, _LONGEST_AGENT)
    answer.document_sha256 = quote.document_sha256
    answer.save(force_insert=True)
    quote.state, quote.follow_up_on = state, None
    quote.save(update_fields=["state", "follow_up_on"])


def _clean(text: str, longest: int) -> str:
    """Text as a database holds it: PostgreSQL refuses the character zero."""
    return text.replace("\x00", "").strip()[:longest]


def _taken(quote: Quote, options: Collection[int] | None) -> Sequence[int]:
    lines = read_offer(bytes(quote.document or b"")).lines
    return first_choice(lines) if options is None else require_choice(lines, options)


def _same_answer(given: QuoteAnswer, *, accepted: bool, options: Collection[int] | None, quote: Quote) -> QuoteAnswer:
    is_the_same_choice = not accepted or options is None or sorted(set(options)) == given.options
    if given.accepted is accepted and is_the_same_choice:
        return given
    raise QuoteAlreadyAnswered(
        Text(
            fr=f"{given.name} a déjà répondu au devis {quote.number}. Demandez-en un nouveau.",
            en=f"{given.name} has answered the quote {quote.number} already. Ask for a new one.",
        )
    )


def _require_open(quote: Quote) -> None:
    if quote.state != QuoteState.SENT or quote.deleted_at is not None:
        raise QuoteNotOpen(Text(fr="Ce devis n'attend pas de réponse.", en="This quote awaits no answer."))


def _require_valid(quote: Quote, now: datetime) -> None:
    until = quote.valid_until
    if until is not None and today_of(quote.organisation, now) > until:
        raise QuoteExpired(
            Text(
                fr=f"Ce devis était valable jusqu'au {short_day(until, 'fr')}. Demandez-en un nouveau.",
                en=f"This quote was valid until {short_day(until, 'en')}. Ask for a new one.",
            )
        )


def _require(text: str, field: str) -> None:
    if not text.replace("\x00", "").strip():
        missing = {
            "name": Text(fr="Indiquez votre nom.", en="Give your name."),
            "consent": Text(fr="Cochez la case pour donner votre accord.", en="Tick the box to agree."),
        }
        raise QuoteNotOpen(missing[field], field=field)
