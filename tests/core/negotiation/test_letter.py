import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from reglo.core.negotiation import (
    Correspondence,
    Deal,
    Exchange,
    Letter,
    Lever,
    Offer,
    UnusableDeal,
    counter_proposal,
    exchange_in,
    fence_of,
)
from reglo.core.negotiation.reasons import ASKS, GIVES
from reglo.core.terms import Delay, DiscountTier, Part, PaymentTerms, Penalty, PenaltyBasis, Share, parse_terms
from tests.core.negotiation.builders import a_deal, an_offer, band, deals, offers

PEOPLE = Correspondence(
    customer="Dupont SA",
    company="Atelier Martin",
    on=date(2026, 3, 2),
    sender="Claire Martin",
    contact="Madame Durand",
    their_offer_of=date(2026, 2, 23),
    answer_by=date(2026, 3, 31),
)
#: Every figure of this deal can be told from any of the letter.
SECRET = a_deal(
    yearly_net=Decimal(987_654),
    margin_percent=Decimal("31.7"),
    own_money_percent=Decimal("8.43"),
    their_money=band("3.91", "2.87", "5.13"),
    default_percent=Decimal("1.77"),
)


def written(letter: Letter, language: str) -> str:
    paragraphs = (text for each in letter.paragraphs for text in (each.text, *each.items))
    parts = (letter.subject, letter.greeting, *paragraphs, letter.closing)
    return "\n".join([*(part.in_language(language) for part in parts), *letter.signature])


def a_letter(offer: Offer, deal: Deal = SECRET, people: Correspondence = PEOPLE) -> Letter:
    return counter_proposal(offer, exchange_in(offer, deal), people, since=deal.current)


def test_a_letter_gives_asks_and_says_the_terms_in_full() -> None:
    offer = an_offer(20, discount=("0.4", 5), price="-0.5", deposit=Share(percent=Decimal(10)))
    french, english = (written(a_letter(offer, replace(SECRET, lead_days=30)), each) for each in ("fr", "en"))
    assert french.startswith("Conditions de règlement\N{NO-BREAK SPACE}: notre proposition\nMadame Durand,")
    assert "votre proposition du 23/02/2026" in french
    assert "Un escompte de 0,4\N{NO-BREAK SPACE}% si vous payez sous 5 jours" in french
    assert "En contrepartie, nous vous demandons" in french
    assert "Un acompte de 10\N{NO-BREAK SPACE}% à la commande" in french
    assert "valable jusqu'au 31/03/2026" in french
    assert "an investment without risk at 9.8% a year" in english  # 0.4 ÷ 99.6 × 365 ÷ 15
    assert english.endswith("Yours sincerely,\nClaire Martin\nAtelier Martin")


def test_the_terms_of_the_letter_can_be_read_back() -> None:
    offer = an_offer(45, discount=("0.4", 5))
    paragraph = a_letter(offer).paragraphs[-2].text.fr
    assert parse_terms(paragraph.partition(":")[2]) == offer.terms


@settings(max_examples=60, deadline=None)
@given(offers)
def test_a_letter_never_tells_ones_own_figures(offer: Offer) -> None:
    if offer == SECRET.current:
        return
    text = written(a_letter(offer), "fr") + written(a_letter(offer), "en")
    figures = {Decimal(each.replace(",", ".")) for each in re.findall(r"\d+(?:[.,]\d+)?", text)}
    hidden = (SECRET.margin_percent, SECRET.own_money_percent, SECRET.default_percent)
    band_ = (SECRET.their_money.low, SECRET.their_money.likely, SECRET.their_money.high)
    assert not figures & {*hidden, *band_, SECRET.yearly_net}
    assert not re.search(r"marge|rupture|margin|walk-away|défaillance", text, re.IGNORECASE)


@settings(max_examples=40, deadline=None)
@given(offers, deals)
def test_a_lever_is_given_or_asked_for_never_both(offer: Offer, deal: Deal) -> None:
    exchange = exchange_in(offer, deal)
    assert not set(exchange.gives) & set(exchange.asks)


def test_what_is_cheap_for_us_is_named_first() -> None:
    offer = an_offer(45, price="-1", discount=("0.3", 10))
    assert exchange_in(offer, a_deal()).gives == (Lever.DISCOUNT, Lever.PRICE, Lever.DELAY)


def test_a_proposal_that_the_law_bars_is_answered_with_its_article() -> None:
    theirs = an_offer(90)
    letter = counter_proposal(
        an_offer(45),
        exchange_in(an_offer(45), a_deal()),
        PEOPLE,
        since=an_offer(30),
        bars=fence_of(theirs, a_deal()).bars,
    )
    said = letter.paragraphs[1].text
    assert "(C. com. L441-10 I)." in said.fr
    assert "keep you safe from a fine" in said.en
    assert ".." not in said.fr


def test_a_first_letter_answers_nothing_and_needs_no_names() -> None:
    plain = Correspondence(customer="Dupont SA", company="Atelier Martin", on=date(2026, 3, 2))
    letter = a_letter(an_offer(15), people=plain)
    assert letter.greeting.fr == "Madame, Monsieur,"
    assert letter.paragraphs[0].text.en.startswith("We value our relationship with Dupont SA")
    assert letter.signature == ("Atelier Martin",)
    assert letter.paragraphs[1].text.fr.startswith("Nous vous demandons")
    assert len(letter.paragraphs[1].items) == 1


def test_an_offer_that_changes_nothing_makes_no_letter() -> None:
    with pytest.raises(UnusableDeal):
        a_letter(SECRET.current)


def test_every_lever_has_its_words_both_ways() -> None:
    full = Offer(
        terms=PaymentTerms(
            delay=Delay(days=45),
            deposit=Share(percent=Decimal(20)),
            instalments=(Part(share=Share(one_in=3), delay=Delay(days=15)),),
            discounts=(DiscountTier(percent=Decimal(1), days=45),),
            penalty=Penalty(PenaltyBasis.FIXED, Decimal(12)),
        ),
        price_percent=Decimal(2),
        volume=Decimal(200_000),
        minimum_order=Decimal(5_000),
    )
    bare = Offer(terms=PaymentTerms(penalty=None))
    said = [words[lever](offer) for words in (GIVES, ASKS) for lever in Lever for offer in (full, bare)]
    assert all(each.fr.endswith(".") and each.en.endswith(".") for each in said)
    everything = Exchange(tuple(Lever), ())
    paragraphs = counter_proposal(full, everything, PEOPLE, since=bare).paragraphs
    assert "Volume engagé" in paragraphs[-2].text.fr
    assert "Minimum order: €5,000" in paragraphs[-2].text.en
