"""What the variables of a message stand for: facts of the row, written in the customer's language."""

from datetime import date

from reglo.billing.models import Invoice, Quote
from reglo.core.composition import DocumentKind
from reglo.core.findings import Text
from reglo.core.money import from_minor
from reglo.customers.models import Contact, Customer
from reglo.formats.pdf import figures

KIND_NAMES = {
    DocumentKind.INVOICE: Text(fr="facture", en="invoice"),
    DocumentKind.CREDIT_NOTE: Text(fr="avoir", en="credit note"),
    DocumentKind.CORRECTIVE: Text(fr="facture rectificative", en="corrective invoice"),
    DocumentKind.DEPOSIT: Text(fr="facture d'acompte", en="deposit invoice"),
}


def common_values(customer: Customer, contact: Contact) -> dict[str, str]:
    """Who writes to whom."""
    organisation = customer.organisation
    return {
        "contact": contact.name or customer.name,
        "customer": customer.name,
        "organisation": organisation.trading_name or organisation.name,
    }


def invoice_values(invoice: Invoice, contact: Contact) -> dict[str, str]:
    """The facts of an invoice."""
    language = invoice.customer.language
    kind = KIND_NAMES[DocumentKind(invoice.kind)].in_language(language)
    return {
        **common_values(invoice.customer, contact),
        "document": f"{kind} {invoice.number}",
        "number": invoice.number,
        "amount": amount_text(invoice.gross_minor, invoice.currency, language),
        "date": day_text(invoice.issue_date, language),
        "due_date": "" if invoice.kind == DocumentKind.CREDIT_NOTE else day_text(invoice.due_date, language),
    }


def quote_values(quote: Quote, contact: Contact) -> dict[str, str]:
    """The facts of a quote."""
    language = quote.customer.language
    return {
        **common_values(quote.customer, contact),
        "number": quote.number,
        "amount": amount_text(quote.gross_minor, quote.currency, language),
        "date": day_text(quote.quote_date, language),
        "title": quote.title,
        "valid_until": day_text(quote.valid_until, language),
    }


def amount_text(minor: int, currency: str, language: str) -> str:
    """An amount as the language writes it."""
    return figures.money(from_minor(minor, currency), currency, language)


def day_text(day: date | None, language: str) -> str:
    """A day in words; nothing where there is none."""
    return figures.day(day, language) if day else ""
