"""MT940: movements, details in each dialect, pages, envelopes."""

from datetime import date
from decimal import Decimal

import pytest

from reglo.core.bank import BankLine, LineKind, Statement
from reglo.formats.bank import BankFormat, UnreadableBankFile, read_bank_file
from tests.formats.bank.samples import IBAN, MT940, PAYER_IBAN


def _statement(*fields: str, opening: str = "C260228EUR500,00") -> Statement:
    head = (":20:X", f":25:{IBAN}", ":28C:1/1", f":60F:{opening}")
    return read_bank_file("\n".join((*head, *fields, "-")).encode()).statements[0]


def _line(movement: str, *more: str) -> BankLine:
    return _statement(f":61:{movement}", *more).lines[0]


def test_a_message_in_its_envelope_is_read() -> None:
    reading = read_bank_file(MT940.encode())
    (statement,) = reading.statements
    transfer, debit = statement.lines
    assert (reading.format, reading.faults, statement.account.iban) == (BankFormat.MT940, (), IBAN)
    assert (transfer.booked, transfer.valued) == (date(2026, 3, 2), date(2026, 3, 3))
    assert (transfer.payer, transfer.payer_iban, transfer.end_to_end) == ("SOCIETE DES OEUFS", PAYER_IBAN, "E2E-12")
    assert "FACTURE F-2026-0012" in transfer.text
    assert (debit.payer, debit.end_to_end, debit.kind) == ("EDF SA", "EDF-9", LineKind.DIRECT_DEBIT)
    assert "ELECTRICITE MARS" in debit.text


@pytest.mark.parametrize(
    ("movement", "amount", "reference", "bank_reference"),
    [
        ("2603020302C100,NTRFREF1//BANK1", "100.00", "REF1", "BANK1"),
        ("2603020302D100,5NTRFNONREF", "-100.50", "", ""),
        ("260302C0,01NTRFNONREF//B", "0.01", "", "B"),
        ("2603020302CR100,00NTRFNONREF", "100.00", "", ""),
        ("2603020302DR000000000001,62NTRFNONREF", "-1.62", "", ""),
        ("2603020302RCR204,88NRTINONREF", "-204.88", "", ""),
        ("2603020302RD204,88NRTINONREF", "204.88", "", ""),
        ("260302CN50,00NZ10NONREF", "50.00", "", ""),
        ("2603020302C12.50NMSCX", "12.50", "X", ""),
    ],
)
def test_a_movement_is_read_in_each_writing(movement: str, amount: str, reference: str, bank_reference: str) -> None:
    line = _line(movement)
    assert (line.amount, line.end_to_end, line.bank_reference) == (Decimal(amount), reference, bank_reference)


def test_the_entry_date_is_of_the_year_next_to_the_date_of_value() -> None:
    assert _line("2601021231C1,NTRFNONREF").booked == date(2025, 12, 31)
    assert _line("2512310102C1,NTRFNONREF").booked == date(2026, 1, 2)


def test_a_counterparty_between_slashes_is_read() -> None:
    line = _line(
        "2603020302C1,NTRFNONREF",
        f":86:/TRTP/SEPA OVERBOEKING/CNTP/{PAYER_IBAN}/BNPAFRPP/ACME SAS/PARIS"
        "/REMI/STRD/CUR/RF18539007547034/EREF/NOTPROVIDED",
    )
    assert (line.payer, line.payer_iban, line.reference, line.end_to_end) == (
        "ACME SAS",
        PAYER_IBAN,
        "RF18539007547034",
        "",
    )


def test_what_was_ordered_and_what_the_bank_kept_are_told() -> None:
    line = _line("2603020302C1187,50NTRFNONREF", "/OCMT/USD1300,//CHGS/EUR12,5/")
    assert (line.original_amount, line.original_currency) == (Decimal("1300.00"), "USD")
    assert line.charges == Decimal("12.50")
    assert read_bank_file(MT940.encode()).statements[0].lines[0].original_amount is None


def test_free_details_are_text() -> None:
    line = _line("2603020302C1,NTRFNONREF", ":86:VIR RECU DE ACME", "FACTURE 12")
    assert line.text == "VIR RECU DE ACME FACTURE 12"


def test_pages_of_one_statement_are_put_together() -> None:
    page = "\n".join(
        (
            ":20:X", f":25:{IBAN}", ":28C:1/1", ":60F:C260228EUR10,",
            ":61:260302C5,NTRFNONREF", ":62M:C260302EUR15,", "-",
            ":20:X", f":25:{IBAN}", ":28C:1/2", ":60M:C260302EUR15,",
            ":61:260302D1,NTRFNONREF", ":62F:C260302EUR14,", "-",
        )
    )  # fmt: skip
    (statement,) = read_bank_file(page.encode()).statements
    assert [line.amount for line in statement.lines] == [Decimal("5.00"), Decimal("-1.00")]
    assert read_bank_file(page.encode()).faults == ()
    missing = read_bank_file(page.replace(":60M:C260302EUR15,", ":60M:C260302EUR25,").encode())
    assert len(missing.statements) == 2
    assert "15,00" in " ".join(fault.sentence().fr for fault in missing.faults)


@pytest.mark.parametrize(
    ("movement", "word"),
    [
        ("garbage", ":61:"),
        ("2613020302C1,NTRF", "date"),
        ("2603021399C1,NTRF", "date"),
        ("260302C99999999999999999999,NTRF", "montant"),
        ("260302C1,001NTRF", "décimales"),
    ],
)
def test_a_movement_that_cannot_be_read_refuses_the_file_with_its_line(movement: str, word: str) -> None:
    with pytest.raises(UnreadableBankFile) as refused:
        _line(movement)
    assert refused.value.message.fr.startswith("ligne 5 : ")
    assert word in refused.value.message.fr
