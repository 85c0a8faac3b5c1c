"""The counter-proposal (*contre-proposition*): a courteous letter whose reasons speak to the other side's interest.

It is written from the two offers and from which levers give and which ask. Neither deal nor limits nor gains come in,
so that the letter cannot tell them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.findings import Finding, Text
from reglo.core.negotiation.deal import Deal, Offer, UnusableDeal
from reglo.core.negotiation.levers import Lever, moved_levers, with_lever
from reglo.core.negotiation.reasons import ASKS, GIVES, price_words
from reglo.core.negotiation.sums import Sums, money
from reglo.core.terms import TERM_RULES, agreement
from reglo.core.terms.figures import amount_text

_COLON = "\N{NO-BREAK SPACE}:"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a counter-proposal gives the customer and what it asks for, by lever."""

    gives: tuple[Lever, ...]  #: cheapest for us first
    asks: tuple[Lever, ...]  #: cheapest for them first


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """Who writes to whom, and when."""

    customer: str
    company: str  #: ours
    on: date  #: of the letter
    sender: str | None = None  #: person who signs
    contact: str | None = None  #: person written to
    their_offer_of: date | None = None  #: day of the proposal that this one answers
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with a list behind it where there is one."""

    text: Text
    items: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter in parts; the room lays them out."""

    on: date
    subject: Text
    greeting: Text
    paragraphs: tuple[Paragraph, ...]
    closing: Text
    signature: tuple[str, ...]


def exchange_in(offer: Offer, deal: Deal, *, since: Offer | None = None) -> Exchange:
    """Which levers of `offer` give the customer something and which ask for something, each moved by itself.

    since: what one compares with, by default today's terms.
    """
    base = since or deal.current
    sums = Sums(deal)
    start = sums.position(base)
    gives, asks = list[tuple[Decimal, Lever]](), list[tuple[Decimal, Lever]]()
    for lever in moved_levers(offer, base):
        moved = with_lever(base, offer, lever)
        if moved is None:
            continue
        at = sums.position(moved)
        ours, theirs = money(at.own_worth - start.own_worth), money(at.their_worth - start.their_worth)
        if theirs > 0:
            gives.append((-ours / theirs, lever))
        elif ours > 0:
            asks.append((-theirs / ours, lever))
    return Exchange(tuple(lever for _, lever in sorted(gives)), tuple(lever for _, lever in sorted(asks)))


def counter_proposal(
    offer: Offer, exchange: Exchange, people: Correspondence, *, since: Offer, bars: Sequence[Finding] = ()
) -> Letter:
    """The letter that makes `offer`. since: today's terms. bars: why the customer's own proposal cannot be agreed.

    Raises UnusableDeal if the offer changes nothing.
    """
    if not moved_levers(offer, since):
        raise UnusableDeal(
            Text(
                fr="Cette proposition ne change rien aux conditions actuelles.",
                en="This proposal changes nothing in today's terms.",
            ),
            field="offer",
        )
    return Letter(
        on=people.on,
        subject=Text(fr=f"Conditions de règlement{_COLON} notre proposition", en="Payment terms: our proposal"),
        greeting=_greeting(people),
        paragraphs=tuple(_paragraphs(offer, exchange, people, bars)),
        closing=Text(
            fr="Nous vous prions d'agréer l'expression de nos salutations distinguées.", en="Yours sincerely,"
        ),
        signature=tuple(each for each in (people.sender, people.company) if each),
    )


def _paragraphs(
    offer: Offer, exchange: Exchange, people: Correspondence, bars: Sequence[Finding]
) -> Iterator[Paragraph]:
    yield Paragraph(_opening(people))
    if bars:
        yield Paragraph(_barred(bars))
    if exchange.gives:
        yield Paragraph(_GIVING, tuple(GIVES[lever](offer) for lever in exchange.gives))
    if exchange.asks:
        asking = _ASKING if exchange.gives else _ASKING_ALONE
        yield Paragraph(asking, tuple(ASKS[lever](offer) for lever in exchange.asks))
    yield Paragraph(_terms_in_full(offer))
    yield Paragraph(_end(people))


def _greeting(people: Correspondence) -> Text:
    name = people.contact
    return Text(fr=f"{name}," if name else "Madame, Monsieur,", en=f"Dear {name}," if name else "Dear Sir or Madam,")


def _opening(people: Correspondence) -> Text:
    if people.their_offer_of is None:
        return Text(
            fr=f"Nous tenons à la relation qui nous lie à {people.customer} et souhaitons l'inscrire dans la durée.",
            en=f"We value our relationship with {people.customer} and wish to see it last.",
        )
    day = people.their_offer_of
    return Text(
        fr=(
            f"Nous vous remercions de votre proposition du {day:%d/%m/%Y}. Nous l'avons étudiée avec soin et "
            "cherchons une solution qui serve nos deux entreprises."
        ),
        en=(
            f"Thank you for your proposal of {day:%Y-%m-%d}. We have studied it with care and look for a solution that "
            "serves both our firms."
        ),
    )


def _barred(bars: Iterable[Finding]) -> Text:
    """Why not, by law: it protects the customer too, since the fine falls on it (C. com. L441-16)."""
    rules = [TERM_RULES[name] for name in dict.fromkeys(bar.rule for bar in bars)]
    french = " ".join(f"{rule.statement.fr.rstrip('.')} ({rule.source})." for rule in rules)
    english = " ".join(f"{rule.statement.en.rstrip('.')} ({rule.source})." for rule in rules)
    return Text(
        fr=f"La loi ne nous permet pas de retenir vos conditions telles quelles{_COLON} {french} Celles qui suivent "
        "vous mettent à l'abri d'une amende.",
        en=f"The law does not allow us to accept your terms as they are: {english} Those below keep you safe from a "
        "fine.",
    )


def _terms_in_full(offer: Offer) -> Text:
    said = agreement(offer.terms)
    french, english = [said.fr], [said.en]
    if offer.price_percent:
        price = price_words(offer)
        french.append(f"Prix{_COLON} {price.fr}.")
        english.append(f"Prices: {price.en}.")
    if offer.volume is not None:
        volume = amount_text(offer.volume)
        french.append(f"Volume engagé{_COLON} {volume.fr} hors taxes par an.")
        english.append(f"Committed volume: {volume.en} a year without tax.")
    if offer.minimum_order is not None:
        least = amount_text(offer.minimum_order)
        french.append(f"Commande minimale{_COLON} {least.fr} hors taxes.")
        english.append(f"Minimum order: {least.en} without tax.")
    return Text(fr=f"Les conditions seraient{_COLON} {' '.join(french)}", en=f"The terms would be: {' '.join(english)}")


def _end(people: Correspondence) -> Text:
    if people.answer_by is None:
        return Text(
            fr="Nous restons à votre écoute pour en parler et pouvons formaliser cet accord dès que vous le souhaitez.",
            en="We are glad to talk it over and can put this agreement in writing as soon as you wish.",
        )
    return Text(
        fr=(
            f"Cette proposition est valable jusqu'au {people.answer_by:%d/%m/%Y}\N{NO-BREAK SPACE}; nous restons à "
            "votre écoute pour en parler d'ici là."
        ),
        en=f"This proposal stands until {people.answer_by:%Y-%m-%d}; we are glad to talk it over until then.",
    )


_GIVING = Text(fr=f"Ce que nous vous proposons{_COLON}", en="What we offer you:")
_ASKING = Text(fr=f"En contrepartie, nous vous demandons{_COLON}", en="In return, we ask you for:")
_ASKING_ALONE = Text(fr=f"Nous vous demandons{_COLON}", en="We ask you for:")
