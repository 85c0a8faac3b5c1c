"""Tables of invoices, as CSV or XLSX: one row a line, header names in French or English."""

from collections.abc import Callable, Iterator, Mapping

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.data.faults import Fault, InvalidData
from reglo.formats.data.table.batch import Batch, RowResult
from reglo.formats.data.table.cells import Cell
from reglo.formats.data.table.columns import header_of, recognised
from reglo.formats.data.table.csv_rows import ROWS_ABOVE, csv_rows

__all__ = ["Batch", "RowResult", "read_table"]

_ZIP = b"PK\x03\x04"


def read_table(data: bytes, name: str = "", defaults: Mapping[str, object] | None = None) -> Batch:
    """The invoices of a CSV or XLSX table, one result each; one that cannot be read does not stop the others.

    defaults: keys of a draft that the table may leave out, such as the seller.
    Raises UnreadableDocument where the file is no table, InvalidData where its header row cannot be used.
    """
    del name  # CSV and XLSX are told by their content
    rows = _rows(data)
    header = header_of(*_header_row(rows))
    if not header.names_seller and "seller" not in (defaults or {}):
        raise InvalidData([_no_seller(header.row)])
    batch = Batch(rows, header, defaults)
    if len(batch) == 0:
        raise UnreadableDocument(Text(fr="Le tableau ne contient aucune facture.", en="The table holds no invoice."))
    return batch


def _rows(data: bytes) -> Callable[[], Iterator[list[Cell]]]:
    if data.startswith(_ZIP):
        from reglo.formats.data.table.xlsx_rows import xlsx_rows

        return xlsx_rows(data)
    return csv_rows(data, recognised)


def _header_row(rows: Callable[[], Iterator[list[Cell]]]) -> tuple[int, list[Cell]]:
    """The first row that names a column we know, else the first that holds anything."""
    first: tuple[int, list[Cell]] | None = None
    for number, row in enumerate(rows(), start=1):
        if number > ROWS_ABOVE:
            break
        if recognised(row) >= 2:
            return number, row
        if first is None and any(str(cell).strip() for cell in row):
            first = (number, row)
    if first is None:
        raise UnreadableDocument(Text(fr="Le tableau est vide.", en="The table is empty."))
    return first


def _no_seller(row: int) -> Fault:
    return Fault(
        where=Text(fr=f"ligne {row} (en-têtes)", en=f"row {row} (headers)"),
        reason=Text(fr="rien ne dit qui facture.", en="nothing says who invoices."),
        fix=Text(
            fr="Donnez un fichier du vendeur (--seller), ou des colonnes « Vendeur », « SIREN du vendeur »…",
            en='Give a file of the seller (--seller), or columns "Seller", "Seller SIREN"…',
        ),
    )
