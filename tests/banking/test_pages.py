"""Pages of this room: reconciling, files, payments; with forms sent twice, stale, hostile and of other tenants."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reglo.banking.models import AsideReason, BankFile, Learnt, LineState, Payment, StatementLine
from reglo.banking.services.matching import run_matching
from reglo.billing.models import Invoice
from reglo.billing.services.issue import issue_draft
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem
from reglo.ledger.services import Source, offer_settlement
from reglo.organisations.models import BankAccount, Organisation, Role
from tests.banking.rows import a_line, a_statement, an_item, left_of
from tests.banking.test_importing import STRANGE, camt
from tests.formats.bank.samples import IBAN
from tests.site import INES, NOW, a_content, a_customer, a_draft, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    organisation = an_organisation()
    BankAccount.objects.of(organisation).update(iban=IBAN)
    return organisation


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


class Browser:
    """A browser of a member, within the bank pages of an organisation."""

    def __init__(self, organisation: Organisation, role: Role = Role.BOOKKEEPER) -> None:
        self.client: Client = logged_in(a_member(organisation, role))
        self.root = f"/o/{organisation.slug}/bank/"

    def get(self, path: str = "", **asked: Any) -> Any:
        return self.client.get(self.root + path, asked)

    def post(self, path: str, **sent: Any) -> Any:
        return self.client.post(self.root + path, sent)

    def text(self, path: str = "", **asked: Any) -> str:
        page = self.client.get(self.root + path, asked, follow=True)
        assert page.status_code == 200
        return str(page.content.decode())


@pytest.fixture
def browser(organisation: Organisation) -> Browser:
    return Browser(organisation)


def an_issued(organisation: Organisation, customer: Customer, **content: Any) -> Invoice:
    draft = a_draft(organisation, customer, content=a_content(**content))
    return issue_draft(draft_id=draft.pk, organisation=organisation, by=INES, now=NOW)


# Reconciling


def test_an_empty_bank_teaches_what_to_do(browser: Browser) -> None:
    assert "files/new/" in browser.text()


def test_a_candidate_is_accepted_and_the_next_line_comes(
    organisation: Organisation, customer: Customer, browser: Browser
) -> None:
    item = an_item(customer, "F2026-0012", 120_00)
    statement = a_statement(organisation)
    line = a_line(statement, 120_00, text="VIREMENT", payer="LIBRAIRIE DU PRT")
    after = a_line(statement, 5_00, text="?")
    run_matching(organisation=organisation, now=NOW)
    page = browser.get("", line=line.pk)
    version = re.search(r'name="version" value="(\d+)"', page.content.decode())
    assert version is not None
    answer = browser.post(f"lines/{line.pk}/accept/", version=version[1], rank=0, back="state=open&month=2026-11")
    assert answer.status_code == 302
    assert f"line={after.pk}" in answer["Location"]
    assert left_of(item) == 0
    assert f"lines/{line.pk}/undo/" in browser.text()


def test_an_accept_sent_twice_posts_once_and_says_so(
    organisation: Organisation, customer: Customer, browser: Browser
) -> None:
    an_item(customer, "F2026-0012", 120_00)
    line = a_line(a_statement(organisation), 120_00, text="VIREMENT", payer="LIBRAIRIE DU PRT")
    run_matching(organisation=organisation, now=NOW)
    version = StatementLine.objects.get(pk=line.pk).version
    for _ in range(2):
        browser.post(f"lines/{line.pk}/accept/", version=version, rank=0)
    assert Payment.objects.count() == 1
    assert "Inès" in browser.text()


@pytest.mark.parametrize("sent", [{}, {"version": "x"}, {"version": "9" * 40, "rank": "-1"}, {"rank": "77"}])
def test_an_accept_without_a_candidate_is_told(
    organisation: Organisation, browser: Browser, sent: dict[str, str]
) -> None:
    line = a_line(a_statement(organisation), 120_00)
    assert browser.post(f"lines/{line.pk}/accept/", **sent).status_code == 302
    assert not Payment.objects.exists()


def test_a_line_is_split_by_hand_with_one_ticked_whole(
    organisation: Organisation, customer: Customer, browser: Browser
) -> None:
    first, second = an_item(customer, "F1", 100_00), an_item(customer, "F2", 80_00)
    line = a_line(a_statement(organisation), 150_00)
    assert "F1" in browser.text("", line=line.pk, find="librairie port")
    sent = {"version": 1, f"item-{second.pk}": "1 50,00".replace(" ", ""), "whole": [first.pk]}
    browser.post(f"lines/{line.pk}/allocate/", act="post", **{**sent, f"item-{second.pk}": "50,00"})
    assert (left_of(first), left_of(second)) == (0, 30_00)


def test_a_split_that_is_kept_is_there_again(organisation: Organisation, customer: Customer, browser: Browser) -> None:
    item = an_item(customer, "F1", 100_00)
    line = a_line(a_statement(organisation), 150_00)
    browser.post(f"lines/{line.pk}/allocate/", act="keep", version=1, **{f"item-{item.pk}": "60,50"})
    assert 'value="60,50"' in browser.text("", line=line.pk)


@pytest.mark.parametrize("text", ["-5", "abc", "1e9", "12,345", "9" * 30, "<script>"])
def test_what_is_no_amount_is_refused(
    organisation: Organisation, customer: Customer, browser: Browser, text: str
) -> None:
    item = an_item(customer, "F1", 100_00)
    line = a_line(a_statement(organisation), 150_00)
    browser.post(f"lines/{line.pk}/allocate/", act="post", version=1, **{f"item-{item.pk}": text})
    assert StatementLine.objects.get(pk=line.pk).state == LineState.WAITING
    assert left_of(item) == 100_00


def test_items_and_customers_of_another_tenant_cannot_be_chosen(organisation: Organisation, browser: Browser) -> None:
    foreign = a_customer(an_organisation())
    item = an_item(foreign, "F1", 100_00)
    line = a_line(a_statement(organisation), 100_00)
    browser.post(f"lines/{line.pk}/allocate/", act="post", version=1, **{f"item-{item.pk}": "100"})
    assert browser.post(f"lines/{line.pk}/allocate/", act="post", version=1, rest_to=foreign.pk).status_code == 404
    assert left_of(item) == 100_00
    assert not Payment.objects.exists()


def test_a_line_is_set_aside_and_taken_back(organisation: Organisation, browser: Browser) -> None:
    line = a_line(a_statement(organisation), -12_50, kind="fee", text="FRAIS")
    browser.post(f"lines/{line.pk}/aside/", reason=AsideReason.FEE, version=1)
    assert StatementLine.objects.get(pk=line.pk).state == LineState.ASIDE
    browser.post(f"lines/{line.pk}/undo/")
    assert StatementLine.objects.get(pk=line.pk).state == LineState.WAITING


def test_many_lines_are_set_aside_with_a_reason(organisation: Organisation, browser: Browser) -> None:
    statement = a_statement(organisation)
    lines = [a_line(statement, -1_00, text="EDF").pk for _ in range(3)]
    asked = browser.post("lines/aside/", id=lines)
    assert asked.status_code == 200
    browser.post("lines/aside/", id=lines, reason=AsideReason.SUPPLIER)
    assert StatementLine.objects.filter(state=LineState.ASIDE).count() == 3


def test_the_page_of_a_month_shows_where_the_books_stand(organisation: Organisation, browser: Browser) -> None:
    statement = a_statement(
        organisation,
        opening_on=date(2026, 10, 31),
        opening_minor=1000_00,
        closing_on=date(2026, 11, 30),
        closing_minor=1120_00,
    )
    a_line(statement, 100_00)
    a_line(statement, 20_00)
    page = browser.get("", month="2026-11", state="all")
    (balances,) = page.context["balances"]
    assert (balances.start_minor, balances.books_minor, balances.end_minor) == (1000_00, 1000_00, 1120_00)
    assert (balances.bank_minor, balances.off_minor, balances.waiting) == (1120_00, 0, 2)
    assert [running for _, _, running in page.context["rows"]] == [1100_00, 1120_00]


def test_lines_after_the_last_closing_balance_of_a_month_do_not_make_it_disagree(
    organisation: Organisation, browser: Browser
) -> None:
    facts = {"opening_on": date(2026, 10, 31), "opening_minor": 1000_00}
    told = a_statement(organisation, **facts, closing_on=date(2026, 11, 15), closing_minor=1100_00)
    a_line(told, 100_00, booked=date(2026, 11, 15))
    a_line(a_statement(organisation), 20_00, booked=date(2026, 11, 28))
    (balances,) = browser.get("", month="2026-11", state="all").context["balances"]
    assert (balances.bank_minor, balances.off_minor, balances.end_minor) == (1100_00, 0, 1120_00)
    a_line(told, 7_00, booked=date(2026, 11, 14))
    page = browser.get("", month="2026-11", state="all")
    assert page.context["balances"][0].off_minor == -7_00
    assert "ne concorde pas" in page.content.decode()


def test_the_page_makes_as_many_queries_for_many_lines_as_for_few(
    organisation: Organisation, customer: Customer, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    statement = a_statement(organisation)
    for number in range(30):
        an_item(customer, f"F2026-{number:04}", 100_00 + number)
        a_line(statement, 100_00 + number, payer="LIBRAIRIE DU PRT")
    run_matching(organisation=organisation, now=NOW)
    with django_assert_max_num_queries(28):
        browser.get("")
    with django_assert_max_num_queries(12):
        browser.get("lines/")


@pytest.mark.parametrize(
    "asked", ["month=x", "month=2026-99", "state=x&account=zz&line=abc", "line=" + "9" * 30, "find=%00"]
)
def test_an_address_that_says_nonsense_shows_the_page(organisation: Organisation, browser: Browser, asked: str) -> None:
    a_line(a_statement(organisation), 1_00)
    assert browser.client.get(f"{browser.root}?{asked}").status_code == 200


def test_who_only_reads_sees_and_cannot_decide(organisation: Organisation, customer: Customer) -> None:
    reader = Browser(organisation, Role.READER)
    line = a_line(a_statement(organisation), 120_00)
    assert "/allocate/" not in reader.text()
    assert reader.post(f"lines/{line.pk}/allocate/", act="post", rest_to=customer.pk).status_code == 403


# Files


def upload(browser: Browser, *files: tuple[str, bytes]) -> Any:
    return browser.post("files/new/", file=[SimpleUploadedFile(name, content) for name, content in files])


def test_a_file_goes_from_the_computer_to_the_lines(organisation: Organisation, browser: Browser) -> None:
    answer = upload(browser, ("releve.xml", camt()))
    file = BankFile.objects.get()
    assert answer["Location"].endswith(f"files/{file.pk}/")
    assert "2026-03" in browser.text(f"files/{file.pk}/")
    browser.post(f"files/{file.pk}/take/")
    assert StatementLine.objects.count() == 2
    browser.text(f"files/{file.pk}/")
    browser.text("statements/")
    browser.text(f"statements/{file.statements.get().pk}/")


def test_several_files_come_at_once_and_a_bad_one_is_named(browser: Browser) -> None:
    page = upload(browser, ("a.xml", camt()), ("b.pdf", b"%PDF-1.7"))
    assert page.status_code == 422
    assert "b.pdf" in page.content.decode()
    assert BankFile.objects.count() == 1


def test_columns_and_account_are_asked_for_on_the_page(organisation: Organisation, browser: Browser) -> None:
    upload(browser, ("export.csv", STRANGE.encode()))
    file = BankFile.objects.get()
    assert "Combien" in browser.text(f"files/{file.pk}/")
    refused = browser.post(f"files/{file.pk}/columns/", column_0="booked")
    assert refused.status_code == 422
    browser.post(f"files/{file.pk}/columns/", column_0="booked", column_1="amount", column_2="text")
    account = BankAccount.objects.of(organisation).get()
    browser.post(f"files/{file.pk}/account/", name="", account=account.pk)
    browser.post(f"files/{file.pk}/take/")
    assert StatementLine.objects.count() == 2


def test_an_unknown_account_is_added_by_who_may(organisation: Organisation) -> None:
    from reglo.core.bank import BankAccount as Named

    owner = Browser(organisation, Role.OWNER)
    upload(owner, ("a.xml", camt(account=Named(iban="DE89370400440532013000", currency="EUR"))))
    file = BankFile.objects.get()
    sent = {"name": "DE89370400440532013000", "account": "new", "label": "Compte allemand"}
    assert Browser(organisation).post(f"files/{file.pk}/account/", **sent).status_code == 403
    owner.post(f"files/{file.pk}/account/", **sent)
    assert BankAccount.objects.of(organisation).get(iban="DE89370400440532013000").label == "Compte allemand"


def test_another_tenants_account_cannot_be_named(organisation: Organisation, browser: Browser) -> None:
    from reglo.core.bank import BankAccount as Named

    upload(browser, ("a.xml", camt(account=Named(iban="DE89370400440532013000", currency="EUR"))))
    foreign = BankAccount.objects.of(an_organisation()).get()
    file = BankFile.objects.get()
    answer = browser.post(f"files/{file.pk}/account/", name="DE89370400440532013000", account=foreign.pk)
    assert answer.status_code == 404


def test_a_large_file_is_refused_before_it_is_read(browser: Browser) -> None:
    page = browser.client.post(f"{browser.root}files/new/", {"x": "y"}, CONTENT_LENGTH=str(10**9))
    assert page.status_code == 413


# Payments


def test_an_invoice_is_paid_in_two_clicks(organisation: Organisation, customer: Customer, browser: Browser) -> None:
    invoice = an_issued(organisation, customer)
    assert f"payments/of-invoice/{invoice.pk}/new/" in browser.text(f"of-invoice/{invoice.pk}/")
    form = browser.get(f"payments/of-invoice/{invoice.pk}/new/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert sent["amount"] == "1080,00"
    for _ in range(2):
        answer = browser.post(f"payments/of-invoice/{invoice.pk}/new/", **sent)
        assert answer.status_code == 302
    payment = Payment.objects.get()
    assert not OpenItem.objects.filter(reference=invoice.number, open_minor__gt=0).exists()
    assert f"payments/{payment.pk}/undo/" in browser.text()
    assert "payée" in browser.text(f"of-invoice/{invoice.pk}/")
    listed = f"/o/{organisation.slug}/invoices/"
    assert invoice.number in browser.client.get(listed, {"state": "paid"}).content.decode()
    assert invoice.number not in browser.client.get(listed, {"state": "coming"}).content.decode()
    browser.post(f"payments/{payment.pk}/undo/")
    assert OpenItem.objects.get(reference=invoice.number, kind="document").open_minor == 1080_00


def test_an_early_payment_discount_is_proposed_within_its_dates(
    organisation: Organisation, customer: Customer, browser: Browser
) -> None:
    from reglo.core.terms import parse_terms
    from reglo.formats.data.stored import write_stored

    terms = write_stored(parse_terms("2 % à 10 jours, net à 30 jours"))
    invoice = an_issued(organisation, customer, terms=terms)
    page = browser.get(f"payments/of-invoice/{invoice.pk}/new/", discount=1)
    form = page.context["form"]
    assert form["amount"].value() == "1058,40"
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    browser.post(f"payments/of-invoice/{invoice.pk}/new/", **sent)
    assert not OpenItem.objects.filter(reference=invoice.number, open_minor__gt=0).exists()


def an_agreed_discount(item: OpenItem, amount: int) -> None:
    facts = {"last_day": date(2099, 12, 31), "source": Source("proposal", item.pk), "now": NOW}
    offer_settlement(item, amount_minor=amount, **facts)


def test_a_discount_that_the_customer_accepted_is_proposed_for_its_invoice(
    organisation: Organisation, customer: Customer, browser: Browser
) -> None:
    invoice = an_issued(organisation, customer)
    item = OpenItem.objects.get(reference=invoice.number, kind="document")
    an_agreed_discount(item, 1000_00)
    address = f"payments/of-invoice/{invoice.pk}/new/"
    assert "80,00" in browser.get(address).context["form"]["discount"].label
    form = browser.get(address, discount=1).context["form"]
    assert form["amount"].value() == "1000,00"
    browser.post(address, **{name: form[name].value() for name in form.fields if form[name].value()})
    assert left_of(item) == 0


def test_discounts_that_a_customer_accepted_are_proposed_for_all_that_it_owes(
    organisation: Organisation, customer: Customer, browser: Browser
) -> None:
    items = [an_item(customer, f"F{number}", 100_00) for number in range(3)]
    for item in items[1:]:
        an_agreed_discount(item, 90_00)
    form = browser.get(f"payments/of-customer/{customer.pk}/new/", discount=1).context["form"]
    assert form["amount"].value() == "280,00"
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    browser.post(f"payments/of-customer/{customer.pk}/new/", **sent)
    assert [left_of(item) for item in items] == [0, 0, 0]


@pytest.mark.parametrize(
    "bad", [{"amount": "0"}, {"amount": "abc"}, {"amount": "-5"}, {"on": "2999-01-01"}, {"on": "x"}, {"means": "gold"}]
)
def test_a_payment_that_cannot_be_is_told_at_its_field(
    organisation: Organisation, customer: Customer, browser: Browser, bad: dict[str, str]
) -> None:
    invoice = an_issued(organisation, customer)
    sent = {"amount": "10", "on": "2026-11-24", "means": "transfer", "key": "k"} | bad
    page = browser.post(f"payments/of-invoice/{invoice.pk}/new/", **sent)
    assert page.status_code == 422
    assert not Payment.objects.exists()


def test_an_advance_is_recorded_used_and_refunded(
    organisation: Organisation, customer: Customer, browser: Browser
) -> None:
    sent = {"amount": "150", "on": "2026-11-24", "means": "transfer", "key": "k"}
    browser.post(f"payments/of-customer/{customer.pk}/new/", **sent)
    payment = Payment.objects.get()
    item = an_item(customer, "F1", 120_00)
    assert "F1" in browser.text(f"payments/{payment.pk}/")
    for _ in range(2):
        browser.post(f"payments/{payment.pk}/use/", item=item.pk, amount="", key="once")
    assert left_of(item) == 0
    own = OpenItem.objects.get(kind="payment")
    assert own.open_minor == 30_00
    page = browser.get(f"refunds/{own.pk}/new/")
    assert page.context["form"]["amount"].value() == "30,00"
    browser.post(f"refunds/{own.pk}/new/", amount="30", on="2026-11-24", means="transfer", key="r")
    assert left_of(own) == 0
    browser.text("payments/")
    browser.text(f"of-customer/{customer.pk}/")
    browser.text(f"payments/{Payment.objects.latest('pk').pk}/")


def test_payments_are_listed_with_filters_and_as_files(
    organisation: Organisation, customer: Customer, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        sent = {"amount": "15", "on": "2026-11-24", "means": "cheque", "key": str(number)}
        browser.post(f"payments/of-customer/{customer.pk}/new/", **sent)
    with django_assert_max_num_queries(10):
        assert browser.get("payments/", state="hand", means="cheque").content.decode().count("Librairie du Port") >= 4
    lines = b"".join(browser.get("payments/", format="csv").streaming_content).decode()
    assert lines.count("15,00") == 4


def test_what_was_learnt_is_shown_and_forgotten(
    organisation: Organisation, customer: Customer, browser: Browser
) -> None:
    line = a_line(a_statement(organisation), 100_00, payer="SCI des Quais")
    browser.post(f"lines/{line.pk}/allocate/", act="post", version=1, rest_to=customer.pk)
    known = Learnt.objects.get()
    assert "SCI des Quais" in browser.text("learnt/")
    browser.post(f"learnt/{known.pk}/forget/")
    assert not Learnt.objects.exists()


def test_large_ids_stand_in_pages_as_they_are(organisation: Organisation, customer: Customer, browser: Browser) -> None:
    item = an_item(customer, "F1", 100_00)
    line = a_line(a_statement(organisation), 1500_00, pk=1_234_567, version=4321)
    page = browser.text("", line=line.pk, find="librairie", month="2026-11", state="open")
    assert "line=1234567" in page
    assert 'value="4321"' in page
    assert 'data-split="150000"' in page
    assert f'data-open="{item.open_minor}"' in page
