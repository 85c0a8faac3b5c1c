"""Invoices as data: JSON and TOML for one, CSV and XLSX for many."""

from reglo.formats.data.faults import Fault, InvalidData
from reglo.formats.data.json import read_json, write_json
from reglo.formats.data.table import RowResult, read_table
from reglo.formats.data.toml import read_toml

__all__ = ["Fault", "InvalidData", "RowResult", "read_json", "read_table", "read_toml", "write_json"]
