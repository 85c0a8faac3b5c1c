"""Writing a FEC: rows in, lines out, a few thousand at a time."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

from reglo.core.findings import Text
from reglo.formats.fec.layout import AmountStyle, FecEncoding, FecLayout
from reglo.formats.fec.rows import BadFecRow, FecRow

_ROWS_AT_ONCE = 512
_BEFORE_POINT = 15  #: digits; more is no amount of money
_SAFE = re.compile(r"[^\x00-\x1f\x7f-\x9f|\u2028\u2029\ud800-\udfff]*")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f|\u2028\u2029\ud800-\udfff]+")


def write_fec(rows: Iterable[FecRow], stream: BinaryIO, *, layout: FecLayout | None = None) -> int:
    """Write `rows` in their order to `stream`, and answer how many they were. Memory does not grow with them.

    They come in the order of validation, those of an entry together. A separator or line end within a text becomes a
    space; what ISO 8859-15 lacks loses its accents or becomes "?". Raises BadFecRow.
    """
    layout = layout or FecLayout()
    cells_of = _cells_of(layout)
    end = layout.line_end
    stream.write((layout.separator.join(layout.columns) + end).encode("ascii"))
    count = 0
    for some in _batches(rows):
        text = end.join([layout.separator.join(cells_of(row)) for row in some]) + end
        stream.write(_encoded(text, layout.encoding))
        count += len(some)
    return count


def _batches(rows: Iterable[FecRow]) -> Iterator[list[FecRow]]:
    rest = iter(rows)
    while some := list(islice(rest, _ROWS_AT_ONCE)):
        yield some


def _cells_of(layout: FecLayout) -> Callable[[FecRow], tuple[str, ...]]:
    """What makes a row cells, in the order of the columns."""
    amounts = _debit_credit if layout.style is AmountStyle.DEBIT_CREDIT else _amount_sign
    extra = len(layout.columns) - 18
    if not extra:
        return lambda row: _cells(row, amounts(row))
    return lambda row: (*_cells(row, amounts(row)), *_cash_cells(row)[:extra])


def _cells(row: FecRow, amounts: tuple[str, str]) -> tuple[str, ...]:
    return (
        _plain(row.journal),
        _plain(row.journal_label),
        _plain(row.number),
        _day(row.booked_on),
        _plain(row.account),
        _plain(row.account_label),
        _plain(row.auxiliary),
        _plain(row.auxiliary_label),
        _plain(row.reference),
        _day(row.reference_date),
        _plain(row.label),
        *amounts,
        _plain(row.allocation),
        _day(row.allocated_on),
        _day(row.validated_on),
        "" if row.currency_amount is None else _amount(row.currency_amount),
        _plain(row.currency),
    )


def _cash_cells(row: FecRow) -> tuple[str, str, str, str]:
    return (_day(row.paid_on), _plain(row.paid_by), _plain(row.operation), _plain(row.client))


def _debit_credit(row: FecRow) -> tuple[str, str]:
    return _amount(row.debit), _amount(row.credit)


def _amount_sign(row: FecRow) -> tuple[str, str]:
    if row.debit and row.credit:
        raise BadFecRow(
            Text(
                fr="Une ligne ne peut être au débit et au crédit à la fois\N{NO-BREAK SPACE}: faites-en deux lignes.",
                en="A line cannot be a debit and a credit at once: make it two lines.",
            ),
            field="credit",
        )
    return (_amount(row.credit), "C") if row.credit else (_amount(row.debit), "D")


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """The text on one line and in one cell."""
    return text if _SAFE.fullmatch(text) else _UNSAFE.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def _day(day: date | None) -> str:
    return "" if day is None else f"{day.year:04}{day.month:02}{day.day:02}"


def _amount(value: Decimal) -> str:
    """With a comma and two decimals at least; never rounded."""
    if not value:
        return "0,00"
    text = f"{value:f}"
    if text[-3:-2] == "." and len(text) <= _BEFORE_POINT:
        return f"{text[:-3]},{text[-2:]}"
    return _unusual(value)


def _unusual(value: Decimal) -> str:
    """An amount that has not exactly two decimals, or is very large. Raises BadFecRow."""
    if not value.is_finite() or value.adjusted() >= _BEFORE_POINT or _places(value) > 6:
        shown = f"{value:.6g}"
        raise BadFecRow(
            Text(
                fr=f"{shown} ne peut être écrit dans un FEC\N{NO-BREAK SPACE}: "
                f"{_BEFORE_POINT} chiffres et 6 décimales au plus.",
                en=f"{shown} cannot be written to a FEC: {_BEFORE_POINT} digits and 6 decimals at most.",
            ),
            field="amount",
        )
    return f"{value:.{max(2, _places(value))}f}".replace(".", ",")


def _places(value: Decimal) -> int:
    """Decimals that say something."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -int(exponent)) if value.is_finite() else 0


def _encoded(text: str, encoding: FecEncoding) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(map(_nearest, text)).encode(encoding, "replace")


@lru_cache(maxsize=4096)
def _nearest(character: str) -> str:
    """The character, or its letter without the accent, as far as ISO 8859-15 has it."""
    try:
        character.encode(FecEncoding.ISO_8859_15)
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", character)
        return "".join(each for each in plain if not unicodedata.combining(each)) or "?"
    return character
