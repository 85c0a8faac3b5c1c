"""An invoice: its figures, how to pay it, its files."""

from dataclasses import replace

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from reglo.billing.models import FileKind, Invoice
from reglo.billing.queries.issued import document_of
from reglo.collection.queries.disputes import open_disputes, open_of_invoice
from reglo.core.composition import DocumentKind
from reglo.core.document import Invoice as Document
from reglo.core.document import Totals
from reglo.core.money import from_minor
from reglo.delivery.attachments import file_name, invoice_file
from reglo.delivery.services.values import KIND_NAMES
from reglo.formats.epc_qr import draw, transfer_code
from reglo.formats.pdf.figures import grouped
from reglo.portal.access import PortalRequest, visited
from reglo.portal.subjects import invoice_of, note_seen
from reglo.portal.views.showing import file_answer, show


@require_safe
@visited
def invoice(request: PortalRequest, pk: int) -> HttpResponse:
    """The page of an invoice."""
    row = invoice_of(request.visitor, pk)
    document, open_minor = document_of(row), open_of_invoice(row)
    context = {
        "invoice": row,
        "document": document,
        "kind": KIND_NAMES[DocumentKind(row.kind)],
        "is_credit_note": row.kind == DocumentKind.CREDIT_NOTE,
        "open_minor": open_minor,
        "dispute": open_disputes(request.visitor.organisation).filter(invoice=row).first(),
        **_payment(_still_open(document, open_minor)),
    }
    return show(request, "portal/invoice.html", context)


@require_safe
@visited
def pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """The Factur-X file."""
    return _file(request, invoice_of(request.visitor, pk), FileKind.PDF)


@require_safe
@visited
def xml(request: PortalRequest, pk: int) -> HttpResponse:
    """The XML alone."""
    return _file(request, invoice_of(request.visitor, pk), FileKind.XML)


def _file(request: PortalRequest, row: Invoice, kind: FileKind) -> HttpResponse:
    content = invoice_file(row, kind, now=request.visitor.now)
    note_seen(request, row)
    media_type = "application/pdf" if kind is FileKind.PDF else "application/xml"
    return file_answer(content, name=f"{file_name(row.number)}.{kind.value}", media_type=media_type)


def _still_open(document: Document, open_minor: int) -> Document:
    """The document as it is paid now: for what the ledger says is left of it."""
    due = from_minor(open_minor, document.currency)
    return replace(document, totals=replace(document.totals or Totals(), due=due))


def _payment(document: Document) -> dict[str, object]:
    """How to pay by transfer, where one can."""
    payment = document.payment
    accounts = [means.account for means in payment.means if means.account] if payment else []
    account = accounts[0] if accounts else None
    code = transfer_code(document)
    return {
        "iban": account.identifier if account else "",
        "iban_grouped": grouped(account.identifier) if account and account.identifier else "",
        "bic": account.bic if account else "",
        "holder": (account.name if account else "") or (document.seller.name if document.seller else ""),
        "reference": (payment.remittance_information if payment else "") or document.number,
        "qr": draw(code) if code else "",
    }
