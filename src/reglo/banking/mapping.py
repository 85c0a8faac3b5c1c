"""What the columns of a bank's table are: read, guessed, chosen, remembered."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any

from reglo.banking.errors import FileRefused
from reglo.core.findings import Text
from reglo.formats.bank import ColumnMapping, DateOrder
from reglo.formats.bank.table.mapping import known_names
from reglo.formats.data.table.cells import Cell, text_in
from reglo.formats.data.table.csv_rows import ROWS_ABOVE, csv_rows

_ZIP = b"PK\x03\x04"
_MOST_COLUMNS = 60
#: What a column can be, in the order in which it is offered. Several columns may be TEXT.
FIELDS = (
    "booked",
    "valued",
    "amount",
    "debit",
    "credit",
    "text",
    "payer",
    "payer_iban",
    "reference",
    "bank_reference",
    "fee",
    "currency",
    "balance",
    "account",
    "state",
)
Columns = Mapping[str, str]
"""Name of a column → one of FIELDS, "" for none."""


def table_headers(data: bytes) -> tuple[str, ...]:
    """The names of the columns of a CSV or XLSX file: the row among the first that says most. Raises FileRefused."""
    rows = list(islice(_rows(data), ROWS_ABOVE))
    best = max(rows, key=lambda row: (known_names(row), sum(1 for cell in row if _is_name(cell))), default=[])
    names = tuple(dict.fromkeys(str(cell).strip() for cell in best if str(cell).strip()))
    if len(names) < 2:
        raise FileRefused(
            Text(
                fr="Ce fichier n'a pas de ligne d'en-têtes\N{NO-BREAK SPACE}: "
                "exportez-le de nouveau avec les noms des colonnes.",
                en="This file has no header row: export it again with the names of its columns.",
            )
        )
    return names[:_MOST_COLUMNS]


def _rows(data: bytes) -> Iterator[list[Cell]]:
    if data.startswith(_ZIP):
        from reglo.formats.data.table.xlsx_rows import xlsx_rows

        return xlsx_rows(data)()
    return csv_rows(data, lambda row: known_names(row) or len(row) > 1)()


def _is_name(cell: Cell) -> bool:
    text = text_in(cell).strip()
    return bool(text) and not any(sign.isdigit() for sign in text)


def headers_sha256(headers: Sequence[str]) -> str:
    """By what a mapping is remembered."""
    return sha256("\n".join(headers).encode()).hexdigest()


def columns_of(mapping: ColumnMapping) -> dict[str, str]:
    """A mapping as a form shows it: column → field."""
    named = {getattr(mapping, field): field for field in FIELDS if field != "text" and getattr(mapping, field)}
    return named | dict.fromkeys(mapping.text, "text")


def stored_mapping(columns: Columns, order: DateOrder | None) -> dict[str, Any]:
    """What was chosen, as JSON. Raises FileRefused where it does not make a table."""
    mapping = mapping_from(columns, order)
    return {"columns": columns_of(mapping), "date_order": mapping.date_order.value if mapping.date_order else ""}


def read_mapping(stored: Mapping[str, Any]) -> ColumnMapping:
    """What `stored_mapping` wrote."""
    order = stored.get("date_order") or None
    return mapping_from(stored["columns"], None if order is None else DateOrder(order))


def mapping_from(columns: Columns, order: DateOrder | None) -> ColumnMapping:
    """The mapping that choices make. Raises FileRefused: a day and an amount are needed, and each field once."""
    by_field: dict[str, str] = {}
    texts = []
    for column, field in columns.items():
        if field == "text":
            texts.append(column)
        elif field in by_field:
            raise FileRefused(
                Text(
                    fr=f"Deux colonnes ont le même sens\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}{column}"
                    "\N{NO-BREAK SPACE}» et une autre.",
                    en=f"Two columns mean the same: “{column}” and another.",
                )
            )
        elif field:
            by_field[field] = column
    if "booked" not in by_field or not ("amount" in by_field or {"debit", "credit"} <= by_field.keys()):
        raise FileRefused(
            Text(
                fr="Dites quelle colonne est la date, et laquelle est le montant (ou débit et crédit).",
                en="Say which column is the date, and which is the amount (or debit and credit).",
            )
        )
    if "amount" in by_field:
        by_field.pop("debit", None)
        by_field.pop("credit", None)
    return ColumnMapping(text=tuple(texts), date_order=order, **by_field)
