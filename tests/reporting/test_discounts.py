"""What was given away, and what it bought."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from reglo.collection.models import Proposal, ProposalKind, ProposalState
from reglo.core.accounting import Reason
from reglo.ledger.models import Entry, OpenItem
from reglo.ledger.services import Source, settle_item
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.discounts import KIND
from reglo.reporting.reports.discounts.facts import GivenKind
from tests.collection.debts import a_debt
from tests.ledger.moves import reversed_
from tests.reporting.worlds import billed, paid
from tests.site import INES, NOW, TODAY, a_customer, an_organisation

pytestmark = pytest.mark.django_db

YEAR = Asked(start=date(2026, 1, 1), end=date(2026, 12, 31), today=date(2026, 12, 31))


def _made(organisation: Organisation) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, YEAR)


def _discount(item: OpenItem, amount: int, on: date, source: Source) -> Entry:
    return settle_item(
        organisation=item.organisation,
        item_id=item.pk,
        reason=Reason.DISCOUNT,
        amount_minor=amount,
        on=on,
        source=source,
        by=INES,
        now=NOW,
    )


def _taken(organisation: Organisation, name: str, days: int, source: Source, percent: int = 2) -> Entry:
    """An invoice of 1,200 € due on 1 June, paid so many days sooner less a discount."""
    due, discount = date(2026, 6, 1), percent * 12_00
    item = billed(a_customer(organisation, name=name), 1000_00, on=date(2026, 5, 1), due=due)
    on = due - timedelta(days=days)
    paid(item, 1200_00 - discount, on=on)
    return _discount(item, discount, on, source)


def test_a_discount_is_priced_as_the_loan_that_it_replaces() -> None:
    organisation = an_organisation()
    _taken(organisation, "Preste", 20, Source("decision", 1))
    made = _made(organisation)
    early, proposals, allowances = made.tables[0].rows
    assert (early.cost, early.paid, early.days) == (Decimal(20), Decimal(1176), Decimal(20))
    assert early.yearly_rate == Decimal(20) * 365 / (1176 * 20)
    assert proposals.yearly_rate is None
    assert allowances.given == ()
    assert made.lead == (
        "You gave away €20.00 without tax. €1,176.00 came 20 days sooner for it: money at 31% a year. "
        "Yours costs 5%: it was dear."
    )


def test_a_discount_that_was_taken_though_late_bought_nothing_and_one_taken_back_never_was() -> None:
    organisation = an_organisation()
    _taken(organisation, "Tardif", -3, Source("decision", 2))
    reversed_(_taken(organisation, "Repris", 10, Source("decision", 3)))
    (customer,) = _made(organisation).tables[1].rows
    assert (customer.label, customer.cost, customer.days, customer.yearly_rate) == ("Tardif", Decimal(20), None, None)


def test_a_proposal_brought_money_as_much_sooner_as_was_worked_out_before() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    facts: dict[str, Any] = {"content": {}, "cost_minor": 0, "by_customer": False, "made_by": "Inès", "made_at": NOW}
    proposal = Proposal.objects.create(
        organisation=organisation,
        customer=customer,
        kind=ProposalKind.DISCOUNT,
        state=ProposalState.ACCEPTED,
        amount_minor=1200_00,
        currency="EUR",
        cost_days=-40,
        **facts,
    )
    _taken(organisation, "Gêné", -30, Source("proposal", proposal.pk), percent=5)
    (given,) = _made(organisation).tables[2].rows
    assert (given.kind, given.days, given.cost) == (GivenKind.PROPOSAL, 40, Decimal(50))


def test_allowances_are_read_from_the_invoices_that_have_any() -> None:
    customer = a_customer(an_organisation())
    a_debt(customer)
    line = {"name": "Conseil", "quantity": "2", "unit": "DAY", "price": "450.00", "vat": "20", "nature": "S"}
    reduced = [{"amount": "50.00", "reason": "Fidélité"}]
    invoice = a_debt(customer, lines=[line | {"reductions": [{"percent": "10"}]}], reductions=reduced)
    (given,) = _made(customer.organisation).tables[2].rows
    assert (given.kind, given.cost, given.on) == (GivenKind.ALLOWANCE, Decimal(140), TODAY)
    assert given.invoice_id == invoice.pk
    assert _made(customer.organisation).lead.endswith("It brought no money sooner.")


def test_where_nothing_was_given_nothing_has_a_rate() -> None:
    made = _made(an_organisation())
    assert made.lead.startswith("Nothing was given away")
    assert [figure.value for figure in made.figures] == ["€0.00", "€0.00", "–", "–"]
