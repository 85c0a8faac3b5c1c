"""Tables of banks: columns guessed or remembered, dates and amounts as each bank writes them."""

from datetime import date
from decimal import Decimal

import pytest

from reglo.core.bank import BankAccount, BankLine, LineKind
from reglo.formats.bank import (
    BankFormat,
    BankReading,
    ColumnMapping,
    DateOrder,
    UnreadableBankFile,
    guess_mapping,
    read_bank_file,
)
from tests.formats.bank.samples import CSV

#: Made up rows under headers as banks write them: booked day, amount, text, payer, bank reference of the first line.
BANKS = {
    "Crédit Agricole": (
        "Téléchargement du 05/02/2026;\n\nM. DUPONT;\nSolde au 05/02/2026 1 234,56 €\n\n"
        'Date;Libellé;Débit euros;Crédit euros;\n05/02/2026;"VIREMENT EN VOTRE FAVEUR\nDUPONT SA";;1 200,00;\n',
        (date(2026, 2, 5), "1200.00", "VIREMENT EN VOTRE FAVEUR DUPONT SA", "", ""),
    ),
    "Société Générale": (
        '"0000123";01/01/2026;31/01/2026;2;31/01/2026;100,00 EUR\n\n'
        "Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise\n"
        "15/01/2026;VIR RECU;DE: ACME;1200,00;EUR\n",
        (date(2026, 1, 15), "1200.00", "VIR RECU DE: ACME", "", ""),
    ),
    "BNP Paribas": (
        "Date operation;Categorie operation;Libelle operation;Montant operation;Pointage operation\n"
        "15/01/26;Virement;VIR SEPA RECU ACME;1.200,00;0\n",
        (date(2026, 1, 15), "1200.00", "VIR SEPA RECU ACME", "", ""),
    ),
    "Caisse d'Épargne": (
        "Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Debit;Credit;Date operation;"
        "Date de valeur\n15/01/2026;VIR ACME;VIR SEPA ACME;X1;;+1200,00;14/01/2026;16/01/2026\n",
        (date(2026, 1, 15), "1200.00", "VIR SEPA ACME VIR ACME X1", "", ""),
    ),
    "La Banque Postale": (
        "Numéro Compte   ;0000000A000\nType         ;CCP\nSolde (EUROS);100,00\n\n"
        "Date;Libellé;Montant(EUROS)\n15/01/2026;VIREMENT DE ACME;1200,00\n",
        (date(2026, 1, 15), "1200.00", "VIREMENT DE ACME", "", ""),
    ),
    "BoursoBank": (
        "dateOp;dateVal;label;category;amount;comment;accountNum;accountbalance\n"
        "2026-01-15;2026-01-15;VIR ACME;Virements;1 200,00;;00012345678;5 000.00\n",
        (date(2026, 1, 15), "1200.00", "VIR ACME", "", ""),
    ),
    "Qonto": (
        "Status,Settlement date (local),Operation date (local),Counterparty name,Payment method,"
        "Total amount (incl. VAT),Currency,Debit,Credit,Reference,Transaction ID\n"
        "settled,16-01-2026 11:00:00,15-01-2026 11:00:00,ACME,income,1200.0,EUR,,1200.0,INV 12,acme-1\n",
        (date(2026, 1, 15), "1200.00", "income INV 12", "ACME", "acme-1"),
    ),
    "Revolut": (
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "TRANSFER,Current,2026-01-14 10:00:00,2026-01-15 10:00:01,From ACME,1200.00,0.00,EUR,COMPLETED,1200.00\n",
        (date(2026, 1, 15), "1200.00", "From ACME TRANSFER", "", ""),
    ),
    "Wise": (
        "TransferWise ID,Date,Amount,Currency,Description,Payment Reference,Running Balance,Payer Name,Total fees\n"
        "TRANSFER-1,15-01-2026,1200.00,EUR,Received money,INV 12,1200.00,ACME,0\n",
        (date(2026, 1, 15), "1200.00", "Received money INV 12", "ACME", "TRANSFER-1"),
    ),
    "N26": (
        '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Amount (EUR)"\n'
        "2026-01-15,2026-01-15,ACME,FR1420041010050500013M02606,Income,INV 12,1200.0\n",
        (date(2026, 1, 15), "1200.00", "Income INV 12", "ACME", ""),
    ),
}


def _lines(content: str, **options: object) -> tuple[BankLine, ...]:
    return _reading(content, **options).statements[0].lines


def _reading(content: str, **options: object) -> BankReading:
    return read_bank_file(content.encode(), **options)  # type: ignore[arg-type]  # the caller names them


@pytest.mark.parametrize("bank", BANKS)
def test_the_tables_of_well_known_banks_need_no_mapping(bank: str) -> None:
    content, expected = BANKS[bank]
    line = _lines(content)[0]
    booked, amount, text, payer, reference = expected
    assert (line.booked, line.amount, line.text, line.payer, line.bank_reference) == (
        booked, Decimal(amount), text, payer, reference,
    )  # fmt: skip


def test_balances_of_rows_make_opening_and_closing_in_either_order() -> None:
    header, *rows = CSV.splitlines()
    for content in (CSV, "\n".join((header, *reversed(rows)))):
        (statement,) = _reading(content).statements
        assert statement.opening is not None
        assert statement.closing is not None
        assert (statement.opening.amount, statement.closing.amount) == (Decimal("500.00"), Decimal("1614.90"))


def test_a_row_that_is_missing_shows_in_the_balances() -> None:
    reading = _reading(CSV + "06/03/2026;;;10,00;VIR X;1 700,00\n")
    assert "solde" in reading.faults[0].reason.fr


def test_the_fee_of_a_payment_is_taken_off_and_told() -> None:
    line = _lines("Completed Date,Description,Amount,Fee,Currency\n2026-01-15,Uber,-10.00,0.50,EUR\n")[0]
    assert (line.amount, line.charges) == (Decimal("-10.50"), Decimal("0.50"))


@pytest.mark.parametrize(
    "written",
    [
        "-1 234,50",
        "-1234,50",
        "\N{MINUS SIGN}1\N{NARROW NO-BREAK SPACE}234,50 €",
        "- 1.234,50",
        "1234,50-",
        "(1234,50)",
        "-1234,5",
        "-1 234,50 EUR",
    ],
)
def test_amounts_are_read_in_every_writing(written: str) -> None:
    assert _lines(f"Date;Libellé;Montant\n15/01/2026;X;{written}\n")[0].amount == Decimal("-1234.50")


def test_the_whole_file_says_whether_the_month_comes_first() -> None:
    american = _lines("Date,Description,Amount\n02/03/2026,A,1.00\n01/15/2026,B,2.00\n")
    assert [line.booked for line in american] == [date(2026, 2, 3), date(2026, 1, 15)]


def test_dates_that_read_both_ways_are_named_unless_the_header_is_french() -> None:
    assert "mois/jour" in _reading("Date,Description,Amount\n02/03/2026,A,1.00\n").faults[0].reason.fr
    assert _reading("Date;Libellé;Montant\n02/03/2026;A;1,00\n").faults == ()


def test_the_user_may_say_the_order_of_dates() -> None:
    mapping = ColumnMapping(booked="Date", amount="Amount", date_order=DateOrder.MONTH_FIRST)
    reading = _reading("Date,Description,Amount\n02/03/2026,A,1.00\n", mapping=mapping)
    assert (reading.statements[0].lines[0].booked, reading.faults) == (date(2026, 2, 3), ())


def test_dates_in_two_orders_are_refused() -> None:
    with pytest.raises(UnreadableBankFile) as refused:
        _reading("Date;Libellé;Montant\n13/02/2026;x;1,00\n02/13/2026;y;2,00\n")
    assert "« Date »" in refused.value.message.fr


def test_a_remembered_mapping_reads_columns_that_nobody_could_guess() -> None:
    mapping = ColumnMapping(booked="A", amount="B", text=("C",))
    account = BankAccount(iban="FR7630006000011234567890189", currency="CHF")
    reading = _reading("x\nA;B;C\n15/01/2026;12,30;VIR ACME\n", mapping=mapping, account=account)
    (statement,) = reading.statements
    assert statement.account == account
    assert (statement.lines[0].currency, statement.lines[0].kind) == ("CHF", LineKind.TRANSFER)


@pytest.mark.parametrize("mapping", [None, ColumnMapping(booked="Jour", amount="Somme")])
def test_columns_that_tell_nothing_are_refused_by_their_names(mapping: ColumnMapping | None) -> None:
    with pytest.raises(UnreadableBankFile) as refused:
        _reading("Alpha;Beta;Gamma\n1;2;3\n", mapping=mapping)
    assert "Alpha" in refused.value.message.fr
    assert "Beta" in refused.value.message.en


def test_nothing_is_guessed_without_a_date_and_an_amount() -> None:
    assert guess_mapping(["Date", "Libellé", "Débit"]) is None
    assert guess_mapping(["Libellé", "Montant"]) is None


def test_pending_rows_are_announced_and_refused_ones_left_out() -> None:
    reading = _reading(
        "Date,Description,Amount,State\n2026-01-15,A,1.00,PENDING\n2026-01-15,B,2.00,DECLINED\n2026-01-15,C,3.00,COMPLETED\n"
    )
    assert [(line.text, line.is_booked) for line in reading.statements[0].lines] == [("A", False), ("C", True)]
    assert any("ligne 3" in fault.where.fr for fault in reading.faults)


def test_rows_without_a_date_are_left_out_and_named_but_notes_are_not() -> None:
    reading = _reading("Date;Libellé;Montant\n15/01/2026;A;1,00\n;Total;1,00\n;Document sans valeur contractuelle;\n")
    assert len(reading.statements[0].lines) == 1
    assert [fault.where.fr for fault in reading.faults] == ["ligne 3"]


@pytest.mark.parametrize(
    ("cell", "word"), [("abc", "nombre"), ("1,005", "façons"), ("1,0055", "décimales"), ("1e9", "nombre")]
)
def test_an_amount_that_cannot_be_read_refuses_the_file_with_row_and_column(cell: str, word: str) -> None:
    with pytest.raises(UnreadableBankFile) as refused:
        _reading(f"Date;Libellé;Montant\n15/01/2026;A;{cell}\n")
    assert refused.value.message.fr.startswith("ligne 2, colonne « Montant » : ")
    assert word in refused.value.message.fr


def test_lines_of_several_accounts_and_currencies_are_statements_of_their_own() -> None:
    reading = _reading(
        "Date,Account,Currency,Amount\n2026-01-15,1,EUR,1.00\n2026-01-15,2,EUR,2.00\n2026-01-15,1,USD,3.00\n"
    )
    assert [(each.account.number, each.account.currency) for each in reading.statements] == [
        ("1", "EUR"),
        ("2", "EUR"),
        ("1", "USD"),
    ]


def test_a_workbook_is_read_as_a_table_is() -> None:
    from tests.formats.bank.workbooks import a_workbook

    reading = read_bank_file(a_workbook([["Date", "Libellé", "Montant"], [date(2026, 1, 15), "VIR ACME", 1200.5]]))
    line = reading.statements[0].lines[0]
    assert reading.format is BankFormat.XLSX
    assert (line.booked, line.amount, line.kind) == (date(2026, 1, 15), Decimal("1200.50"), LineKind.TRANSFER)
