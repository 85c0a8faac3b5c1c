import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.composition.reference import creditor_reference
from reglo.core.matching.numbers import NumberIndex, Strength, is_creditor_reference, is_one_slip_away

SERIES = {key: f"F2026-{key:04d}" for key in range(1, 31)}


def an_index(numbers: dict[int, str]) -> NumberIndex:
    index = NumberIndex()
    for key, number in numbers.items():
        reference = creditor_reference(number)
        index.add(key, number, (reference,) if reference else ())
    return index


def plainly(index: NumberIndex, text: str) -> set[int]:
    return {key for key, strength in index.find(text).items() if strength >= Strength.NUMBER}


@pytest.mark.parametrize(
    "text",
    [
        "F2026-0012",
        "f2026-0012",
        "VIR DUPONT FACTURE F2026-0012 MERCI",
        "F20260012",
        "F2026-12",
        "F 2026 12",
        "F2026/0012",
        "F2026_0012.",
        "F2026-00 12",
        "F2O26-OO12",
        "F2026-OOI2",
        "20260012",
        "FACTURE:F2026-0012",
        "VIR F2026-0012",
        "VIREMENT POUR F 2026 0012",
    ],
)
def test_a_number_is_found_in_any_spelling(text: str) -> None:
    assert plainly(an_index(SERIES), text) == {12}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("F2026-0012 F2026-0014", {12, 14}),
        ("F2026-0012/13/14", {12, 13, 14}),
        ("F2026-0012, 0014 et 0020", {12, 14, 20}),
        ("F2026-12 à 15", {12, 13, 14, 15}),
        ("F2026-0012 au F2026-0013", {12, 13}),
        ("F2026-0012 DU 13/04/2026", {12}),
        ("F2026-0012 14.04.2026", {12}),
    ],
)
def test_several_numbers_and_ranges_are_found_and_dates_are_none(text: str, keys: set[int]) -> None:
    assert set(an_index(SERIES).find(text)) == keys


@pytest.mark.parametrize("shape", ["FA{:06d}", "2026/{:05d}", "FAC-2026-04-{:03d}", "{:08d}", "INV{:04d}/26"])
def test_any_series_is_understood(shape: str) -> None:
    index = an_index({key: shape.format(key) for key in range(1, 200)})
    assert 123 in plainly(index, f"paiement {shape.format(123).lower()} merci")


@pytest.mark.parametrize("text", ["", "VIR SEPA", "1200,00", "F2026-0099", "04/2026", "🙂 ٣٤", "RF", "F" * 5000])
def test_nothing_is_found_where_nothing_is_named(text: str) -> None:
    assert plainly(an_index(SERIES), text) == set()


def test_a_reference_is_found_with_spaces_and_in_lower_case() -> None:
    reference = creditor_reference("F2026-0012")
    assert reference
    spaced = " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))
    for text in (reference, reference.lower(), f"ref {spaced} merci", f"/ROC/{reference}//"):
        assert an_index(SERIES).find(text) == {12: Strength.REFERENCE}


def test_a_reference_whose_check_digits_fail_names_nothing_plainly() -> None:
    reference = creditor_reference("F2026-0012")
    assert reference
    wrong = reference[:-1] + "3"
    assert not is_creditor_reference(wrong)
    assert plainly(an_index(SERIES), wrong) == set()


@settings(max_examples=60)
@given(st.text("ABCDEF0123456789", min_size=1, max_size=21))
def test_the_reference_that_stands_on_an_invoice_keeps_its_check_digits(body: str) -> None:
    reference = creditor_reference(body)
    assert reference is not None
    assert is_creditor_reference(reference)


def test_the_short_tail_of_a_number_is_only_a_part() -> None:
    index = an_index({1: "12"})
    assert index.find("facture 12") == {1: Strength.PART}


@settings(max_examples=100)
@given(st.text("0123456789F", min_size=2, max_size=9), st.data())
def test_one_slip_of_the_pen_is_told_from_two(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    changed = word[:at] + "X" + word[at + 1 :]
    assert is_one_slip_away(changed, word)
    assert is_one_slip_away(word[:at] + word[at + 1 :], word)
    assert not is_one_slip_away(word, word)
    assert not is_one_slip_away(f"YY{word}", word)
    if len(word) > 4 and at < len(word) - 1:
        assert not is_one_slip_away(changed[:-1] + "X", word) or changed[:-1] + "X" == changed


def test_numbers_that_one_slip_leads_to_are_those_that_are_one_slip_away() -> None:
    index = an_index(SERIES)
    assert index.one_slip_from("F2026-0012") - {12} == {
        key for key, number in SERIES.items() if is_one_slip_away(number.replace("-", ""), "F20260012")
    }
