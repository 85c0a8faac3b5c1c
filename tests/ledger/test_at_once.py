"""Many who book at once, some of them killed: nothing is allocated twice, nothing is half written."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import IntegrityError, connections, transaction

from reglo.core.accounting import AccountRole
from reglo.core.parties import VatRegime
from reglo.ledger.models import Allocation, Entry, Line, OpenItem
from reglo.ledger.queries import vat_due
from reglo.ledger.services import MoreThanOpen
from reglo.ledger.services.head import locked_head, next_in
from reglo.ledger.verify import first_break
from tests.billing.test_issue_at_once import Shared
from tests.ledger.booking import book, start
from tests.ledger.facts import DAY, LATER, a_payment, an_invoice
from tests.ledger.moves import allocated
from tests.site import a_customer, an_organisation


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    return Shared(tmp_path)


def a_debt() -> OpenItem:
    """120.00 owed, VAT on receipts."""
    with transaction.atomic():
        return an_invoice(a_customer(an_organisation()), regime=VatRegime.RECEIPTS).items.get()


def at_once(act: Callable[[int], str], count: int) -> list[str]:
    """What so many threads answer, all let loose together."""
    ready = threading.Barrier(count)

    def one(number: int) -> str:
        try:
            ready.wait()
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_allocate_the_same_item_as_many_get_through_as_there_is() -> None:
    debt = a_debt()
    with transaction.atomic():
        payments = [a_payment(debt.customer, 50_00) for _ in range(6)]

    def one(number: int) -> str:
        try:
            with transaction.atomic():
                allocated(OpenItem.objects.get(pk=debt.pk), payments[number], 50_00, key=str(number))
        except MoreThanOpen:
            return "refused"
        return "allocated"

    assert sorted(at_once(one, 6)) == ["allocated"] * 2 + ["refused"] * 4
    debt.refresh_from_db()
    assert debt.open_minor == 20_00
    assert first_break(debt.organisation) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_payment_that_many_book_at_once_is_booked_once() -> None:
    debt = a_debt()

    def one(_: int) -> str:
        book(debt.pk, 7)
        return ""

    at_once(one, 8)
    assert Entry.objects.filter(source_kind="payment").count() == Allocation.objects.count() == 1
    assert first_break(debt.organisation) is None


@pytest.mark.django_db(transaction=True)
def test_processes_that_are_killed_leave_nothing_half_written(shared: Shared) -> None:
    debt = a_debt()
    shared.take_out()
    dice = random.Random(7)
    processes = [start(shared.url, debt.pk, first, 40) for first in (100, 200)]
    for doomed in processes:
        assert doomed.stdout is not None
        for _ in range(dice.randint(2, 5)):
            doomed.stdout.readline()
        threading.Event().wait(dice.random() / 50)  # somewhere within the next one
        doomed.kill()
        doomed.communicate()
    shared.bring_back()
    booked = Entry.objects.filter(source_kind="payment").count()
    assert 4 <= booked < 80
    assert Allocation.objects.count() == booked
    for number in (*range(100, 140), *range(200, 240)):
        book(debt.pk, number)
    debt.refresh_from_db()
    assert debt.open_minor == 40_00
    assert first_break(debt.organisation) is None
    assert [each.tax_minor for each in vat_due(debt.organisation, start=DAY, end=LATER)] == [13_33]


@pytest.mark.django_db(transaction=True)
def test_lines_whose_entry_never_comes_are_refused_at_the_end() -> None:
    organisation = an_organisation()

    def leave_open() -> None:
        with transaction.atomic():
            id_ = next_in(locked_head(organisation.pk), 2026)[0]
            Line.objects.create(
                organisation=organisation,
                entry_id=id_,
                place=0,
                date=DAY,
                role=AccountRole.BANK,
                account="512",
                debit_minor=1,
                currency="EUR",
            )

    with pytest.raises(IntegrityError):
        leave_open()
    assert not Line.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_booked() -> None:
    customer = a_customer(an_organisation())
    with pytest.raises(RuntimeError, match="within the transaction"):
        a_payment(customer, 1_00)
