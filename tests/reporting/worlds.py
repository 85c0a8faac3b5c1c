"""Small firms whose invoices, payments and days are chosen, and kept beside the ledger as on paper."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from reglo.core.accounting import VatPart
from reglo.core.composition import DocumentKind
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem
from reglo.ledger.services import IssuedDocument, post_document
from tests.ledger.facts import a_payment, facts, vat_20
from tests.ledger.moves import allocated
from tests.site import INES, NOW, a_customer, an_organisation

_ids = count(100_000)


def billed(
    customer: Customer,
    net: int,
    *,
    on: date,
    due: date,
    kind: DocumentKind = DocumentKind.INVOICE,
    currency: str = "EUR",
) -> OpenItem:
    """The open item of a document of so much without tax, 20 % on it, of a day, due on a day."""
    number = next(_ids)
    parts: tuple[VatPart, ...] = (vat_20(net),)
    document = IssuedDocument(
        id=number,
        number=f"F-{number}",
        issue_date=on,
        currency=currency,
        label=customer.name,
        facts=facts(*parts, kind=kind),
        due_dates=(due,),
        corrects_id=None,
    )
    entry = post_document(document, organisation=customer.organisation, customer=customer, by=INES, now=NOW)
    assert entry is not None
    return entry.items.get()


def billed_in_two(customer: Customer, *, on: date, dues: tuple[date, date]) -> list[OpenItem]:
    """The open items of an invoice of 120 € that is due in halves."""
    number = next(_ids)
    document = IssuedDocument(
        id=number,
        number=f"F-{number}",
        issue_date=on,
        currency="EUR",
        label=customer.name,
        facts=facts(vat_20(100_00), instalments=(60_00, 60_00)),
        due_dates=dues,
        corrects_id=None,
    )
    entry = post_document(document, organisation=customer.organisation, customer=customer, by=INES, now=NOW)
    assert entry is not None
    return list(entry.items.order_by("due_date"))


def paid(item: OpenItem, amount: int, *, on: date) -> OpenItem:
    """So much of an item is paid on a day; the item of the payment."""
    money = a_payment(item.customer, amount, received_on=on, currency=item.currency)
    allocated(item, money, amount, on=on)
    return money


@dataclass
class Bill:
    """An invoice as a person would write it down, minor units with tax."""

    customer: Customer
    item: OpenItem
    on: date
    due: date
    amount: int
    payments: list[tuple[date, int]] = field(default_factory=list)

    def left(self, day: date) -> int:
        """What is open at the end of a day."""
        return self.amount - sum(amount for on, amount in self.payments if on <= day) if self.on <= day else 0

    @property
    def paid_on(self) -> date | None:
        """When the last of it came, if all came."""
        return max(on for on, _ in self.payments) if self.payments and self.left(date.max) == 0 else None


def a_history(seed: int, *, first: date = date(2026, 1, 1), bills: int = 24, customers: int = 3) -> list[Bill]:
    """Bills over ten months, some paid early, some late, some in two parts, some never."""
    chance = Random(seed)
    organisation = an_organisation()
    known = [a_customer(organisation, name=f"Client {number}") for number in range(customers)]
    return [_a_bill(chance, chance.choice(known), first) for _ in range(bills)]


def _a_bill(chance: Random, customer: Customer, first: date) -> Bill:
    on = first + timedelta(days=chance.randrange(300))
    due = on + timedelta(days=chance.choice((0, 15, 30, 45)))
    net = chance.randrange(1, 5000) * 100
    bill = Bill(customer=customer, item=billed(customer, net, on=on, due=due), on=on, due=due, amount=net * 6 // 5)
    parts = chance.choice(([], [1], [1], [2, 1], [2]))
    for share in parts:
        amount = bill.left(date.max) // share
        when = max(on, due + timedelta(days=chance.randrange(-10, 70)))
        paid(bill.item, amount, on=when)
        bill.payments.append((when, amount))
    return bill
