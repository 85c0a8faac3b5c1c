"""The effect of reminders, against a count on paper."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import pytest
from django.utils import translation

from reglo.collection.models import StepItem, StepState, StepTaken
from reglo.core.collection import Tone
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.reminders import KIND
from reglo.reporting.reports.reminders.facts import Watched, median_days, paid_within
from tests.reporting.worlds import Bill, a_history, billed, paid
from tests.site import NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db

YEAR = Asked(start=date(2026, 1, 1), end=date(2026, 11, 30), today=date(2026, 12, 1))


def _made(organisation: Organisation) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, YEAR)


def _reminded(bill: Bill, day: date, tone: Tone = Tone.FRIENDLY, state: StepState = StepState.DONE) -> None:
    step = StepTaken.objects.create(
        organisation=bill.customer.organisation,
        customer=bill.customer,
        day=day,
        tone=tone,
        state=state,
        task_kind="call",  # several a day, as in the tests
        decision={},
        why_fr="",
        why_en="",
        decided_at=NOW,
    )
    StepItem.objects.create(
        organisation=step.organisation,
        step=step,
        item=bill.item,
        key=tone.value,
        tone=tone,
        open_minor=bill.left(day),
    )


def _bill(organisation: Organisation, due: date, paid_after: int | None = None) -> Bill:
    customer = a_customer(organisation)
    on = due - timedelta(days=30)
    bill = Bill(customer=customer, item=billed(customer, 100_00, on=on, due=due), on=on, due=due, amount=120_00)
    if paid_after is not None:
        bill.payments.append((due + timedelta(days=paid_after), 120_00))
        paid(bill.item, 120_00, on=due + timedelta(days=paid_after))
    return bill


def test_each_step_says_what_came_after_it_invoice_by_invoice() -> None:
    bills = a_history(31, bills=24)
    late = [bill for bill in bills if bill.left(bill.due + timedelta(days=7)) and bill.due < date(2026, 11, 1)]
    for bill in late[::2]:
        _reminded(bill, bill.due + timedelta(days=7))
    made = _made(bills[0].customer.organisation)
    (effect,) = made.tables[0].rows
    assert (effect.messages, len(effect.reminded)) == (len(late[::2]), len(late[::2]))
    for days in (7, 14, 30):
        found = paid_within(effect.reminded, days, today=YEAR.today)
        assert found == _share([bill for bill in late[::2] if bill.due + timedelta(days=7 + days) <= YEAR.today], days)
    after = [(bill.paid_on - bill.due).days - 7 for bill in late[::2] if bill.paid_on]
    assert median_days(effect.reminded) == Decimal(str(median(after)))
    alone = [
        bill
        for bill in bills
        if bill not in late[::2] and bill.left(bill.due + timedelta(days=7)) and bill.due <= date(2026, 11, 23)
    ]
    assert len(effect.others) == len(alone)


def _share(bills: list[Bill], days: int) -> Decimal:
    soon = [bill for bill in bills if bill.paid_on and bill.paid_on <= bill.due + timedelta(days=7 + days)]
    return Decimal(len(soon)) / len(bills)


def test_invoices_of_the_same_age_count_until_somebody_writes_about_them() -> None:
    organisation = an_organisation()
    _reminded(_bill(organisation, date(2026, 5, 1), 12), date(2026, 5, 8))
    _reminded(_bill(organisation, date(2026, 6, 1)), date(2026, 6, 20), Tone.LAST)
    _bill(organisation, date(2026, 7, 1), 3)  # paid before that age
    _bill(organisation, date(2026, 8, 1), 20)
    friendly, last = _made(organisation).tables[0].rows
    assert (friendly.tone, last.tone) == (Tone.FRIENDLY, Tone.LAST)
    assert [each.days for each in friendly.others] == [None, 13]
    assert [each.days for each in last.others] == [1]


def test_a_step_that_was_let_be_and_what_became_only_credited_say_nothing() -> None:
    organisation = an_organisation()
    _reminded(_bill(organisation, date(2026, 5, 1), 12), date(2026, 5, 8), state=StepState.DROPPED)
    made = _made(organisation)
    assert made.lead == "No reminder was sent in this period."
    assert {figure.value for figure in made.figures} == {"–"}


def test_a_window_that_is_not_over_does_not_count() -> None:
    watched = [Watched(due=date(2026, 11, 1), start=date(2026, 11, 20), paid_on=date(2026, 11, 22))]
    assert paid_within(watched, 7, today=date(2026, 11, 26)) is None
    assert paid_within(watched, 7, today=date(2026, 11, 27)) == 1
    assert paid_within([], 7, today=date(2026, 11, 27)) is None
