"""Every file of the shared collection of bank files: read to the exact figures, or refused with a reason."""

from decimal import Decimal
from pathlib import Path

import pytest

from reglo.formats.bank import BankReading, UnreadableBankFile, read_bank_file

BANK = Path(__file__).parents[3] / "../shared/corpora/bank"
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not BANK.exists(), reason="../shared/corpora is not here"),
]

#: For each file that is read: statements, lines, sum of the lines, last closing balance, faults.
READ = {
    "camt/camt053.v2.all-balance-types.xml": (1, 1, "8.85", "4.04", 1),
    "camt/camt053.v2.five.decimals.xml": (1, 1, "8.85", "27.05", 1),
    "camt/camt053.v2.minimal.xml": (1, 1, "8.85", None, 1),
    "camt/camt053.v2.multi.statement.xml": (2, 2, "1.85", "20.00", 0),
    "camt/camt053.v4.xml": (1, 1, "8.85", None, 1),
    "camt/camt053.v8.xml": (1, 1, "8.85", None, 1),
    "camt/camt054.v4.xml": (1, 1, "-200000.00", None, 1),
    "cfonb120/example.txt": (2, 6, "26.68", "-163.72", 1),
    "cfonb120/invalid_date.txt": (2, 1, "-10.70", "-163.72", 2),
    "cfonb120/new_statement_without_previous_ended.txt": (2, 2, "-18.60", "-163.72", 2),
    "cfonb120/operation.txt": (1, 1, "-32.21", None, 1),
    "cfonb120/operation_detail_without_operation.txt": (1, 1, "-10.70", "-241.21", 2),
    "mt940/mt940.sta": (3, 16, "12327.30", "50040.00", 0),
    "mt940/sepa_mt9401.sta": (20, 97, "-9269135.90", "50.05", 0),
    "mt940/sepa_snippet.sta": (2, 11, "-2143323.39", "-4472049.09", 1),
    "mt940/sepa_snippet_broken.sta": (1, 1, "50990.05", "1125250.40", 2),
    "mt940/with_binary_character.sta": (2, 4, "-179066.75", "131193.19", 0),
    "ofx/stmtrs.ofx": (1, 2, "-500.00", "200.29", 0),
    "ofx/stmtrs_euro.ofx": (1, 2, "-500.00", "200.29", 0),
}
#: What the refusal of the others must name: fragments of a statement, and a file with none.
REFUSED = {
    "camt/camt053.v2.wrong.xml": "aucun relevé",
    "mt940/empty_entry_date.sta": ":25:",
    "mt940/statement_details.sta": ":25:",
    "mt940/statement_line.sta": ":25:",
    **{
        f"mt940/{name}.sta": ":25:"
        for name in (
            "account_balance_credit", "account_balance_debit", "account_identification_iban",
            "account_identification_legacy", "amount_formats", "available_balance", "closing_balance",
            "currency_in_25", "empty_86", "empty_line", "missing_crlf_at_end", "reference", "statement_number",
        )
    },
}  # fmt: skip


def _figures(reading: BankReading) -> tuple[int, int, str, str | None, int]:
    lines = [line for statement in reading.statements for line in statement.lines]
    closing = reading.statements[-1].closing
    return (
        len(reading.statements),
        len(lines),
        str(sum((line.amount for line in lines), Decimal(0))),
        None if closing is None else str(closing.amount),
        len(reading.faults),
    )


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_to_the_cent(name: str) -> None:
    reading = read_bank_file((BANK / name).read_bytes(), name=name)
    assert _figures(reading) == READ[name]


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_without_a_statement_is_refused_with_what_it_lacks(name: str) -> None:
    with pytest.raises(UnreadableBankFile) as refused:
        read_bank_file((BANK / name).read_bytes(), name=name)
    assert REFUSED[name] in refused.value.message.fr
    assert refused.value.message.en != refused.value.message.fr


def test_no_file_of_the_collection_is_forgotten() -> None:
    files = {f"{path.parent.name}/{path.name}" for path in BANK.glob("*/*") if not path.name.startswith("LICENSE")}
    assert files == READ.keys() | REFUSED.keys()
