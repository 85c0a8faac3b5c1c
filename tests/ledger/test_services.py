"""What each event writes, and what is open after it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from reglo.core.accounting import AccountRole, JournalCode, Reason, VatPart
from reglo.core.parties import VatRegime
from reglo.customers.models import Customer
from reglo.ledger.models import Entry, Line, OpenItem, Side
from reglo.ledger.queries import balance_of, open_items_at
from reglo.ledger.services import (
    CannotAllocate,
    CannotReverse,
    MoreThanOpen,
    NotAReceivable,
    Source,
    keep_surplus,
    post_allowance,
    post_bank_fee,
    post_penalty,
    post_refund,
    post_transfer,
)
from reglo.ledger.verify import first_break
from reglo.organisations.models import Organisation
from tests.ledger.facts import DAY, LATER, a_payment, an_invoice, lines_of
from tests.ledger.moves import allocated, doubtful, reversed_, settled, undone
from tests.site import INES, NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


def balance(customer: Customer, role: AccountRole) -> int:
    sums = Line.objects.filter(organisation=customer.organisation, role=role).aggregate(
        debit=Sum("debit_minor", default=0), credit=Sum("credit_minor", default=0)
    )
    return int(sums["debit"] - sums["credit"])


def on_receipts(customer: Customer) -> OpenItem:
    return an_invoice(customer, regime=VatRegime.RECEIPTS).items.get()


def a_refund(customer: Customer, amount: int) -> OpenItem:
    entry = post_refund(
        organisation=customer.organisation,
        customer=customer,
        paid_on=LATER,
        amount_minor=amount,
        currency="EUR",
        money=AccountRole.BANK,
        source=Source("refund", 1),
        label="Remboursement",
        by=INES,
        now=NOW,
    )
    return entry.items.get()


# Documents and payments


def test_an_invoice_debits_the_customer_and_credits_sales_and_vat(customer: Customer) -> None:
    entry = an_invoice(customer)
    assert lines_of(entry) == [("411", 120_00), ("706", -100_00), ("44571", -20_00)]
    assert (entry.journal, str(entry)) == (JournalCode.SALES, "VE 2026-1")
    item = entry.items.get()
    assert (item.side, item.open_minor, item.reference) == (Side.DEBIT, 120_00, entry.reference)


def test_entries_are_numbered_by_year_of_their_date(customer: Customer) -> None:
    an_invoice(customer)
    a_payment(customer, 1, received_on=date(2027, 1, 4))
    a_payment(customer, 1)
    assert [(each.year, each.number, each.sequence) for each in Entry.objects.order_by("sequence")] == [
        (2026, 1, 1),
        (2027, 1, 2),
        (2026, 2, 3),
    ]


def test_several_due_dates_are_several_items(customer: Customer) -> None:
    entry = an_invoice(customer, instalments=(50_00, 70_00))
    assert [item.amount_minor for item in entry.items.order_by("pk")] == [50_00, 70_00]


def test_a_payment_is_open_until_it_is_allocated(customer: Customer) -> None:
    debt, payment = an_invoice(customer).items.get(), a_payment(customer, 150_00)
    assert lines_of(payment.entry) == [("512", 150_00), ("411", -150_00)]
    allocated(debt, payment, 120_00)
    assert (debt.open_minor, payment.open_minor) == (0, 30_00)


@pytest.mark.parametrize(
    ("money", "journal"), [(AccountRole.CHEQUES, JournalCode.BANK), (AccountRole.CASH, JournalCode.CASH)]
)
def test_money_stands_where_it_came_in(customer: Customer, money: AccountRole, journal: JournalCode) -> None:
    entry = a_payment(customer, 10_00, money=money).entry
    assert entry.journal == journal
    assert balance(customer, money) == 10_00


def test_a_payment_that_is_told_twice_is_booked_once(customer: Customer) -> None:
    source = Source("payment", 7)
    first, second = (a_payment(customer, 10_00, source=source) for _ in range(2))
    assert first.pk == second.pk
    assert Entry.objects.count() == 1


def test_cheques_are_brought_to_the_bank_and_the_bank_takes_its_fee(customer: Customer) -> None:
    a_payment(customer, 100_00, money=AccountRole.CHEQUES)
    facts = {"organisation": customer.organisation, "on": LATER, "currency": "EUR", "by": INES, "now": NOW}
    post_transfer(
        amount_minor=100_00,
        money=AccountRole.BANK,
        from_money=AccountRole.CHEQUES,
        source=Source("remittance", 1),
        label="Remise",
        **facts,
    )
    post_bank_fee(amount_minor=2_50, money=AccountRole.BANK, source=Source("bank-line", 1), label="Frais", **facts)
    assert (balance(customer, AccountRole.CHEQUES), balance(customer, AccountRole.BANK)) == (0, 97_50)


# Allocation


def test_an_allocation_that_is_told_twice_is_made_once(customer: Customer) -> None:
    debt, payment = an_invoice(customer).items.get(), a_payment(customer, 120_00)
    first, second = (allocated(debt, payment, 60_00, key="once") for _ in range(2))
    assert first.pk == second.pk
    assert debt.open_minor == 60_00


@pytest.mark.parametrize("amount", [0, -1, 120_01])
def test_more_than_is_open_or_nothing_is_refused(customer: Customer, amount: int) -> None:
    debt, payment = an_invoice(customer).items.get(), a_payment(customer, 200_00)
    with pytest.raises(MoreThanOpen):
        allocated(debt, payment, amount)


def test_a_debit_is_allocated_to_a_credit(customer: Customer) -> None:
    debt, payment = an_invoice(customer).items.get(), a_payment(customer, 120_00)
    with pytest.raises(CannotAllocate):
        allocated(payment, debt, 1)
    with pytest.raises(CannotAllocate):
        allocated(debt, an_invoice(customer).items.get(), 1)


def test_customers_and_currencies_do_not_mix(customer: Customer, organisation: Organisation) -> None:
    debt = an_invoice(customer).items.get()
    with pytest.raises(CannotAllocate, match="two customers"):
        allocated(debt, a_payment(a_customer(organisation, siren="552100554"), 120_00), 1)
    with pytest.raises(CannotAllocate, match="EUR and USD"):
        allocated(debt, a_payment(customer, 120_00, currency="USD"), 1)


def test_a_customer_that_was_merged_is_the_one_it_was_merged_into(
    customer: Customer, organisation: Organisation
) -> None:
    double = a_customer(organisation)
    debt = an_invoice(double).items.get()
    double.merged_into = customer
    double.save()
    allocated(debt, a_payment(customer, 120_00), 120_00)
    assert debt.open_minor == 0


def test_items_of_another_organisation_are_not_there(customer: Customer) -> None:
    debt = an_invoice(customer).items.get()
    elsewhere = a_payment(a_customer(an_organisation()), 120_00)
    with pytest.raises(OpenItem.DoesNotExist):
        allocated(debt, elsewhere, 1)


def test_an_advance_settles_a_later_invoice_from_its_day_on(customer: Customer) -> None:
    advance = a_payment(customer, 50_00, received_on=date(2026, 10, 1))
    debt = on_receipts(customer)
    allocation = allocated(debt, advance, 50_00, on=date(2026, 10, 1))
    assert allocation.on == DAY


# VAT on receipts


def test_vat_on_receipts_becomes_due_with_each_payment_and_comes_to_the_whole(customer: Customer) -> None:
    parts = (VatPart("S", Decimal(20), 33_33, 6_67), VatPart("S", Decimal("5.5"), 10_01, 55))
    debt = an_invoice(customer, *parts, regime=VatRegime.RECEIPTS).items.get()
    assert balance(customer, AccountRole.VAT_PENDING) == -7_22
    for amount in (10_00, 10_00, 10_00, 20_56):
        allocated(debt, a_payment(customer, amount), amount)
    assert balance(customer, AccountRole.VAT_PENDING) == 0
    assert balance(customer, AccountRole.VAT_COLLECTED) == -7_22


def test_what_is_undone_goes_back_with_its_vat(customer: Customer) -> None:
    debt, payment = on_receipts(customer), a_payment(customer, 60_00)
    allocation = allocated(debt, payment, 60_00)
    assert balance(customer, AccountRole.VAT_COLLECTED) == -10_00
    for _ in range(2):
        undone(allocation)
    debt.refresh_from_db()
    assert debt.open_minor == 120_00
    assert balance(customer, AccountRole.VAT_COLLECTED) == 0


def test_what_is_matched_anew_holds_from_when_the_former_match_does_not(customer: Customer) -> None:
    """Else the invoice would be paid twice over on the days between, and less than nothing open of it."""
    debt, wrong, right = an_invoice(customer).items.get(), a_payment(customer, 120_00), a_payment(customer, 120_00)
    noticed = LATER + timedelta(days=10)
    undone(allocated(debt, wrong, 120_00), on=noticed)
    again = allocated(debt, right, 120_00)
    assert again.on == noticed
    for day in (LATER, LATER + timedelta(days=5), noticed):
        items = open_items_at(customer.organisation, on=day, customer=customer)
        left = sum(item.open_at if item.side == Side.DEBIT else -item.open_at for item in items)
        assert left == balance_of(customer, on=day)["EUR"]


def test_an_undoing_is_not_undone(customer: Customer) -> None:
    allocation = undone(allocated(an_invoice(customer).items.get(), a_payment(customer, 60_00), 60_00))
    with pytest.raises(CannotAllocate):
        undone(allocation)


# Settlements without money


def test_a_discount_takes_its_vat_back(customer: Customer) -> None:
    debt = an_invoice(customer).items.get()
    entry = settled(debt, Reason.DISCOUNT, 2_40)
    assert lines_of(entry) == [("665", 2_00), ("44571", 40), ("411", -2_40)]
    assert debt.open_minor == 117_60


def test_a_discount_on_receipts_leaves_vat_only_on_what_was_paid(customer: Customer) -> None:
    debt = on_receipts(customer)
    settled(debt, Reason.DISCOUNT, 2_40)
    allocated(debt, a_payment(customer, 117_60), 117_60)
    assert balance(customer, AccountRole.VAT_PENDING) == 0
    assert balance(customer, AccountRole.VAT_COLLECTED) == -19_60


def test_a_fee_that_a_bank_kept_is_ones_own_cost_and_vat_is_due_in_full(customer: Customer) -> None:
    debt = on_receipts(customer)
    settled(debt, Reason.BANK_FEE, 15_00)
    allocated(debt, a_payment(customer, 105_00), 105_00)
    assert balance(customer, AccountRole.BANK_FEES) == 15_00
    assert balance(customer, AccountRole.VAT_COLLECTED) == -20_00


@pytest.mark.parametrize(
    ("regime", "reason", "lost", "vat"),
    [
        (VatRegime.DEBITS, Reason.WRITE_OFF, 120_00, -20_00),
        (VatRegime.DEBITS, Reason.WRITE_OFF_WITH_VAT, 100_00, 0),
        (VatRegime.RECEIPTS, Reason.WRITE_OFF, 100_00, 0),
    ],
)
def test_a_bad_debt_is_lost_with_or_without_its_vat(
    customer: Customer, regime: VatRegime, reason: Reason, lost: int, vat: int
) -> None:
    debt = an_invoice(customer, regime=regime).items.get()
    settled(debt, reason, 120_00)
    assert balance(customer, AccountRole.BAD_DEBTS) == lost
    assert balance(customer, AccountRole.VAT_COLLECTED) + balance(customer, AccountRole.VAT_PENDING) == vat
    assert debt.open_minor == 0


def test_a_payment_is_no_receivable(customer: Customer) -> None:
    with pytest.raises(NotAReceivable):
        settled(a_payment(customer, 10_00), Reason.WRITE_OFF, 1)


def test_no_more_than_is_open_is_settled(customer: Customer) -> None:
    with pytest.raises(MoreThanOpen):
        settled(an_invoice(customer).items.get(), Reason.ROUNDING, 120_01)


def test_a_few_cents_too_much_are_kept(customer: Customer) -> None:
    debt, payment = an_invoice(customer).items.get(), a_payment(customer, 120_03)
    allocated(debt, payment, 120_00)
    keep_surplus(
        organisation=customer.organisation,
        item_id=payment.pk,
        amount_minor=3,
        on=LATER,
        source=Source("decision", 1),
        by=INES,
        now=NOW,
    )
    payment.refresh_from_db()
    assert payment.open_minor == 0
    assert balance(customer, AccountRole.ROUNDING_GAIN) == -3


def test_what_was_paid_too_much_is_given_back(customer: Customer) -> None:
    payment = a_payment(customer, 30_00)
    refund = a_refund(customer, 30_00)
    allocated(refund, payment, 30_00)
    assert (payment.open_minor, refund.open_minor, balance(customer, AccountRole.CUSTOMERS)) == (0, 0, 0)


# Doubtful debts, claims


def test_a_doubtful_receivable_goes_on_with_its_due_date_and_its_vat(customer: Customer) -> None:
    debt = on_receipts(customer)
    allocated(debt, a_payment(customer, 20_00), 20_00)
    entry = doubtful(debt)
    assert lines_of(entry) == [("416", 100_00), ("411", -100_00)]
    moved = entry.items.get(side=Side.DEBIT)
    assert (moved.reference, moved.due_date, moved.open_minor) == (debt.reference, debt.due_date, 100_00)
    assert balance(customer, AccountRole.VAT_COLLECTED) == -3_33
    allocated(moved, a_payment(customer, 100_00), 100_00)
    assert balance(customer, AccountRole.VAT_COLLECTED) == -20_00
    assert balance(customer, AccountRole.DOUBTFUL_CUSTOMERS) == balance(customer, AccountRole.CUSTOMERS) == 0


def test_a_receivable_that_is_no_longer_doubtful_is_open_as_before(customer: Customer) -> None:
    debt = on_receipts(customer)
    reversed_(doubtful(debt))
    debt.refresh_from_db()
    assert debt.open_minor == 120_00
    assert OpenItem.objects.filter(open_minor__gt=0).count() == 1


def test_an_allowance_grows_and_is_released(customer: Customer) -> None:
    facts = {"organisation": customer.organisation, "currency": "EUR", "on": LATER, "by": INES, "now": NOW}
    post_allowance(amount_minor=100_00, source=Source("allowance", 1), label="Dépréciation", **facts)
    post_allowance(amount_minor=-40_00, source=Source("allowance", 2), label="Reprise", **facts)
    assert balance(customer, AccountRole.ALLOWANCE) == -60_00
    assert balance(customer, AccountRole.ALLOWANCE_RELEASE) == -40_00


def test_interest_and_indemnity_are_claimed_outside_vat(customer: Customer) -> None:
    entry = post_penalty(
        organisation=customer.organisation,
        customer=customer,
        interest_minor=3_21,
        indemnity_minor=40_00,
        currency="EUR",
        on=LATER,
        due_date=LATER,
        source=Source("claim", 1),
        label="Pénalités",
        by=INES,
        now=NOW,
        reference="P2026-1",
    )
    assert lines_of(entry) == [("411", 43_21), ("7631", -3_21), ("7631", -40_00)]
    assert entry.items.get().due_date == LATER


# Reversal


def test_a_payment_that_is_reversed_opens_what_it_paid(customer: Customer) -> None:
    debt, payment = on_receipts(customer), a_payment(customer, 120_00)
    allocated(debt, payment, 120_00)
    entries = [reversed_(payment.entry) for _ in range(2)]
    debt.refresh_from_db()
    payment.refresh_from_db()
    assert entries[0] == entries[1]
    assert (debt.open_minor, payment.open_minor) == (120_00, 0)
    assert balance(customer, AccountRole.BANK) == 0
    assert balance(customer, AccountRole.VAT_COLLECTED) == 0


def test_a_discount_that_is_reversed_opens_what_it_settled(customer: Customer) -> None:
    debt = on_receipts(customer)
    reversed_(settled(debt, Reason.DISCOUNT, 2_40))
    debt.refresh_from_db()
    assert debt.open_minor == 120_00
    assert balance(customer, AccountRole.VAT_PENDING) == -20_00
    assert balance(customer, AccountRole.DISCOUNTS) == 0


def test_documents_vat_and_reversals_are_not_reversed_by_themselves(customer: Customer) -> None:
    debt, payment = on_receipts(customer), a_payment(customer, 120_00)
    allocated(debt, payment, 120_00)
    reversal = reversed_(a_payment(customer, 5_00).entry)
    for entry in (debt.entry, Entry.objects.get(kind="allocation"), reversal):
        with pytest.raises(CannotReverse):
            reversed_(entry)


def test_after_all_of_it_the_ledger_holds(customer: Customer, organisation: Organisation) -> None:
    debt = on_receipts(customer)
    settled(debt, Reason.DISCOUNT, 2_40)
    payment = a_payment(customer, 50_00)
    allocated(debt, payment, 50_00)
    moved = doubtful(debt).items.get(side=Side.DEBIT)
    settled(moved, Reason.WRITE_OFF, 10_00)
    reversed_(payment.entry)
    assert first_break(organisation) is None
