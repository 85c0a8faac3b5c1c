"""What a statement says of a customer's account: the moves of some days, what was open at their end, how to pay it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from reglo.collection.paying import Transfer, transfer_of
from reglo.core.metrics import Bucket, OpenAmount, age
from reglo.core.money import from_minor
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.ledger.models import Entry, Line, OpenItem, Side
from reglo.ledger.queries import StatementRow, open_items_at, statement_of

_HOME = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Of which days a statement speaks, and in which currency."""

    start: date  #: first day
    end: date  #: last day
    currency: str = _HOME

    @property
    def before(self) -> date:
        """The day at whose end the opening balance stood."""
        return self.start - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An entry as the customer sees it; minor units."""

    entry: Entry
    amount_minor: int  #: less than zero where it lessens what is owed
    balance_minor: int  #: after it

    @property
    def debit_minor(self) -> int:
        """What it adds to what is owed."""
        return max(self.amount_minor, 0)

    @property
    def credit_minor(self) -> int:
        """What it takes away."""
        return max(-self.amount_minor, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """What was open at the end of the last day; minor units."""

    item: OpenItem
    amount_minor: int  #: less than zero for a credit
    days_late: int  #: 0 where it is not


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerStatement:
    """A customer's account in one currency over some days; minor units."""

    customer: Customer
    days: Days
    opening_minor: int
    moves: tuple[Move, ...]
    closing_minor: int
    open_rows: tuple[OpenRow, ...]  #: they come to the closing balance
    buckets: tuple[Bucket, ...]  #: of what is owed, by how late it is; without credits
    credits_minor: int  #: zero or less
    transfer: Transfer | None  #: that pays what is still open now; None where nothing is, or no account is known

    @property
    def owed_minor(self) -> int:
        """What is owed, credits not deducted."""
        return self.closing_minor - self.credits_minor

    @property
    def debit_minor(self) -> int:
        """All that was added."""
        return sum(each.debit_minor for each in self.moves)

    @property
    def credit_minor(self) -> int:
        """All that was taken away."""
        return sum(each.credit_minor for each in self.moves)

    @property
    def to_pay_minor(self) -> int:
        """What is left to pay at the end; nothing where the customer is owed."""
        return max(self.closing_minor, 0)


def account_statement(customer: Customer, days: Days) -> CustomerStatement:
    """The statement of a customer and of those merged into it; a constant number of queries."""
    booked = statement_of(customer, currency=days.currency, start=days.start, end=days.end)
    items = list(_items(customer, days))
    rows = tuple(_open_row(each, days.end) for each in items)
    owed = [
        OpenAmount(from_minor(row.amount_minor, days.currency), row.item.due_date)
        for row in rows
        if row.amount_minor > 0
    ]
    return CustomerStatement(
        customer=customer,
        days=days,
        opening_minor=booked.opening_minor,
        moves=tuple(_moves(booked.rows)),
        closing_minor=booked.closing_minor,
        open_rows=rows,
        buckets=age(owed, days.end),
        credits_minor=sum(row.amount_minor for row in rows if row.amount_minor < 0),
        transfer=_transfer(customer, items),
    )


def statement_currencies(customer: Customer) -> list[str]:
    """The currencies of a customer's account, the euro first."""
    lines = Line.objects.filter(customer__in=family_of(customer)).order_by("currency")
    found = list(lines.values_list("currency", flat=True).distinct())
    return sorted(found, key=lambda each: each != _HOME) or [_HOME]


def _items(customer: Customer, days: Days) -> Iterable[OpenItem]:
    items = open_items_at(customer.organisation, on=days.end, customer=customer)
    return items.filter(currency=days.currency).select_related("entry")


def _open_row(item: OpenItem, end: date) -> OpenRow:
    amount: int = item.open_at  # type: ignore[attr-defined]  # of `open_items_at`
    late = (end - item.due_date).days if item.side == Side.DEBIT and item.due_date else 0
    return OpenRow(item=item, amount_minor=amount if item.side == Side.DEBIT else -amount, days_late=max(late, 0))


def _moves(rows: Sequence[StatementRow]) -> Iterator[Move]:
    """An entry is one move; what only changes its account (411 to 416, a doubtful debt) is none to the customer."""
    for entry, lines in groupby(rows, key=lambda row: row.line.entry):
        known = list(lines)
        amount = sum(row.line.amount_minor for row in known)
        if amount:
            yield Move(entry=entry, amount_minor=amount, balance_minor=known[-1].balance_minor)


def _transfer(customer: Customer, items: Sequence[OpenItem]) -> Transfer | None:
    """What pays the rest of it now: what came since the last day must not be paid twice."""
    left = [each for each in items if each.side == Side.DEBIT and each.open_minor]
    unused = sum(each.open_minor for each in items if each.side == Side.CREDIT)
    rest = sum(each.open_minor for each in left) - unused
    return transfer_of(customer.organisation, left, rest) if rest > 0 else None
