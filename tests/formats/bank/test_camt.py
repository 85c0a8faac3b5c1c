"""camt.052, .053 and .054: what each element becomes, and what the writer and the reader agree on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.bank import BankLine, LineKind, Statement
from reglo.formats.bank import BankFormat, BankReading, UnreadableBankFile, read_bank_file, write_camt053
from tests.formats.bank.samples import IBAN, PAYER_IBAN, a_line, a_statement

ENTRY = (
    "<Ntry><Amt Ccy='EUR'>100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
    "<BookgDt><Dt>2026-03-02</Dt></BookgDt>{}</Ntry>"
)


def camt(
    *entries: str, version: str = "053.001.02", root: str = "BkToCstmrStmt", group: str = "Stmt", bal: str = ""
) -> bytes:
    """A camt file around entries."""
    return (
        f'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{version}"><{root}>'
        f"<GrpHdr><MsgId>1</MsgId></GrpHdr><{group}><Id>7</Id><Acct><Id><IBAN>{IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{bal}{''.join(entries)}</{group}></{root}></Document>"
    ).encode()


def details(*parts: str) -> str:
    """An entry with these TxDtls."""
    return ENTRY.format("<NtryDtls>" + "".join(f"<TxDtls>{part}</TxDtls>" for part in parts) + "</NtryDtls>")


def _amount(text: str, currency: str = "EUR") -> str:
    return f"<AmtDtls><TxAmt><Amt Ccy='{currency}'>{text}</Amt></TxAmt></AmtDtls>"


def _lines(content: bytes) -> tuple[BankLine, ...]:
    return read_bank_file(content).statements[0].lines


def _faults(reading: BankReading) -> str:
    return " ".join(fault.sentence().fr for fault in reading.faults)


@pytest.mark.parametrize("version", [f"{number:02d}" for number in range(2, 14)])
def test_every_version_in_use_is_read(version: str) -> None:
    reading = read_bank_file(camt(ENTRY.format(""), version=f"053.001.{version}"))
    assert reading.format is BankFormat.CAMT_053
    assert reading.faults == ()
    assert reading.statements[0].account.iban == IBAN


def test_notifications_and_reports_are_read_too() -> None:
    notice = camt(ENTRY.format(""), version="054.001.08", root="BkToCstmrDbtCdtNtfctn", group="Ntfctn")
    report = camt(ENTRY.format(""), version="052.001.08", root="BkToCstmrAcctRpt", group="Rpt")
    assert read_bank_file(notice).format is BankFormat.CAMT_054
    assert read_bank_file(report).format is BankFormat.CAMT_052


def test_a_batch_whose_details_add_up_is_a_line_for_each() -> None:
    lines = _lines(camt(details(_amount("60.00"), _amount("45.50"), _amount("5.50") + "<CdtDbtInd>DBIT</CdtDbtInd>")))
    assert [line.amount for line in lines] == [Decimal("60.00"), Decimal("45.50"), Decimal("-5.50")]


@pytest.mark.parametrize("second", [_amount("39.99"), "", _amount("40.00", "USD")])
def test_a_batch_whose_details_do_not_add_up_stays_one_line_and_a_fault(second: str) -> None:
    reading = read_bank_file(camt(details(_amount("60.00") + "<Refs><EndToEndId>A</EndToEndId></Refs>", second)))
    assert [line.amount for line in reading.statements[0].lines] == [Decimal("100.00")]
    assert "mouvement 1" in _faults(reading)


def test_details_of_a_batch_have_references_of_their_own() -> None:
    entry = details(_amount("60.00"), _amount("40.00")).replace("<NtryDtls>", "<AcctSvcrRef>R1</AcctSvcrRef><NtryDtls>")
    assert [line.bank_reference for line in _lines(camt(entry))] == ["R1/1", "R1/2"]


@pytest.mark.parametrize("name", ["<Dbtr><Nm>ACME</Nm></Dbtr>", "<Dbtr><Pty><Nm>ACME</Nm></Pty></Dbtr>"])
def test_the_payer_is_read_where_each_version_puts_it(name: str) -> None:
    account = f"<DbtrAcct><Id><IBAN>{PAYER_IBAN}</IBAN></Id></DbtrAcct><Cdtr><Nm>Us</Nm></Cdtr>"
    (line,) = _lines(camt(details(f"<RltdPties>{name}{account}</RltdPties>")))
    assert (line.payer, line.payer_iban) == ("ACME", PAYER_IBAN)


def test_a_reversed_credit_is_a_return_to_the_same_payer() -> None:
    entry = details("<RltdPties><Dbtr><Nm>ACME</Nm></Dbtr></RltdPties>")
    entry = entry.replace("CRDT", "DBIT").replace("<Sts>", "<RvslInd>true</RvslInd><Sts>")
    (line,) = _lines(camt(entry))
    assert (line.amount, line.kind, line.payer) == (Decimal("-100.00"), LineKind.RETURN, "ACME")


def test_structured_and_free_remittance_are_kept_apart() -> None:
    (line,) = _lines(
        camt(
            details(
                "<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RmtInf><Ustrd>Facture 12</Ustrd><Ustrd>merci</Ustrd>"
                "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>"
            )
        )
    )
    assert (line.reference, line.text, line.end_to_end) == ("RF18539007547034", "Facture 12 merci", "")


def test_charges_and_the_amount_before_them_are_told() -> None:
    (line,) = _lines(
        camt(
            details(
                "<AmtDtls><InstdAmt><Amt Ccy='USD'>120.00</Amt></InstdAmt><TxAmt><Amt Ccy='EUR'>100.00</Amt></TxAmt>"
                "</AmtDtls><Chrgs><Rcrd><Amt Ccy='EUR'>2.50</Amt></Rcrd></Chrgs>"
            )
        )
    )
    assert (line.charges, line.original_amount, line.original_currency) == (Decimal("2.50"), Decimal("120.00"), "USD")


@pytest.mark.parametrize("state", ["<Sts>PDNG</Sts>", "<Sts><Cd>PDNG</Cd></Sts>", "<Sts>INFO</Sts>"])
def test_what_is_only_announced_is_not_booked_and_named(state: str) -> None:
    reading = read_bank_file(camt(ENTRY.format("").replace("<Sts>BOOK</Sts>", state)))
    assert not reading.statements[0].lines[0].is_booked
    assert "annoncées" in _faults(reading)


def test_an_unknown_state_is_named() -> None:
    assert "« QUUX »" in _faults(read_bank_file(camt(ENTRY.format("").replace("BOOK<", "QUUX<"))))


def test_without_a_booking_date_the_date_of_value_stands_and_is_named() -> None:
    entry = ENTRY.format("").replace("BookgDt", "ValDt")
    reading = read_bank_file(camt(entry))
    assert reading.statements[0].lines[0].booked == date(2026, 3, 2)
    assert "date de comptabilisation" in _faults(reading)


def _balance(code: str, amount: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
        "<Dt><Dt>2026-03-02</Dt></Dt></Bal>"
    )


@pytest.mark.parametrize(
    ("first", "last"), [("OPBD", "CLBD"), ("PRCD", "CLBD"), ("ITBD", "CLBD"), ("OPBD", "ITBD"), ("ITBD", "ITBD")]
)
def test_balances_are_found_on_first_middle_and_last_pages(first: str, last: str) -> None:
    reading = read_bank_file(
        camt(ENTRY.format(""), bal=_balance(first, "50") + _balance("CLAV", "1") + _balance(last, "150"))
    )
    assert reading.faults == ()
    assert reading.statements[0].opening is not None
    assert reading.statements[0].closing is not None


def test_balances_that_do_not_add_up_name_the_gap() -> None:
    assert "écart -0,01" in _faults(
        read_bank_file(camt(ENTRY.format(""), bal=_balance("OPBD", "50") + _balance("CLBD", "149.99")))
    )


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (">100.00<", ">100.001<", "décimales"),
        (">100.00<", ">99999999999999999999<", "montant possible"),
        (">100.00<", ">1e5<", "montant"),
        (">100.00<", ">NaN<", "montant"),
        (">100.00<", ">-5<", "montant"),
        (">100.00<", "><", "montant"),
        ("2026-03-02", "0000-00-00", "date"),
        ("2026-03-02", "2026-02-30", "date"),
        ("CRDT", "", "CdtDbtInd"),
        ("'EUR'", "'€'", "devise"),
        ("<BookgDt><Dt>2026-03-02</Dt></BookgDt>", "", "date"),
    ],
)
def test_an_entry_that_cannot_be_trusted_refuses_the_file_with_its_place(old: str, new: str, word: str) -> None:
    content = camt(ENTRY.format(""), ENTRY.format("").replace(old, new))
    with pytest.raises(UnreadableBankFile) as refused:
        read_bank_file(content)
    assert refused.value.message.fr.startswith("relevé 1, mouvement 2 : ")
    assert word in refused.value.message.fr


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=20)
lines = st.builds(
    a_line,
    booked=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    amount=st.integers(-(2**60), 2**60).filter(bool).map(lambda minor: Decimal(minor).scaleb(-2)),
    kind=st.sampled_from([kind for kind in LineKind if kind is not LineKind.OTHER]),
    text=words,
    reference=st.sampled_from(["", "RF18539007547034"]),
    end_to_end=st.sampled_from(["", "E2E-1"]),
    payer=words,
    payer_iban=st.sampled_from(["", PAYER_IBAN]),
    bank_reference=st.sampled_from(["", "B-1"]),
    charges=st.sampled_from([Decimal(0), Decimal("1.50")]),
    is_booked=st.booleans(),
)


@settings(max_examples=60)
@given(st.lists(lines, max_size=5))
def test_what_is_written_is_read_back_whole(made: list[BankLine]) -> None:
    statement = a_statement(*made)
    (read,) = read_bank_file(write_camt053(statement)).statements
    assert read == Statement(
        account=statement.account,
        lines=tuple(replace(line, charges=line.charges or Decimal(0)) for line in made),
        identifier=statement.identifier,
        opening=statement.opening,
        closing=statement.closing,
    )


def test_a_long_text_is_told_in_pieces_and_read_back_whole() -> None:
    text = " ".join(f"mot{number}" for number in range(80))
    content = write_camt053(a_statement(a_line(text=text)))
    assert content.count(b"<Ustrd>") == 4
    assert read_bank_file(content).statements[0].lines[0].text == text
