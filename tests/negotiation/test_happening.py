"""A year later: what the books say of an agreement; and what they know before one negotiates."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reglo.billing.models import Invoice
from reglo.core.accounting import Reason
from reglo.core.composition import DocumentKind
from reglo.core.findings import Text
from reglo.core.parties import VatRegime
from reglo.core.terms import Delay, PaymentTerms
from reglo.customers.models import Customer
from reglo.formats.data.stored import write_stored
from reglo.negotiation.models import Negotiation
from reglo.negotiation.queries.happening import aftermath_of, happened
from reglo.negotiation.queries.known import known_of
from reglo.negotiation.services import agree
from tests.collection.debts import a_debt, items_of, pay
from tests.delivery.messages import an_invoice
from tests.ledger.moves import settled
from tests.negotiation.deals import a_negotiation, a_round, who
from tests.site import TODAY, a_customer, an_organisation

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=40)


def _corrected(invoice: Invoice, price: str, kind: DocumentKind = DocumentKind.CREDIT_NOTE) -> Invoice:
    """A document about another: so much is given back, or billed in its place."""
    line = {"name": "Conseil", "quantity": "1", "price": price, "vat": "20", "nature": "S"}
    about = [{"number": invoice.number, "issue_date": invoice.issue_date.isoformat()}]
    content = {"lines": [line], "preceding_invoices": about}
    return an_invoice(invoice.organisation, invoice.customer, kind=kind.value, content=content, corrects=invoice)


def _agreed(customer: Customer | None = None) -> Negotiation:
    organisation = customer.organisation if customer else an_organisation()
    row = a_negotiation(organisation, customer)
    return agree(round_id=a_round(row).pk, on=TODAY, **who(organisation))


def test_paid_invoices_tell_days_and_volume_and_open_ones_wait() -> None:
    customer = a_customer(an_organisation())
    row = _agreed(customer)
    for price in ("500.00", "700.00"):
        a_debt(customer, price)
    pay(items_of(customer)[0], 120_000, on=TODAY + timedelta(days=35))
    found = aftermath_of(row, today=LATER).outcome
    assert found is not None
    assert (found.paid_invoices, found.volume.real, found.days.real) == (1, Decimal("1000.00"), Decimal("35.0"))
    assert found.still_open == Decimal("1680.00")


def test_what_money_did_not_pay_was_a_discount() -> None:
    customer = a_customer(an_organisation())
    row = _agreed(customer)
    a_debt(customer, "500.00")
    item = items_of(customer)[0]
    pay(item, 117_600, on=TODAY + timedelta(days=8))
    item.refresh_from_db()
    settled(item, Reason.DISCOUNT, 2_400)
    found = aftermath_of(row, today=LATER).outcome
    assert found is not None
    assert found.discount.real == Decimal("20.00")


def test_a_credit_note_is_taken_off_the_invoice_that_it_corrects() -> None:
    customer = a_customer(an_organisation())
    row = _agreed(customer)
    invoice = a_debt(customer, "500.00")
    _corrected(invoice, "400.00")
    (found,) = happened(row, TODAY, LATER)
    assert (found.net, found.gross) == (Decimal("600.00"), Decimal("720.00"))


def test_where_nothing_can_be_compared_the_reason_is_told() -> None:
    open_one = a_negotiation(an_organisation())
    assert _reason(open_one) == "Nothing is agreed yet."
    assert _reason(_agreed()).startswith("Join the negotiation to a customer")
    assert _reason(_agreed(a_customer(an_organisation()))).startswith("No invoice of the year is paid")


def _reason(row: Negotiation) -> str:
    reason = aftermath_of(row, today=LATER).reason
    assert isinstance(reason, Text)
    return reason.en


def test_the_books_know_volume_season_and_tax() -> None:
    customer = a_customer(an_organisation())
    invoice = a_debt(customer, "500.00")
    _corrected(invoice, "400.00")
    a_debt(customer, "300.00")
    known = known_of(customer.organisation, customer, today=TODAY)
    assert known.billed == Decimal("1200.00")
    assert known.invoices == 2
    assert known.months[TODAY.month - 1] == known.billed
    assert sum(known.months) == known.billed
    assert known.vat_percent == Decimal(20)
    assert known.habit is None
    assert not known.lateness.is_known


def test_a_customer_with_a_habit_is_expected_as_late_as_it_pays() -> None:
    customer = a_customer(an_organisation())
    for _ in range(3):
        a_debt(customer)
    for item in items_of(customer):
        assert item.due_date
        pay(item, item.amount_minor, on=item.due_date + timedelta(days=12))
    known = known_of(customer.organisation, customer, today=LATER)
    assert (known.lateness.days, known.lateness.is_known) == (Decimal("12.0"), True)


def test_a_prospect_has_the_terms_of_the_organisation_written_out() -> None:
    bare = PaymentTerms(delay=Delay(days=45), penalty=None, indemnity=None)
    organisation = an_organisation(vat_regime="franchise", default_terms=write_stored(bare))
    known = known_of(organisation, None, today=TODAY)
    assert known.terms.delay.days == 45
    assert known.terms.penalty is not None
    assert known.terms.indemnity == Decimal(40)
    assert (known.vat_regime, known.vat_percent) == (VatRegime.FRANCHISE, Decimal(0))


def test_what_is_given_back_in_full_or_replaced_is_no_sale() -> None:
    customer = a_customer(an_organisation())
    row = _agreed(customer)
    returned, wrong = a_debt(customer, "500.00"), a_debt(customer, "500.00")
    _corrected(returned, "1000.00")
    _corrected(wrong, "900.00", DocumentKind.CORRECTIVE)
    assert [each.net for each in happened(row, TODAY, LATER)] == [Decimal("900.00")]
    assert known_of(customer.organisation, customer, today=TODAY).billed == Decimal("900.00")
