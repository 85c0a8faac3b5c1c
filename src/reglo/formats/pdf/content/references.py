"""Dates and references: what ties the document to an order, a contract, a delivery, another invoice."""

from reglo.core.document import DocumentReference, Invoice, Period, SupportingDocument
from reglo.formats.pdf.content.text import Pair, pair
from reglo.formats.pdf.figures import day, short_day
from reglo.formats.pdf.wording import is_final, word

#: References that are one text, in the order in which a buyer's clerk looks for them.
_PLAIN = ("buyer_reference", "purchase_order", "contract", "tender", "project", "sales_order")
_LATER = ("despatch_advice", "receiving_advice")
#: What stands beside dates and amount due: the first of these that the invoice has, if it is short.
_FOREMOST = ("purchase_order", "buyer_reference", "contract")
_LONGEST_FOREMOST = 22
#: UNTDID 1001: deposit invoices, by the seller and by the buyer.
_DEPOSITS = frozenset({"386", "500"})
_TAX_POINTS = {"3": "tax_point_issue", "35": "tax_point_delivery", "432": "tax_point_payment"}


def facts(invoice: Invoice, language: str) -> list[Pair]:
    """The few facts that stand out beside the amount due: dates, and the reference the buyer files it under."""
    foremost = _foremost(invoice)
    return [
        *(pair(word("issued", language), day(invoice.issue_date, language)) if invoice.issue_date else []),
        *(pair(word("due_on", language), day(invoice.due_date, language)) if invoice.due_date else []),
        *(pair(word(foremost, language), getattr(invoice, foremost)) if foremost else []),
    ]


def _foremost(invoice: Invoice) -> str | None:
    return next((name for name in _FOREMOST if 0 < len(getattr(invoice, name) or "") <= _LONGEST_FOREMOST), None)


def references(invoice: Invoice, language: str) -> list[Pair]:
    """Every other reference of the document, those of the buyer first."""
    plain = [name for name in _PLAIN if name != _foremost(invoice)]
    found = [entry for name in plain for entry in pair(word(name, language), getattr(invoice, name))]
    for preceding in invoice.preceding_invoices:
        label = word(preceding_kind(preceding, is_final=is_final(invoice)), language)
        found += pair(label, dated(preceding, language))
    found += pair(word("period", language), span(invoice.period, language))
    if invoice.delivery and invoice.delivery.date:
        found += pair(word("delivered_on", language), day(invoice.delivery.date, language))
    found += [entry for name in _LATER for entry in pair(word(name, language), getattr(invoice, name))]
    if invoice.invoiced_object:
        found += pair(word("invoiced_object", language), invoice.invoiced_object.value)
    found += pair(word("accounting", language), invoice.buyer_accounting_reference)
    found += _tax_point(invoice, language)
    return found + [entry for each in invoice.supporting_documents for entry in _supporting(each, language)]


def preceding_kind(reference: DocumentReference, *, is_final: bool = False) -> str:
    """Under which label an earlier invoice stands: one corrected, or a deposit that a final invoice deducts."""
    if reference.type_code is None:
        return "deposit" if is_final else "preceding"
    return "deposit" if reference.type_code in _DEPOSITS else "preceding"


def dated(reference: DocumentReference, language: str) -> str:
    """A document by number and date: F2026-0001 du 15/09/2026."""
    if reference.issue_date is None:
        return reference.number or ""
    return word("of_date", language, number=reference.number or "", date=short_day(reference.issue_date, language))


def span(period: Period | None, language: str) -> str:
    """A period in words, or nothing."""
    start, end = (period.start, period.end) if period else (None, None)
    if start and end:
        return word("from_to", language, start=short_day(start, language), end=short_day(end, language))
    if start:
        return word("from", language, start=short_day(start, language))
    return word("until", language, end=short_day(end, language)) if end else ""


def _tax_point(invoice: Invoice, language: str) -> list[Pair]:
    label = word("tax_point", language)
    if invoice.tax_point_date:
        return pair(label, day(invoice.tax_point_date, language))
    name = _TAX_POINTS.get(invoice.tax_point_code or "")
    return pair(label, word(name, language)) if name else []


def _supporting(document: SupportingDocument, language: str) -> list[Pair]:
    filename = document.attachment.filename if document.attachment else None
    parts = [document.reference, document.description, filename, document.url]
    return pair(word("supporting", language), " · ".join(part for part in parts if part))
