"""Issuing books: the entry of a document is there with its number, and says what the document says."""

from datetime import timedelta
from typing import Any

import pytest

from reglo.billing.models import Invoice
from reglo.billing.queries.posting import unposted
from reglo.billing.services.issue import issue_draft
from reglo.billing.tasks import post_what_is_missing
from reglo.core.accounting import AccountRole
from reglo.customers.models import Customer
from reglo.ledger.models import Entry, OpenItem
from reglo.ledger.queries import entry_of
from reglo.ledger.services import Source
from reglo.organisations.models import Organisation
from tests.site import INES, NOW, a_content, a_customer, a_draft, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


def issued(customer: Customer, **changes: Any) -> Invoice:
    draft = a_draft(customer.organisation, customer, **changes)
    return issue_draft(draft_id=draft.pk, organisation=customer.organisation, by=INES, now=NOW)


def entry(invoice: Invoice) -> Entry:
    found = entry_of(invoice.organisation, Source("invoice", invoice.pk))
    assert found is not None
    return found


def amounts(entry: Entry) -> dict[str, int]:
    return {line.role: line.amount_minor for line in entry.lines.all()}


def test_an_issued_invoice_is_booked_with_its_number(customer: Customer) -> None:
    invoice = issued(customer)
    booked = entry(invoice)
    assert booked.reference == invoice.number
    assert amounts(booked) == {
        AccountRole.CUSTOMERS: 1080_00,
        AccountRole.SALES_SERVICES: -900_00,
        AccountRole.VAT_COLLECTED: -180_00,
    }
    item = booked.items.get()
    assert (item.due_date, item.open_minor) == (invoice.due_date, invoice.due_minor)
