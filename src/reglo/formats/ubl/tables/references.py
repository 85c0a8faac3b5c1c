"""Periods, and other documents that a document or a line refers to."""

from collections.abc import Mapping

from reglo.core.document import DocumentReference, Period, SupportingDocument
from reglo.formats.ubl.binding import Entry, Inside, Table, cac, cbc
from reglo.formats.ubl.leaves import Code, Day, Identified, Text
from reglo.formats.ubl.quirks.additional import BinaryFile

PERIOD_TERMS = {"start": "BT-73", "end": "BT-74"}

LINE_PERIOD_TERMS = {"start": "BT-134", "end": "BT-135"}


def period(terms: Mapping[str, str], *extra: Mapping[str, Entry]) -> Table:
    """The table of a period, whose terms have these numbers."""
    return Table(
        Period,
        cbc("StartDate", Day("start", terms["start"])),
        cbc("EndDate", Day("end", terms["end"])),
        *extra,
    )


REFERENCE = (cbc("ID", Text("number")), cbc("IssueDate", Day("issue_date")))

BILLING_REFERENCE = Table(
    DocumentReference,
    cac(
        "InvoiceDocumentReference",
        Inside(
            cbc("ID", Text("number", "BT-25")),
            cbc("IssueDate", Day("issue_date", "BT-26")),
            cbc("DocumentTypeCode", Code("type_code", "EXT-FR-FE-02")),
        ),
    ),
)

ADDITIONAL = Table(
    SupportingDocument,
    cbc("ID", Identified("identifier", "BT-122")),
    cbc("DocumentTypeCode", Code("type")),
    cbc("DocumentDescription", Text("description", "BT-123")),
    cac(
        "Attachment",
        Inside(
            cbc("EmbeddedDocumentBinaryObject", BinaryFile("attachment", "BT-125")),
            cac("ExternalReference", Inside(cbc("URI", Text("url", "BT-124")))),
        ),
    ),
)
