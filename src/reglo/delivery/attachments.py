"""What goes with a message: the very files that are stored and sealed."""

import re
from dataclasses import dataclass
from datetime import datetime

from reglo.billing.models import FileKind, Invoice, Quote
from reglo.billing.queries.quotes import quote_pdf
from reglo.billing.services.files import make_files
from reglo.core.findings import Text
from reglo.delivery.models import Message
from reglo.terms.models import TermsAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a message."""

    name: str
    content: bytes
    media_type: str


def attachments_of(message: Message, *, now: datetime) -> list[Attachment]:
    """The files of a message; those of an invoice are made where they are not there yet."""
    if message.invoice is not None:
        return [invoice_attachment(message.invoice, now=now)]
    if message.quote is not None:
        return [quote_attachment(message.quote)]
    if message.agreement is not None:
        return terms_attachments(message.agreement, message.language)
    kept = message.files.order_by("pk")
    return [Attachment(name=each.name, content=bytes(each.content), media_type=each.media_type) for each in kept]


def attachment_names(message: Message) -> list[str]:
    """The names of the files of a message, without making them."""
    document = message.invoice or message.quote or message.agreement
    if not message.attaches_document:
        return []
    if document is None:
        return list(message.files.order_by("pk").values_list("name", flat=True))
    return document_attachment_names(document, message.language)


def document_attachment_names(document: Invoice | Quote | TermsAgreement, language: str) -> list[str]:
    """The names of the files that go with a document."""
    if isinstance(document, TermsAgreement):
        return [each.name for each in terms_attachments(document, language)]
    unnumbered = Text(fr="Devis", en="Quote").in_language(language)
    return [f"{file_name(document.number) if document.number else unnumbered}.pdf"]


def invoice_attachment(invoice: Invoice, *, now: datetime) -> Attachment:
    """The Factur-X file of an invoice."""
    return Attachment(
        name=f"{file_name(invoice.number)}.pdf",
        content=invoice_file(invoice, FileKind.PDF, now=now),
        media_type="application/pdf",
    )


def invoice_file(invoice: Invoice, kind: FileKind, *, now: datetime) -> bytes:
    """A file of an invoice, made with its seal where it is not there yet."""
    found = invoice.files.filter(kind=kind).first()
    if found is None:
        make_files(invoice_id=invoice.pk, now=now)
        found = invoice.files.get(kind=kind)
    return bytes(found.content)


def quote_attachment(quote: Quote) -> Attachment:
    """A quote as it was sent."""
    return Attachment(name=f"{file_name(quote.number)}.pdf", content=quote_pdf(quote), media_type="application/pdf")


def terms_attachments(agreement: TermsAgreement, language: str) -> list[Attachment]:
    """The text of an agreement, and the conditions of sale that are part of it."""
    text = agreement.text_en if language == "en" else agreement.text_fr
    name = "payment-terms" if language == "en" else "accord-de-reglement"
    files = [Attachment(name=f"{name}-v{agreement.version}.txt", content=text.encode(), media_type="text/plain")]
    conditions = agreement.conditions
    if conditions is not None and conditions.file:
        title = file_name(conditions.title) or "conditions"
        files.append(
            Attachment(
                name=f"{title}-v{conditions.version}.pdf",
                content=bytes(conditions.file),
                media_type="application/pdf",
            )
        )
    return files


def file_name(text: str) -> str:
    """What of `text` is harmless in the name of a file on every system."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-.")
