"""Reading issued invoices: the document itself, and its files."""

from reglo.billing.models import FileKind, Invoice, InvoiceFile
from reglo.core.document import Invoice as Document
from reglo.formats.data.invoices import invoice_from_tree
from reglo.formats.data.json import parse_json


def document_of(invoice: Invoice) -> Document:
    """The document as it was sealed."""
    return invoice_from_tree(parse_json(bytes(invoice.document)))


def file_of(invoice: Invoice, kind: FileKind) -> InvoiceFile | None:
    """A file of an invoice; None for the moment between issuing and the making of the files."""
    return invoice.files.filter(kind=kind).first()
