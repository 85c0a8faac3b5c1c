"""What the tests of the forecast have in the books."""

from datetime import date, timedelta
from itertools import count

from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem
from reglo.ledger.services import IssuedDocument, post_document
from tests.ledger.facts import a_payment, facts, vat_20
from tests.ledger.moves import allocated
from tests.site import INES, NOW, TODAY

_ids = count(1)


def billed(customer: Customer, ago: int, *, net: int = 1_000_00, terms: int = 30, currency: str = "EUR") -> OpenItem:
    """An invoice with 20 % of VAT, issued so many days ago."""
    number, issued = next(_ids), TODAY - timedelta(days=ago)
    document = IssuedDocument(
        id=number,
        number=f"F{issued.year}-{number:04}",
        issue_date=issued,
        currency=currency,
        label=customer.name,
        facts=facts(vat_20(net)),
        due_dates=(issued + timedelta(days=terms),),
        corrects_id=None,
    )
    entry = post_document(document, organisation=customer.organisation, customer=customer, by=INES, now=NOW)
    assert entry is not None
    return entry.items.get()


def paid(item: OpenItem, *, late: int) -> date:
    """It was paid in full so many days after its due date; the day."""
    assert item.due_date is not None
    on = item.due_date + timedelta(days=late)
    allocated(item, a_payment(item.customer, item.amount_minor, received_on=on), item.amount_minor, on=on)
    return on


def a_payer(customer: Customer, *, late: int, times: int = 12) -> None:
    """A year of invoices, each paid so many days after its due date."""
    for number in range(times):
        paid(billed(customer, 70 + 25 * number), late=late)
