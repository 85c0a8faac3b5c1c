"""Organisations that collect, invoices that fall due, days that pass."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import transaction

from reglo.billing.models import Invoice
from reglo.billing.services.issue import issue_draft
from reglo.collection.models import PolicyVersion
from reglo.collection.services.policies import switch_on, write_policy
from reglo.collection.services.rounds import go_on, settle_steps, start_rounds
from reglo.core.accounting import AccountRole
from reglo.core.collection import DEFAULT_POLICY, Policy
from reglo.customers.models import Customer
from reglo.delivery.models import Message
from reglo.jobs.doing import do, due_jobs
from reglo.ledger.models import OpenItem
from reglo.ledger.services import Source, allocate, post_payment
from reglo.organisations.models import Organisation
from tests.site import INES, NOW, a_content, a_customer, a_draft, an_organisation

DUE = date(2026, 12, 24)  #: of an invoice of NOW, 30 days net
_payments = count(1)


def at(day: date, hour: int = 9) -> datetime:
    """An hour of a day, UTC; in winter it is an hour later in Paris."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def a_collecting_organisation(policy: Policy = DEFAULT_POLICY, *, thanks: bool = True, **changes: Any) -> Organisation:
    """An organisation whose policy is switched on."""
    organisation = an_organisation(**changes)
    collect_by(organisation, policy, thanks=thanks)
    return organisation


def collect_by(organisation: Organisation, policy: Policy, *, thanks: bool = True) -> PolicyVersion:
    """Switch a policy on."""
    version = write_policy(organisation=organisation, policy=policy, thanks=thanks, by=INES, now=NOW)
    return switch_on(organisation=organisation, version_id=version.pk, by=INES, now=NOW)


def an_invoice(customer: Customer, **content: Any) -> Invoice:
    """An issued invoice of 1,080 € with tax, due on DUE."""
    draft = a_draft(customer.organisation, customer, content=a_content(**content))
    return issue_draft(draft_id=draft.pk, organisation=customer.organisation, by=INES, now=NOW)


def a_debtor(organisation: Organisation, **changes: Any) -> Customer:
    """A customer with one invoice."""
    customer = a_customer(organisation, **changes)
    an_invoice(customer)
    return customer


def item_of(customer: Customer) -> OpenItem:
    """What a customer owes."""
    return OpenItem.objects.get(customer=customer, side="debit")


def pay(customer: Customer, amount_minor: int | None = None, *, now: datetime) -> OpenItem:
    """A payment that comes in and is allocated to the customer's one invoice, wholly where no amount is given."""
    debt = item_of(customer)
    return pay_item(debt, amount_minor or debt.open_minor, now=now)


def pay_item(debt: OpenItem, amount: int, *, now: datetime) -> OpenItem:
    """A payment that comes in and is allocated to an item."""
    with transaction.atomic():
        entry = post_payment(
            organisation=debt.organisation,
            customer=debt.customer,
            received_on=now.date(),
            amount_minor=amount,
            currency="EUR",
            money=AccountRole.BANK,
            source=Source("payment", next(_payments)),
            label="Virement",
            by=INES,
            now=now,
        )
        item = entry.items.get()
        allocate(
            organisation=debt.organisation,
            debit_item_id=debt.pk,
            credit_item_id=item.pk,
            amount_minor=amount,
            on=now.date(),
            key=f"test:{item.pk}",
            by=INES,
            now=now,
        )
    return item


def work(now: datetime) -> None:
    """What the worker does in a minute: the sweeps of collection, then all jobs that are due."""
    settle_steps(now=now)
    start_rounds(now=now)
    for _ in range(20):
        due = list(due_jobs(now).order_by("due_at", "pk").values_list("pk", flat=True))
        if not due:
            break
        for job in due:
            do(job, now=now)
    settle_steps(now=now)


def days(first: date, number: int) -> Iterator[date]:
    """So many days in a row."""
    return (first + timedelta(days=ahead) for ahead in range(number))


def subjects_to(customer: Customer) -> list[str]:
    """What was written to a customer and left, in order."""
    sent = Message.objects.filter(customer=customer, sent_at__isnull=False)
    return list(sent.order_by("pk").values_list("kind", flat=True))


__all__ = [
    "DUE",
    "a_collecting_organisation",
    "a_debtor",
    "an_invoice",
    "at",
    "collect_by",
    "days",
    "go_on",
    "item_of",
    "pay",
    "pay_item",
    "subjects_to",
    "work",
]
