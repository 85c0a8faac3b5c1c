import contextlib
import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.dates import Region
from reglo.core.errors import DomainError
from reglo.core.terms import (
    ECB_PLUS_10,
    RECOVERY_INDEMNITY,
    Delay,
    DiscountTier,
    EndOfMonth,
    InvalidTerms,
    Part,
    PaymentTerms,
    Penalty,
    PenaltyBasis,
    Share,
    Start,
    TermsNotUnderstood,
    agreement,
    parse_terms,
    sentence,
)
from tests.core.terms.strategies import all_terms, percent

AFTER, BEFORE = EndOfMonth.AFTER_DAYS, EndOfMonth.BEFORE_DAYS


@given(all_terms, st.sampled_from(["fr", "en"]))
def test_the_sentence_on_the_invoice_is_read_back_as_the_same_terms(terms: PaymentTerms, language: str) -> None:
    plain = replace(terms, penalty=ECB_PLUS_10, indemnity=RECOVERY_INDEMNITY)
    assert parse_terms(sentence(terms).in_language(language)) == plain


@given(all_terms, st.sampled_from(["fr", "en"]))
def test_the_whole_agreement_is_read_back_as_the_same_terms(terms: PaymentTerms, language: str) -> None:
    assert parse_terms(agreement(terms).in_language(language)) == terms


def net(days: int, **delay: object) -> PaymentTerms:
    return PaymentTerms(delay=Delay(days=days, **delay))  # type: ignore[arg-type]  # a shorthand of this table


TWO_TEN_NET_30 = PaymentTerms(delay=Delay(days=30), discounts=(DiscountTier(percent=Decimal(2), days=10),))
DEPOSIT_30 = PaymentTerms(deposit=percent("30"), delay=Delay(days=30))
THREE_TIMES = PaymentTerms(
    instalments=(
        Part(share=Share(one_in=3), delay=Delay(days=30)),
        Part(share=Share(one_in=3), delay=Delay(days=60)),
    ),
    delay=Delay(days=90),
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("30 jours", net(30)),
        ("30 jours net", net(30)),
        ("30 j net", net(30)),
        ("30J", net(30)),
        ("net 30", net(30)),
        ("Net 30 days", net(30)),
        ("n/30", net(30)),
        ("60 jours date de facture", net(60)),
        ("Paiement à 60 jours nets date d’émission de la facture par virement", net(60)),
        ("45 jours fin de mois", net(45, end_of_month=AFTER)),
        ("45 JOURS FIN DE MOIS", net(45, end_of_month=AFTER)),
        ("45\N{NO-BREAK SPACE}jours\N{NARROW NO-BREAK SPACE}fin de  mois", net(45, end_of_month=AFTER)),
        ("45 j. fdm", net(45, end_of_month=AFTER)),
        ("45 FDM", net(45, end_of_month=AFTER)),
        ("net 30 EOM", net(30, end_of_month=AFTER)),
        ("30 days end of month", net(30, end_of_month=AFTER)),
        ("fin de mois 45 jours", net(45, end_of_month=BEFORE)),
        ("fin de mois + 45 jours", net(45, end_of_month=BEFORE)),
        ("45 jours après la fin du mois", net(45, end_of_month=BEFORE)),
        ("30 days after the end of the month", net(30, end_of_month=BEFORE)),
        ("fin de mois", net(0, end_of_month=AFTER)),
        ("30 jours fin de mois le 15", net(30, end_of_month=AFTER, day_of_month=15)),
        ("45 jours fin de mois, le 10 du mois suivant", net(45, end_of_month=AFTER, day_of_month=10)),
        ("le 10 du mois suivant", net(0, end_of_month=AFTER, day_of_month=10)),
        ("30 jours, le 10 du mois suivant", net(30, end_of_month=AFTER, day_of_month=10)),
        ("on the 10th of the following month", net(0, end_of_month=AFTER, day_of_month=10)),
        ("30 jours le 10 du mois", net(30, day_of_month=10)),
        ("le 10 du mois suivant la livraison", net(0, start=Start.DELIVERY, end_of_month=AFTER, day_of_month=10)),
        ("à réception", net(0, start=Start.RECEIPT)),
        ("A RECEPTION DE FACTURE", net(0, start=Start.RECEIPT)),
        ("due on receipt", net(0, start=Start.RECEIPT)),
        ("comptant", net(0)),
        ("paiement au comptant", net(0)),
        ("30 jours à compter de la livraison", net(30, start=Start.DELIVERY)),
        ("30 days after delivery", net(30, start=Start.DELIVERY)),
        ("30 jours réception des marchandises", net(30, start=Start.DELIVERY)),
        ("30 jours fin de prestation", net(30, start=Start.SERVICE)),
        ("2/10 net 30", TWO_TEN_NET_30),
        ("2/10, n/30", TWO_TEN_NET_30),
        ("2 % à 10 jours, net à 30 jours", TWO_TEN_NET_30),
        ("2 % d'escompte à 10 jours, solde à 30 jours", TWO_TEN_NET_30),
        ("30 jours. Escompte : 2 % sous 10 jours", TWO_TEN_NET_30),
        ("2% 10 days, net 30 days", TWO_TEN_NET_30),
        ("30 % à la commande, solde à 30 jours", DEPOSIT_30),
        ("Acompte de 30 % à la commande, 70 % à 30 jours", DEPOSIT_30),
        ("acompte 30 %, le solde à 30 jours", DEPOSIT_30),
        ("30% on order, balance net 30", DEPOSIT_30),
        ("à la commande 30 %, solde à 30 jours", DEPOSIT_30),
        ("3 fois sans frais (30/60/90)", THREE_TIMES),
        ("en trois fois : 30, 60 et 90 jours", THREE_TIMES),
        ("3 equal installments at 30/60/90 days", THREE_TIMES),
        ("30/60/90 jours", THREE_TIMES),
        ("un tiers à 30 jours, 1/3 à 60 jours, solde à 90 jours", THREE_TIMES),
        ("50/50", PaymentTerms(deposit=percent("50"), delay=Delay(start=Start.DELIVERY))),
        (
            "1 500,50 € à la commande, solde à réception",
            PaymentTerms(deposit=Share(amount=Decimal("1500.50")), delay=Delay(start=Start.RECEIPT)),
        ),
        ("2,5 % à 8 jours, 30 jours net", replace(net(30), discounts=(DiscountTier(percent=Decimal("2.5"), days=8),))),
        ("30 jours, reporté au jour ouvré suivant", replace(net(30), next_business_day=Region.FRANCE)),
        ("30 jours. Pénalités : 12 % l'an", replace(net(30), penalty=Penalty(PenaltyBasis.FIXED, Decimal(12)))),
        (
            "30 jours, pénalités de retard : trois fois le taux d'intérêt légal, indemnité de recouvrement 40 euros",
            replace(net(30), penalty=Penalty(PenaltyBasis.LEGAL, Decimal(3))),
        ),
        ("net 30, ECB rate + 8 points", replace(net(30), penalty=Penalty(PenaltyBasis.ECB, Decimal(8)))),
        ("30 jours, sans escompte", net(30)),
        ("30 jours par chèque ou virement bancaire", net(30)),
        ("45 jours à compter de la fin du mois", net(45, end_of_month=BEFORE)),
        ("30 days from the end of the month", net(30, end_of_month=BEFORE)),
        ("2% 10, net 30", TWO_TEN_NET_30),
        ("2%/10 net 30", TWO_TEN_NET_30),
        (
            "1/3 à la commande, 1/3 à 30 jours, 1/3 à 60 jours",
            replace(
                THREE_TIMES,
                deposit=Share(one_in=3),
                instalments=THREE_TIMES.instalments[:1],
                delay=Delay(days=60),
            ),
        ),
    ],
)
def test_usual_wordings_are_understood(text: str, terms: PaymentTerms) -> None:
    assert parse_terms(text) == terms


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("bonjour", ("bonjour",)),
        ("30 jours ouvrés", ("ouvrés",)),
        ("30 jours fin de siècle", ("fin", "siècle")),
        ("30", ("30",)),
        ("30 jours ☃", ("☃",)),
        ("-30 jours €", ("€",)),
        ("fin du mois suivant", ("fin", "mois", "suivant")),
        ("30 jours ou fin de mois", ("ou",)),
    ],
)
def test_what_is_not_understood_is_named_as_it_was_written(text: str, unknown: tuple[str, ...]) -> None:
    with pytest.raises(TermsNotUnderstood) as caught:
        parse_terms(text)
    assert caught.value.unknown == unknown
    assert all(part in caught.value.message.fr and part in caught.value.message.en for part in unknown)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "paiement de la facture",
        "30 jours 60 jours",
        "30 jours comptant",
        "comptant à 30 jours",
        "30 jours le 10 le 15",
        "le 30 du mois suivant",
        "30 % à la commande",
        "30 % à la commande, 20 % à la commande, solde à 30 jours",
        "30 % à la commande, 60 % à 30 jours",
        "solde à 30 jours, solde à 60 jours",
        "100 % à la commande",
        "paiement à la commande",
        "2 % à 10 jours",
        "escompte de 2 % fin de mois, 30 jours net",
        "30 % à 10 jours à la commande, solde à 30 jours",
        "3 fois (30/60)",
        "30/40/30",
        "30 jours à compter de la livraison à réception de la facture",
        "30 jours. Pénalités : 12 %. Pénalités : 15 %.",
    ],
)
def test_a_contradiction_or_a_gap_is_refused_and_better_wordings_are_offered(text: str) -> None:
    with pytest.raises(TermsNotUnderstood) as caught:
        parse_terms(text)
    assert len(caught.value.suggestions) == 3
    assert not caught.value.unknown


def test_suggestions_keep_the_number_of_days() -> None:
    with pytest.raises(TermsNotUnderstood) as caught:
        parse_terms("45 jours fin de moi")
    assert "45 jours fin de mois" in caught.value.suggestions


@pytest.mark.parametrize("text", ["4000 jours", "30 jours le 32", "110 % à la commande, solde à 30 jours"])
def test_figures_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(InvalidTerms):
        parse_terms(text)


@pytest.mark.parametrize("text", ["1/" * 900, "1/1 " * 480, "1/11" * 480, "30 / / " * 250, "9" * 1990, "jours " * 330])
def test_hostile_text_is_answered_quickly(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(DomainError):
        parse_terms(text)
    assert time.perf_counter() - began < 1


@settings(max_examples=200)
@given(
    st.text(alphabet=st.characters(max_codepoint=0x2FFF), max_size=60)
    | st.text("0123456789 /%,.€jnetàfindmos", max_size=40)
)
def test_any_text_gives_terms_or_an_error_that_a_user_can_act_on(text: str) -> None:
    with contextlib.suppress(DomainError):
        assert isinstance(parse_terms(text), PaymentTerms)


@pytest.mark.parametrize("currency", ["EUR", "TND", "JPY", "XOF", "MAD", "SGD"])
def test_a_share_that_is_an_amount_is_read_back_in_any_usual_currency(currency: str) -> None:
    terms = PaymentTerms(deposit=Share(amount=Decimal(1500)))
    written = sentence(terms, currency=currency)
    assert parse_terms(written.fr) == parse_terms(written.en) == terms
