"""The counter-proposal as text that one edits, and on paper."""

import re
from datetime import date

from reglo.collection.services.letters.parts import address_of, paper
from reglo.core.negotiation import Correspondence, Letter, Side, counter_proposal, exchange_in, fence_of
from reglo.formats.pdf import render_paper
from reglo.negotiation.models import Negotiation, Round
from reglo.negotiation.stored import deal_of, offer_of

_PARAGRAPHS = re.compile(r"\n\s*\n")
_LANGUAGES = ("fr", "en")


def first_draft(row: Negotiation, made: Round, *, language: str, sender: str) -> tuple[str, str]:
    """Subject and text of the letter that makes one of our offers, as the core writes it.

    It answers the last offer of the other side, where there is one. Raises UnusableDeal if the offer changes nothing.
    """
    deal, offer = deal_of(row), offer_of(made)
    theirs = _answered(row, made)
    people = Correspondence(
        customer=row.name,
        company=row.organisation.trading_name or row.organisation.name,
        on=made.on,
        sender=sender,
        contact=_contact(row) if language == "en" else None,  # French greets «Madame, Monsieur»
        their_offer_of=theirs.on if theirs else None,
    )
    bars = fence_of(offer_of(theirs), deal).bars if theirs else ()
    letter = counter_proposal(offer, exchange_in(offer, deal), people, since=deal.current, bars=bars)
    return letter.subject.in_language(language), _text(letter, language)


def letter_pdf(row: Negotiation, made: Round) -> bytes:
    """The letter as it stands now, on the organisation's paper."""
    contact = row.customer.contacts.filter(archived_at=None).order_by("-buys", "pk").first() if row.customer else None
    recipient = address_of(row.customer, contact) if row.customer else (row.name,)
    blocks = [part.strip() for part in _PARAGRAPHS.split(made.letter.replace("\r\n", "\n")) if part.strip()]
    page = paper(
        row.organisation,
        language=made.language if made.language in _LANGUAGES else "fr",
        title=made.subject,
        recipient=recipient,
        subject=made.subject,
        written=made.on,
        blocks=blocks,
    )
    return render_paper(page, written=made.on)


def file_name(made: Round) -> str:
    """What the PDF is called."""
    day: date = made.on
    return f"contre-proposition-{day.isoformat()}.pdf" if made.language == "fr" else f"proposal-{day.isoformat()}.pdf"


def _answered(row: Negotiation, made: Round) -> Round | None:
    """The last offer of the other side up to the day of ours."""
    theirs = row.rounds.filter(by=Side.THEIRS, withdrawn_at=None, on__lte=made.on)
    return theirs.order_by("-on", "-pk").first()


def _contact(row: Negotiation) -> str | None:
    if row.customer is None:
        return None
    found = row.customer.contacts.filter(archived_at=None).order_by("-buys", "pk").first()
    return found.name if found else None


def _text(letter: Letter, language: str) -> str:
    """From the greeting to the signature; a list has a dash before each item."""
    parts = [letter.greeting.in_language(language)]
    for each in letter.paragraphs:
        parts.append(each.text.in_language(language))
        parts += [f"– {item.in_language(language)}" for item in each.items]
    parts += [letter.closing.in_language(language), "\n".join(letter.signature)]
    return "\n\n".join(parts)
