"""OFX: SGML and XML, banks and cards."""

from datetime import date
from decimal import Decimal

import pytest

from reglo.core.bank import LineKind
from reglo.formats.bank import BankFormat, UnreadableBankFile, read_bank_file
from tests.formats.bank.samples import IBAN, OFX

XML = """<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211"?>
<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR</CURDEF><CCACCTFROM><ACCTID>4970XXXX1234</ACCTID></CCACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260302</DTPOSTED><TRNAMT>-12.30</TRNAMT><FITID>1</FITID>
<PAYEE><NAME>Café &#233;t&#233;</NAME><ADDR1/></PAYEE><MEMO></MEMO></STMTTRN></BANKTRANLIST>
<LEDGERBAL><BALAMT>-12.30</BALAMT><DTASOF>20260331</DTASOF></LEDGERBAL></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>"""


def test_sgml_without_end_tags_is_read() -> None:
    reading = read_bank_file(OFX.encode("cp1252"))
    (statement,) = reading.statements
    credit, debit = statement.lines
    assert (reading.format, reading.faults, statement.account.iban) == (BankFormat.OFX, (), IBAN)
    assert (credit.amount, credit.bank_reference) == (Decimal("1200.00"), "B1")
    assert credit.text.endswith("D&G")
    assert (debit.amount, debit.booked, debit.kind) == (Decimal("-85.10"), date(2026, 3, 5), LineKind.DIRECT_DEBIT)
    assert statement.closing is not None
    assert statement.closing.amount == Decimal("1614.90")


def test_xml_of_a_card_is_read() -> None:
    (statement,) = read_bank_file(XML.encode()).statements
    (line,) = statement.lines
    assert (statement.account.number, line.amount, line.payer) == ("4970XXXX1234", Decimal("-12.30"), "Café été")


def test_a_name_in_the_encoding_of_the_header_is_read() -> None:
    accented = OFX.replace("VIR SOCIETE DES OEUFS", "VIR SOCIÉTÉ DES ŒUFS")
    for encoding in ("cp1252", "utf-8"):
        assert read_bank_file(accented.encode(encoding)).statements[0].lines[0].payer == "VIR SOCIÉTÉ DES ŒUFS"


def test_a_file_cut_in_the_middle_loses_no_whole_movement_and_says_so() -> None:
    reading = read_bank_file(OFX[: OFX.index("<TRNAMT>-85")].encode())
    assert [line.amount for line in reading.statements[0].lines] == [Decimal("1200.00")]
    assert "s'arrête" in reading.faults[0].reason.fr


def test_statements_of_two_accounts_are_two() -> None:
    second = OFX.replace("12345678901", "12345678902")
    both = OFX.replace("</OFX>", second[second.index("<BANKMSGSRSV1>") :])
    assert len({statement.account for statement in read_bank_file(both.encode()).statements}) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("+1200.00", "douze"),
        ("+1200.00", "1200.005"),
        ("20260302<", "20260231<"),
        ("20260302<", "<"),
        ("<CURDEF>EUR", "<CURDEF>"),
    ],
)
def test_a_value_that_cannot_be_read_refuses_the_file_with_its_line(old: str, new: str) -> None:
    with pytest.raises(UnreadableBankFile) as refused:
        read_bank_file(OFX.replace(old, new).encode())
    assert refused.value.message.fr.startswith("ligne ")


def test_a_dtd_is_refused() -> None:
    with pytest.raises(UnreadableBankFile):
        read_bank_file(XML.replace("<OFX>", '<!DOCTYPE OFX [<!ENTITY a "b">]><OFX>').encode())
