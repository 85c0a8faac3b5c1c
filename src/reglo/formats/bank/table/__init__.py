"""Statements as tables, CSV or XLSX, in the columns of any bank."""

from reglo.formats.bank.table.mapping import ColumnMapping, DateOrder, guess_mapping
from reglo.formats.bank.table.read import read_bank_table

__all__ = ["ColumnMapping", "DateOrder", "guess_mapping", "read_bank_table"]
