import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.matching.names import NameIndex, words_of

NAMES = {
    1: ("Dupont Électricité SAS", "Lumière du Sud"),
    2: ("Dupont Plomberie SARL",),
    3: ("Martin & Fils SARL",),
    4: ("Établissements Œuvrard Menuiserie",),
    5: ("Compagnie Générale de Rénovation et d'Agencement de Lyon SA",),
}


@pytest.mark.parametrize(
    ("payer", "customer"),
    [
        ("DUPONT ELECTRICITE", 1),
        ("SAS ELECTRICITE DUPONT", 1),
        ("DUPONT ELECTRICITE S.A.S.", 1),
        ("DUPONTELECTRICITE", 1),
        ("DUPONT ELECTRICTIE", 1),
        ("lumiere du sud", 1),
        ("MARTIN ET FILS", 3),
        ("OEUVRARD MENUISERIE", 4),
        ("CIE GENERALE DE RENOVATION ET D AGE", 5),
    ],
)
def test_a_payer_is_known_by_its_name(payer: str, customer: int) -> None:
    best, likeness = NameIndex(NAMES).find(payer)[0]
    assert best == customer
    assert likeness >= 0.8


def test_a_shared_surname_is_not_a_shared_name() -> None:
    found = dict(NameIndex(NAMES).find("DUPONT PLOMBERIE"))
    assert found[2] == 1
    assert found.get(1, 0) < 0.6


def test_a_name_is_found_within_a_text() -> None:
    assert NameIndex(NAMES).find_in_text("VIR SEPA RECU DUPONT ELECTRICITE SAS FACT 12")[0] == (1, pytest.approx(0.99))


def test_one_word_within_a_text_is_no_proof() -> None:
    index = NameIndex({1: ("Martin SARL",), 2: ("Petit",)})
    assert all(likeness < 0.86 for _, likeness in index.find_in_text("VIR MARTIN CONSEIL LYON"))


@pytest.mark.parametrize("payer", ["", " ", "SAS", "???", "QWERTZ", "🙂", "A" * 3000])
def test_strangers_are_nobody(payer: str) -> None:
    assert NameIndex(NAMES).find(payer) == ()


def test_a_name_of_legal_forms_only_keeps_them() -> None:
    assert words_of("SAS") == ("sas",)


@settings(max_examples=60)
@given(st.permutations(["dupont", "electricite", "generale", "lyon"]))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    index = NameIndex({1: ("Dupont Electricité Générale Lyon",), 2: ("Durand",)})
    assert index.find(" ".join(words))[0][1] >= 0.99
