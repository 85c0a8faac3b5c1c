"""Bank lines are recognised: nothing twice, nothing lost."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.bank import BankLine
from reglo.core.bank_keys import LineKeys, Recognition, line_keys, recognise

FIRST = date(2026, 3, 1)
#: Few days, amounts and texts, so that equal ones meet.
lines = st.builds(
    BankLine,
    booked=st.integers(0, 4).map(lambda days: FIRST + timedelta(days=days)),
    amount=st.sampled_from([Decimal("100.00"), Decimal("250.00"), Decimal("-9.90")]),
    currency=st.just("EUR"),
    text=st.sampled_from(["VIR DUPONT", "VIR MARTIN"]),
)
months = st.lists(lines, max_size=12).map(lambda each: sorted(each, key=lambda line: line.booked))


def _in_another_format(line: BankLine) -> BankLine:
    return replace(line, text=f"Virement reçu {line.text[4:].title()}", bank_reference="", end_to_end="E2E")


def _new(arriving: list[BankLine], known: tuple[LineKeys, ...]) -> list[BankLine]:
    answers = recognise(line_keys(arriving), known)
    return [line for line, answer in zip(arriving, answers, strict=True) if answer is Recognition.NEW]


@settings(max_examples=60)
@given(months)
def test_a_file_imported_twice_brings_nothing_the_second_time(month: list[BankLine]) -> None:
    answers = recognise(line_keys(month), line_keys(month))
    assert set(answers) <= {Recognition.SAME}


@settings(max_examples=60)
@given(months)
def test_the_same_days_in_another_format_bring_nothing(month: list[BankLine]) -> None:
    assert _new([_in_another_format(line) for line in month], line_keys(month)) == []


@settings(max_examples=80)
@given(months, st.integers(0, 5), st.integers(0, 5), st.booleans())
def test_files_that_overlap_by_whole_days_give_each_line_once(
    month: list[BankLine], start: int, end: int, other_format: bool
) -> None:
    first = [line for line in month if line.booked < FIRST + timedelta(days=end)]
    later = [line for line in month if line.booked >= FIRST + timedelta(days=start)]
    arriving = [_in_another_format(line) for line in later] if other_format else later
    missing = [line for line in month if line in later and line not in first]
    new = _new(arriving, line_keys(first))
    assert sorted((line.booked, line.amount) for line in new) == sorted((line.booked, line.amount) for line in missing)


@settings(max_examples=60)
@given(months)
def test_all_lines_of_a_first_file_are_new_twins_too(month: list[BankLine]) -> None:
    assert _new(month, ()) == month
    assert len({keys.exact for keys in line_keys(month)}) == len(month)


def test_a_third_payment_of_the_same_day_and_amount_is_new() -> None:
    payment = BankLine(booked=FIRST, amount=Decimal("100.00"), currency="EUR", text="VIR DUPONT")
    assert _new([payment] * 3, line_keys([payment] * 2)) == [payment]


def test_payments_that_the_bank_itself_tells_apart_are_two_though_all_else_is_equal() -> None:
    morning = BankLine(booked=FIRST, amount=Decimal("100.00"), currency="EUR", bank_reference="A1")
    evening = replace(morning, bank_reference="A2")
    answers = recognise(line_keys([evening], source="camt"), line_keys([morning], source="camt"))
    assert answers == (Recognition.NEW,)


def test_a_reference_of_the_bank_recognises_a_line_whose_text_changed() -> None:
    before = BankLine(booked=FIRST, amount=Decimal("100.00"), currency="EUR", bank_reference="A1", text="VIR")
    after = replace(before, text="VIR DUPONT FACTURE 12")
    answers = recognise(line_keys([after], source="camt"), line_keys([before], source="camt"))
    assert answers == (Recognition.SAME,)


def test_keys_are_as_long_as_the_database_stores_them() -> None:
    (keys,) = line_keys([BankLine(booked=FIRST, amount=Decimal("100.00"), currency="EUR")])
    assert len(keys.exact) == len(keys.loose) == 64
