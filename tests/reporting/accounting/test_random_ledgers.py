"""Random histories: whatever was booked, the FEC passes our checker and says what the ledger says, to the cent."""

from datetime import date
from io import BytesIO

from django.db.models import Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import rule, run_state_machine_as_test

from reglo.core.accounting import DEFAULT_ACCOUNTS, Account, AccountRole, EventKind
from reglo.core.money import from_minor
from reglo.formats.fec import FecRow, read_fec
from reglo.ledger.models import Allocation, Line
from reglo.ledger.services.accounts import change_accounts
from reglo.reporting.accounting.extent import extent_of
from reglo.reporting.accounting.fec import write_ledger_fec
from reglo.reporting.accounting.table import entries_csv
from tests.depth import TIMES
from tests.ledger.test_machine import Booking
from tests.site import INES, NOW

_WHOLE = (date(2026, 1, 1), date(2027, 12, 31))
_PARTS = (
    (date(2026, 1, 1), date(2026, 12, 31)),
    (date(2027, 1, 1), date(2027, 12, 31)),
    (date(2026, 12, 1), date(2026, 12, 15)),
    _WHOLE,
)
_CHANGED = (AccountRole.CUSTOMERS, AccountRole.BANK, AccountRole.VAT_COLLECTED)
_HARMLESS = {"FEC-VALIDATION", "FEC-NUMBER-GAP", "FEC-BEFORE-YEAR"}
"""Entries of tests are dated after they are posted, a fortnight is no fiscal year, and two years are two."""


class Handing(Booking):
    """Histories whose accounts are changed now and then."""

    @rule(role=st.sampled_from(_CHANGED), end=st.text("0", max_size=3))
    def change_accounts(self, role: AccountRole, end: str) -> None:
        """Use another account from now on."""
        changed = Account(DEFAULT_ACCOUNTS[role].number + end, f"Compte {end}")
        change_accounts(organisation=self.organisation, accounts={role: changed}, by=INES, now=NOW)

    def teardown(self) -> None:
        """At the end, each FEC is what the ledger says."""
        if hasattr(self, "organisation"):
            for start, end in _PARTS:
                self._compare(start, end)

    def _compare(self, start: date, end: date) -> None:
        lines = list(Line.objects.of(self.organisation).filter(date__range=(start, end)).order_by("entry_id", "place"))
        rows = self._rows(start, end) if lines else []
        assert [_said_by_fec(row) for row in rows] == [_said_by_ledger(line) for line in lines]
        numbers = [int(row.number) for row in rows]
        assert numbers == sorted(numbers)
        if (start, end) == _WHOLE:
            assert {*numbers} == {*range(1, numbers[-1] + 1)}
        for row, line in zip(rows, lines, strict=True):
            assert bool(row.allocation) == bool(row.allocated_on)
            assert not row.allocation or self._is_settled(line, end)
        table = b"".join(entries_csv(extent_of(self.organisation, start, end), "fr"))
        assert table.count(b"\r\n") == 1 + len(lines)

    def _rows(self, start: date, end: date) -> list[FecRow]:
        file = BytesIO()
        made = write_ledger_fec(extent_of(self.organisation, start, end), file, counted_from=_WHOLE[0])
        assert {each.rule.identifier for each in made.report.breaches} <= _HARMLESS, made.report.breaches
        return [line.values for line in read_fec(BytesIO(file.getvalue())) if line.values]

    def _is_settled(self, line: Line, end: date) -> bool:
        """Whether nothing is open of a line at the end of a day, by its own allocations alone."""
        if line.entry.kind == EventKind.ALLOCATION:
            return line.customer_id is not None
        touching = Allocation.objects.filter(Q(debit_item=line.pk) | Q(credit_item=line.pk), on__lte=end)
        return sum(each.amount_minor for each in touching) == abs(line.amount_minor)


def _said_by_fec(row: FecRow) -> tuple[object, ...]:
    return (row.journal, row.booked_on, row.account, row.debit, row.credit, row.label)


def _said_by_ledger(line: Line) -> tuple[object, ...]:
    amounts = (from_minor(line.debit_minor, "EUR"), from_minor(line.credit_minor, "EUR"))
    return (line.entry.journal, line.date, line.account, *amounts, line.entry.label)


class TestHanding(TestCase):
    """Runs the machine: each history in a transaction of its own."""

    def test_no_history_makes_a_fec_that_is_refused_or_says_something_else(self) -> None:
        """Try."""
        run_state_machine_as_test(
            Handing,
            settings=settings(
                max_examples=4 * TIMES,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
