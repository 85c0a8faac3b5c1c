"""The lines as a table: which columns it needs, what stands in each cell, which rows may be broken."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypedDict

from reglo.core.document import Allowance, Invoice, Line, LineKind, Price
from reglo.formats.pdf.content.items import item_details
from reglo.formats.pdf.content.text import breakable
from reglo.formats.pdf.content.totals import described
from reglo.formats.pdf.content.widths import widest, width_of
from reglo.formats.pdf.figures import MINUS, aligned, amount, number, percent
from reglo.formats.pdf.wording import category_name, colon, word
from reglo.formats.units import unit_name

_HUNDRED = Decimal(100)
#: Titles are set smaller than text, in the same bold; widths are in em of the text.
_TITLE_SIZE = 0.82
_WIDEST_TITLE, _WIDEST_COLUMN = 6.5, 9.5
#: A row of more text than this may not fit on a page, and may then be broken.
_LONGEST_WHOLE_ROW = 2200


class Row(TypedDict):
    """A line of the document."""

    kind: str  #: detail, group or information
    depth: int  #: how many lines it stands under
    number: str
    name: str
    details: list[str]
    cells: list[str]  #: quantity, unit, price, discount where there is that column, VAT, amount
    breakable: bool


class Table(TypedDict):
    """The table of lines."""

    header: list[str]
    widths: list[float]  #: of each column but the second, which takes what is left; in em of the text
    has_discount: bool
    rows: list[Row]


def table_content(invoice: Invoice, language: str) -> Table:
    """The lines of the document (BG-25) in their order, sub-lines under their parent."""
    discounts = [_discount(line, invoice.currency, language) for line in invoice.lines]
    has_discount = any(discounts)
    names = ["line_number", "item", "quantity", "unit", "unit_price", "discount", "vat", "net_amount"]
    columns = _columns(invoice, discounts if has_discount else None, language)
    depths = _depths(invoice.lines)
    header = [word(name, language) for name in names if name != "discount" or has_discount]
    numbers = [line.identifier or "" for line in invoice.lines]
    return Table(
        header=header,
        widths=[
            _width(title, cells) for title, cells in zip(header[:1] + header[2:], [numbers, *columns], strict=True)
        ],
        has_discount=has_discount,
        rows=[
            _row(line, list(cells), depth, invoice.currency, language)
            for line, cells, depth in zip(invoice.lines, zip(*columns, strict=True), depths, strict=True)
        ],
    )


def _columns(invoice: Invoice, discounts: list[str] | None, language: str) -> list[list[str]]:
    lines, currency = invoice.lines, invoice.currency
    return [
        aligned([_quantity(line, language) for line in lines], language),
        [_unit(line, language) for line in lines],
        aligned([_price(line, currency, language) for line in lines], language),
        *([discounts] if discounts is not None else []),
        [_vat(line, language) for line in lines],
        [_amount(line.net_amount, currency, language) for line in lines],
    ]


def _width(title: str, cells: list[str]) -> float:
    """Between a title that may break between words and cells that had better not, though they will in the end."""
    longest_word = max(map(width_of, title.split()), default=0.0) * _TITLE_SIZE
    whole_title = min(width_of(title) * _TITLE_SIZE, _WIDEST_TITLE)
    return min(max(longest_word, whole_title, widest(cells)), _WIDEST_COLUMN)


def _row(line: Line, cells: list[str], depth: int, currency: str | None, language: str) -> Row:
    name = breakable((line.item.name if line.item else None) or "")
    details = [*_per(line, language), *item_details(line, language), *_adjustments(line, currency, language)]
    return Row(
        kind=(line.kind or LineKind.DETAIL).lower(),
        depth=depth,
        number=line.identifier or "",
        name=name,
        details=details,
        cells=cells,
        breakable=len(name) + sum(len(detail) + 40 for detail in details) > _LONGEST_WHOLE_ROW,
    )


def _quantity(line: Line, language: str) -> str:
    return "" if line.quantity is None else number(line.quantity, language)


def _unit(line: Line, language: str) -> str:
    if not line.unit or line.quantity is None:
        return ""
    return unit_name(line.unit, line.quantity, language)


def _price(line: Line, currency: str | None, language: str) -> str:
    """The price before its discount, where one is told."""
    price = line.price
    shown = None if price is None else (price.gross if _has_discount(price) else price.net)
    return _amount(shown, currency, language)


def _amount(value: Decimal | None, currency: str | None, language: str) -> str:
    return "" if value is None else amount(value, currency, language)


def _has_discount(price: Price) -> bool:
    return bool(price.gross is not None and price.discount)


def _discount(line: Line, currency: str | None, language: str) -> str:
    """What the line's discount column says: a percent where it is exactly one, else the amount a unit or in all."""
    price = line.price
    if price is not None and price.gross and price.discount:
        share = price.discount * _HUNDRED / price.gross
        exact = 0 < share <= _HUNDRED and share == round(share, 2)
        return percent(share, language) if exact else amount(-price.discount, currency, language)
    if len(line.allowances) == 1 and line.allowances[0].percent is not None:
        return percent(line.allowances[0].percent, language)
    total = sum((each.amount or Decimal(0) for each in line.allowances), Decimal(0))
    return MINUS + amount(total, currency, language) if total else ""


def _vat(line: Line, language: str) -> str:
    if line.kind == LineKind.GROUP:
        return ""  # the lines below it say theirs
    name = category_name(line.vat_category, language)
    return name or ("" if line.vat_rate is None else percent(line.vat_rate, language))


def _per(line: Line, language: str) -> list[str]:
    """That the price is for several units (BT-149), where it is."""
    price = line.price
    if price is None or price.base_quantity in (None, Decimal(1)):
        return []
    base = price.base_quantity or Decimal(1)
    unit = unit_name(price.base_unit or line.unit or "", base, language)
    phrase = word("per", language, quantity=number(base, language), unit=unit)
    return [f"{word('unit_price', language)} {phrase}"]


def _adjustments(line: Line, currency: str | None, language: str) -> Iterable[str]:
    """Allowances and charges of the line, each with its reason."""
    for each in line.allowances:
        yield _adjustment(each, "allowance", MINUS, currency, language)
    for each in line.charges:
        yield _adjustment(each, "charge", "+", currency, language)


def _adjustment(each: Allowance, kind: str, sign: str, currency: str | None, language: str) -> str:
    return f"{described(each, kind, language)}{colon(language)}{sign}{_amount(each.amount, currency, language)}"


def _depths(lines: tuple[Line, ...]) -> list[int]:
    """How deep each line stands under others; a line that names itself or a stranger stands at the top."""
    parents: Mapping[str, str | None] = {line.identifier: line.parent for line in lines if line.identifier}
    return [_depth(line, parents) for line in lines]


def _depth(line: Line, parents: Mapping[str, str | None]) -> int:
    depth, parent, seen = 0, line.parent, {line.identifier}
    while parent is not None and parent in parents and parent not in seen:
        seen.add(parent)
        depth += 1
        parent = parents[parent]
    return depth
