"""Issuing books: the entry of a document is there with its number, and says what the document says."""

from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from reglo.billing.models import Draft, Invoice, Quote
from reglo.billing.queries.posting import unposted
from reglo.billing.services.follow_ups import (
    AmountsCredit,
    WholeCredit,
    draft_corrective,
    draft_credit,
    draft_deposit,
    draft_final,
)
from reglo.billing.services.issue import issue_draft
from reglo.billing.services.posting import POST_EARLIER, post_earlier
from reglo.billing.verify_posting import first_break
from reglo.core.accounting import AccountRole
from reglo.core.terms import Share
from reglo.customers.models import Customer
from reglo.jobs.models import Job
from reglo.ledger import verify
from reglo.ledger.models import Allocation, Entry, LedgerHead, Line, OpenItem, Side
from reglo.ledger.queries import balance_of, entry_of
from reglo.ledger.services import Source
from reglo.organisations.models import Organisation
from tests.billing.quotes import a_line, an_accepted_quote
from tests.conftest import without_triggers
from tests.ledger.facts import a_payment
from tests.ledger.moves import allocated
from tests.site import INES, NOW, TODAY, a_content, a_customer, a_draft, an_organisation

pytestmark = pytest.mark.django_db

SEVERAL_RATES = {
    "lines": [
        a_line(name="Étude"),
        a_line(name="Pose", quantity="3", price="333.33", vat="10"),
        a_line(name="Livres", quantity="7", price="9.97", vat="5.5", unit="C62", nature="B"),
    ],
    "reductions": [{"reason": "Fidélité", "percent": "3", "vat": "20"}],
}
KEY = ("S", Decimal(20))


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


def issued(draft: Draft) -> Invoice:
    made = issue_draft(draft_id=draft.pk, organisation=draft.organisation, by=INES, now=NOW)
    return Invoice.objects.select_related("draft", "customer", "organisation", "quote").get(pk=made.pk)


def an_invoice(customer: Customer, **content: Any) -> Invoice:
    return issued(a_draft(customer.organisation, customer, content=a_content(**content)))


def entry(invoice: Invoice) -> Entry:
    found = entry_of(invoice.organisation, Source("invoice", invoice.pk))
    assert found is not None
    return found


def amounts(entry: Entry) -> dict[str, int]:
    return {line.role: line.amount_minor for line in entry.lines.all()}


def on(quote: Quote) -> dict[str, Any]:
    return {"quote_id": quote.pk, "organisation": quote.organisation, "by": INES, "now": NOW}


def about(invoice: Invoice, **wanted: Any) -> dict[str, Any]:
    facts = {"invoice_id": invoice.pk, "organisation": invoice.organisation, "reason": "Erreur", "by": INES, "now": NOW}
    return facts | wanted


def balance(organisation: Organisation, role: AccountRole) -> int:
    lines = Line.objects.of(organisation).filter(role=role)
    sums = lines.aggregate(debit=Sum("debit_minor", default=0), credit=Sum("credit_minor", default=0))
    return int(sums["debit"] - sums["credit"])


def forget_the_ledger(organisation: Organisation) -> None:
    """As if the documents had been issued before there was one."""
    with without_triggers():
        for model in (Allocation, OpenItem, Line, Entry, LedgerHead):
            model.objects.filter(organisation=organisation).delete()


def test_an_issued_invoice_is_booked_with_its_number(customer: Customer) -> None:
    invoice = an_invoice(customer)
    booked = entry(invoice)
    assert booked.reference == invoice.number
    assert amounts(booked) == {
        AccountRole.CUSTOMERS: 1080_00,
        AccountRole.SALES_SERVICES: -900_00,
        AccountRole.VAT_COLLECTED: -180_00,
    }
    item = booked.items.get()
    assert (item.due_date, item.open_minor) == (invoice.due_date, invoice.due_minor)


def test_each_instalment_of_the_terms_is_an_item(organisation: Organisation) -> None:
    terms = {
        "deposit": {"percent": "30"},
        "delay": {"days": 30},
    }
    organisation.default_terms = terms
    organisation.save()
    invoice = an_invoice(a_customer(organisation))
    items = entry(invoice).items.order_by("pk")
    assert [item.amount_minor for item in items] == [324_00, 756_00]
    assert [item.due_date for item in items] == [invoice.issue_date, invoice.due_date]


def test_an_invoice_of_nothing_is_not_booked_and_not_missed(customer: Customer) -> None:
    lines = [{"name": "Conseil", "quantity": "1", "unit": "DAY", "price": "0", "vat": "20", "nature": "S"}]
    invoice = an_invoice(customer, lines=lines)
    assert entry_of(customer.organisation, Source("invoice", invoice.pk)) is None
    assert not unposted(customer.organisation).exists()


def test_what_is_paid_already_is_owed_until_its_payment_is_booked(customer: Customer) -> None:
    invoice = an_invoice(customer, paid_on=TODAY.isoformat())
    assert invoice.due_minor == 0
    assert entry(invoice).items.get().open_minor == invoice.gross_minor


def test_deposit_and_final_invoice_come_to_the_quote_and_leave_nothing_on_4191() -> None:
    quote = an_accepted_quote(SEVERAL_RATES)
    deposit = issued(draft_deposit(**on(quote), share=Share(percent=Decimal(30))))
    assert balance(quote.organisation, AccountRole.DEPOSITS) < 0
    final = issued(draft_final(**on(quote)))
    assert balance(quote.organisation, AccountRole.DEPOSITS) == 0
    assert balance(quote.organisation, AccountRole.SALES_MIXED) == -final.net_minor
    assert balance(quote.organisation, AccountRole.VAT_COLLECTED) == -final.vat_minor
    assert balance_of(quote.customer, on=TODAY) == {"EUR": deposit.due_minor + final.due_minor}


def test_a_deposit_rounded_to_its_amount_leaves_nothing_behind() -> None:
    lines = [{"name": "Lampe", "quantity": "3", "price_with_vat": "19.99", "vat": "20", "nature": "B"}]
    quote = an_accepted_quote({"lines": lines})
    issued(draft_deposit(**on(quote), share=Share(percent=Decimal("33.3"))))
    issued(draft_final(**on(quote)))
    assert balance(quote.organisation, AccountRole.DEPOSITS) == 0
    assert balance_of(quote.customer, on=TODAY) == {"EUR": 59_97}


def test_a_deposit_of_another_program_is_deducted_as_the_invoice_is_taxed(customer: Customer) -> None:
    deposits = [{"number": "AC-1", "issue_date": "2026-11-01", "amount": "108.00"}]
    invoice = an_invoice(customer, deposits=deposits)
    assert amounts(entry(invoice)) == {
        AccountRole.CUSTOMERS: 972_00,
        AccountRole.DEPOSITS: 90_00,
        AccountRole.SALES_SERVICES: -900_00,
        AccountRole.VAT_COLLECTED: -162_00,
    }


def test_a_final_invoice_given_back_whole_sets_its_deposit_free() -> None:
    quote = an_accepted_quote()
    deposit = issued(draft_deposit(**on(quote), share=Share(percent=Decimal(30))))
    before = balance(quote.organisation, AccountRole.DEPOSITS)
    final = issued(draft_final(**on(quote)))
    issued(draft_credit(**about(final, wanted=WholeCredit())))
    assert balance(quote.organisation, AccountRole.DEPOSITS) == before
    assert balance_of(quote.customer, on=TODAY) == {"EUR": deposit.due_minor}


def test_a_credit_note_settles_what_is_open_of_its_invoice(customer: Customer) -> None:
    invoice = an_invoice(customer)
    note = issued(draft_credit(**about(invoice, wanted=AmountsCredit(amounts={KEY: Decimal(100)}))))
    assert entry(invoice).items.get().open_minor == 960_00
    assert entry(note).items.get().open_minor == 0


def test_a_credit_note_on_a_paid_invoice_is_owed_to_the_customer(customer: Customer) -> None:
    invoice = an_invoice(customer)
    allocated(entry(invoice).items.get(), a_payment(customer, 1080_00), 1080_00)
    note = issued(draft_credit(**about(invoice, wanted=AmountsCredit(amounts={KEY: Decimal(100)}))))
    item = entry(note).items.get()
    assert (item.side, item.open_minor) == (Side.CREDIT, 120_00)


def test_a_credit_note_on_a_deposit_gives_back_what_was_never_sold() -> None:
    quote = an_accepted_quote()
    deposit = issued(draft_deposit(**on(quote), share=Share(percent=Decimal(30))))
    issued(draft_credit(**about(deposit, wanted=WholeCredit())))
    assert balance(quote.organisation, AccountRole.DEPOSITS) == 0
    assert balance(quote.organisation, AccountRole.SALES_SERVICES) == 0
    assert balance_of(quote.customer, on=TODAY) == {"EUR": 0}


def test_a_corrective_invoice_keeps_what_was_paid_on_the_one_it_replaces(customer: Customer) -> None:
    invoice = an_invoice(customer)
    allocated(entry(invoice).items.get(), a_payment(customer, 500_00), 500_00)
    corrective = issued(draft_corrective(**about(invoice)))
    assert entry(corrective).items.get().open_minor == 580_00
    assert OpenItem.objects.of(customer.organisation).aggregate(open=Sum("open_minor"))["open"] == 580_00
    assert balance(customer.organisation, AccountRole.SALES_SERVICES) == -900_00


def test_documents_of_before_the_ledger_are_booked_once(organisation: Organisation, customer: Customer) -> None:
    invoice = an_invoice(customer)
    note = issued(draft_credit(**about(invoice, wanted=AmountsCredit(amounts={KEY: Decimal(100)}))))
    kept = [amounts(entry(each)) for each in (invoice, note)]
    forget_the_ledger(organisation)
    assert list(unposted(organisation)) == [invoice.pk, note.pk]
    for _ in range(2):
        post_earlier(organisation=organisation, now=NOW)
    assert [amounts(entry(each)) for each in (invoice, note)] == kept
    assert Entry.objects.of(organisation).count() == 2
    assert verify.first_break(organisation) is None


def test_verify_names_a_document_without_entry(organisation: Organisation, customer: Customer) -> None:
    invoice = an_invoice(customer)
    assert first_break(organisation) is None
    forget_the_ledger(organisation)
    found = first_break(organisation)
    assert found is not None
    assert found.number == invoice.number


def test_what_a_job_is_still_to_book_is_no_break(organisation: Organisation, customer: Customer) -> None:
    an_invoice(customer)
    forget_the_ledger(organisation)
    Job.objects.create(
        organisation=organisation,
        kind=POST_EARLIER,
        subject_id=organisation.pk,
        key="earlier",
        due_at=NOW,
        created_at=NOW,
    )
    assert first_break(organisation) is None


def test_verify_names_a_document_whose_entry_says_something_else(
    organisation: Organisation, customer: Customer
) -> None:
    an_invoice(customer)
    invoice = an_invoice(customer)
    lines = Line.objects.filter(entry=entry(invoice))
    with without_triggers():
        lines.filter(role=AccountRole.SALES_SERVICES).update(role=AccountRole.SALES_GOODS)
    found = first_break(organisation)
    assert found is not None
    assert found.number == invoice.number
