"""Kinds and states of documents in words and colours."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.billing.forms.choices import KINDS
from reglo.billing.models import Invoice
from reglo.core.composition import DocumentKind

KIND_COLOURS: Mapping[DocumentKind, str] = {
    DocumentKind.INVOICE: "blue",
    DocumentKind.DEPOSIT: "purple",
    DocumentKind.CREDIT_NOTE: "orange",
    DocumentKind.CORRECTIVE: "yellow",
}


def kind_badge(kind: str) -> tuple[str | Promise, str]:
    """The kind of a document in a word, and its colour."""
    known = DocumentKind(kind)
    return KINDS[known], KIND_COLOURS[known]


def settlement_badge(
    invoice: Invoice, open_minor: int | None, today: date, *, is_lost: bool
) -> tuple[str | Promise, str] | None:
    """Where an invoice stands in a word, and its colour.

    open_minor: what is open of it; None where not booked yet. is_lost: whether something of it was written off.
    """
    is_credit = invoice.kind == DocumentKind.CREDIT_NOTE
    if open_minor is None:
        return None
    if open_minor == 0 and is_lost:
        return pgettext_lazy("an invoice", "written off"), "secondary"
    if open_minor == 0:
        return (pgettext_lazy("a credit note", "used") if is_credit else pgettext_lazy("an invoice", "paid")), "green"
    if is_credit:
        return pgettext_lazy("a credit note", "to be used"), "blue"
    if invoice.due_date is not None and invoice.due_date < today:
        return pgettext_lazy("an invoice", "late"), "red"
    if open_minor < invoice.due_minor:
        return pgettext_lazy("an invoice", "partly paid"), "orange"
    return pgettext_lazy("an invoice", "to be paid"), "blue"


DELETED: tuple[str | Promise, str] = (_("Deleted"), "secondary")
