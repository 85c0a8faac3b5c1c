"""Penalties by month and by customer: what is due by law, what was claimed, waived, paid."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from reglo.collection.models import PenaltyDecision, PenaltyState
from reglo.core.accounting import CUSTOMER_ROLES, EventKind
from reglo.core.interest import interest_until
from reglo.core.money import from_minor
from reglo.ledger.models import Allocation, Line
from reglo.organisations.models import Organisation
from reglo.reporting.periods import months_within
from reglo.reporting.report import Asked
from reglo.reporting.reports.penalties.due import Owed, owed_penalties

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalties:
    """Interest and indemnities of a month, a customer, or all; outside VAT."""

    label: str
    customer_id: int = 0  #: 0 where they are of several
    start: date = date.min
    end: date = date.max
    interest: Decimal = _NOTHING  #: that ran in these days
    indemnities: Decimal = _NOTHING  #: that fell due in these days
    claimed: Decimal = _NOTHING  #: less what was taken back
    waived: Decimal = _NOTHING
    paid: Decimal = _NOTHING

    @property
    def due(self) -> Decimal:
        """What is owed by law."""
        return self.interest + self.indemnities

    @property
    def is_anything(self) -> bool:
        """Whether a figure is not zero."""
        return any((self.interest, self.indemnities, self.claimed, self.waived, self.paid))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One amount of one customer on one day."""

    customer_id: int
    customer: str
    on: date
    column: str  #: field of `Penalties`
    amount: Decimal


def moves_of(organisation: Organisation, asked: Asked) -> tuple[Move, ...]:
    """All amounts of the period; interest stands on the last day of the month in which it ran."""
    owed = owed_penalties(organisation, asked)
    return (
        *_interest(owed, asked),
        *_indemnities(owed, asked),
        *_read("claimed", _claims(organisation, asked), "date", F("debit_minor") - F("credit_minor"), asked),
        *_read("waived", _waivers(organisation, asked), "until", F("interest_minor") + F("indemnity_minor"), asked),
        *_read("paid", _payments(organisation, asked), "on", F("amount_minor"), asked, customer="debit_item__customer"),
    )


def by_month(moves: Sequence[Move], asked: Asked) -> list[Penalties]:
    """The amounts of each month."""
    months = months_within(asked.start, asked.end)
    return [
        _added(
            Penalties(label=each.label, start=each.start, end=each.end),
            (move for move in moves if each.start <= move.on <= each.end),
        )
        for each in months
    ]


def by_customer(moves: Iterable[Move]) -> list[Penalties]:
    """The amounts of each customer, who owes most first."""
    groups: dict[int, list[Move]] = defaultdict(list)
    for each in moves:
        groups[each.customer_id].append(each)
    found = [_added(Penalties(label=group[0].customer, customer_id=pk), group) for pk, group in groups.items()]
    rows = [each for each in found if each.is_anything]
    return sorted(rows, key=lambda each: (-each.due, -each.claimed, each.label, each.customer_id))


def total_of(label: str, moves: Iterable[Move], asked: Asked) -> Penalties:
    """All amounts together."""
    return _added(Penalties(label=label, start=asked.start, end=asked.end), moves)


def _added(penalties: Penalties, moves: Iterable[Move]) -> Penalties:
    sums: dict[str, Any] = defaultdict(Decimal)
    for each in moves:
        sums[each.column] += each.amount
    return replace(penalties, **sums)


def _interest(owed: Iterable[Owed], asked: Asked) -> Iterator[Move]:
    """By how much each month raises the rounded interest: the months come to the whole, to the cent."""
    months = months_within(asked.start, asked.end)
    for each in owed:
        before = interest_until(each.statement, asked.start - timedelta(days=1))
        for month in months:
            after = interest_until(each.statement, month.end)
            yield _move(each, month.end, "interest", after - before)
            before = after


def _indemnities(owed: Iterable[Owed], asked: Asked) -> Iterator[Move]:
    for each in owed:
        if each.owes_indemnity and asked.start <= each.since <= asked.end:
            yield _move(each, each.since, "indemnities", each.statement.indemnity)


def _move(owed: Owed, on: date, column: str, amount: Decimal) -> Move:
    item = owed.item
    return Move(customer_id=item.customer_id, customer=item.customer, on=on, column=column, amount=amount)


def _claims(organisation: Organisation, asked: Asked) -> QuerySet:
    """What notes of penalties put on customers' accounts, and what cancelling one took back."""
    lines = Line.objects.of(organisation).filter(role__in=CUSTOMER_ROLES, currency=asked.currency)
    penalty = Q(entry__kind=EventKind.PENALTY) | Q(entry__reverses__kind=EventKind.PENALTY)
    return lines.filter(penalty, date__range=(asked.start, asked.end))


def _waivers(organisation: Organisation, asked: Asked) -> QuerySet:
    rows = PenaltyDecision.objects.of(organisation).filter(state=PenaltyState.WAIVED, undone_at=None)
    return rows.filter(item__currency=asked.currency, until__range=(asked.start, asked.end))


def _payments(organisation: Organisation, asked: Asked) -> QuerySet:
    """What settled notes of penalties; what was taken back counts on the day on which it was."""
    rows = Allocation.objects.of(organisation).filter(
        debit_item__kind=EventKind.PENALTY, debit_item__currency=asked.currency, on__range=(asked.start, asked.end)
    )
    return rows.filter(credit_item__kind=EventKind.PAYMENT)


def _read(
    column: str, rows: QuerySet, day: str, amount: Combinable, asked: Asked, *, customer: str = "customer"
) -> Iterator[Move]:
    who = Coalesce(f"{customer}__merged_into", customer)
    name = Coalesce(f"{customer}__merged_into__name", f"{customer}__name")
    sums = rows.order_by().values_list(who, name, day).annotate(sum=Sum(amount))
    for customer_id, label, on, minor in sums:
        yield Move(
            customer_id=customer_id, customer=label, on=on, column=column, amount=from_minor(minor, asked.currency)
        )
