"""What each event writes, and what is open after it."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from reglo.core.accounting import AccountRole, Reason, VatPart
from reglo.core.parties import VatRegime
from reglo.customers.models import Customer
from reglo.ledger.models import Allocation, Entry, Line, OpenItem, Side
from reglo.ledger.services import (
    MoreThanOpen,
    Source,
    allocate,
    settle_item,
    undo_allocation,
)
from tests.ledger.facts import LATER, a_payment, an_invoice, lines_of
from tests.site import INES, NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Customer:
    return a_customer(an_organisation())


def allocated(debit_item: OpenItem, credit_item: OpenItem, amount: int, key: str = "k") -> Allocation:
    return allocate(
        organisation=debit_item.organisation,
        debit_item_id=debit_item.pk,
        credit_item_id=credit_item.pk,
        amount_minor=amount,
        on=LATER,
        key=key,
        by=INES,
        now=NOW,
    )


def settled(item: OpenItem, reason: Reason, amount: int, number: int = 1) -> Entry:
    return settle_item(
        organisation=item.organisation,
        item_id=item.pk,
        reason=reason,
        amount_minor=amount,
        on=LATER,
        source=Source("decision", number),
        by=INES,
        now=NOW,
    )


def balance(customer: Customer, role: AccountRole) -> int:
    sums = Line.objects.filter(organisation=customer.organisation, role=role).aggregate(
        debit=Sum("debit_minor", default=0), credit=Sum("credit_minor", default=0)
    )
    return int(sums["debit"] - sums["credit"])


def test_an_invoice_debits_the_customer_and_credits_sales_and_vat(customer: Customer) -> None:
    entry = an_invoice(customer)
    assert lines_of(entry) == [("411", 120_00), ("706", -100_00), ("44571", -20_00)]
    item = entry.items.get()
    assert (item.side, item.open_minor, item.reference) == (Side.DEBIT, 120_00, entry.reference)


def test_several_due_dates_are_several_items(customer: Customer) -> None:
    entry = an_invoice(customer, instalments=(50_00, 70_00))
    assert [item.amount_minor for item in entry.items.order_by("pk")] == [50_00, 70_00]


def test_a_payment_is_open_until_it_is_allocated(customer: Customer) -> None:
    debt, payment = an_invoice(customer).items.get(), a_payment(customer, 150_00)
    allocated(debt, payment, 120_00)
    debt.refresh_from_db()
    payment.refresh_from_db()
    assert (debt.open_minor, payment.open_minor) == (0, 30_00)


def test_more_than_is_open_is_refused(customer: Customer) -> None:
    debt, payment = an_invoice(customer).items.get(), a_payment(customer, 200_00)
    with pytest.raises(MoreThanOpen):
        allocated(debt, payment, 120_01)


def test_vat_on_receipts_becomes_due_with_each_payment_and_comes_to_the_whole(customer: Customer) -> None:
    parts = (VatPart("S", Decimal(20), 33_33, 6_67), VatPart("S", Decimal("5.5"), 10_01, 55))
    debt = an_invoice(customer, *parts, regime=VatRegime.RECEIPTS).items.get()
    assert balance(customer, AccountRole.VAT_PENDING) == -7_22
    for number, amount in enumerate((10_00, 10_00, 10_00, 20_56)):
        allocated(debt, a_payment(customer, amount), amount, key=str(number))
    assert balance(customer, AccountRole.VAT_PENDING) == 0
    assert balance(customer, AccountRole.VAT_COLLECTED) == -7_22


def test_what_is_undone_goes_back_with_its_vat(customer: Customer) -> None:
    debt, payment = an_invoice(customer, regime=VatRegime.RECEIPTS).items.get(), a_payment(customer, 60_00)
    allocation = allocated(debt, payment, 60_00)
    assert balance(customer, AccountRole.VAT_COLLECTED) == -10_00
    for _ in range(2):
        undo_allocation(organisation=customer.organisation, allocation_id=allocation.pk, on=LATER, by=INES, now=NOW)
    debt.refresh_from_db()
    assert debt.open_minor == 120_00
    assert balance(customer, AccountRole.VAT_COLLECTED) == 0
