"""The documents of a customer within its page."""

import pytest
from django.urls import reverse

from reglo.billing.models import Invoice
from reglo.billing.queries.of_customer import Billed, sums_of
from reglo.billing.services.drafts import create_draft
from reglo.billing.services.follow_ups.corrections import WholeCredit, draft_credit
from reglo.billing.services.issue import issue_draft
from reglo.core.composition import DocumentKind
from reglo.customers.models import Customer
from tests.site import INES, NOW, TODAY, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

_LINE = {"name": "Étude", "quantity": "1", "unit": "DAY", "price": "100.00", "vat": "20", "nature": "services"}


def _issued(customer: Customer) -> Invoice:
    draft = create_draft(
        organisation=customer.organisation,
        customer=customer,
        kind=DocumentKind.INVOICE,
        content={"lines": [_LINE]},
        by=INES,
        now=NOW,
    )
    return issue_draft(draft_id=draft.pk, organisation=customer.organisation, by=INES, now=NOW)


def test_what_was_billed_to_a_customer_deducts_credit_notes() -> None:
    customer = a_customer(an_organisation())
    _issued(customer)
    invoice = _issued(customer)
    draft = draft_credit(
        invoice_id=invoice.pk,
        organisation=customer.organisation,
        wanted=WholeCredit(),
        reason="Annulée",
        by=INES,
        now=NOW,
    )
    issue_draft(draft_id=draft.pk, organisation=customer.organisation, by=INES, now=NOW)
    assert Invoice.objects.count() == 3
    assert sums_of(customer.organisation, [customer.pk], TODAY) == [Billed("EUR", 12000, 12000)]


def test_the_page_of_a_customer_shows_its_documents_and_no_others() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    other = a_customer(organisation, name="Autre")
    ours, theirs = _issued(customer), _issued(other)
    page = logged_in(a_member(organisation)).get(reverse("billing:of-customer", args=[organisation.slug, customer.pk]))
    assert ours.number in page.content.decode()
    assert theirs.number not in page.content.decode()
