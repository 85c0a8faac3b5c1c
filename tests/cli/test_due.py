"""`reglo due`: dates, amounts, the sentence, the law."""

import pytest

from tests.cli.conftest import Reglo


def _plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_it_says_the_day_and_how_the_terms_were_understood(reglo: Reglo) -> None:
    answer = reglo("due", "45 jours fin de mois", "2026-09-15")
    assert answer.status == 0
    assert "Paiement à 45 jours date de facture puis fin de mois." in answer.out
    assert "31/10/2026" in answer.out


def test_it_splits_an_amount_to_the_cent(reglo: Reglo) -> None:
    out = _plain(reglo("due", "30 % à la commande, solde à 30 jours", "15/09/2026", "--amount", "1000,01").out)
    assert "300,00" in out
    assert "700,01" in out


def test_it_says_until_when_a_discount_can_be_had(reglo: Reglo) -> None:
    answer = reglo("due", "2/10 net 30", "2026-09-15", "--amount", "1200", "--lang", "en")
    assert "discount of 2% until 2026-09-25: 1,176.00 to pay" in answer.out


def test_unlawful_terms_are_refused_with_their_article(reglo: Reglo) -> None:
    answer = reglo("due", "90 jours", "2026-09-15")
    assert answer.status == 1
    assert "L441-10" in answer.out


@pytest.mark.parametrize("terms", ["quand tu veux", "", "30", "x" * 5000, "\x1b[2J 30 jours"])
def test_terms_that_are_not_understood_are_refused(reglo: Reglo, terms: str) -> None:
    answer = reglo("due", terms, "2026-09-15")
    assert answer.status == 2
    assert answer.err.startswith("reglo: ")
    assert "\x1b" not in answer.err
