"""Where something of an invoice stands in its table: rows and columns, as the spreadsheet counts and names them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reglo.core.document import Invoice, LineKind
from reglo.core.findings import Text
from reglo.formats.data.faults import shown
from reglo.formats.data.table.columns import Header

_LINE = re.compile(r"lines\[(\d+)\]")
_INDEX = re.compile(r"\[\d+\]")

#: Fields of a finished invoice, and the keys of the draft that fill them: the first that the table has is meant.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "type_code": ("kind",),
    "preceding_invoices[]": ("preceding_invoices[].number", "deposits[].number"),
    "preceding_invoices[].number": ("preceding_invoices[].number", "deposits[].number"),
    "preceding_invoices[].issue_date": ("preceding_invoices[].issue_date", "deposits[].issue_date"),
    "seller.legal_registration": ("seller.siren", "seller.siret"),
    "seller.vat_identifier": ("seller.vat_number",),
    "buyer.legal_registration": ("buyer.siren", "buyer.siret"),
    "buyer.vat_identifier": ("buyer.vat_number",),
    "payment.means[].account.identifier": ("payment.iban",),
    "payment.means[].account.bic": ("payment.bic",),
    "payment.means[].code": ("payment.method",),
    "payment_terms": ("terms",),
    "totals.paid": ("deposits[].amount",),
    "lines[].item": ("lines[].name",),
    "lines[].item.name": ("lines[].name",),
    "lines[].item.description": ("lines[].description",),
    "lines[].item.seller_identifier": ("lines[].reference",),
    "lines[].price": ("lines[].price", "lines[].price_with_vat"),
    "lines[].price.net": ("lines[].price", "lines[].price_with_vat"),
    "lines[].price.gross": ("lines[].price", "lines[].price_with_vat"),
    "lines[].vat_category": ("lines[].vat",),
    "lines[].vat_rate": ("lines[].vat",),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """The rows that an invoice was made of."""

    row: int  #: the first, as the spreadsheet counts
    line_rows: tuple[int, ...]  #: that of each line
    columns: Mapping[str, Text]  #: what the table calls the column of each key of a draft

    def place(self, path: str) -> Text:
        """Row and column of a path in a draft or an invoice ("lines[2].price.net"); the path itself has no column."""
        row = self._row(path)
        keys = _INDEX.sub("[]", path)
        for key in (keys, *_KEYS.get(keys, ())):
            if key in self.columns:
                return _joined(_row(row), self.columns[key])
        below = path.partition("].")[2] if _LINE.match(path) else path
        return _joined(_row(row), Text(fr=below, en=below))

    def of_invoice(self, invoice: Invoice) -> "Origin":
        """The same for the finished invoice, in which a sub-total may stand above the lines of a lot."""
        rows: list[int] = []
        typed = 0  # lines so far that the table has
        for line in invoice.lines:
            rows.append(self.line_rows[typed] if typed < len(self.line_rows) else self.row)
            typed += line.kind != LineKind.GROUP
        return replace(self, line_rows=tuple(rows))

    def _row(self, path: str) -> int:
        found = _LINE.match(path)
        index = int(found.group(1)) if found else len(self.line_rows)
        return self.line_rows[index] if index < len(self.line_rows) else self.row


def named_columns(header: Header) -> Mapping[str, Text]:
    """What messages call the column of each key."""
    return {key: column_place(index, header.names[index]) for key, index in header.index_of.items()}


def row_place(row: int, column: Text | None) -> Text:
    """A row, or a cell where the column is known."""
    return _row(row) if column is None else _joined(_row(row), column)


def column_place(index: int, name: str | None = None) -> Text:
    """A column by its letters and, where it has one, its header."""
    called = f"{_letters(index)} ({shown(name)})" if name else _letters(index)
    return Text(fr=f"colonne {called}", en=f"column {called}")


def _row(row: int) -> Text:
    return Text(fr=f"ligne {row}", en=f"row {row}")


def _joined(*parts: Text) -> Text:
    kept = [each for each in parts if each.fr]
    return Text(fr=", ".join(each.fr for each in kept), en=", ".join(each.en for each in kept))


def _letters(index: int) -> str:
    """A column as spreadsheets name it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
