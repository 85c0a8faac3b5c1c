"""What a customer owes is one figure wherever it is shown, on any day and to the cent, whatever has happened."""

from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reglo.collection.queries.exposure import exposure_of, owed_of
from reglo.core.accounting import AccountRole, Reason
from reglo.core.composition import DocumentKind
from reglo.core.money import from_minor, minor_amount
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.ledger.models import Line, OpenItem, Side
from reglo.ledger.queries import balance_of, balances_at, open_items_at
from reglo.organisations.models import Organisation
from reglo.portal.statement import account_of
from reglo.reporting.report import Asked
from reglo.reporting.reports.aged_balance.rows import (
    BUCKETS,
    rows_by_customer,
    rows_by_invoice,
    rows_by_segment,
    total_of,
)
from reglo.reporting.statements.account import Days, account_statement
from reglo.web.dashboard import money_of
from tests.depth import TIMES
from tests.ledger.facts import a_payment
from tests.ledger.moves import allocated, doubtful, reversed_, settled, undone
from tests.reporting.worlds import billed
from tests.site import a_customer, an_organisation

_FIRST, _TODAY = date(2026, 6, 1), date(2026, 12, 31)  # nothing is booked later than today
_LENGTH = 200  # days in which things happen


def _a_history(seed: int) -> Organisation:
    """A firm with three customers, one merged into another, and some twenty things that happened to them."""
    chance = Random(seed)
    organisation = an_organisation()
    kept = a_customer(organisation, name="Kept")
    known = [kept, a_customer(organisation, name="Other"), a_customer(organisation, merged_into=kept)]
    for _each in range(6):
        _bill(chance, chance.choice(known))
        _pay(chance, chance.choice(known))
    for _each in range(8):
        _settle(chance, organisation)
    for item in list(OpenItem.objects.of(organisation).filter(side=Side.DEBIT, open_minor__gt=1000)[:2]):
        settled(item, Reason.WRITE_OFF, item.open_minor // 2)
        doubtful(item)
    unused = OpenItem.objects.of(organisation).filter(kind="payment", debit_allocations=None, credit_allocations=None)
    for item in unused[:1]:
        reversed_(item.entry)
    return organisation


def _day(chance: Random) -> date:
    return _FIRST + timedelta(days=chance.randrange(_LENGTH))


def _bill(chance: Random, customer: Customer) -> None:
    on = _day(chance)
    kind = chance.choice((DocumentKind.INVOICE, DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE))
    due = on + timedelta(days=chance.choice((0, 30, 60)))
    billed(customer, chance.randrange(1, 3000) * 5, on=on, due=due, kind=kind)
    billed(customer, 100_00, on=on, due=due, currency="USD")


def _pay(chance: Random, customer: Customer) -> None:
    a_payment(customer, chance.randrange(1, 20_000), received_on=_day(chance))


def _settle(chance: Random, organisation: Organisation) -> None:
    """Some of a receivable by some of a credit; one of four is taken back again."""
    items = OpenItem.objects.of(organisation).filter(open_minor__gt=0, currency="EUR").order_by("pk")
    pairs = [
        (debit, credit)
        for debit in items.filter(side=Side.DEBIT)
        for credit in items.filter(side=Side.CREDIT, customer=debit.customer)
    ]
    if not pairs:
        return
    debit, credit = chance.choice(pairs)
    on = max(debit.date, credit.date) + timedelta(days=chance.randrange(5))
    allocation = allocated(debit, credit, chance.randint(1, min(debit.open_minor, credit.open_minor)), on=on)
    if chance.randrange(4) == 0:
        undone(allocation, on=on + timedelta(days=chance.randrange(3)))


def _account(organisation: Organisation, day: date, customers: list[int]) -> int:
    """Accounts 411 and 416 of some customers, line by line."""
    roles = (AccountRole.CUSTOMERS, AccountRole.DOUBTFUL_CUSTOMERS)
    lines = Line.objects.of(organisation).filter(role__in=roles, currency="EUR", date__lte=day)
    return sum(each.amount_minor for each in lines if each.customer_id in customers)


class TestAgreement(TestCase):
    """Random histories."""

    @given(st.integers(0, 10_000), st.integers(0, _LENGTH + 13))
    @settings(max_examples=3 * TIMES, deadline=None, suppress_health_check=list(HealthCheck))
    def test_what_is_owed_is_one_figure_everywhere(self, seed: int, after: int) -> None:
        organisation = _a_history(seed)
        for day in (_FIRST + timedelta(days=after), _TODAY):
            self._agrees_on(organisation, day)
        self._agrees_now(organisation)

    def _agrees_on(self, organisation: Organisation, day: date) -> None:
        """Ledger, balances, open items, aged balance in all its breakdowns, statement."""
        asked = Asked(start=day, end=day, today=_TODAY)
        rows = rows_by_customer(organisation, asked)
        shown = {row.customer_id: row.balance for row in rows}
        for customer in Customer.objects.of(organisation).filter(merged_into=None):
            owed = _account(organisation, day, family_of(customer))
            items = [each for each in open_items_at(organisation, on=day, customer=customer) if each.currency == "EUR"]
            statement = account_statement(customer, Days(start=min(day, _FIRST + timedelta(days=40)), end=day))
            assert balance_of(customer, on=day).get("EUR", 0) == owed
            assert sum(each.open_at if each.side == Side.DEBIT else -each.open_at for each in items) == owed  # type: ignore[attr-defined]
            assert minor_amount(shown.get(customer.pk, from_minor(0, "EUR")), "EUR") == owed
            assert statement.closing_minor == owed == sum(each.amount_minor for each in statement.open_rows)
            assert statement.opening_minor + sum(each.amount_minor for each in statement.moves) == owed
            aged = next((row.buckets for row in rows if row.customer_id == customer.pk), (0,) * BUCKETS)
            assert tuple(each.amount for each in statement.buckets) == aged
        whole = sum(owed for (_, currency), owed in balances_at(organisation, on=day).items() if currency == "EUR")
        by_invoice, by_segment = rows_by_invoice(organisation, asked), rows_by_segment(organisation, rows, {})
        for group in (rows, by_invoice, by_segment):
            total = total_of(group, "")
            assert (total.buckets, total.balance) == (total_of(rows, "").buckets, from_minor(whole, "EUR"))

    def _agrees_now(self, organisation: Organisation) -> None:
        """Dashboard, portal and exposure, which know today alone."""
        total = total_of(rows_by_customer(organisation, Asked(start=_TODAY, end=_TODAY, today=_TODAY)), "")
        money = money_of(organisation, _TODAY)
        assert (from_minor(money.owed, "EUR"), from_minor(money.late, "EUR")) == (total.owed, total.late)
        for customer in Customer.objects.of(organisation).filter(merged_into=None):
            family = tuple(family_of(customer))
            statement = account_statement(customer, Days(start=_FIRST, end=_TODAY))
            known = owed_of(organisation, family, today=_TODAY)
            assert exposure_of(organisation, family, known).owed_minor == statement.closing_minor
            portal = account_of(organisation, family, today=_TODAY)
            euro = [each for each in portal.owed if each.currency == "EUR"]
            assert sum(each.balance_minor for each in euro) == statement.closing_minor
            assert sum(each.due_minor for each in euro) == statement.owed_minor
            to_pay = {each.item.pk: each.item.open_minor for each in portal.items if each.item.currency == "EUR"}
            assert to_pay == {row.item.pk: row.amount_minor for row in statement.open_rows if row.amount_minor > 0}
