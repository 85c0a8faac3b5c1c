"""Invoices as data: JSON and TOML for one, CSV and XLSX for many."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reglo.formats.data.faults import Fault, InvalidData
from reglo.formats.data.json import read_json, write_json
from reglo.formats.data.toml import read_toml

if TYPE_CHECKING:
    from reglo.formats.data.table import Batch

__all__ = ["Fault", "InvalidData", "read_json", "read_table", "read_toml", "write_json"]


def read_table(data: bytes, name: str = "", defaults: Mapping[str, object] | None = None) -> "Batch":
    """`reglo.formats.data.table.read_table`, loaded when a table comes."""
    from reglo.formats.data import table

    return table.read_table(data, name, defaults)
