"""Rows that the tests of this room begin with: what is owed, and lines of a bank."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction

from reglo.banking.models import BankFile, BankStatement, LineState, Means, StatementLine
from reglo.banking.services.payments import Money
from reglo.core.accounting import DocumentFacts, VatPart
from reglo.core.composition import DocumentKind
from reglo.core.mentions import Nature
from reglo.core.parties import VatRegime
from reglo.customers.models import Customer
from reglo.ledger.models import Line, OpenItem
from reglo.ledger.services import IssuedDocument, post_document
from reglo.organisations.models import BankAccount, Organisation
from tests.site import INES, NOW, TODAY, a_member

ISSUED = date(2026, 11, 2)
DUE = date(2026, 12, 2)
_ids = count(1)


def an_item(customer: Customer, number: str, gross: int, **changes: Any) -> OpenItem:
    """What is open of an invoice of so many cents, tax included at 20 %."""
    facts: dict[str, Any] = {"kind": DocumentKind.INVOICE, "currency": "EUR", "due": DUE, "issued": ISSUED}
    facts |= changes
    tax = gross // 6
    document = IssuedDocument(
        id=10_000 + next(_ids),
        number=number,
        issue_date=facts["issued"],
        currency=facts["currency"],
        label=customer.name,
        facts=DocumentFacts(
            kind=facts["kind"],
            nature=Nature.SERVICES,
            regime=facts.get("regime", VatRegime.DEBITS),
            vat=(VatPart("S", Decimal(20), gross - tax, tax),),
        ),
        due_dates=(facts["due"],),
    )
    with transaction.atomic():
        entry = post_document(document, organisation=customer.organisation, customer=customer, by=INES, now=NOW)
    assert entry is not None
    return entry.items.get()


def a_statement(organisation: Organisation, **changes: Any) -> BankStatement:
    """A statement of November of the organisation's account."""
    account = BankAccount.objects.of(organisation).first()
    file = BankFile.objects.create(
        organisation=organisation,
        file_name="releve.xml",
        sha256="0" * 64,
        size=1,
        content=b"",
        format="camt.053",
        uploaded_by=a_member(organisation),
        uploaded_at=NOW,
        taken_in_at=NOW,
    )
    facts: dict[str, Any] = {
        "bank_account": account,
        "file": file,
        "currency": "EUR",
        "first_day": date(2026, 11, 1),
        "last_day": date(2026, 11, 30),
        "line_count": 0,
        "new_count": 0,
    }
    return BankStatement.objects.create(organisation=organisation, **facts | changes)


def a_line(statement: BankStatement, amount: int, **changes: Any) -> StatementLine:
    """A transfer that came in, which nobody has looked at."""
    number = next(_ids)
    facts: dict[str, Any] = {
        "organisation": statement.organisation,
        "bank_account": statement.bank_account,
        "place": number,
        "booked": date(2026, 11, 20),
        "amount_minor": amount,
        "currency": "EUR",
        "kind": "transfer",
        "text": "",
        "exact_key": f"exact-{number}",
        "loose_key": f"loose-{number}",
        "state": LineState.WAITING,
    }
    return StatementLine.objects.create(statement=statement, **facts | changes)


def money(amount: int, **changes: Any) -> Money:
    """A transfer of today."""
    facts: dict[str, Any] = {"amount": amount, "currency": "EUR", "on": TODAY, "means": Means.TRANSFER}
    return Money(**facts | changes)


def left_of(item: OpenItem) -> int:
    """What is open of an item now, in cents."""
    return OpenItem.objects.get(pk=item.pk).open_minor


def booked_on(organisation: Organisation, account: str) -> int:
    """Debits less credits of an account."""
    return sum(line.amount_minor for line in Line.objects.of(organisation).filter(account=account))
