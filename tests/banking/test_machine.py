"""Random histories of a bank account: whatever is imported, matched, undone, paid and refunded, it all agrees."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from reglo.banking.errors import AlreadyDecided, CannotSettle, CannotUndo
from reglo.banking.models import AsideReason, LineState, Means, Payment, StatementLine
from reglo.banking.planning import Owed, parts_of_payment
from reglo.banking.queries.payments import own_item, pending_minor_of
from reglo.banking.services.importing import receive_bank_file, take_in_bank_file
from reglo.banking.services.lines import accept_candidate, allocate_line, set_lines_aside
from reglo.banking.services.matching import run_matching
from reglo.banking.services.payments import record_payment, release_payment
from reglo.banking.services.undoing import undo_line, undo_payment
from reglo.banking.stored import SettledPart, read_parts
from reglo.core.bank import LineKind
from reglo.formats.bank import write_camt053
from reglo.journal.services import Actor
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.services import MoreThanOpen
from reglo.ledger.verify import first_break
from reglo.organisations.models import BankAccount
from tests.banking.rows import an_item, booked_on, money
from tests.depth import TIMES
from tests.formats.bank.samples import IBAN, a_line, a_statement
from tests.site import INES, NOW, a_customer, a_member, an_organisation

_REFUSALS = (AlreadyDecided, CannotSettle, CannotUndo, MoreThanOpen)
_PICKS = st.integers(0, 200)


def _told() -> list[Any]:
    """What the bank tells over the month, in order."""
    start, names = date(2026, 11, 1), ("Librairie du Port", "Garage Martin")
    facts = [
        ("120.00", "FACTURE F2026-0001", 0, LineKind.TRANSFER),
        ("117.60", "F2026-0002", 0, LineKind.TRANSFER),
        ("300.00", "VIREMENT", 1, LineKind.TRANSFER),
        ("-12.50", "FRAIS", 1, LineKind.FEE),
        ("59.98", "F2026-0003", 1, LineKind.TRANSFER),
        ("120.00", "FACTURE F2026-0001", 0, LineKind.TRANSFER),
        ("-120.00", "REJET F2026-0001", 0, LineKind.RETURN),
        ("500.00", "F2026-0004", 1, LineKind.TRANSFER),
        ("40.00", "ACOMPTE", 0, LineKind.TRANSFER),
    ]
    return [
        a_line(booked=start + timedelta(days=place), amount=Decimal(amount), text=text, payer=names[who], kind=kind)
        for place, (amount, text, who, kind) in enumerate(facts)
    ]


class Reconciling(RuleBasedStateMachine):
    """A bookkeeper, a bank, two customers."""

    @initialize()
    def begin(self) -> None:
        """A firm that is owed something."""
        self.organisation = an_organisation()
        BankAccount.objects.of(self.organisation).update(iban=IBAN)
        self.by = Actor(name="Inès", user_id=a_member(self.organisation).pk)
        self.customers = [
            a_customer(self.organisation),
            a_customer(self.organisation, name="Garage Martin", search="garage martin"),
        ]
        for number, (who, gross) in enumerate([(0, 120_00), (0, 120_00), (1, 60_00), (1, 300_00)], 1):
            an_item(self.customers[who], f"F2026-000{number}", gross)
        self.told = _told()
        self.brought: set[int] = set()
        self.keys = 0

    @rule(first=st.integers(0, 8), count=st.integers(1, 6), number=st.integers(0, 3))
    def bring(self, first: int, count: int, number: int) -> None:
        """A file of some days, which may overlap others or come again."""
        places = range(first, min(first + count, len(self.told)))
        statement = replace(a_statement(*(self.told[each] for each in places)), identifier=str(number))
        facts: dict[str, Any] = {"organisation": self.organisation, "by": self.by, "now": NOW}
        file = receive_bank_file(file_name="r.xml", content=write_camt053(statement), **facts)
        take_in_bank_file(file_id=file.pk, **facts)
        self.brought |= set(places)

    @rule()
    def match(self) -> None:
        """Réglo looks at what waits."""
        run_matching(organisation=self.organisation, now=NOW)

    @rule(pick=_PICKS)
    def accept(self, pick: int) -> None:
        """The best candidate of a line is taken."""
        line = self._line(pick)
        if line is not None and line.candidates.exists():
            self._try(accept_candidate, line_id=line.pk, version=line.version, rank=0)

    @rule(pick=_PICKS, which=st.integers(0, 1))
    def keep_as_advance(self, pick: int, which: int) -> None:
        """A line is money of a customer, for nothing in particular."""
        line = self._line(pick)
        if line is not None:
            who = self.customers[which]
            self._try(allocate_line, line_id=line.pk, version=line.version, parts=[], rest_to=who)

    @rule(pick=_PICKS, reason=st.sampled_from([AsideReason.FEE, AsideReason.SUPPLIER]))
    def set_aside(self, pick: int, reason: AsideReason) -> None:
        """A line is no payment."""
        line = self._line(pick)
        if line is not None:
            self._try(set_lines_aside, line_ids=[line.pk], reason=reason)

    @rule(pick=_PICKS)
    def undo(self, pick: int) -> None:
        """What was decided about a line is taken back."""
        line = self._line(pick)
        if line is not None:
            self._try(undo_line, line_id=line.pk)

    @rule(which=st.integers(0, 1), amount=st.integers(1, 400_00), rounds=st.booleans())
    def pay_by_hand(self, which: int, amount: int, rounds: bool) -> None:
        """A customer pays, oldest invoices first."""
        customer = self.customers[which]
        owed = OpenItem.objects.filter(customer=customer, side=Side.DEBIT, open_minor__gt=0).order_by("pk")
        parts = parts_of_payment([Owed(each.pk, each.open_minor) for each in owed], amount, rounds=rounds)
        self.keys += 1
        self._try(record_payment, customer=customer, money=money(amount), parts=parts, key=str(self.keys))

    @rule(pick=_PICKS)
    def refund(self, pick: int) -> None:
        """What is left of a payment is given back."""
        payment = self._payment(pick)
        item = own_item(payment) if payment is not None else None
        if payment is None or item is None or item.side != Side.CREDIT or not item.open_minor:
            return
        self.keys += 1
        self._try(
            record_payment,
            customer=payment.customer,
            money=money(-item.open_minor, means=Means.TRANSFER),
            parts=[SettledPart(item.pk, -item.open_minor)],
            key=str(self.keys),
        )

    @rule(pick=_PICKS)
    def undo_a_payment(self, pick: int) -> None:
        """A payment is taken back, with its line where it has one."""
        payment = self._payment(pick)
        if payment is not None:
            self._try(undo_payment, payment_id=payment.pk)

    @rule(pick=_PICKS)
    def release(self, pick: int) -> None:
        """A payment settles nothing any more."""
        payment = self._payment(pick)
        if payment is not None and payment.amount_minor > 0:
            self._try(release_payment, payment_id=payment.pk)

    def _line(self, pick: int) -> StatementLine | None:
        lines = list(StatementLine.objects.of(self.organisation).order_by("pk"))
        return lines[pick % len(lines)] if lines else None

    def _payment(self, pick: int) -> Payment | None:
        payments = list(Payment.objects.of(self.organisation).select_related("customer").order_by("pk"))
        return payments[pick % len(payments)] if payments else None

    def _try(self, act: Any, **facts: Any) -> None:
        with suppress(*_REFUSALS):  # refusing is allowed; what must hold is looked at below
            act(organisation=self.organisation, by=INES, now=NOW, **facts)

    # What always holds

    @invariant()
    def each_line_is_there_once(self) -> None:
        assert StatementLine.objects.of(self.organisation).count() == len(self.brought)

    @invariant()
    def the_bank_account_of_the_ledger_is_what_was_decided(self) -> None:
        lines = StatementLine.objects.of(self.organisation)
        decided = lines.filter(state=LineState.MATCHED) | lines.filter(aside_reason=AsideReason.FEE)
        by_hand = Payment.objects.of(self.organisation).filter(line=None, undone_at=None)
        told = sum(decided.values_list("amount_minor", flat=True))
        assert booked_on(self.organisation, "512") == told + sum(by_hand.values_list("amount_minor", flat=True))

    @invariant()
    def each_matched_line_is_whole_and_no_other_line_holds_money(self) -> None:
        for line in StatementLine.objects.of(self.organisation):
            paid = sum(each.amount_minor for each in line.payments.filter(undone_at=None))
            paid -= sum(each.amount_minor for each in line.returned.all())
            assert paid == (line.amount_minor if line.state == LineState.MATCHED else 0)

    @invariant()
    def what_is_open_is_what_no_payment_settles(self) -> None:
        settled: dict[int, int] = {}
        for payment in Payment.objects.of(self.organisation):
            for part in read_parts(payment.parts) if payment.holds else ():
                settled[part.item] = settled.get(part.item, 0) + part.amount
        for item in OpenItem.objects.of(self.organisation).filter(kind="document"):
            assert item.open_minor == item.amount_minor - settled.get(item.pk, 0)

    @invariant()
    def what_is_pending_is_owed(self) -> None:
        items = OpenItem.objects.of(self.organisation).values_list("pk", flat=True)
        assert all(pending_minor_of(list(items)).values())

    @invariant()
    def the_ledger_is_whole(self) -> None:
        assert first_break(self.organisation) is None


class TestReconciling(TestCase):
    """The machine, each history in a transaction of its own."""

    def test_whatever_happens_it_all_agrees(self) -> None:
        run_state_machine_as_test(
            Reconciling,
            settings=settings(
                max_examples=8 * TIMES,
                stateful_step_count=18,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
