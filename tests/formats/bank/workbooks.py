"""XLSX workbooks for tests."""

from collections.abc import Sequence
from io import BytesIO

import openpyxl


def a_workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet with these rows."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()
