from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.formats.fec import (
    AmountStyle,
    BadFecRow,
    FecEncoding,
    FecLayout,
    FecRow,
    Regime,
    Separator,
    fec_name,
    read_fec,
    read_fec_name,
    write_fec,
)
from tests.formats.fec.samples import HEADER, a_row, rows, written


def test_a_row_is_written_as_the_article_asks() -> None:
    content = written(
        a_row(allocation="AA", allocated_on=date(2026, 2, 20)), layout=FecLayout(separator=Separator.PIPE)
    )
    names, line, end = content.decode().split("\r\n")
    assert names == HEADER
    assert line == (
        "VE|Ventes|1|20260115|411000|Clients|||F2026-0001|20260115|Facture F2026-0001|120,00|0,00"
        "|AA|20260220|20260131||"
    )
    assert end == ""


def test_it_is_utf_8_without_mark_and_with_tabs_unless_asked_otherwise() -> None:
    assert written(a_row(label="Société")).startswith(b"JournalCode\tJournalLib\t")
    assert "Société".encode() in written(a_row(label="Société"))
    assert "Société".encode("iso-8859-15") in written(
        a_row(label="Société"), layout=FecLayout(encoding=FecEncoding.ISO_8859_15)
    )


def test_amount_and_sign_stand_in_for_debit_and_credit() -> None:
    layout = FecLayout(style=AmountStyle.AMOUNT_SIGN)
    content = written(a_row(), a_row(debit=Decimal(0), credit=Decimal("20.00")), layout=layout).decode()
    assert "\tMontant\tSens\t" in content
    assert "\t120,00\tD\t" in content
    assert "\t20,00\tC\t" in content
    with pytest.raises(BadFecRow):
        written(a_row(credit=Decimal(1)), layout=layout)


@pytest.mark.parametrize(("regime", "count"), [(Regime.AGRICULTURAL_CASH, 21), (Regime.LIBERAL_CASH, 22)])
def test_cash_books_have_more_columns(regime: Regime, count: int) -> None:
    row = a_row(paid_on=date(2026, 3, 1), paid_by="Virement", operation="Honoraires", client="C1")
    names, line, _ = written(row, layout=FecLayout(regime=regime)).decode().split("\r\n")
    assert len(names.split("\t")) == len(line.split("\t")) == count
    assert line.endswith("20260301\tVirement\tHonoraires\tC1" if count == 22 else "20260301\tVirement\tHonoraires")


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0,00"), ("7", "7,00"), ("0.5", "0,50"), ("1E+3", "1000,00"), ("-12.30", "-12,30"), ("0.123450", "0,12345")],
)
def test_amounts_have_two_decimals_and_more_where_they_say_something(amount: str, text: str) -> None:
    assert f"\t{text}\t0,00\t" in written(a_row(debit=Decimal(amount))).decode()


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1E+15", "0.0000001", "1E+999999"])
def test_what_is_no_amount_of_money_is_refused_with_a_reason(amount: str) -> None:
    with pytest.raises(BadFecRow) as refused:
        written(a_row(debit=Decimal(amount)))
    assert refused.value.field == "amount"


def test_separators_and_line_ends_in_a_text_become_spaces() -> None:
    (line,) = read_fec(BytesIO(written(a_row(label="un\tdeux|trois\r\nquatre\x00", journal="V\u2028E"))))
    assert line.values is not None
    assert (line.values.label, line.values.journal) == ("un deux trois quatre", "V E")


def test_what_iso_8859_15_lacks_comes_as_near_as_it_can() -> None:
    content = written(a_row(label="Łódź 5 € → œuvre čaj"), layout=FecLayout(encoding=FecEncoding.ISO_8859_15))
    assert "?ódz 5 € ? œuvre caj" in content.decode("iso-8859-15")


def test_no_rows_are_the_names_alone() -> None:
    assert written() == (HEADER.replace("|", "\t") + "\r\n").encode()


def test_rows_are_taken_as_they_come() -> None:
    """Nothing is gathered: the file has grown before the last row is asked for."""
    file = BytesIO()
    sizes: list[int] = []

    def slowly() -> Iterator[FecRow]:
        for _ in range(5000):
            sizes.append(file.tell())
            yield a_row()

    assert write_fec(slowly(), file) == 5000
    assert sizes[-1] > 0.8 * file.tell()


@given(st.lists(rows(), max_size=6), st.sampled_from(Separator), st.sampled_from(["\r\n", "\n", "\r"]))
def test_what_is_written_is_read_back(them: list[FecRow], separator: Separator, end: str) -> None:
    content = written(*them, layout=FecLayout(separator=separator, line_end=end))
    lines = list(read_fec(BytesIO(content)))
    assert [line.values for line in lines] == them
    assert not any(line.problems for line in lines)


@given(rows().filter(lambda row: row.debit or row.credit))
def test_amount_and_sign_say_the_same_as_debit_and_credit(row: FecRow) -> None:
    (line,) = read_fec(BytesIO(written(row, layout=FecLayout(style=AmountStyle.AMOUNT_SIGN))))
    assert line.values is not None
    assert replace(line.values, debit=row.debit, credit=row.credit) == row
    assert line.values.debit - line.values.credit == row.debit - row.credit


def test_the_name_tells_whose_file_it_is_and_of_when() -> None:
    assert fec_name("123456782", date(2026, 12, 31)) == "123456782FEC20261231.txt"
    assert fec_name("123456782", date(2026, 12, 31), 2) == "123456782FEC20261231_2.txt"
    read = read_fec_name("123456782fec20261231_2.TXT")
    assert read is not None
    assert (read.siren, read.closing, read.part) == ("123456782", "20261231", 2)
    assert read_fec_name("fec-2026.csv") is None
