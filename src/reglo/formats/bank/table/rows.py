"""One row of a bank's table as a line, once columns, dates and decimal marks are known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.bank import BankLine
from reglo.core.findings import Text
from reglo.formats.bank.amounts import exact_amount
from reglo.formats.bank.labels import kind_of_label
from reglo.formats.bank.plain import iban_in, joined, plain
from reglo.formats.bank.reading import refusal
from reglo.formats.bank.table.cells import day_in, signed_number
from reglo.formats.bank.table.mapping import ColumnMapping, DateOrder
from reglo.formats.bank.table.names import PENDING, UNDONE
from reglo.formats.data.scalars import BadValue
from reglo.formats.data.table.cells import Cell, Habits, text_in
from reglo.formats.data.table.columns import folded

_CREDITOR_REFERENCE = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """A line with what the table says beside it."""

    account: str
    line: BankLine
    balance: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """How the rows of one table are read."""

    mapping: ColumnMapping
    index_of: Mapping[str, int]  #: the columns by their name
    order: DateOrder
    habits: Habits
    currency: str  #: where no column says it

    def cell(self, row: Sequence[Cell], name: str) -> Cell:
        """The cell of a column, "" where the row has none."""
        index = self.index_of.get(name, -1) if name else -1
        return row[index] if 0 <= index < len(row) else ""

    def text(self, row: Sequence[Cell], name: str) -> str:
        """The text of a cell on one line."""
        return plain(text_in(self.cell(row, name)))

    def amount(self, number: int, row: Sequence[Cell], currency: str) -> Decimal | None:
        """The signed amount; None where the row has none. Raises UnreadableBankFile."""
        if self.mapping.amount:
            return self._exact(number, row, self.mapping.amount, currency)
        debit = self._exact(number, row, self.mapping.debit, currency)
        credit = self._exact(number, row, self.mapping.credit, currency)
        if debit is None and credit is None:
            return None
        return (credit or Decimal(0)) - abs(debit or Decimal(0))

    def _exact(self, number: int, row: Sequence[Cell], name: str, currency: str) -> Decimal | None:
        try:
            found = signed_number(self.cell(row, name), self.habits)
            return None if found is None else exact_amount(found, currency)
        except BadValue as bad:
            raise refusal(place(number, name), bad.reason, bad.fix) from bad

    def day(self, number: int, row: Sequence[Cell], name: str) -> date | None:
        """The day in a column; None where the cell is empty. Raises UnreadableBankFile."""
        cell = self.cell(row, name)
        try:
            return day_in(cell, self.order) if str(cell).strip() else None
        except BadValue as bad:
            raise refusal(place(number, name), bad.reason, bad.fix) from bad

    def is_undone(self, row: Sequence[Cell]) -> bool:
        """Whether the bank refused or undid what the row tells: no money moved."""
        return folded(self.text(row, self.mapping.state)) in UNDONE

    def currency_of(self, row: Sequence[Cell]) -> str:
        """The currency of the row."""
        return self.text(row, self.mapping.currency).upper() or self.currency

    def line(self, number: int, row: Sequence[Cell], booked: date, amount: Decimal) -> RowLine:
        """The line of a row. Raises UnreadableBankFile for a cell that is no amount or date."""
        mapping, currency = self.mapping, self.currency_of(row)
        fee = abs(self._exact(number, row, mapping.fee, currency) or Decimal(0))
        reference = self.text(row, mapping.reference)
        creditor = reference.replace(" ", "").upper()
        is_creditor = _CREDITOR_REFERENCE.fullmatch(creditor) is not None
        text = joined(*(self.text(row, name) for name in mapping.text), "" if is_creditor else reference)
        line = BankLine(
            booked=booked,
            amount=amount - fee,
            currency=currency,
            valued=self.day(number, row, mapping.valued),
            kind=kind_of_label(text),
            text=text,
            reference=creditor if is_creditor else "",
            payer=self.text(row, mapping.payer),
            payer_iban=iban_in(self.text(row, mapping.payer_iban)),
            bank_reference=self.text(row, mapping.bank_reference),
            charges=fee,
            is_booked=folded(self.text(row, mapping.state)) not in PENDING,
        )
        balance = self._exact(number, row, mapping.balance, currency)
        return RowLine(account=self.text(row, mapping.account), line=line, balance=balance)


def place(row: int, column: str = "") -> Text:
    """A place in the table, rows counted as the spreadsheet does."""
    if not column:
        return Text(fr=f"ligne {row}", en=f"row {row}")
    return Text(fr=f"ligne {row}, colonne « {column} »", en=f'row {row}, column "{column}"')
