"""Rows of a CSV file: encoding, separator and quotes found from the file itself, read as a stream."""

import codecs
import csv
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice
from typing import Any

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.data.table.cells import Cell

MAX_BYTES = 100 * 1024 * 1024
ROWS_ABOVE = 20  #: among which the header is looked for: a title, an address may stand before it
_MAX_CELL = 100_000
_PIECE = 1024 * 1024
_SEPARATORS = ";,\t|"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def csv_rows(data: bytes, recognised: Callable[[list[str]], int]) -> Callable[[], Iterator[list[Cell]]]:
    """A function that reads the rows from the first one, each time it is called.

    recognised: how many names of a header row are known, by which the separator is chosen.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            Text(
                fr=f"Le fichier CSV dépasse {MAX_BYTES // 1024 // 1024} Mio.",
                en=f"The CSV file is larger than {MAX_BYTES // 1024 // 1024} MiB.",
            )
        )
    encoding = encoding_of(data)
    separator, skipped = _separator(data, encoding, recognised)

    def rows() -> Iterator[list[Cell]]:
        reader = _reader(data, encoding, separator)
        for _ in range(skipped):
            next(reader, None)
        if skipped:
            yield []  # so that row numbers stay those of the spreadsheet
        try:
            yield from reader
        except csv.Error as error:
            raise UnreadableDocument(_broken(reader.line_num)) from error

    return rows


def encoding_of(data: bytes) -> str:
    """UTF-8 or UTF-16 by their mark, else UTF-8 if the bytes are, else Windows-1252."""
    for encoding in _candidates(data):
        if _decodes(data, encoding):
            return encoding
    raise UnreadableDocument(
        Text(
            fr="Le fichier n'est ni en UTF-8, ni en UTF-16, ni en Windows-1252 : enregistrez-le en UTF-8.",
            en="The file is neither in UTF-8, nor UTF-16, nor Windows-1252: save it as UTF-8.",
        )
    )


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether all of `data` is text in `encoding`; piece by piece, since the text may take four times the bytes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return (encoding,)
    if data[:200].count(0) * 4 > len(data[:200]):  # of letters in UTF-16, every second byte; a stray one is none
        return ("utf-16-be",) if data[:1] == b"\0" else ("utf-16-le",)
    return ("utf-8", "cp1252")


def _reader(data: bytes, encoding: str, separator: str) -> Any:  # the type of csv.reader has no public name
    csv.field_size_limit(_MAX_CELL)
    text = TextIOWrapper(BytesIO(data), encoding=encoding, newline="")
    return csv.reader(text, delimiter=separator)


def _separator(data: bytes, encoding: str, recognised: Callable[[list[str]], int]) -> tuple[str, int]:
    """The separator, and how many rows to skip: Excel may name it in a first row "sep=;"."""
    lines = TextIOWrapper(BytesIO(data), encoding=encoding)
    first = lines.readline(_MAX_CELL).rstrip("\r\n")
    if first[:4].lower() == "sep=" and len(first) == 5 and first[4] in _SEPARATORS:
        return first[4], 1
    return max(_SEPARATORS, key=lambda each: _best_header(data, encoding, each, recognised)), 0


def _best_header(data: bytes, encoding: str, separator: str, recognised: Callable[[list[str]], int]) -> int:
    """How many headers the best of the first rows shows if `separator` is the right one."""
    try:
        return max((recognised(row) for row in islice(_reader(data, encoding, separator), ROWS_ABOVE)), default=0)
    except csv.Error:
        return 0


def _broken(line: int) -> Text:
    return Text(
        fr=f"Le fichier n'est pas un CSV lisible (ligne {line}) : guillemet jamais fermé ou cellule trop longue.",
        en=f"The file is no readable CSV (line {line}): a quote that is never closed, or a cell too long.",
    )
