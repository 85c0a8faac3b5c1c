"""What the database itself refuses, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from reglo.core.accounting import AccountRole, EventKind, JournalCode
from reglo.customers.models import Customer
from reglo.ledger.models import Allocation, Entry, Line, OpenItem
from reglo.ledger.protection import missing_triggers
from reglo.ledger.services.head import locked_head, next_in
from reglo.ledger.verify import first_break
from reglo.organisations.models import Organisation
from tests.conftest import without_triggers
from tests.ledger.facts import DAY, a_payment, an_invoice
from tests.ledger.moves import allocated
from tests.site import NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Customer:
    """One who has paid a part of an invoice."""
    customer = a_customer(an_organisation())
    allocated(an_invoice(customer).items.get(), a_payment(customer, 100_00), 60_00)
    return customer


def a_row(model: Any) -> Any:
    return model.objects.order_by("pk").first()


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def an_entry(organisation: Organisation, *amounts: int, currency: str = "EUR") -> Entry:
    """An entry with lines of such amounts, written as `ledger.services` never would."""
    id_, sequence, number = next_in(locked_head(organisation.pk), DAY.year)
    for place, amount in enumerate(amounts):
        Line.objects.create(
            organisation=organisation,
            entry_id=id_,
            place=place,
            date=DAY,
            role=AccountRole.BANK,
            account="512",
            debit_minor=max(amount, 0),
            credit_minor=max(-amount, 0),
            currency=currency,
        )
    return Entry.objects.create(
        id=id_,
        organisation=organisation,
        sequence=sequence,
        year=DAY.year,
        number=number,
        journal=JournalCode.OTHER,
        kind=EventKind.TRANSFER,
        date=DAY,
        reference_date=DAY,
        label="?",
        currency="EUR",
        source_kind="test",
        source_id=1,
        key=f"test:{id_}",
        posted_at=NOW,
        by_name="?",
    )


def test_all_triggers_are_there() -> None:
    assert missing_triggers() == frozenset()


@pytest.mark.parametrize("model", [Entry, Line, Allocation])
def test_what_is_posted_is_never_changed_or_deleted(customer: Customer, model: Any) -> None:
    row = a_row(model)
    other = an_organisation()
    refused(lambda: model.objects.filter(pk=row.pk).update(organisation=other))
    refused(lambda: model.objects.filter(pk=row.pk)._raw_delete("default"))


@pytest.mark.parametrize("amounts", [(), (100,), (100, -99), (100, -50, -51)])
def test_an_entry_that_does_not_balance_is_refused(customer: Customer, amounts: tuple[int, ...]) -> None:
    refused(lambda: an_entry(customer.organisation, *amounts))


def test_an_entry_that_balances_is_taken(customer: Customer) -> None:
    assert an_entry(customer.organisation, 100, -60, -40).lines.count() == 3


def test_an_entry_in_two_currencies_is_refused(customer: Customer) -> None:
    refused(lambda: an_entry(customer.organisation, 100, -100, currency="USD"))


@pytest.mark.parametrize("amounts", [{"debit_minor": 1, "credit_minor": 1}, {}, {"debit_minor": -1}])
def test_a_line_is_either_a_debit_or_a_credit(customer: Customer, amounts: dict[str, int]) -> None:
    id_ = next_in(locked_head(customer.organisation_id), 2026)[0]
    facts = {"organisation": customer.organisation, "place": 0, "date": DAY, "role": "bank", "account": "512"}
    refused(lambda: Line.objects.create(entry_id=id_, currency="EUR", **facts, **amounts))


def test_a_posted_entry_gets_no_further_line(customer: Customer) -> None:
    facts = {"organisation": customer.organisation, "date": DAY, "role": "bank", "account": "512", "currency": "EUR"}
    refused(lambda: Line.objects.create(entry=a_row(Entry), place=9, debit_minor=1, **facts))


def test_a_posted_entry_gets_no_further_item(customer: Customer) -> None:
    entry = a_row(Entry)
    line = entry.lines.exclude(customer=None).get()
    item = OpenItem.objects.get(line=line)
    with without_triggers():
        Allocation.objects.all()._raw_delete("default")
        OpenItem.objects.filter(line=line)._raw_delete("default")
    refused(lambda: item.save(force_insert=True))


def test_of_an_item_only_what_is_left_changes_and_only_by_allocations(customer: Customer) -> None:
    items = OpenItem.objects.filter(pk=a_row(OpenItem).pk)
    refused(lambda: items.update(amount_minor=1))
    refused(lambda: items.update(due_date=None))
    refused(lambda: items.update(customer=a_customer(customer.organisation)))
    refused(lambda: items.update(open_minor=F("open_minor") - 1))
    refused(lambda: items.update(open_minor=-1))
    refused(lambda: items._raw_delete("default"))


def test_an_allocation_of_nothing_is_refused(customer: Customer) -> None:
    allocation = a_row(Allocation)
    for amount, reverses in ((0, None), (-1, None), (1, allocation)):
        copy = Allocation.objects.get(pk=allocation.pk)
        copy.pk, copy.key, copy.amount_minor, copy.reverses = None, "other", amount, reverses
        refused(lambda copy=copy: copy.save(force_insert=True))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_line", "ledger_openitem", "ledger_allocation"])
def test_nothing_is_replaced(customer: Customer, table: str) -> None:
    def replace() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")  # ours

    refused(replace)


def test_one_key_is_one_entry(customer: Customer) -> None:
    an_entry(customer.organisation, 1, -1)
    entry = Entry.objects.get(source_kind="test")
    id_, sequence, number = next_in(locked_head(customer.organisation_id), 2026)
    entry.id, entry.sequence, entry.number = id_, sequence, number
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def tampered(act: Callable[[], object]) -> str:
    """What `verify` says once the database was changed with its triggers off."""
    organisation = a_row(Entry).organisation
    assert first_break(organisation) is None
    with without_triggers():
        act()
    found = first_break(organisation)
    return found.reason.en if found else ""


def test_verify_finds_what_was_changed_in_spite_of_the_triggers(customer: Customer) -> None:
    line = Line.objects.filter(role=AccountRole.BANK)
    assert "does not balance" in tampered(lambda: line.update(debit_minor=F("debit_minor") + 1))


def test_verify_finds_an_item_that_says_something_else_than_its_allocations(customer: Customer) -> None:
    assert "its allocations do not say" in tampered(lambda: OpenItem.objects.update(open_minor=0))


def test_verify_finds_an_entry_that_is_gone(customer: Customer) -> None:
    last = Entry.objects.order_by("-pk").first()
    assert last is not None

    def delete() -> None:
        Allocation.objects.all()._raw_delete("default")
        OpenItem.objects.filter(entry=last)._raw_delete("default")
        last.lines.all()._raw_delete("default")
        Entry.objects.filter(pk=last.pk)._raw_delete("default")

    assert "1 entries" in tampered(delete)


def test_verify_finds_a_number_that_was_changed(customer: Customer) -> None:
    last = Entry.objects.order_by("-pk").first()
    assert last is not None
    assert "without a gap" in tampered(lambda: Entry.objects.filter(pk=last.pk).update(number=7))


def test_verify_finds_a_customers_line_whose_item_is_gone(customer: Customer) -> None:
    def delete() -> None:
        Allocation.objects.all()._raw_delete("default")
        OpenItem.objects.filter(side="credit")._raw_delete("default")
        OpenItem.objects.update(open_minor=F("amount_minor"))

    assert "line without an item" in tampered(delete)
