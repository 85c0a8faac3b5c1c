"""The files of an invoice, XML and PDF: made once from the stored document, kept and sealed."""

from datetime import datetime

from django.db import transaction

from reglo.billing.models import FileKind, Invoice, InvoiceFile, SealKind
from reglo.billing.queries.issued import document_of
from reglo.billing.seals import files_digest, sha256
from reglo.billing.services.sealing import add_seal, locked_chain
from reglo.core.document import Invoice as Document
from reglo.formats.cii import write_cii
from reglo.formats.detect import read_xml
from reglo.formats.facturx import write_facturx
from reglo.organisations.queries import look_of


class WrittenWrongly(Exception):
    """A file does not read back as the document that it was made of: a fault of ours, so nothing of it is kept."""


def make_files(*, invoice_id: int, now: datetime) -> None:
    """Make and keep XML and PDF of an invoice, unless they are there.

    The slow work is done before anything is locked. Called right after issuing, by the job that is its safety net, and
    by whoever needs the files first: of several at once, one keeps its files and the others find them there.
    """
    invoice = Invoice.objects.select_related("look").get(pk=invoice_id)
    if not invoice.files.exists():
        keep_files(invoice, now=now)


def keep_files(invoice: Invoice, *, now: datetime) -> None:
    """Make the files of an invoice that has none, read them back, and keep them with their seal."""
    document = document_of(invoice)
    contents = {
        FileKind.XML: readable_xml(document),
        FileKind.PDF: write_facturx(document, look=look_of(invoice.look), language=invoice.language),
    }
    hashes = {kind.value: sha256(content) for kind, content in contents.items()}
    with transaction.atomic(durable=True):
        chain = locked_chain(invoice.organisation_id)
        if invoice.files.exists():
            return
        InvoiceFile.objects.bulk_create(
            InvoiceFile(
                organisation_id=invoice.organisation_id,
                invoice=invoice,
                kind=kind,
                content=content,
                sha256=hashes[kind.value],
            )
            for kind, content in contents.items()
        )
        add_seal(chain, invoice, SealKind.FILES, files_digest(hashes), at=now)


def readable_xml(document: Document) -> bytes:
    """The document as CII, which was read again and says the same. Raises WrittenWrongly."""
    xml = write_cii(document)
    if read_xml(xml).invoice != document:
        raise WrittenWrongly(f"{document.number} does not read back as it was written")
    return xml
