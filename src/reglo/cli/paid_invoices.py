"""A table of invoices and when they were paid, with the columns of the public "accounts receivable" data set.

DaysToSettle and DaysLate follow from the dates and are not read; PaperlessDate may lie in the future and is not either.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.errors import DomainError, UnreadableDocument
from reglo.core.findings import Text
from reglo.core.forecast import InvalidForecast, Owed, PaidInvoice
from reglo.formats.data.table.csv_rows import csv_rows

_NEEDED = (
    "countryCode",
    "customerID",
    "InvoiceDate",
    "DueDate",
    "InvoiceAmount",
    "Disputed",
    "SettledDate",
    "PaperlessBill",
)
_MONTH_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_LONGEST_SHOWN = 40  #: characters of a cell in a sentence


class UnreadableRow(DomainError):
    """A row of the table that cannot be an invoice."""

    code = "unreadable-row"


@dataclass(frozen=True, slots=True)
class Invoices:
    """What a table holds."""

    paid: tuple[PaidInvoice, ...]
    unpaid: tuple[Owed, ...]
    in_advance: int  #: rows paid before they were issued, of which there is nothing to forecast


def read_paid_invoices(data: bytes) -> Invoices:
    """The invoices of a CSV file. Raises UnreadableDocument or UnreadableRow for the first thing that is wrong."""
    rows = csv_rows(data, lambda cells: len(set(_NEEDED) & {each.strip() for each in cells}))()
    head: dict[str, int] | None = None
    paid, unpaid, in_advance = list[PaidInvoice](), list[Owed](), 0
    for number, cells in enumerate(rows, 1):
        texts = [str(each).strip() for each in cells]
        if not any(texts):
            continue
        if head is None:
            head = _head(texts)
            continue
        found = _invoice(_Row(number, texts, head))
        if not isinstance(found, PaidInvoice):
            unpaid.append(found)
        elif found.paid < found.issued:
            in_advance += 1
        else:
            paid.append(found)
    if not (paid or unpaid):
        raise UnreadableDocument(Text(fr="Le fichier ne contient aucune facture.", en="The file holds no invoice."))
    return Invoices(tuple(paid), tuple(unpaid), in_advance)


def _head(names: Sequence[str]) -> dict[str, int]:
    head = {name: place for place, name in enumerate(names)}
    if missing := [each for each in _NEEDED if each not in head]:
        listed = ", ".join(missing)
        raise UnreadableDocument(
            Text(
                fr=f"Colonnes absentes\N{NO-BREAK SPACE}: {listed}. La première ligne doit les nommer.",
                en=f"Missing columns: {listed}. The first row must name them.",
            )
        )
    return head


class _Row:
    """A row of the table, which tells what is wrong by its number and column."""

    def __init__(self, number: int, cells: Sequence[str], head: Mapping[str, int]) -> None:
        self.number = number
        self._cells = cells
        self._head = head

    def text(self, column: str) -> str:
        """The cell of a column; empty where the row is short."""
        place = self._head[column]
        return self._cells[place] if place < len(self._cells) else ""

    def day(self, column: str) -> date:
        """A date, month first."""
        found = _MONTH_FIRST.fullmatch(self.text(column))
        try:
            if found is not None:
                month, day, year = map(int, found.groups())
                return date(year, month, day)
        except ValueError:
            pass  # no such day: said below as any other text that is no date
        raise self.wrong(
            column, Text(fr="une date mois/jour/année, comme 1/31/2012", en="a date month/day/year, such as 1/31/2012")
        )

    def amount(self, column: str) -> Decimal:
        """A number with a decimal point; whether it may be below zero is for the core to say."""
        if _NUMBER.fullmatch(self.text(column)) is None:
            raise self.wrong(column, Text(fr="un montant, comme 1234.50", en="an amount, such as 1234.50"))
        return Decimal(self.text(column))

    def is_yes(self, column: str) -> bool:
        """Yes or No."""
        if self.text(column) not in ("Yes", "No"):
            raise self.wrong(column, Text(fr="Yes ou No", en="Yes or No"))
        return self.text(column) == "Yes"

    def key(self, column: str) -> str:
        """A text that may not be empty."""
        if not self.text(column):
            raise self.wrong(column, Text(fr="rempli", en="filled in"))
        return self.text(column)

    def wrong(self, column: str, wanted: Text) -> UnreadableRow:
        """The error that says what should stand in `column`."""
        text = self.text(column)[:_LONGEST_SHOWN]
        return self.refused(
            Text(
                fr=f"{column}\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}» n'est pas {wanted.fr}.",
                en=f'{column}: "{text}" is not {wanted.en}.',
            ),
            column,
        )

    def refused(self, reason: Text, field: str | None) -> UnreadableRow:
        """The error that says why this row is no invoice."""
        return UnreadableRow(
            Text(
                fr=f"Ligne {self.number}\N{NO-BREAK SPACE}: {reason.fr}",
                en=f"Row {self.number}: {reason.en}",
            ),
            field=field,
        )


def _invoice(row: _Row) -> PaidInvoice | Owed:
    """The invoice of a row; without a day of payment it is still owed."""
    known = {
        "customer": row.key("customerID"),
        "segment": row.text("countryCode"),
        "channel": row.text("PaperlessBill"),
    }
    issued, due, amount = row.day("InvoiceDate"), row.day("DueDate"), row.amount("InvoiceAmount")
    disputed = row.is_yes("Disputed")
    try:
        if not row.text("SettledDate"):
            return Owed(**known, issued=issued, due=due, amount=amount)
        paid = row.day("SettledDate")
        return PaidInvoice(**known, issued=issued, due=due, amount=amount, paid=paid, disputed=disputed)
    except InvalidForecast as error:
        raise row.refused(error.message, error.field) from error
