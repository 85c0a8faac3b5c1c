"""Penalties: due by law, claimed, waived, paid."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from reglo.collection.models import PenaltyDecision, PenaltyState
from reglo.core.interest import Claim, Credit, late_interest
from reglo.ledger.models import OpenItem
from reglo.ledger.services import Source, post_penalty
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.penalties import KIND
from reglo.reporting.reports.penalties.facts import by_customer, by_month, moves_of, total_of
from tests.ledger.moves import doubtful, reversed_
from tests.reporting.worlds import Bill, a_history, billed, billed_in_two, paid
from tests.site import INES, NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db

HALF = Asked(start=date(2026, 3, 10), end=date(2026, 9, 20), today=date(2026, 11, 24))


def _made(organisation: Organisation) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, HALF)


def _interest(bill: Bill, until: date) -> Decimal:
    credited = [Credit(date=on, amount=Decimal(amount) / 100) for on, amount in bill.payments]
    claim = Claim(amount=Decimal(bill.amount) / 100, due_date=bill.due)
    return late_interest(claim, until=until, credited=credited).total


def _was_late(bill: Bill) -> bool:
    """Whether it became late within the period."""
    first = bill.due + timedelta(days=1)
    return bill.left(bill.due) > 0 and HALF.start <= first <= HALF.end


def test_what_is_due_is_what_each_invoice_says_by_itself_and_months_come_to_it() -> None:
    bills = a_history(41, bills=30)
    moves = moves_of(bills[0].customer.organisation, HALF)
    whole, before = total_of("", moves, HALF), HALF.start - timedelta(days=1)
    assert whole.interest == sum(_interest(bill, HALF.end) - _interest(bill, before) for bill in bills)
    assert whole.indemnities == 40 * sum(_was_late(bill) for bill in bills)
    for rows in (by_month(moves, HALF), by_customer(moves)):
        assert sum(row.due for row in rows) == whole.due
    march = by_month(moves, HALF)[0]
    assert march.interest == sum(_interest(bill, date(2026, 3, 31)) - _interest(bill, before) for bill in bills)


def _claimed(item: OpenItem, on: date, interest: int) -> OpenItem:
    entry = post_penalty(
        organisation=item.organisation,
        customer=item.customer,
        interest_minor=interest,
        indemnity_minor=40_00,
        currency="EUR",
        on=on,
        due_date=on,
        source=Source("penaltynote", interest),
        label="Pénalités",
        reference=f"PEN-{interest}",
        by=INES,
        now=NOW,
    )
    return entry.items.get()


def test_claims_count_from_the_ledger_without_those_taken_back_and_so_does_what_was_paid() -> None:
    item = billed(a_customer(an_organisation()), 100_00, on=date(2026, 1, 1), due=date(2026, 2, 1))
    note = _claimed(item, date(2026, 5, 5), 3_00)
    paid(note, 20_00, on=date(2026, 6, 1))
    _claimed(item, date(2026, 2, 5), 4_00)
    cancelled = _claimed(item, date(2026, 5, 6), 5_00)
    reversed_(cancelled.entry)  # in December
    whole = total_of("", moves_of(item.organisation, HALF), HALF)
    assert (whole.claimed, whole.paid) == (Decimal(43 + 45), Decimal(20))
    year = Asked(start=date(2026, 1, 1), end=date(2026, 12, 31), today=HALF.today)
    assert total_of("", moves_of(item.organisation, year), year).claimed == Decimal(43 + 44)


def test_what_was_given_up_counts_on_its_day_unless_it_was_undone() -> None:
    item = billed(a_customer(an_organisation()), 100_00, on=date(2026, 1, 1), due=date(2026, 2, 1))
    for until, undone_at in ((date(2026, 4, 1), None), (date(2026, 4, 2), NOW)):
        PenaltyDecision.objects.create(
            organisation=item.organisation,
            customer=item.customer,
            item=item,
            state=PenaltyState.WAIVED,
            until=until,
            interest_minor=1_50,
            indemnity_minor=40_00,
            working=[],
            decided_at=NOW,
            undone_at=undone_at,
        )
    assert total_of("", moves_of(item.organisation, HALF), HALF).waived == Decimal("41.50")


def test_consumers_owe_none_and_what_became_doubtful_owes_once() -> None:
    organisation = an_organisation()
    person = a_customer(organisation, kind="consumer")
    billed(person, 100_00, on=date(2026, 1, 1), due=date(2026, 2, 1))
    item = billed(a_customer(organisation), 100_00, on=date(2026, 1, 1), due=date(2026, 4, 1))
    once = total_of("", moves_of(organisation, HALF), HALF)
    doubtful(item)  # in December
    assert total_of("", moves_of(organisation, HALF), HALF).due == once.due > 40


def test_an_invoice_owes_its_indemnity_once_whenever_its_first_due_date_was_late() -> None:
    customer = a_customer(an_organisation())
    dues = (date(2026, 2, 1), date(2026, 4, 1))
    first, _ = billed_in_two(customer, on=date(2026, 1, 1), dues=dues)
    paid(first, 60_00, on=date(2026, 2, 10))
    whole = total_of("", moves_of(customer.organisation, HALF), HALF)
    assert whole.interest > 0
    assert whole.indemnities == 0
    early = Asked(start=date(2026, 1, 1), end=HALF.end, today=HALF.today)
    assert total_of("", moves_of(customer.organisation, early), early).indemnities == 40


def test_where_nobody_is_late_nothing_is_due() -> None:
    made = _made(an_organisation())
    assert made.lead == "No business customer was late in this period: no penalties are due."
    assert {figure.value for figure in made.figures} == {"€0.00"}
