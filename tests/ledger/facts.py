"""What the tests of the ledger book."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from reglo.core.accounting import AccountRole, DocumentFacts, VatPart
from reglo.core.composition import DocumentKind
from reglo.core.mentions import Nature
from reglo.core.parties import VatRegime
from reglo.customers.models import Customer
from reglo.ledger.models import Entry, OpenItem
from reglo.ledger.services import IssuedDocument, Source, post_document, post_payment
from tests.site import INES, NOW

DAY = date(2026, 11, 24)
LATER = date(2026, 12, 20)
_ids = count(1)


def vat_20(base: int) -> VatPart:
    """A base at 20 %."""
    return VatPart("S", Decimal(20), base, base // 5)


def facts(*parts: VatPart, **changes: Any) -> DocumentFacts:
    """An invoice for services, VAT on debits."""
    values: dict[str, Any] = {
        "kind": DocumentKind.INVOICE,
        "nature": Nature.SERVICES,
        "regime": VatRegime.DEBITS,
        "vat": parts or (vat_20(100_00),),
    }
    return DocumentFacts(**values | changes)


def an_invoice(customer: Customer, *parts: VatPart, corrects: Entry | None = None, **changes: Any) -> Entry:
    """An issued document in the ledger."""
    number = next(_ids)
    document = IssuedDocument(
        id=number,
        number=f"F2026-{number:04}",
        issue_date=DAY,
        currency=changes.pop("currency", "EUR"),
        label="Librairie du Port",
        facts=facts(*parts, **changes),
        due_dates=(date(2026, 12, 24),) * len(changes.get("instalments", (1,))),
        corrects_id=corrects.source_id if corrects else None,
    )
    entry = post_document(document, organisation=customer.organisation, customer=customer, by=INES, now=NOW)
    assert entry is not None
    return entry


def a_payment(customer: Customer, amount: int, **changes: Any) -> OpenItem:
    """The open item of money that came in."""
    values: dict[str, Any] = {
        "received_on": LATER,
        "currency": "EUR",
        "money": AccountRole.BANK,
        "source": Source("payment", next(_ids)),
        "label": "Virement",
    }
    entry = post_payment(
        organisation=customer.organisation,
        customer=customer,
        amount_minor=amount,
        by=INES,
        now=NOW,
        **values | changes,
    )
    return entry.items.get()


def lines_of(entry: Entry) -> list[tuple[str, int]]:
    """Account and amount of each line, debits positive."""
    return [(line.account, line.amount_minor) for line in entry.lines.order_by("place")]
