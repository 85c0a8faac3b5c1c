"""Rows of the first visible sheet of an XLSX workbook, read by calamine after the file has been found harmless.

An XLSX is a ZIP of XML. Three kinds of file look small and are not: a compressed part that swells, a sheet with one
cell in a far corner (calamine fills the whole rectangle), a long text that a million cells repeat. Each is measured
before calamine sees the file.
"""

import datetime
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.data.scalars import BadValue, read_number
from reglo.formats.data.table.cells import Cell

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 80 * 1024 * 1024
MAX_CELLS = 1_000_000
MAX_TEXT = 64 * 1024 * 1024  #: characters of all text cells together
_MAX_PARTS = 2_000
_CHUNK = 1024 * 1024

_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,8})([0-9]{1,12})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_WITH_ERROR = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt\s*=\s*["']e["'][^>]*>""")
_SHARED = re.compile(rb"<(?:\w+:)?v[^>]*>\s*([0-9]{1,9})\b")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")

_BOMB = Text(
    fr="Le classeur XLSX se déploie en un contenu démesuré : il n'est pas ouvert.",
    en="The XLSX workbook unpacks to an enormous content: it is not opened.",
)
_BROKEN = Text(
    fr="Le fichier n'est pas un classeur XLSX lisible : enregistrez-le de nouveau depuis le tableur.",
    en="The file is no readable XLSX workbook: save it again from the spreadsheet.",
)


def xlsx_rows(data: bytes) -> Callable[[], Iterator[list[Cell]]]:
    """A function that reads the rows of the first visible sheet, each time it is called."""
    refuse_bomb(data)
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    try:
        workbook = load_workbook(BytesIO(data))
        visible = [each.visible is SheetVisibleEnum.Visible for each in workbook.sheets_metadata]
        sheet = workbook.get_sheet_by_index(visible.index(True))
    except (CalamineError, IndexError, ValueError) as error:
        raise UnreadableDocument(_BROKEN) from error
    margin: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)  # calamine leaves out empty columns at the left
    return lambda: (margin + [_cell(value) for value in row] for row in sheet.iter_rows())


def _cell(value: object) -> Cell:
    if isinstance(value, (str, bool, datetime.date)):
        return value
    if isinstance(value, (int, float)):
        # Fifteen digits are what a spreadsheet keeps: 3.3000000000000003 is a 3.3 that a formula made.
        try:
            return read_number(format(value, "f") if isinstance(value, int) else _plain(value))
        except BadValue:
            return str(value)
    return str(value)


def _plain(value: float) -> str:
    return format(Decimal(f"{value:.15g}"), "f")


def refuse_bomb(data: bytes) -> None:
    """Raise UnreadableDocument for a workbook that is damaged, encrypted or too large once unpacked."""
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(_BOMB)
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_listing(parts)
            _refuse_contents(data, parts)
    except (BadZipFile, zlib.error, NotImplementedError, ValueError) as error:
        raise UnreadableDocument(_BROKEN) from error


def _refuse_listing(parts: list[ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names or len(names) != len(parts):
        raise UnreadableDocument(_BROKEN)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableDocument(
            Text(fr="Le classeur XLSX est protégé par un mot de passe.", en="The XLSX workbook has a password.")
        )
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableDocument(_BOMB)


def _refuse_contents(data: bytes, parts: list[ZipInfo]) -> None:
    """Unpack every part piece by piece: its size must be the one announced, its cells must fit in memory."""
    lengths = array("I")
    extents = []
    for part in parts:
        if part.filename.lower() == "xl/sharedstrings.xml":
            lengths = _string_lengths(part, data)
        extents.append(_extent(part, data))
    longest = max(lengths, default=0)
    for extent in extents:
        if extent.rows * extent.columns > MAX_CELLS:
            raise UnreadableDocument(_BOMB)
        # The quick bound first; only where it is passed are the texts weighed one by one.
        if longest * extent.cells > MAX_TEXT and _weight(extent.part, data, lengths) > MAX_TEXT:
            raise UnreadableDocument(_BOMB)


@dataclass(frozen=True, slots=True)
class _Extent:
    """How far a sheet reaches."""

    part: ZipInfo
    rows: int
    columns: int
    cells: int


def _extent(part: ZipInfo, data: bytes) -> _Extent:
    """The rectangle that the references of a sheet span (any part may be a sheet: only its relations say)."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    cells = located = 0
    for window in _windows(part, data):
        if error := _WITH_ERROR.search(window):
            raise UnreadableDocument(_cell_with_error(error[0]))
        references = _REFERENCE.findall(window)
        cells += len(_CELL.findall(window))
        located += sum(1 for letters, _ in references if letters)
        columns.update(letters for letters, _ in references if letters)
        rows.update(number for letters, number in references if letters)
        if cells > MAX_CELLS:
            raise UnreadableDocument(_BOMB)
    if located < cells:
        raise UnreadableDocument(_BROKEN)  # cells without a place: no spreadsheet program writes them
    last_row = max((int(number) for number in rows), default=0)
    return _Extent(part, last_row, max((_column_number(letters) for letters in columns), default=0), cells)


def _cell_with_error(tag: bytes) -> Text:
    """Calamine gives such a cell as an empty one, and an empty quantity counts as one."""
    found = _REFERENCE.search(tag)
    cell = (found[1] + found[2]).decode() if found else "?"
    return Text(
        fr=f"La cellule {cell} du classeur contient une erreur (#REF!, #N/A…) : corrigez sa formule, ou sa feuille.",
        en=f"The cell {cell} of the workbook holds an error (#REF!, #N/A…): mend its formula, or its sheet.",
    )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _string_lengths(part: ZipInfo, data: bytes) -> "array[int]":
    """Bytes of each shared text, in the order in which cells refer to them."""
    lengths = array("I")
    for window in _windows(part, data):
        starts = [found.start() for found in _STRING.finditer(window)]
        if lengths and starts:
            lengths[-1] += starts[0]
        elif lengths:
            lengths[-1] += len(window)
        lengths.extend(after - start for start, after in pairwise([*starts, len(window)]))
    return lengths


def _weight(part: ZipInfo, data: bytes, lengths: "array[int]") -> int:
    """Bytes of all texts of a sheet, each counted as often as a cell repeats it."""
    total = 0
    for window in _windows(part, data):
        for index, times in Counter(_SHARED.findall(window)).items():
            if int(index) < len(lengths):
                total += lengths[int(index)] * times
    return total


def _windows(part: ZipInfo, data: bytes) -> Iterator[bytes]:
    """The unpacked part in pieces that begin and end where a tag begins."""
    rest = b""
    for chunk in _unpacked(part, data):
        rest += chunk
        cut = rest.rfind(b"<")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > 4 * _CHUNK and part.filename.endswith(".xml"):
            raise UnreadableDocument(_BOMB)
        elif len(rest) > 4 * _CHUNK:
            rest = b""  # a picture
    yield rest


def _unpacked(part: ZipInfo, data: bytes) -> Iterator[bytes]:
    """The content of a part, which may not be longer than its entry in the directory says."""
    packed = _packed(part, data)
    if part.compress_type == ZIP_STORED:
        if part.file_size != part.compress_size:
            raise UnreadableDocument(_BOMB)
        yield packed.tobytes()
        return
    if part.compress_type != ZIP_DEFLATED:
        raise UnreadableDocument(_BROKEN)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    left = part.file_size
    piece = inflate.decompress(packed, _CHUNK)
    while piece:
        left -= len(piece)
        if left < 0:
            raise UnreadableDocument(_BOMB)
        yield piece
        piece = inflate.decompress(inflate.unconsumed_tail, _CHUNK)
    if not inflate.eof:
        raise UnreadableDocument(_BROKEN)


def _packed(part: ZipInfo, data: bytes) -> memoryview:
    """The bytes of a part, after its local header."""
    header = part.header_offset
    if data[header : header + 4] != b"PK\3\4" or len(data) < header + 30:
        raise BadZipFile(part.filename)
    start = header + 30 + int.from_bytes(data[header + 26 : header + 28], "little")
    start += int.from_bytes(data[header + 28 : header + 30], "little")
    return memoryview(data)[start : start + part.compress_size]
