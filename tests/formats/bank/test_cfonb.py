"""CFONB 120: signs, dates, accounts, details, order of records."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban

from reglo.core.bank import BankAccount, BankLine, LineKind
from reglo.formats.bank import BankFormat, UnreadableBankFile, read_bank_file, write_cfonb120
from reglo.formats.bank.cfonb.records import signed_amount
from reglo.formats.bank.cfonb.rib import french_iban
from tests.formats.bank.samples import CFONB, IBAN, PAYER_IBAN, a_line, a_statement, record


def test_account_balances_and_movements_are_read() -> None:
    reading = read_bank_file(CFONB.encode("latin-1"))
    (statement,) = reading.statements
    first, second = statement.lines
    assert reading.format is BankFormat.CFONB_120
    assert reading.faults == ()
    assert statement.account.iban == IBAN
    assert (first.amount, first.payer, first.end_to_end) == (
        Decimal("1200.00"),
        "SOCIETE GENERALE DES OEUFS",
        "F-2026-0012",
    )
    assert "REGLEMENT FACTURE F-2026-0012" in first.text
    assert (second.amount, second.kind) == (Decimal("-85.10"), LineKind.DIRECT_DEBIT)


@pytest.mark.parametrize("end", ["\n", "\r", "", "\r\n\r\n"])
def test_line_ends_do_not_matter_nor_does_their_absence(end: str) -> None:
    assert read_bank_file(CFONB.replace("\r\n", end).encode()).statements == read_bank_file(CFONB.encode()).statements


def test_records_that_lost_their_spaces_are_read() -> None:
    trimmed = "\n".join(line.rstrip() for line in CFONB.splitlines())
    assert read_bank_file(trimmed.encode()).statements == read_bank_file(CFONB.encode()).statements


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252"])
def test_accents_are_read_in_every_encoding(encoding: str) -> None:
    accented = CFONB.replace("NPYSOCIETE GENERALE", "NPYSOCIÉTÉ GÉNÉRALE")
    assert read_bank_file(accented.encode(encoding)).statements[0].lines[0].payer == "SOCIÉTÉ GÉNÉRALE DES OEUFS"


@given(st.integers(-(10**13), 10**13), st.integers(0, 3))
def test_the_last_character_carries_digit_and_sign(number: int, places: int) -> None:
    digits = str(abs(number))
    signs = "}JKLMNOPQR" if number < 0 else "{ABCDEFGHI"
    written = digits[:-1] + signs[int(digits[-1])]
    assert signed_amount(written, str(places), "KWD") == Decimal(number).scaleb(-places)


@given(
    st.from_regex("[0-9]{5}", fullmatch=True),
    st.from_regex("[1-9]{5}", fullmatch=True),
    st.from_regex("[0-9A-Z]{11}", fullmatch=True),
)
def test_the_iban_of_a_french_account_has_right_check_digits(bank: str, branch: str, account: str) -> None:
    found = french_iban(bank, branch, account)
    assert iban.is_valid(found, check_country=False)
    assert found[4:25] == bank + branch + account


def test_the_amount_in_the_currency_of_the_order_is_kept() -> None:
    more = record("05", "05020326     MMOUSD200000000130000")
    (line, _) = (
        read_bank_file(CFONB.replace(record("05", "05020326     RCNF-2026-0012"), more).encode()).statements[0].lines
    )
    assert (line.original_amount, line.original_currency) == (Decimal("1300.00"), "USD")


def test_a_reason_of_rejection_makes_a_return() -> None:
    rejected = CFONB.replace("08050326  050326", "0805032611050326")
    assert read_bank_file(rejected.encode()).statements[0].lines[1].kind is LineKind.RETURN


def _without(start: str) -> bytes:
    return "\n".join(line for line in CFONB.splitlines() if not line.startswith(start)).encode()


@pytest.mark.parametrize(("missing", "word"), [("01", "solde d'ouverture"), ("04", "ne suit aucun mouvement")])
def test_a_missing_record_is_a_fault_with_its_line(missing: str, word: str) -> None:
    faults = [fault.sentence().fr for fault in read_bank_file(_without(missing)).faults]
    assert any(word in fault and fault.startswith("ligne ") for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("12000{", "12000?", "ligne 2"),
        ("05020326  0", "05003226  0", "ligne 2"),
        ("0730006", "0930006", "ligne 7"),
        ("0430006    00001EUR2 1234", "0430006    00001EUR2 9234", "ligne 2"),
        ("EUR2", "E$R2", "ligne 1"),
    ],
)
def test_a_record_that_cannot_be_trusted_refuses_the_file(old: str, new: str, place: str) -> None:
    with pytest.raises(UnreadableBankFile) as refused:
        read_bank_file(CFONB.replace(old, new).encode())
    assert refused.value.message.fr.startswith(place)


made = st.builds(
    a_line,
    booked=st.dates(date(2000, 1, 1), date(2079, 12, 31)),
    amount=st.integers(-(10**12), 10**12).filter(bool).map(lambda minor: Decimal(minor).scaleb(-2)),
    kind=st.sampled_from([kind for kind in LineKind if kind is not LineKind.OTHER]),
    payer=st.sampled_from(["", "SOCIETE DES OEUFS"]),
    payer_iban=st.sampled_from(["", PAYER_IBAN]),
    end_to_end=st.sampled_from(["", "F-2026-0012"]),
    reference=st.sampled_from(["", "RF18539007547034"]),
)


@settings(max_examples=60)
@given(st.lists(made, max_size=5))
def test_what_is_written_is_read_back(lines: list[BankLine]) -> None:
    statement = a_statement(*lines)
    reading = read_bank_file(write_cfonb120(statement))
    (read,) = reading.statements
    assert reading.faults == ()
    assert (read.account.iban, read.opening, read.closing) == (IBAN, statement.opening, statement.closing)
    for before, after in zip(lines, read.lines, strict=True):
        kept = ("booked", "valued", "amount", "kind", "payer", "payer_iban", "end_to_end", "reference")
        assert {name: getattr(after, name) for name in kept} == {name: getattr(before, name) for name in kept}
        assert "FACTURE F-2026-0012" in after.text


def test_a_statement_that_cfonb_cannot_carry_is_not_written() -> None:
    with pytest.raises(ValueError, match="French account"):
        write_cfonb120(replace(a_statement(), account=BankAccount(iban="DE89370400440532013000", currency="EUR")))
    with pytest.raises(ValueError, match="balance"):
        write_cfonb120(replace(a_statement(), closing=None))
