"""Writing off, doubting, expecting a loss, taking back: what each page says, books, and refuses."""

from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from reglo.core.parties import VatRegime
from reglo.customers.models import Customer
from reglo.journal.models import JournalEntry
from reglo.ledger.models import Decision, Entry, OpenItem
from reglo.ledger.queries import customer_standing, standing_of
from reglo.ledger.services import Source
from reglo.ledger.verify import first_break
from reglo.organisations.models import Organisation, Role
from tests.ledger.facts import a_payment, an_invoice, lines_of
from tests.ledger.moves import allocated
from tests.site import a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db
TODAY = "2026-11-24"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invoices of these tests are of this day."""
    from tests.site import NOW

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


@pytest.fixture
def browser(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation, Role.BOOKKEEPER))


def address(item: OpenItem, act: str) -> str:
    return f"/o/{item.organisation.slug}/ledger/items/{item.pk}/{act}/"


def typed(**changes: str) -> dict[str, str]:
    return {"on": TODAY, "note": "", "key": uuid4().hex} | changes


def words(browser: Client, url: str, sent: dict[str, str] | None = None) -> str:
    answer = browser.get(url) if sent is None else browser.post(url, sent)
    assert answer.status_code in (200, 422)
    return " ".join(str(html.document_fromstring(answer.content).xpath("string()")).split()).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def decided(browser: Client, item: OpenItem, act: str, **changes: str) -> Decision:
    """What the form of an act makes."""
    answer = browser.post(address(item, act), typed(**changes))
    assert answer.status_code == 302, words(browser, address(item, act), typed(**changes))
    item.refresh_from_db()
    return Decision.objects.select_related("entry").latest("pk")


def entry_of(decision: Decision) -> Entry:
    assert decision.entry is not None
    return decision.entry


# Writing off


def test_a_write_off_says_what_it_books_and_books_that(browser: Client, customer: Customer) -> None:
    item = an_invoice(customer).items.get()
    said = words(browser, address(item, "write-off"))
    assert [each for each in ("120 €", "654", "reste due") if each not in said] == []
    made = decided(browser, item, "write-off", amount="120,00", note="Liquidation")
    assert lines_of(entry_of(made)) == [("654", 120_00), ("411", -120_00)]
    assert item.open_minor == 0
    assert made.note in entry_of(made).label
    told = JournalEntry.objects.get(act="receivable-written-off")
    assert (told.customer_id, told.after["amount_minor"]) == (customer.pk, 120_00)
    assert first_break(customer.organisation) is None


def test_vat_that_was_due_at_issue_is_taken_back_only_where_that_is_ticked(browser: Client, customer: Customer) -> None:
    item = an_invoice(customer).items.get()
    shown = words(browser, address(item, "write-off"), typed(amount="60", recovers_vat="on", show="1"))
    assert "la TVA de 10 € est récupérée" in shown
    assert not Decision.objects.exists(), "it was only shown"
    made = decided(browser, item, "write-off", amount="60", recovers_vat="on")
    assert lines_of(entry_of(made)) == [("654", 50_00), ("44571", 10_00), ("411", -60_00)]
    assert item.open_minor == 60_00


def test_vat_that_waits_for_payment_goes_without_asking(browser: Client, customer: Customer) -> None:
    item = an_invoice(customer, regime=VatRegime.RECEIPTS).items.get()
    assert "recovers_vat" not in browser.get(address(item, "write-off")).content.decode()
    made = decided(browser, item, "write-off", amount="120.00")
    assert lines_of(entry_of(made)) == [("654", 100_00), ("44574", 20_00), ("411", -120_00)]


@pytest.mark.parametrize("amount", ["120,01", "0", "-5", "abc", "", "1,234", "9" * 30])
def test_an_amount_that_cannot_be_lost_is_answered_beside_the_field(
    browser: Client, customer: Customer, amount: str
) -> None:
    item = an_invoice(customer).items.get()
    answer = browser.post(address(item, "write-off"), typed(amount=amount))
    assert answer.status_code == 422
    assert html.document_fromstring(answer.content).xpath("//*[@id='id_amount'][@aria-invalid='true']")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-25", "2026-02-30"])
def test_a_day_before_the_invoice_or_to_come_is_answered_beside_the_field(
    browser: Client, customer: Customer, day: str
) -> None:
    item = an_invoice(customer).items.get()
    answer = browser.post(address(item, "write-off"), typed(amount="1", on=day))
    assert answer.status_code == 422
    assert html.document_fromstring(answer.content).xpath("//*[@id='id_on'][@aria-invalid='true']")


def test_a_form_that_is_sent_twice_books_once(browser: Client, customer: Customer) -> None:
    item = an_invoice(customer).items.get()
    sent = typed(amount="20")
    for _ in range(2):
        assert browser.post(address(item, "write-off"), sent).status_code == 302
    item.refresh_from_db()
    assert item.open_minor == 100_00
    assert Decision.objects.count() == JournalEntry.objects.filter(act="receivable-written-off").count() == 1


def test_a_reversal_opens_what_was_lost_and_it_can_be_lost_again(browser: Client, customer: Customer) -> None:
    item = an_invoice(customer, regime=VatRegime.RECEIPTS).items.get()
    made = decided(browser, item, "write-off", amount="120")
    page = f"/o/{customer.organisation.slug}/ledger/entries/{made.entry_id}/"
    assert f"{page}reverse/" in browser.get(page).content.decode()
    assert "image inverse" in words(browser, f"{page}reverse/")
    for _ in range(2):
        answer = browser.post(f"{page}reverse/", {"on": TODAY})
        assert answer.status_code == 302
    item.refresh_from_db()
    assert item.open_minor == 120_00
    assert Entry.objects.filter(reverses=made.entry).count() == 1
    assert f"{page}reverse/" not in browser.get(page).content.decode()
    decided(browser, item, "write-off", amount="120")
    assert item.open_minor == 0
    assert first_break(customer.organisation) is None


@pytest.mark.parametrize("day", ["2026-11-23", "2027-01-01", ""])
def test_a_reversal_on_a_day_out_of_reach_is_answered_beside_the_field(
    browser: Client, customer: Customer, day: str
) -> None:
    item = an_invoice(customer).items.get()
    made = decided(browser, item, "write-off", amount="120")
    answer = browser.post(f"/o/{customer.organisation.slug}/ledger/entries/{made.entry_id}/reverse/", {"on": day})
    assert answer.status_code == 422
    assert html.document_fromstring(answer.content).xpath("//*[@id='id_on'][@aria-invalid='true']")


def test_what_follows_from_something_else_is_not_reversed_by_itself(browser: Client, customer: Customer) -> None:
    for entry in (an_invoice(customer), a_payment(customer, 5_00).entry):
        page = f"/o/{customer.organisation.slug}/ledger/entries/{entry.pk}/reverse/"
        assert "faites un avoir" in words(browser, page)
        assert "faites un avoir" in words(browser, page, {"on": TODAY})
        assert not Entry.objects.filter(reverses=entry).exists()


# Doubt and allowance


def test_a_doubtful_receivable_is_still_owed_and_shown_as_such(browser: Client, customer: Customer) -> None:
    invoice = an_invoice(customer)
    item = invoice.items.get()
    assert "416" in words(browser, address(item, "doubtful"))
    made = decided(browser, item, "doubtful")
    assert lines_of(entry_of(made)) == [("416", 120_00), ("411", -120_00)]
    standing = standing_of(customer.organisation, Source("invoice", invoice.source_id))
    assert standing is not None
    (carried,) = standing.owed
    assert (carried.open_minor, carried.role, carried.due_date) == (120_00, "doubtful-customers", item.due_date)
    account = browser.get(f"/o/{customer.organisation.slug}/ledger/customers/{customer.pk}/").content.decode()
    assert "douteuse" in account
    assert browser.get(address(carried, "doubtful")).status_code == 302, "it is doubtful already"


def test_a_doubtful_receivable_is_lost_from_its_own_account(browser: Client, customer: Customer) -> None:
    item = an_invoice(customer).items.get()
    doubted = decided(browser, item, "doubtful")
    carried = OpenItem.objects.get(entry=doubted.entry, side="debit")
    made = decided(browser, carried, "write-off", amount="120", recovers_vat="on")
    assert lines_of(entry_of(made)) == [("654", 100_00), ("44571", 20_00), ("416", -120_00)]
    page = f"/o/{customer.organisation.slug}/ledger/entries/{doubted.entry_id}/reverse/"
    assert "depuis" in words(browser, page), "what settled it is undone first"
    assert "depuis" in words(browser, page, {"on": TODAY})


def test_a_doubt_is_taken_back(browser: Client, customer: Customer) -> None:
    item = an_invoice(customer).items.get()
    made = decided(browser, item, "doubtful")
    browser.post(f"/o/{customer.organisation.slug}/ledger/entries/{made.entry_id}/reverse/", {"on": TODAY})
    item.refresh_from_db()
    assert item.open_minor == 120_00
    assert first_break(customer.organisation) is None


def test_an_allowance_is_brought_to_what_is_expected(browser: Client, customer: Customer) -> None:
    item = an_invoice(customer).items.get()
    grown = decided(browser, item, "allowance", amount="80")
    assert lines_of(entry_of(grown)) == [("6817", 80_00), ("491", -80_00)]
    assert "30 €" in words(browser, address(item, "allowance"), typed(amount="50", show="1"))
    shrunk = decided(browser, item, "allowance", amount="50")
    assert lines_of(entry_of(shrunk)) == [("491", 30_00), ("7817", -30_00)]
    decided(browser, item, "allowance", amount="50")
    assert Decision.objects.count() == 2, "it stands there already"
    decided(browser, item, "allowance", amount="0")
    assert customer_standing(customer) == ()
    assert item.open_minor == 120_00


def test_no_more_than_is_left_without_tax_is_expected_to_be_lost(browser: Client, customer: Customer) -> None:
    item = an_invoice(customer).items.get()
    allocated(item, a_payment(customer, 60_00), 60_00)
    assert browser.post(address(item, "allowance"), typed(amount="50,01")).status_code == 422
    decided(browser, item, "allowance", amount="50")


def test_a_customers_standing_adds_up_by_currency(browser: Client, customer: Customer) -> None:
    euros, dollars = an_invoice(customer).items.get(), an_invoice(customer, currency="USD").items.get()
    decided(browser, dollars, "write-off", amount="120")
    decided(browser, euros, "allowance", amount="80")
    decided(browser, euros, "doubtful")
    found = {each.currency: each for each in customer_standing(customer)}
    assert (found["EUR"].doubtful_minor, found["EUR"].allowance_minor, found["EUR"].lost_minor) == (120_00, 80_00, 0)
    assert found["USD"].lost_minor == 120_00


# Who may


@pytest.mark.parametrize("act", ["write-off", "doubtful", "allowance"])
def test_nobody_who_may_not_book_sees_the_acts(customer: Customer, act: str) -> None:
    item = an_invoice(customer).items.get()
    browser = logged_in(a_member(customer.organisation, Role.SALES))
    assert browser.get(address(item, act)).status_code == 403
    account = browser.get(f"/o/{customer.organisation.slug}/ledger/customers/{customer.pk}/").content.decode()
    assert f"/{act}/" not in account


@pytest.mark.parametrize("act", ["write-off", "doubtful", "allowance"])
def test_what_is_paid_has_nothing_to_decide(browser: Client, customer: Customer, act: str) -> None:
    item = an_invoice(customer).items.get()
    allocated(item, a_payment(customer, 120_00), 120_00)
    assert browser.get(address(item, act)).status_code == 302
