"""Reading from sealed invoices what helps to recognise their payments: once for each."""

import json
import re
from collections.abc import Iterator
from typing import Any

from reglo.banking.models import PaymentClue
from reglo.billing.models import Invoice
from reglo.billing.queries.issued import document_of
from reglo.core.composition import DocumentKind
from reglo.core.money import from_minor, minor_amount
from reglo.core.terms import Discount, TermsNotUnderstood, discounts, parse_terms
from reglo.organisations.models import Organisation

_AT_ONCE = 500
#: A discount is a percentage that stands in BT-20 beside the word, in either language; a quick look before parsing.
_MAY_DISCOUNT = re.compile("%|escompte|discount", re.IGNORECASE)


def read_clues(organisation: Organisation, *, after: int) -> int:
    """Write the clues of invoices issued after one of them; gives the last one that was read."""
    rows = Invoice.objects.of(organisation).filter(pk__gt=after).exclude(kind=DocumentKind.CREDIT_NOTE)
    last = after
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        clues = [clue for invoice in found if (clue := _clue(invoice)) is not None]
        PaymentClue.objects.bulk_create(clues, ignore_conflicts=True)
        last = found[-1].pk
    return last


def _clue(invoice: Invoice) -> PaymentClue | None:
    plain: dict[str, Any] = json.loads(bytes(invoice.document))
    order = str(plain.get("purchase_order") or "")[:100]
    offered = list(discounts_of(invoice)) if _MAY_DISCOUNT.search(str(plain.get("payment_terms") or "")) else []
    if not order and not offered:
        return None
    return PaymentClue(
        organisation_id=invoice.organisation_id,
        invoice=invoice,
        purchase_order=order,
        discounts=[
            {"last_day": each.last_day.isoformat(), "saves_minor": minor_amount(each.amount, invoice.currency)}
            for each in offered
        ],
    )


def discounts_of(invoice: Invoice) -> Iterator[Discount]:
    """The early-payment discounts that an invoice offers, as its sealed terms (BT-20) say."""
    document = document_of(invoice)
    try:
        terms = parse_terms(document.payment_terms or "")
    except TermsNotUnderstood:
        return  # free text of an older document: it offers nothing that could be reckoned with
    gross = from_minor(invoice.due_minor, invoice.currency)
    delivered = document.delivery.date if document.delivery else None
    yield from discounts(
        terms,
        invoice_date=invoice.issue_date,
        gross=gross,
        delivery_date=delivered,
        currency=invoice.currency,
    )
