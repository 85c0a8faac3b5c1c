"""Dashboard, search and palette: what they say, and that they ask the database no more as rows grow."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reglo.billing.models import Invoice
from reglo.billing.services.drafts import create_draft
from reglo.billing.services.follow_ups.corrections import WholeCredit, draft_credit
from reglo.billing.services.issue import issue_draft
from reglo.core.accounting import AccountRole
from reglo.core.composition import DocumentKind
from reglo.core.dates import add_months
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.services import Source, allocate, post_payment
from reglo.organisations.models import Organisation, Role
from reglo.web.dashboard import figures_of, money_of, turnover_minor, waiting_of
from reglo.web.search import search_everything
from tests.site import INES, NOW, TODAY, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def client(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation))


def _issued(customer: Customer, price: str = "100.00") -> Invoice:
    line = {"name": "Étude", "quantity": "1", "unit": "DAY", "price": price, "vat": "20", "nature": "services"}
    draft = create_draft(
        organisation=customer.organisation,
        customer=customer,
        kind=DocumentKind.INVOICE,
        content={"lines": [line]},
        by=INES,
        now=NOW,
    )
    return issue_draft(draft_id=draft.pk, organisation=customer.organisation, by=INES, now=NOW)


def _credited(invoice: Invoice) -> None:
    draft = draft_credit(
        invoice_id=invoice.pk,
        organisation=invoice.organisation,
        wanted=WholeCredit(),
        reason="Annulée",
        by=INES,
        now=NOW,
    )
    issue_draft(draft_id=draft.pk, organisation=invoice.organisation, by=INES, now=NOW)


def test_what_was_billed_deducts_credit_notes_and_leaves_out_other_organisations(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    _issued(customer)
    _credited(_issued(customer, "50.00"))
    _issued(a_customer(an_organisation()))
    figures = figures_of(organisation, TODAY)
    assert figures.this_month == 12_000
    assert figures.last_month == 0
    assert len(figures.months) == 12
    assert turnover_minor(organisation, TODAY) == 12_000


def test_what_falls_due_is_due_from_today_to_thirty_days_on(organisation: Organisation) -> None:
    _issued(a_customer(organisation))
    assert money_of(organisation, TODAY).due_soon == 12_000
    assert money_of(organisation, TODAY - timedelta(days=1)).due_soon == 0
    late = money_of(organisation, TODAY + timedelta(days=31))
    assert (late.due_soon, late.late, late.invoices_late, late.owed) == (0, 12_000, 1, 12_000)


def test_what_is_paid_came_in_and_is_owed_no_more(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    invoice = _issued(customer)
    with transaction.atomic():
        entry = post_payment(
            organisation=organisation,
            customer=customer,
            received_on=TODAY,
            amount_minor=5_000,
            currency="EUR",
            money=AccountRole.BANK,
            source=Source("payment", 1),
            label="Virement",
            by=INES,
            now=NOW,
        )
        allocate(
            organisation=organisation,
            debit_item_id=OpenItem.objects.get(entry__source_id=invoice.pk, side=Side.DEBIT).pk,
            credit_item_id=entry.items.get().pk,
            amount_minor=5_000,
            on=TODAY,
            key="paid",
            by=INES,
            now=NOW,
        )
    money = money_of(organisation, TODAY)
    assert (money.owed, money.due_soon, money.came_in, money.came_in_before) == (7_000, 7_000, 5_000, 0)
    assert money_of(organisation, add_months(TODAY, 1)).came_in_before == 5_000


def test_a_draft_waits_until_it_is_issued(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    create_draft(organisation=organisation, customer=customer, kind=DocumentKind.INVOICE, content={}, by=INES, now=NOW)
    _issued(customer)
    assert waiting_of(organisation, TODAY).drafts == 1


@pytest.mark.parametrize(
    "text", ["librairie", "PORT sarl", "732 829 320", "F2026-0001", "2026-0001", "120", "120,00 €"]
)
def test_search_finds_by_name_siren_number_and_amount(organisation: Organisation, text: str) -> None:
    invoice = _issued(a_customer(organisation))
    found = [hit.label for kind in search_everything(organisation, text) for hit in kind.hits]
    assert {invoice.number, "Librairie du Port SARL"} & set(found)


def test_search_finds_nothing_of_another_organisation(organisation: Organisation) -> None:
    _issued(a_customer(an_organisation()))
    assert search_everything(organisation, "librairie") == []


def test_the_palette_offers_what_the_role_may_do(organisation: Organisation, client: Client) -> None:
    palette = reverse("home:palette", args=[organisation.slug])
    new_invoice = reverse("billing:draft-new", args=[organisation.slug])
    assert new_invoice in client.get(palette).content.decode()
    reader = logged_in(a_member(organisation, Role.READER))
    assert new_invoice not in reader.get(palette).content.decode()


@pytest.mark.parametrize(
    "address", ["home:dashboard", "home:search", "home:palette", "billing:invoices", "customers:list"]
)
def test_a_page_asks_the_database_as_often_for_many_rows_as_for_few(
    organisation: Organisation, client: Client, address: str
) -> None:
    url = reverse(address, args=[organisation.slug])
    query = {"q": "librairie"} if address in ("home:search", "home:palette") else {}
    _issued(a_customer(organisation))
    client.get(url, query)
    with CaptureQueriesContext(connection) as few:
        client.get(url, query)
    for _ in range(4):
        _issued(a_customer(organisation))
    with CaptureQueriesContext(connection) as many:
        client.get(url, query)
    assert len(many) == len(few)
