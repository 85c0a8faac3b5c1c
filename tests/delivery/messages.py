"""Messages as tests need them, without the rest of the shop."""

from datetime import datetime
from typing import Any

from reglo.billing.models import Invoice
from reglo.billing.services.issue import issue_draft
from reglo.customers.models import Contact, Customer
from reglo.delivery.models import Message, MessageKind
from reglo.delivery.services import send_invoice
from reglo.delivery.services.outbox import Letter, write_message
from reglo.organisations.models import Organisation
from tests.site import INES, NOW, a_customer, a_draft, an_organisation


def an_invoice(organisation: Organisation | None = None, customer: Customer | None = None, **content: Any) -> Invoice:
    """An issued invoice."""
    organisation = organisation or an_organisation()
    draft = a_draft(organisation, customer or a_customer(organisation), **content)
    return issue_draft(draft_id=draft.pk, organisation=organisation, by=INES, now=NOW)


def contact_of(customer: Customer) -> Contact:
    """The contact of a customer."""
    return customer.contacts.get()


def a_message(invoice: Invoice | None = None, *, now: datetime = NOW, key: str = "first") -> Message:
    """An invoice in the outbox."""
    invoice = invoice or an_invoice()
    return send_invoice(invoice=invoice, contact=contact_of(invoice.customer), by=INES, now=now, key=key)


def a_bare_message(customer: Customer, *, key: str, now: datetime = NOW) -> Message:
    """A message without attachment: a new link."""
    from django.db import transaction

    letter = Letter(
        kind=MessageKind.PORTAL_LINK,
        organisation=customer.organisation,
        customer=customer,
        contact=contact_of(customer),
        values={"contact": "Claire Petit", "organisation": customer.organisation.name},
        path="",
        attaches_document=False,
    )
    with transaction.atomic():
        return write_message(letter, key=key, by=INES, now=now)[0]
