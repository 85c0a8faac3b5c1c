"""How the month was, in plain words, right to the cent."""

from datetime import date

import pytest
from django.utils import translation

from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.monthly_letter import KIND
from tests.ledger.facts import a_payment, an_invoice
from tests.ledger.moves import allocated, reversed_
from tests.site import a_customer, an_organisation

pytestmark = pytest.mark.django_db

NOVEMBER = Asked(start=date(2026, 11, 1), end=date(2026, 11, 30), today=date(2026, 12, 3))
DECEMBER = Asked(start=date(2026, 12, 1), end=date(2026, 12, 31), today=date(2027, 1, 3))


def _told(organisation: Organisation, asked: Asked) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, asked)


def test_a_month_without_anything_is_told_in_words_too() -> None:
    lead = _told(an_organisation(), NOVEMBER).lead
    assert "Nothing was billed, nor in the period before." in lead
    assert "nobody owed you anything" in lead
    assert "Customers pay as agreed" in lead


def test_what_was_billed_is_compared_with_the_whole_month_before() -> None:
    organisation = an_organisation()
    an_invoice(a_customer(organisation))
    assert "You billed €120.00 with tax, after nothing in the period before." in _told(organisation, NOVEMBER).lead
    assert "Nothing was billed, after €120.00 in the period before." in _told(organisation, DECEMBER).lead


def test_nothing_is_late_before_its_date_and_then_the_letter_says_whom_to_call() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    entry = an_invoice(customer)
    allocated(entry.items.get(), a_payment(customer, 50_00), 50_00)
    assert "customers owed you €120.00, and nothing of it was late" in _told(organisation, NOVEMBER).lead
    told = _told(organisation, DECEMBER)
    assert "€50.00 came in from customers, after €0.00 in the period before." in told.lead
    assert "of which €70.00 was late, with 1 customer." in told.lead
    assert f"{customer.name}: €70.00, up to 7 days late." in told.lead
    assert f"call {customer.name}" in told.lead
    assert [figure.value for figure in told.figures] == ["€0.00", "€50.00", "€70.00", "€70.00"]


def test_a_payment_that_was_taken_back_did_not_come_in() -> None:
    organisation = an_organisation()
    reversed_(a_payment(a_customer(organisation), 50_00).entry)
    assert "No money came in" in _told(organisation, DECEMBER).lead
