"""Random histories: whatever happens, the ledger says what a naive recomputation says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from reglo.core.accounting import AccountRole, Reason, VatPart
from reglo.core.composition import DocumentKind
from reglo.core.parties import VatRegime
from reglo.customers.models import Customer
from reglo.ledger.models import Allocation, Entry, OpenItem, Side
from reglo.ledger.queries import balance_of, balances_at, open_items, open_items_at, statement_of, vat_due
from reglo.ledger.verify import first_break
from tests.depth import TIMES
from tests.ledger.facts import DAY, a_payment, an_invoice
from tests.ledger.moves import allocated, doubtful, reversed_, settled, undone
from tests.site import a_customer, an_organisation

_FIRST_DAY, _LAST_DAY = DAY, DAY + timedelta(days=60)
_DAYS = st.dates(_FIRST_DAY, _LAST_DAY)
_PICKS = st.integers(0, 500)
_ON_RECEIPTS: dict[str, Any] = {"kind": DocumentKind.INVOICE, "regime": VatRegime.RECEIPTS}
_ON_DEBITS: dict[str, Any] = {"kind": DocumentKind.INVOICE, "regime": VatRegime.DEBITS}
_SHARES = st.fractions(0, 1)
_RATES = st.sampled_from([Decimal(20), Decimal("5.5"), Decimal(0)])


def half_up(amount: Fraction) -> int:
    """The nearest whole number, halves away from zero."""
    return int(Decimal(amount.numerator).__truediv__(Decimal(amount.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass
class Taxed:
    """A document or settlement with VAT, as a person would keep it on paper."""

    taxes: tuple[int, ...]  #: by rate; less than nothing where it takes back
    total: int
    waits: bool  #: due as it is settled
    left: dict[int, int] = field(default_factory=dict)  #: by open item

    def due(self) -> int:
        """The VAT that is due of it by now."""
        if not self.waits:
            return sum(self.taxes)
        settled = self.total - sum(self.left.values())
        return sum(half_up(Fraction(tax * settled, self.total)) for tax in self.taxes)


class Booking(RuleBasedStateMachine):
    """Two customers who are invoiced, pay, do not pay, are credited, and whose bookkeeper changes her mind."""

    @initialize()
    def begin(self) -> None:
        """A firm and its customers."""
        self.organisation = an_organisation()
        self.customers = [a_customer(self.organisation), a_customer(self.organisation)]
        self.items: dict[int, int] = {}  # what is open
        self.taxed: dict[int, Taxed] = {}  # by entry
        self.live: dict[int, tuple[int, int, int]] = {}  # allocations that hold
        self.reversible: dict[int, int] = {}  # entries, and the receivable that each settled; 0 for payments
        for which in (0, 1):
            self._book(which, {Decimal(20): 333_33, Decimal("5.5"): 77_77}, **_ON_RECEIPTS)
            self._book(which, {Decimal(20): 100_01}, **_ON_DEBITS)
            self.pay(which, 150_00, _FIRST_DAY)

    # What happens

    @rule(
        which=st.integers(0, 1),
        bases=st.dictionaries(_RATES, st.integers(1, 50_000), min_size=1, max_size=2),
        receipts=st.booleans(),
        in_parts=st.booleans(),
    )
    def invoice(self, which: int, bases: dict[Decimal, int], receipts: bool, in_parts: bool) -> None:
        """Invoice, on debits or receipts, due at once or at two dates."""
        regime = VatRegime.RECEIPTS if receipts else VatRegime.DEBITS
        total = sum(base + half_up(Fraction(base) * Fraction(rate) / 100) for rate, base in bases.items())
        parts = (total // 2, total - total // 2) if in_parts and total > 1 else (total,)
        self._book(which, bases, DocumentKind.INVOICE, regime=regime, instalments=parts)

    @rule(which=st.integers(0, 1), base=st.integers(1, 20_000), receipts=st.booleans())
    def credit(self, which: int, base: int, receipts: bool) -> None:
        """Give something back by a credit note about no invoice in particular."""
        regime = VatRegime.RECEIPTS if receipts else VatRegime.DEBITS
        self._book(which, {Decimal(20): base}, DocumentKind.CREDIT_NOTE, regime=regime)

    def _book(self, which: int, bases: dict[Decimal, int], kind: DocumentKind, **changes: Any) -> None:
        sign = -1 if kind is DocumentKind.CREDIT_NOTE else 1
        taxes = {rate: half_up(Fraction(base) * Fraction(rate) / 100) for rate, base in bases.items()}
        parts = [VatPart("S" if rate else "E", rate, base, taxes[rate]) for rate, base in bases.items()]
        entry = an_invoice(self.customers[which], *parts, kind=kind, **changes)
        self.taxed[entry.pk] = Taxed(
            taxes=tuple(sign * tax for tax in taxes.values()),
            total=sum(bases.values()) + sum(taxes.values()),
            waits=changes["regime"] is VatRegime.RECEIPTS,
        )
        self._new_items(entry)

    @rule(which=st.integers(0, 1), amount=st.integers(1, 80_000), day=_DAYS)
    def pay(self, which: int, amount: int, day: date) -> None:
        """Money comes in."""
        entry = a_payment(self.customers[which], amount, received_on=day).entry
        self.reversible[entry.pk] = 0
        self._new_items(entry)

    @rule(pick=_PICKS, other=_PICKS, share=_SHARES, day=_DAYS)
    def allocate(self, pick: int, other: int, share: Fraction, day: date) -> None:
        """Settle a part of a receivable by a part of what came in."""
        debit_item = self._pick(pick, Side.DEBIT)
        credit_item = debit_item and self._pick(other, Side.CREDIT, debit_item.customer)
        if debit_item and credit_item:
            most = min(debit_item.open_minor, credit_item.open_minor)
            amount = max(1, half_up(most * share))
            self._allocated(allocated(debit_item, credit_item, amount, on=day))

    @rule(pick=_PICKS, day=_DAYS)
    def undo(self, pick: int, day: date) -> None:
        """Take an allocation back, told twice."""
        undoable = [
            each.pk
            for each in Allocation.objects.filter(pk__in=self.live).select_related("debit_item", "credit_item")
            if each.debit_item.origin_id != each.credit_item.origin_id and each.pk in self._by_hand()
        ]
        if undoable:
            allocation = Allocation.objects.get(pk=sorted(undoable)[pick % len(undoable)])
            undone(allocation, on=day)
            undone(allocation, on=day)
            self._undone(allocation.pk)

    @rule(pick=_PICKS, share=_SHARES, reason=st.sampled_from(Reason))
    def settle(self, pick: int, share: Fraction, reason: Reason) -> None:
        """Discount, fee, rounding or write-off."""
        item = self._pick(pick, Side.DEBIT)
        if item is None:
            return
        amount = max(1, half_up(item.open_minor * share))
        taxes = self._taxes_within(item, amount, reason)
        document = self.taxed.get(item.origin_id)
        entry = settled(item, reason, amount)
        self.taxed[entry.pk] = Taxed(taxes=taxes, total=amount, waits=bool(document and document.waits))
        self.reversible[entry.pk] = item.pk
        self._new_items(entry)
        self._allocated(Allocation.objects.get(credit_item__entry=entry))

    def _taxes_within(self, item: OpenItem, amount: int, reason: Reason) -> tuple[int, ...]:
        """What VAT a settlement takes back."""
        document = self.taxed.get(item.origin_id)
        takes_back = reason in (Reason.DISCOUNT, Reason.WRITE_OFF_WITH_VAT)
        takes_back |= reason is Reason.WRITE_OFF and bool(document and document.waits and any(document.taxes))
        if document is None or not takes_back:
            return ()
        before = document.total - sum(document.left.values())
        return tuple(
            half_up(Fraction(tax * before, document.total)) - half_up(Fraction(tax * (before + amount), document.total))
            for tax in document.taxes
        )

    @rule(pick=_PICKS)
    def doubt(self, pick: int) -> None:
        """A receivable becomes doubtful."""
        item = self._pick(pick, Side.DEBIT)
        if item and item.role == AccountRole.CUSTOMERS:
            entry = doubtful(item)
            self._new_items(entry)
            self._allocated(Allocation.objects.get(credit_item__entry=entry))

    @rule(pick=_PICKS)
    def reverse(self, pick: int) -> None:
        """A payment bounces, or a settlement was a mistake."""
        if not self.reversible:
            return
        pk = sorted(self.reversible)[pick % len(self.reversible)]
        del self.reversible[pk]
        entry = Entry.objects.get(pk=pk)
        own = set(entry.items.values_list("pk", flat=True))
        reversed_(entry)
        for allocation, (debit, credit, _) in sorted(self.live.items(), reverse=True):
            if {debit, credit} & own:
                self._undone(allocation)
        for item in own:
            self.items[item] = 0
        self.taxed.pop(pk, None)

    # What is kept on paper

    def _new_items(self, entry: Entry) -> None:
        for item in entry.items.all():
            self.items[item.pk] = item.amount_minor
            if item.origin_id in self.taxed and item.side == self._side_of(item.origin_id):
                self.taxed[item.origin_id].left[item.pk] = item.amount_minor

    def _side_of(self, entry_id: int) -> str:
        first = OpenItem.objects.filter(entry_id=entry_id).order_by("pk").first()
        return first.side if first else ""

    def _allocated(self, allocation: Allocation) -> None:
        self.live[allocation.pk] = (allocation.debit_item_id, allocation.credit_item_id, allocation.amount_minor)
        self._move(allocation.pk, -1)

    def _undone(self, pk: int) -> None:
        self._move(pk, 1)
        del self.live[pk]

    def _move(self, pk: int, sign: int) -> None:
        debit, credit, amount = self.live[pk]
        for item in (debit, credit):
            self.items[item] += sign * amount
            for taxed in self.taxed.values():
                if item in taxed.left:
                    taxed.left[item] += sign * amount

    def _by_hand(self) -> set[int]:
        """Allocations that no entry made for itself."""
        own = Allocation.objects.filter(credit_item__kind__in=[reason.value for reason in Reason])
        return set(self.live) - set(own.values_list("pk", flat=True))

    def _pick(self, pick: int, side: Side, customer: Customer | None = None) -> OpenItem | None:
        found = list(open_items(self.organisation, customer=customer, side=side).order_by("pk"))
        return found[pick % len(found)] if found else None

    # What must hold

    @invariant()
    def what_is_open_is_what_was_not_allocated(self) -> None:
        """Item by item."""
        found = {item.pk: item.open_minor for item in OpenItem.objects.of(self.organisation)}
        assert {pk: left for pk, left in found.items() if left} == {pk: left for pk, left in self.items.items() if left}

    @invariant()
    def vat_is_due_as_it_was_earned(self) -> None:
        """Over all documents and settlements, to the cent."""
        found = vat_due(self.organisation, start=_FIRST_DAY, end=_LAST_DAY)
        assert sum(each.tax_minor for each in found) == sum(taxed.due() for taxed in self.taxed.values())

    def teardown(self) -> None:
        """At the end, what a customer owes is what is open, at any date and wherever it is shown; nothing is broken."""
        if not hasattr(self, "organisation"):
            return
        assert first_break(self.organisation) is None
        for customer in self.customers:
            for day in self._days():
                owed = balance_of(customer, on=day).get("EUR", 0)
                assert owed == self._open_at(customer, day)
                assert owed == balances_at(self.organisation, on=day).get((customer.pk, "EUR"), 0)
            statement = statement_of(customer, currency="EUR", start=_FIRST_DAY, end=_LAST_DAY)
            assert statement.closing_minor == balance_of(customer, on=_LAST_DAY).get("EUR", 0)

    def _days(self) -> Iterator[date]:
        yield from (_FIRST_DAY, _FIRST_DAY + timedelta(days=20), _FIRST_DAY + timedelta(days=40), _LAST_DAY)

    def _open_at(self, customer: Customer, day: date) -> int:
        items: Any = open_items_at(self.organisation, on=day, customer=customer)
        return sum(item.open_at if item.side == Side.DEBIT else -item.open_at for item in items)


class TestBooking(TestCase):
    """Runs the machine: each history in a transaction of its own."""

    def test_no_history_makes_the_ledger_say_something_else(self) -> None:
        """Try."""
        machine = type("Machine", (Booking,), {})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=14 * TIMES,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
