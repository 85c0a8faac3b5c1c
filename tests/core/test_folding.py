"""Text as one searches for it."""

from hypothesis import given
from hypothesis import strategies as st

from reglo.core.folding import folded


def test_accents_capitals_and_ligatures_do_not_matter() -> None:
    assert folded("Société  Œuvrière\tdu Nord") == "societe oeuvriere du nord"


def test_a_typographic_apostrophe_is_an_apostrophe() -> None:
    assert folded("L’Atelier") == folded("l'atelier")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
