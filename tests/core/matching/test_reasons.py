from datetime import date
from decimal import Decimal

import pytest

from reglo.core.matching import Reason, ReasonKind


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_reason_is_a_sentence_in_both_languages(kind: ReasonKind) -> None:
    reason = Reason(
        kind=kind,
        numbers=("F2026-0012", "F2026-0013"),
        name="Dupont",
        word="RF18F20260012",
        amount=Decimal("1234.50"),
        currency="EUR",
        on=date(2026, 5, 4),
    )
    for sentence in (reason.text.fr, reason.text.en):
        assert len(sentence) > 10
        assert "{" not in sentence
    assert " :" not in reason.text.fr


def test_amounts_are_told_as_each_language_writes_them() -> None:
    reason = Reason(kind=ReasonKind.OVERPAID, amount=Decimal("1234.50"), currency="EUR")
    assert reason.text.fr == "Le trop-perçu est de 1\N{NARROW NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€"
    assert reason.text.en == "1,234.50\N{NO-BREAK SPACE}€ are paid too much"


def test_many_numbers_are_cut_short() -> None:
    reason = Reason(kind=ReasonKind.NUMBER, numbers=tuple(f"F{at}" for at in range(9)))
    assert reason.text.en == "The text names F0, F1, F2, F3 and +5"
