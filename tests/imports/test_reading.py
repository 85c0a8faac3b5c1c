"""Tables as people bring them, and files that are none."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.errors import UnreadableDocument
from reglo.formats.data.table.columns import folded
from reglo.imports.reading import MAX_BYTES, MAX_ROWS, read_table

NAMES = frozenset(folded(each) for each in ("Nom", "Ville", "E-mail"))


def _xlsx(rows: list[list[object]]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found(encoding: str, separator: str) -> None:
    text = f"Nom{separator}Ville\r\nCafé de l'Été{separator}Orléans\r\n"
    table = read_table(text.encode(encoding), NAMES)
    assert table.headers == ("Nom", "Ville")
    assert table.rows == ((2, ("Café de l'Été", "Orléans")),)


def test_a_title_may_stand_above_the_headers() -> None:
    table = read_table(b"Mes clients\n\nNom;Ville\nA;B\n", NAMES)
    assert table.headers == ("Nom", "Ville")
    assert table.rows == ((4, ("A", "B")),)


def test_headers_are_told_apart() -> None:
    assert read_table(b"Nom;Nom;;Nom\na;b;c;d\n", NAMES).headers == ("Nom", "Nom (2)", "#3", "Nom (3)")


def test_a_formula_of_a_csv_stays_text_and_of_a_workbook_is_what_it_showed() -> None:
    assert read_table(b"Nom;Ville\n=1+1;@SUM(A1)\n", NAMES).rows == ((2, ("=1+1", "@SUM(A1)")),)
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "Ville"])
        sheet.write_formula(1, 0, '=HYPERLINK("http://evil.example")', value="Dupont")
        sheet.write_string(1, 1, "=1+1")
    assert read_table(file.getvalue(), NAMES).rows == ((2, ("Dupont", "=1+1")),)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
        b"PK\x03\x04 and nothing",
        b"Nom\n" + b"a" * MAX_BYTES,
        b"Nom\n" + b"a\n" * (MAX_ROWS + 1),
        b";".join(b"c%d" % each for each in range(201)) + b"\na",
        b'Nom;Ville\n"never closed' + b"x" * 200_000,
    ],
    ids=["empty", "blank", "xls", "no-zip", "large", "rows", "columns", "quote"],
)
def test_what_is_no_table_within_limits_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_table(data, NAMES)
    assert caught.value.message.fr
    assert caught.value.message.en


def test_a_workbook_that_swells_is_not_opened() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<c/>" * 30_000_000)
    assert len(file.getvalue()) < 1_000_000
    with pytest.raises(UnreadableDocument):
        read_table(file.getvalue(), NAMES)


def test_a_workbook_is_read_as_it_is() -> None:
    assert read_table(_xlsx([["Nom", "Ville"], ["A", 75007]]), NAMES).rows[0][1][0] == "A"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    with suppress(UnreadableDocument):
        assert read_table(data, NAMES).headers
