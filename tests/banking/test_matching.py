"""What Réglo posts by itself: what other lines may pay, what was paid a moment ago, discounts that were agreed."""

from datetime import date, timedelta

import pytest

from reglo.banking.models import AsideReason, LineState, Payment, StatementLine
from reglo.banking.queries.discounts import agreed_discounts
from reglo.banking.services.lines import set_lines_aside
from reglo.banking.services.matching import run_matching
from reglo.banking.services.payments import record_payment
from reglo.banking.stored import SettledPart, read_parts
from reglo.core.composition import DocumentKind
from reglo.core.matching import Part, ReasonKind
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem, SettlementOffer
from reglo.ledger.services import Source, offer_settlement
from reglo.organisations.models import Organisation
from tests.banking.rows import a_line, a_statement, an_item, booked_on, left_of, money
from tests.site import INES, NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db

BOOKED = date(2026, 11, 20)


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


def run(organisation: Organisation) -> None:
    run_matching(organisation=organisation, now=NOW)


def state_of(line: StatementLine) -> str:
    return StatementLine.objects.get(pk=line.pk).state


def reasons_of(line: StatementLine) -> set[str]:
    return {each["kind"] for each in line.candidates.get(rank=0).match["reasons"]}


def an_offer(item: OpenItem, amount: int, last_day: date = BOOKED) -> SettlementOffer:
    """The customer accepted to pay so much by a day, before NOW."""
    before = NOW - timedelta(days=15)
    return offer_settlement(item, amount_minor=amount, last_day=last_day, source=Source("proposal", 1), now=before)


# Pending


def test_a_part_payment_is_not_posted_while_another_line_may_pay_the_same_invoice(
    organisation: Organisation, customer: Customer
) -> None:
    item = an_item(customer, "F2026-0012", 1200_00)
    statement = a_statement(organisation)
    unclear = a_line(statement, 1200_00, text="VIREMENT", payer="LIBRAIRIE DU PRT")
    part = a_line(statement, 500_00, text="ACOMPTE F2026-0012", payer=customer.name)
    run(organisation)
    assert (state_of(unclear), state_of(part)) == (LineState.PROPOSED, LineState.PROPOSED)
    assert ReasonKind.PENDING in reasons_of(part)
    assert left_of(item) == 1200_00


def test_a_line_that_was_proposed_before_is_pending_for_an_earlier_one_that_comes_after_it(
    organisation: Organisation, customer: Customer
) -> None:
    an_item(customer, "F2026-0012", 1200_00)
    statement = a_statement(organisation)
    a_line(statement, 1200_00, text="VIREMENT", payer="LIBRAIRIE DU PRT")
    run(organisation)
    part = a_line(statement, 500_00, text="ACOMPTE F2026-0012", payer=customer.name, booked=BOOKED - timedelta(days=3))
    run(organisation)
    assert state_of(part) == LineState.PROPOSED


def test_a_line_is_not_pending_for_itself_and_is_posted_once_the_other_is_decided(
    organisation: Organisation, customer: Customer
) -> None:
    item = an_item(customer, "F2026-0012", 1200_00)
    statement = a_statement(organisation)
    unclear = a_line(statement, 1200_00, text="VIREMENT", payer="LIBRAIRIE DU PRT")
    part = a_line(statement, 500_00, text="ACOMPTE F2026-0012", payer=customer.name)
    run(organisation)
    set_lines_aside(organisation=organisation, line_ids=[unclear.pk], reason=AsideReason.OTHER, by=INES, now=NOW)
    run(organisation)
    assert state_of(part) == LineState.MATCHED
    assert left_of(item) == 700_00


def test_a_line_that_is_left_to_people_is_pending_too(organisation: Organisation, customer: Customer) -> None:
    item = an_item(customer, "F2026-0012", 1200_00)
    statement = a_statement(organisation)
    a_line(statement, 1200_00, text="F2026-0012", payer=customer.name, is_left_to_people=True)
    part = a_line(statement, 500_00, text="ACOMPTE F2026-0012", payer=customer.name)
    run(organisation)
    assert state_of(part) == LineState.PROPOSED
    assert left_of(item) == 1200_00


def test_a_number_that_was_paid_a_line_before_is_known_as_paid(organisation: Organisation, customer: Customer) -> None:
    """The same text once more is the same money twice, or an old template: nobody knows but the customer."""
    an_item(customer, "F2026-0012", 120_00)
    other = an_item(customer, "F2026-0044", 120_00, due=date(2026, 12, 20))
    statement = a_statement(organisation)
    lines = [a_line(statement, 120_00, text="F2026-0012", payer=customer.name) for _ in range(2)]
    run(organisation)
    assert [state_of(each) for each in lines] == [LineState.MATCHED, LineState.PROPOSED]
    assert ReasonKind.ALREADY_PAID in reasons_of(lines[1])
    assert left_of(other) == 120_00


# Discounts that were agreed


def test_the_price_that_was_agreed_settles_its_invoice_without_asking(
    organisation: Organisation, customer: Customer
) -> None:
    item = an_item(customer, "F2026-0012", 1200_00)
    an_offer(item, 1140_00)
    line = a_line(a_statement(organisation), 1140_00, text="F2026-0012", payer=customer.name)
    run(organisation)
    assert state_of(line) == LineState.MATCHED
    assert left_of(item) == 0
    parts = read_parts(Payment.objects.get().parts)
    assert parts == (SettledPart(item.pk, 1140_00), SettledPart(item.pk, 60_00, Part.DISCOUNT))
    assert booked_on(organisation, "512") == 1140_00
    assert booked_on(organisation, "411") == 0


@pytest.mark.parametrize("late", [1, 30])
def test_the_price_that_was_agreed_is_not_taken_for_granted_after_its_last_day(
    organisation: Organisation, customer: Customer, late: int
) -> None:
    item = an_item(customer, "F2026-0012", 1200_00)
    an_offer(item, 1140_00, BOOKED - timedelta(days=late))
    a_line(a_statement(organisation), 1140_00, text="F2026-0012", payer=customer.name)
    run(organisation)
    assert not [each for each in Payment.objects.all() if Part.DISCOUNT in [x.part for x in read_parts(each.parts)]]
    assert left_of(item) >= 60_00


def test_what_was_paid_since_counts_towards_the_price_that_was_agreed(
    organisation: Organisation, customer: Customer
) -> None:
    item = an_item(customer, "F2026-0012", 1200_00)
    an_offer(item, 1140_00)
    facts = {"organisation": organisation, "customer": customer, "by": INES, "now": NOW}
    record_payment(money=money(500_00), parts=[SettledPart(item.pk, 500_00)], key="k", **facts)
    assert agreed_discounts(organisation, on=BOOKED)[item.pk][0].saves_minor == 60_00
    a_line(a_statement(organisation), 640_00, text="F2026-0012", payer=customer.name)
    run(organisation)
    assert left_of(item) == 0


def test_no_discount_is_left_once_a_credit_note_brings_the_rest_down_to_the_price(
    organisation: Organisation, customer: Customer
) -> None:
    item = an_item(customer, "F2026-0012", 1200_00)
    note = an_item(customer, "A2026-0001", 60_00, kind=DocumentKind.CREDIT_NOTE)
    an_offer(item, 1140_00)
    facts = {"organisation": organisation, "customer": customer, "by": INES, "now": NOW}
    parts = [SettledPart(item.pk, 61_00), SettledPart(note.pk, -60_00)]
    record_payment(money=money(1_00), parts=parts, key="k", **facts)
    assert left_of(item) == 1139_00
    assert not agreed_discounts(organisation, on=BOOKED)


def test_what_was_agreed_with_another_organisation_is_not_there(organisation: Organisation) -> None:
    item = an_item(a_customer(an_organisation()), "F2026-0012", 1200_00)
    an_offer(item, 1140_00)
    assert not agreed_discounts(organisation, on=BOOKED)
