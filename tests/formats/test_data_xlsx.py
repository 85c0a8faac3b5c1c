"""XLSX: cells as they are typed, and workbooks that would fill the memory refused before they are opened."""

import io
import time
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from reglo.core.errors import UnreadableDocument
from reglo.formats.data.table.xlsx_rows import MAX_CELLS, refuse_bomb, xlsx_rows

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
_TAIL = b"</sheetData></worksheet>"
_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"


def _workbook(rows: list[list[object]]) -> bytes:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _changed(**parts: bytes) -> bytes:
    """A workbook with other content in some of its parts."""
    named = {_SHEET if name == "sheet" else _STRINGS: content for name, content in parts.items()}
    source = zipfile.ZipFile(io.BytesIO(_workbook([["a"]])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in {*source.namelist(), *named}:
            archive.writestr(name, named[name] if name in named else source.read(name))
    return out.getvalue()


def _refused(data: bytes) -> str:
    begun = time.perf_counter()
    with pytest.raises(UnreadableDocument) as caught:
        xlsx_rows(data)
    assert time.perf_counter() - begun < 2
    return caught.value.message.en


def test_cells_keep_their_types_and_floats_become_exact() -> None:
    rows = xlsx_rows(_workbook([["Numéro", "Prix"], ["F1", 0.1 + 0.2, date(2026, 9, 15), 69001, True, 2400.5]]))
    first = list(rows())
    assert first == [
        ["Numéro", "Prix", "", "", "", ""],
        ["F1", Decimal("0.3"), date(2026, 9, 15), Decimal("69001"), True, Decimal("2400.5")],
    ]
    assert list(rows()) == first


def test_rows_and_columns_are_counted_from_the_corner_of_the_sheet() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["C3"] = "Numéro"
    out = io.BytesIO()
    workbook.save(out)
    assert [row.index("Numéro") if "Numéro" in row else None for row in xlsx_rows(out.getvalue())()] == [None, None, 2]


def test_a_part_that_swells_is_refused() -> None:
    assert "enormous" in _refused(_changed(sheet=_HEAD + b" " * (125 * 1024 * 1024) + _TAIL))


def test_a_part_that_says_a_smaller_size_than_it_has_is_refused() -> None:
    data = bytearray(_changed(sheet=_HEAD + b" " * 100_000 + _TAIL))
    true_size = (len(_HEAD) + 100_000 + len(_TAIL)).to_bytes(4, "little")
    assert data.count(true_size) == 2
    assert "enormous" in _refused(bytes(data.replace(true_size, (1000).to_bytes(4, "little"))))


def test_one_cell_in_a_far_corner_is_refused() -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "enormous" in _refused(_changed(sheet=_HEAD + far + _TAIL))


def test_a_sheet_that_hides_the_places_of_its_cells_is_refused() -> None:
    assert "save it again" in _refused(_changed(sheet=_HEAD + b"<row><c><v>1</v></c></row>" + _TAIL))


def test_a_long_text_that_many_cells_repeat_is_refused() -> None:
    strings = f'<sst xmlns="{_MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'.encode()
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 20_000))
    assert "enormous" in _refused(_changed(strings=strings, sheet=_HEAD + cells + _TAIL))


def test_short_texts_that_many_cells_repeat_are_read() -> None:
    strings = f'<sst xmlns="{_MAIN}"><si><t>{"x" * 10_000}</t></si><si><t>short</t></si></sst>'.encode()
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>1</v></c></row>' % (row, row) for row in range(1, 10_000))
    rows = xlsx_rows(_changed(strings=strings, sheet=_HEAD + cells + _TAIL))
    assert next(rows()) == ["short"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\0" * 100,
        _workbook([["a"]])[:-40],
        _workbook([["a"]])[:2000],
    ],
)
def test_damaged_workbooks_are_refused(data: bytes) -> None:
    assert "save it again" in _refused(data)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert "save it again" in _refused(out.getvalue())


def test_a_large_honest_workbook_passes_quickly() -> None:
    row = b"".join(b'<c r="%cROW"><v>12.5</v></c>' % letter for letter in b"ABCDEFGHIJ")
    rows = b"".join(
        b'<row r="%d">' % number + row.replace(b"ROW", b"%d" % number) + b"</row>" for number in range(1, 20_001)
    )
    assert MAX_CELLS > 20_000 * 10
    begun = time.perf_counter()
    refuse_bomb(_changed(sheet=_HEAD + rows + _TAIL))
    assert time.perf_counter() - begun < 2


def test_a_hidden_sheet_is_not_the_first() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["seen"])
    workbook.create_sheet("hidden", 0).sheet_state = "hidden"
    workbook.active = 1
    out = io.BytesIO()
    workbook.save(out)
    assert list(xlsx_rows(out.getvalue())()) == [["seen"]]


def test_a_cell_with_an_error_is_not_an_empty_one() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        xlsx_rows(_workbook([["Quantité", "Prix"], ["#REF!", 100]]))
    assert "cell A2" in caught.value.message.en
