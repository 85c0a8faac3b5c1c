from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.terms import (
    BuyerKind,
    PaymentTerms,
    Penalty,
    PenaltyBasis,
    Share,
    notes,
    parse_terms,
    sentence,
)
from tests.core.terms.strategies import all_terms

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("net 30", "Paiement à 30 jours date de facture.", "Payment within 30 days from the date of invoice."),
        ("1 jour", "Paiement à 1 jour date de facture.", "Payment within 1 day from the date of invoice."),
        ("comptant", "Paiement comptant.", "Payment immediately."),
        ("à réception", "Paiement à réception de la facture.", "Payment on receipt of the invoice."),
        (
            "45 jours fin de mois le 1er",
            "Paiement à 45 jours date de facture puis fin de mois le 1er.",
            "Payment within 45 days from the date of invoice then end of month on the 1st.",
        ),
        (
            "fin de mois 45 jours",
            "Paiement à 45 jours après la fin du mois de la facture.",
            "Payment within 45 days after the end of the month of the invoice.",
        ),
        (
            "1500,50 € à la commande, solde à la livraison",
            f"Paiement{NBSP}: 1{NBSP}500,50{NBSP}€ à la commande, solde à la livraison.",
            "Payment: €1,500.50 on order, balance on delivery.",
        ),
        (
            "2,5/8 net 30",
            f"Paiement à 30 jours date de facture. Escompte de 2,5{NBSP}% pour paiement sous 8 jours.",
            "Payment within 30 days from the date of invoice. Discount of 2.5% for payment within 8 days.",
        ),
    ],
)
def test_the_sentence_says_the_terms_in_both_languages(text: str, french: str, english: str) -> None:
    said = sentence(parse_terms(text))
    assert (said.fr, said.en) == (french, english)


def test_an_amount_is_said_in_the_currency_of_the_invoice() -> None:
    terms = PaymentTerms(deposit=Share(amount=Decimal(500)))
    said = sentence(terms, currency="USD")
    assert f"500{NBSP}USD à la commande" in said.fr
    assert f"USD{NBSP}500 on order" in said.en


def test_a_business_buyer_reads_indemnity_penalties_and_that_there_is_no_discount() -> None:
    terms = PaymentTerms(penalty=Penalty(PenaltyBasis.LEGAL, Decimal(3)))
    pmt, pmd, aab = notes(terms)
    assert [each.subject for each in (pmt, pmd, aab)] == ["PMT", "PMD", "AAB"]
    assert pmt.text is not None
    assert f"40{NBSP}€" in pmt.text
    assert "D441-5" in pmt.text
    assert pmd.text is not None
    assert "3 fois le taux d'intérêt légal" in pmd.text
    assert "L441-10" in pmd.text
    assert aab.text == "Pas d'escompte pour paiement anticipé."


def test_a_discount_says_that_only_the_tax_on_the_price_paid_is_deducted() -> None:
    *_, aab = notes(parse_terms("2/10 net 30"))
    assert aab.text is not None
    assert f"2{NBSP}%" in aab.text
    assert "TVA" in aab.text


def test_a_public_buyer_reads_its_own_rate_and_articles_whatever_the_terms_say() -> None:
    terms = PaymentTerms(penalty=Penalty(PenaltyBasis.FIXED, Decimal(15)), indemnity=None)
    pmt, pmd, _ = (each.text or "" for each in notes(terms, buyer_kind=BuyerKind.PUBLIC))
    assert "D2192-35" in pmt
    assert "majoré de 8 points" in pmd
    assert "15" not in pmd.replace("R2192", "")


def test_a_consumer_reads_that_penalties_and_indemnity_do_not_apply() -> None:
    pmt, pmd, _ = (each.text or "" for each in notes(PaymentTerms(), buyer_kind=BuyerKind.CONSUMER))
    assert "consommateur" in pmt
    assert "40" not in pmt
    assert "consommateur" in pmd


def test_english_stands_behind_the_french_that_the_law_asks_for() -> None:
    for french, both in zip(notes(PaymentTerms()), notes(PaymentTerms(), language="en"), strict=True):
        assert french.text is not None
        assert both.text is not None
        assert both.text.startswith(f"{french.text} / ")


def test_what_the_terms_leave_out_makes_no_note_between_firms() -> None:
    assert [each.subject for each in notes(PaymentTerms(penalty=None, indemnity=None))] == ["AAB"]


@given(all_terms, st.sampled_from([BuyerKind.PUBLIC, BuyerKind.CONSUMER]))
def test_public_buyers_and_consumers_always_get_the_three_notes(terms: PaymentTerms, buyer_kind: BuyerKind) -> None:
    assert [each.subject for each in notes(terms, buyer_kind=buyer_kind)] == ["PMT", "PMD", "AAB"]
