"""Payments by hand: what they settle, what is kept, what is given back, and undoing all of it."""

from datetime import timedelta

import pytest

from reglo.banking.errors import CannotSettle, PaymentRefused
from reglo.banking.models import Means, Payment
from reglo.banking.services.payments import record_payment, release_payment, use_advance
from reglo.banking.services.posting import item_of
from reglo.banking.services.undoing import undo_payment
from reglo.banking.stored import SettledPart
from reglo.core.composition import DocumentKind
from reglo.core.matching import Part
from reglo.customers.models import Customer
from reglo.journal.models import JournalEntry
from reglo.ledger.models import Entry, OpenItem
from reglo.ledger.services import MoreThanOpen
from tests.banking.rows import an_item, booked_on, left_of, money
from tests.site import INES, NOW, TODAY, a_customer, an_organisation

pytestmark = pytest.mark.django_db


def pay(customer: Customer, amount: int, *parts: SettledPart, key: str = "k", **changes: object) -> Payment:
    return record_payment(
        organisation=customer.organisation,
        customer=customer,
        money=money(amount, **changes),
        parts=parts,
        key=key,
        by=INES,
        now=NOW,
    )


def undo(payment: Payment) -> Payment:
    return undo_payment(organisation=payment.organisation, payment_id=payment.pk, by=INES, now=NOW)


@pytest.fixture
def customer() -> Customer:
    return a_customer(an_organisation())


def test_a_payment_settles_its_invoice_and_lies_on_the_bank(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    pay(customer, 120_00, SettledPart(item.pk, 120_00))
    assert left_of(item) == 0
    assert booked_on(customer.organisation, "512") == 120_00
    assert booked_on(customer.organisation, "411") == 0


@pytest.mark.parametrize(
    ("means", "account"),
    [(Means.CHEQUE, "5112"), (Means.CARD, "5115"), (Means.CASH, "530"), (Means.DIRECT_DEBIT, "512")],
)
def test_money_lies_where_its_means_puts_it(customer: Customer, means: Means, account: str) -> None:
    pay(customer, 50_00, means=means)
    assert booked_on(customer.organisation, account) == 50_00


def test_a_payment_below_what_is_owed_leaves_the_rest_open(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    pay(customer, 100_00, SettledPart(item.pk, 100_00))
    assert left_of(item) == 20_00


def test_what_is_paid_too_much_is_kept_as_an_advance(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    payment = pay(customer, 150_00, SettledPart(item.pk, 120_00))
    assert item_of(payment).open_minor == 30_00


def test_a_discount_settles_the_rest_and_takes_its_vat_back(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    pay(customer, 117_60, SettledPart(item.pk, 117_60), SettledPart(item.pk, 2_40, Part.DISCOUNT))
    assert left_of(item) == 0
    assert booked_on(customer.organisation, "665") == 2_00
    assert booked_on(customer.organisation, "44571") == -20_00 + 40


def test_cents_that_are_missing_are_written_off_and_cents_too_much_are_kept(customer: Customer) -> None:
    short, over = an_item(customer, "F1", 120_00), an_item(customer, "F2", 60_00)
    pay(customer, 119_98, SettledPart(short.pk, 119_98), SettledPart(short.pk, 2, Part.ROUNDING), key="a")
    kept = pay(customer, 60_03, SettledPart(over.pk, 60_03), SettledPart(over.pk, -3, Part.ROUNDING), key="b")
    assert left_of(short) == left_of(over) == item_of(kept).open_minor == 0
    assert booked_on(customer.organisation, "658") == 2
    assert booked_on(customer.organisation, "758") == -3


def test_a_credit_note_is_netted(customer: Customer) -> None:
    invoice = an_item(customer, "F1", 120_00)
    note = an_item(customer, "A1", 24_00, kind=DocumentKind.CREDIT_NOTE)
    pay(customer, 96_00, SettledPart(invoice.pk, 120_00), SettledPart(note.pk, -24_00))
    assert left_of(invoice) == left_of(note) == 0


def test_the_same_form_sent_twice_makes_one_payment(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    first = pay(customer, 60_00, SettledPart(item.pk, 60_00))
    again = pay(customer, 60_00, SettledPart(item.pk, 60_00))
    assert first == again
    assert left_of(item) == 60_00


def test_more_than_is_open_is_refused_and_nothing_is_written(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    with pytest.raises(MoreThanOpen):
        pay(customer, 200_00, SettledPart(item.pk, 200_00))
    assert not Payment.objects.exists()
    assert Entry.objects.count() == 1


def test_parts_that_take_more_than_was_paid_are_refused(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    with pytest.raises(CannotSettle):
        pay(customer, 100_00, SettledPart(item.pk, 120_00))


def test_an_item_of_another_customer_or_currency_is_refused(customer: Customer) -> None:
    other = an_item(a_customer(customer.organisation, name="Autre"), "F1", 120_00)
    dollars = an_item(customer, "F2", 120_00, currency="USD")
    for item in (other, dollars):
        with pytest.raises(CannotSettle):
            pay(customer, 120_00, SettledPart(item.pk, 120_00))


def test_another_tenants_item_is_refused(customer: Customer) -> None:
    foreign = an_item(a_customer(an_organisation()), "F1", 120_00)
    with pytest.raises(CannotSettle):
        pay(customer, 120_00, SettledPart(foreign.pk, 120_00))


def test_a_payment_of_nothing_and_one_to_come_are_refused(customer: Customer) -> None:
    with pytest.raises(PaymentRefused):
        pay(customer, 0)
    with pytest.raises(PaymentRefused):
        pay(customer, 1_00, on=TODAY + timedelta(days=1))


def test_undoing_opens_the_invoice_again_and_the_books_are_as_before(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    payment = pay(customer, 117_60, SettledPart(item.pk, 117_60), SettledPart(item.pk, 2_40, Part.DISCOUNT))
    undo(payment)
    assert left_of(item) == 120_00
    for account, balance in {"512": 0, "665": 0, "44571": -20_00, "411": 120_00}.items():
        assert booked_on(customer.organisation, account) == balance
    assert not Payment.objects.get().holds


def test_undone_twice_is_undone_once(customer: Customer) -> None:
    payment = pay(customer, 50_00)
    undo(payment)
    undo(payment)
    assert Entry.objects.count() == 2


def test_an_advance_is_used_on_a_later_invoice(customer: Customer) -> None:
    payment = pay(customer, 150_00)
    item = an_item(customer, "F1", 120_00)
    for _ in range(2):
        use_advance(
            organisation=customer.organisation,
            payment_id=payment.pk,
            parts=[SettledPart(item.pk, 120_00)],
            key="once",
            by=INES,
            now=NOW,
        )
    assert left_of(item) == 0
    assert item_of(payment).open_minor == 30_00


def test_more_than_is_left_of_an_advance_is_refused(customer: Customer) -> None:
    payment = pay(customer, 50_00)
    item = an_item(customer, "F1", 120_00)
    with pytest.raises(CannotSettle):
        use_advance(
            organisation=customer.organisation,
            payment_id=payment.pk,
            parts=[SettledPart(item.pk, 60_00)],
            key="u",
            by=INES,
            now=NOW,
        )


def test_an_advance_is_refunded(customer: Customer) -> None:
    payment = pay(customer, 150_00)
    pay(customer, -150_00, SettledPart(item_of(payment).pk, -150_00), key="refund")
    assert item_of(payment).open_minor == 0
    assert booked_on(customer.organisation, "512") == 0


def test_what_a_payment_settles_can_be_taken_back_while_its_money_stays(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    payment = pay(customer, 120_00, SettledPart(item.pk, 120_00))
    release_payment(organisation=customer.organisation, payment_id=payment.pk, by=INES, now=NOW)
    assert left_of(item) == 120_00
    assert item_of(payment).open_minor == 120_00
    assert booked_on(customer.organisation, "512") == 120_00


def test_each_act_stands_in_the_journal(customer: Customer) -> None:
    payment = pay(customer, 150_00)
    undo(payment)
    assert list(JournalEntry.objects.order_by("sequence").values_list("act", flat=True)) == [
        "payment-recorded",
        "payment-undone",
    ]


def test_another_tenants_payment_cannot_be_undone(customer: Customer) -> None:
    payment = pay(customer, 150_00)
    with pytest.raises(Payment.DoesNotExist):
        undo_payment(organisation=an_organisation(), payment_id=payment.pk, by=INES, now=NOW)


def test_no_item_is_ever_open_for_more_than_its_amount(customer: Customer) -> None:
    item = an_item(customer, "F1", 120_00)
    for number in range(3):
        undo(pay(customer, 120_00, SettledPart(item.pk, 120_00), key=str(number)))
    assert left_of(item) == 120_00
    assert not OpenItem.objects.filter(open_minor__gt=0).exclude(pk=item.pk).exists()
