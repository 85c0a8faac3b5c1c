"""The pages of the ledger: lists, an entry, the accounts, a customer's account."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reglo.core.accounting import AccountRole
from reglo.customers.models import Customer
from reglo.journal.models import JournalEntry
from reglo.ledger.models import LedgerHead
from reglo.ledger.queries import chart_of
from reglo.organisations.models import Organisation, Role
from tests.ledger.facts import a_payment, an_invoice, lines_of
from tests.ledger.moves import allocated, reversed_
from tests.site import a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


@pytest.fixture
def browser(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation))


def page(browser: Client, organisation: Organisation, path: str = "", **how: object) -> str:
    answer = browser.get(f"/o/{organisation.slug}/ledger/{path}", **how)  # type: ignore[arg-type]  # of the client
    assert answer.status_code == 200
    return answer.getvalue().decode()


def chosen(**changes: str) -> dict[str, str]:
    """What the form of the accounts sends where nothing else is typed."""
    from reglo.core.accounting import DEFAULT_ACCOUNTS

    sent = {}
    for role, account in DEFAULT_ACCOUNTS.items():
        sent |= {f"{role}-number": account.number, f"{role}-label": account.label}
    return sent | changes


def test_an_empty_ledger_says_what_will_stand_there(browser: Client, organisation: Organisation) -> None:
    assert "Pas encore d&#x27;écriture" in page(browser, organisation)
    assert "Pas encore de mouvement" in page(browser, organisation, "lines/")


def test_entries_are_listed_with_number_and_amount(
    browser: Client, organisation: Organisation, customer: Customer
) -> None:
    entry = an_invoice(customer)
    shown = page(browser, organisation)
    assert str(entry) in shown
    assert "120,00" in shown


def test_the_list_asks_the_same_however_long_it_is(
    browser: Client, organisation: Organisation, customer: Customer
) -> None:
    page(browser, organisation)  # the first page of a session asks more
    for path in ("", "lines/"):
        an_invoice(customer)
        with CaptureQueriesContext(connection) as few:
            page(browser, organisation, path)
        for _ in range(5):
            an_invoice(customer)
        with CaptureQueriesContext(connection) as many:
            page(browser, organisation, path)
        assert len(many) == len(few)


def test_entries_are_filtered_by_journal_and_kind(
    browser: Client, organisation: Organisation, customer: Customer
) -> None:
    invoice, payment = an_invoice(customer), a_payment(customer, 5_00).entry
    shown = page(browser, organisation, "?journal=BQ")
    assert str(payment) in shown
    assert str(invoice) not in shown
    shown = page(browser, organisation, "?kind=document")
    assert str(payment) not in shown


def test_lines_are_found_by_the_number_of_their_account(
    browser: Client, organisation: Organisation, customer: Customer
) -> None:
    an_invoice(customer)
    shown = page(browser, organisation, "lines/?q=4457&format=csv")
    assert "44571" in shown
    assert "706" not in shown


def test_an_entry_shows_its_lines_and_what_reversed_it(
    browser: Client, organisation: Organisation, customer: Customer
) -> None:
    entry = a_payment(customer, 5_00).entry
    reversal = reversed_(entry)
    shown = page(browser, organisation, f"entries/{entry.pk}/")
    assert f"/ledger/entries/{reversal.pk}/" in shown
    assert "512" in shown
    assert f"/ledger/entries/{entry.pk}/" in page(browser, organisation, f"entries/{reversal.pk}/")


def test_an_entry_of_another_organisation_is_not_there(browser: Client, organisation: Organisation) -> None:
    entry = an_invoice(a_customer(an_organisation()))
    assert browser.get(f"/o/{organisation.slug}/ledger/entries/{entry.pk}/").status_code == 404


def test_a_customers_account_shows_both_sides_and_the_balance(
    browser: Client, organisation: Organisation, customer: Customer
) -> None:
    invoice, payment = an_invoice(customer), a_payment(customer, 50_00)
    allocated(invoice.items.get(), payment, 20_00)
    shown = page(browser, organisation, f"customers/{customer.pk}/")
    assert "100,00" in shown
    assert "30,00" in shown
    assert "70,00" not in page(browser, organisation, f"customers/{a_customer(organisation).pk}/")


def test_other_accounts_hold_from_now_on(browser: Client, organisation: Organisation, customer: Customer) -> None:
    before = an_invoice(customer)
    answer = browser.post(
        f"/o/{organisation.slug}/ledger/accounts/",
        chosen(**{"customers-number": "411000", "customers-label": "Clients France"}),
    )
    assert answer.status_code == 302
    assert chart_of(organisation)[AccountRole.CUSTOMERS].number == "411000"
    assert lines_of(before)[0] == ("411", 120_00)
    assert lines_of(an_invoice(customer))[0] == ("411000", 120_00)
    told = JournalEntry.objects.get(organisation=organisation, act="accounts-changed")
    assert told.after == {"customers": "411000 Clients France"}


def test_accounts_go_back_to_those_of_the_chart(browser: Client, organisation: Organisation) -> None:
    address = f"/o/{organisation.slug}/ledger/accounts/"
    browser.post(address, chosen(**{"customers-number": "411000"}))
    browser.post(address, chosen())
    browser.post(address, chosen())
    assert LedgerHead.objects.get(organisation=organisation).accounts == {}
    assert JournalEntry.objects.filter(act="accounts-changed").count() == 2


@pytest.mark.parametrize("number", ["706", "", "41A", "4" * 13])
def test_a_number_that_does_not_fit_is_refused(browser: Client, organisation: Organisation, number: str) -> None:
    answer = browser.post(f"/o/{organisation.slug}/ledger/accounts/", chosen(**{"customers-number": number}))
    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode()
    assert chart_of(organisation)[AccountRole.CUSTOMERS].number == "411"


def test_who_only_reads_sees_the_accounts_and_changes_none(organisation: Organisation) -> None:
    browser = logged_in(a_member(organisation, Role.BOOKKEEPER))
    address = f"/o/{organisation.slug}/ledger/accounts/"
    assert "fieldset disabled" in browser.get(address).content.decode()
    assert browser.post(address, chosen(**{"customers-number": "411000"})).status_code == 403
