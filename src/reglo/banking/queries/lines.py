"""Reading bank lines: those of a month, what each may be, what is left to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from reglo.banking.models import BankStatement, LineState, Payment, StatementLine
from reglo.banking.stored import StoredMatch, read_match
from reglo.billing.queries.invoices import amount_in
from reglo.core.bank import LineKind
from reglo.core.matching import Certainty
from reglo.customers.models import Customer
from reglo.customers.queries import choosable_customers
from reglo.ledger.models import OpenItem
from reglo.lists.words import every_word
from reglo.organisations.models import BankAccount, Organisation

OPEN = (LineState.WAITING, LineState.PROPOSED)
_SHOWN = 200
_MOST_RUNNING = 5000
_FOUND = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which lines the page of reconciling shows."""

    account: BankAccount | None = None
    month: date | None = None  #: its first day; None is all months
    state: str = "open"  #: "open", "matched", "aside", "announced", "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balances:
    """Where the books stand against the bank at the end of a month, in one currency."""

    currency: str
    start_minor: int  #: at the beginning of the month, by the statements
    moved_minor: int  #: by all lines of the month
    decided_minor: int  #: of these, by the lines that are decided
    waiting: int  #: lines
    bank_minor: int | None  #: when the last statement of the month ends, as the bank tells; None where none does
    bank_on: date | None = None
    told_minor: int = 0  #: moved by the lines of the month up to that day

    @property
    def end_minor(self) -> int:
        """What the lines come to at the end."""
        return self.start_minor + self.moved_minor

    @property
    def books_minor(self) -> int:
        """What the decided lines come to at the end."""
        return self.start_minor + self.decided_minor

    @property
    def off_minor(self) -> int:
        """By how much the bank's own balance differs from the lines that it told up to the day of that balance."""
        return 0 if self.bank_minor is None else self.bank_minor - self.start_minor - self.told_minor


def lines_of(organisation: Organisation) -> QuerySet[StatementLine]:
    """Every line, for lists."""
    return StatementLine.objects.of(organisation).select_related("bank_account")


def chosen_lines(organisation: Organisation, choice: Choice) -> QuerySet[StatementLine]:
    """The lines that a choice lets through, oldest first."""
    rows = lines_of(organisation)
    if choice.account is not None:
        rows = rows.filter(bank_account=choice.account)
    if choice.month is not None:
        rows = rows.filter(booked__range=_days(choice.month))
    if choice.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif choice.state != "all":
        rows = rows.filter(state=choice.state)
    return rows.order_by("booked", "pk")


def shown_lines(lines: QuerySet[StatementLine], around: int | None) -> tuple[list[StatementLine], bool]:
    """The lines of a page, the one that is looked at among them; and whether there are more."""
    found = list(lines[: _SHOWN + 1])
    if around is not None and all(each.pk != around for each in found):
        current = lines.filter(pk=around).first()
        if current is not None:
            later = lines.filter(Q(booked__gt=current.booked) | Q(booked=current.booked, pk__gte=current.pk))
            found = list(later[: _SHOWN + 1])
    return found[:_SHOWN], len(found) > _SHOWN


def _days(month: date) -> tuple[date, date]:
    return month, next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_with_lines(organisation: Organisation, account: BankAccount | None) -> list[tuple[date, int]]:
    """The first days of the months in which something moved, newest first, each with how many lines wait."""
    rows = StatementLine.objects.of(organisation)
    if account is not None:
        rows = rows.filter(bank_account=account)
    waiting = Count("pk", filter=Q(state__in=OPEN))
    months = rows.annotate(month=TruncMonth("booked")).values("month").annotate(waiting=waiting).order_by("-month")
    return [(each["month"], each["waiting"]) for each in islice(months, 60)]


def accounts_with_lines(organisation: Organisation) -> list[BankAccount]:
    """The accounts that statements are about."""
    with_lines = StatementLine.objects.of(organisation).order_by().values("bank_account").distinct()
    return list(BankAccount.objects.of(organisation).filter(pk__in=with_lines).order_by("-is_default", "label", "pk"))


def balances_of(account: BankAccount, month: date) -> list[Balances]:
    """Where an account stands in a month, by currency."""
    first, last = _days(month)
    rows = StatementLine.objects.filter(bank_account=account).exclude(state=LineState.ANNOUNCED)
    sums = (
        rows.filter(booked__range=(first, last))
        .order_by()
        .values("currency")
        .annotate(
            moved=Sum("amount_minor"),
            decided=Sum("amount_minor", filter=~Q(state__in=OPEN), default=0),
            waiting=Count("pk", filter=Q(state__in=OPEN)),
        )
    )
    return [_balances(account, first, last, each) for each in sums.order_by("currency")]


def _balances(account: BankAccount, first: date, last: date, sums: Mapping[str, Any]) -> Balances:
    currency = str(sums["currency"])
    statements = BankStatement.objects.filter(bank_account=account, currency=currency)
    closing = statements.filter(closing_on__range=(first, last)).order_by("-closing_on", "-pk").first()
    bank_on = None if closing is None else closing.closing_on
    return Balances(
        currency=currency,
        start_minor=balance_before(account, currency, first),
        moved_minor=sums["moved"],
        decided_minor=sums["decided"],
        waiting=sums["waiting"],
        bank_minor=None if closing is None else closing.closing_minor,
        bank_on=bank_on,
        told_minor=0 if bank_on is None else _moved(account, currency, first, bank_on),
    )


def _moved(account: BankAccount, currency: str, first: date, last: date) -> int:
    """What the lines of some days come to, both included."""
    rows = StatementLine.objects.filter(bank_account=account, currency=currency, booked__range=(first, last))
    moved: int = rows.exclude(state=LineState.ANNOUNCED).aggregate(sum=Sum("amount_minor", default=0))["sum"]
    return moved


def balance_before(account: BankAccount, currency: str, day: date) -> int:
    """What was on an account when a day began: from the nearest balance told, and the lines between."""
    statements = BankStatement.objects.filter(bank_account=account, currency=currency)
    before = statements.filter(opening_on__lt=day).order_by("-opening_on", "-pk").first()
    anchor = before or statements.exclude(opening_on=None).order_by("opening_on", "pk").first()
    if anchor is None or anchor.opening_on is None or anchor.opening_minor is None:
        return 0
    one = timedelta(days=1)
    forward = _moved(account, currency, anchor.opening_on + one, day - one)
    back = _moved(account, currency, day, anchor.opening_on)
    return anchor.opening_minor + forward - back


def running_balances(account: BankAccount, month: date, balances: Sequence[Balances]) -> dict[int, int]:
    """What was on the account after each line of a month; none where there are too many to show."""
    rows = StatementLine.objects.filter(bank_account=account, booked__range=_days(month))
    rows = rows.exclude(state=LineState.ANNOUNCED).order_by("booked", "pk")
    moved = list(rows.values_list("pk", "currency", "amount_minor")[: _MOST_RUNNING + 1])
    if len(moved) > _MOST_RUNNING:
        return {}
    now = {each.currency: each.start_minor for each in balances}
    running = {}
    for pk, currency, amount in moved:
        now[currency] += amount
        running[pk] = now[currency]
    return running


def oldest_open_month(organisation: Organisation, account: BankAccount | None) -> date | None:
    """The first day of the month in which work waits longest, else of the last one that has lines."""
    rows = StatementLine.objects.of(organisation)
    if account is not None:
        rows = rows.filter(bank_account=account)
    oldest = rows.filter(state__in=OPEN).aggregate(day=Min("booked"))["day"]
    day: date | None = oldest or rows.aggregate(day=Max("booked"))["day"]
    return None if day is None else day.replace(day=1)


def open_line_count(organisation: Organisation) -> int:
    """How many lines wait for a decision."""
    return StatementLine.objects.of(organisation).filter(state__in=OPEN).count()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """One part of a candidate, for the page."""

    item: OpenItem
    amount: int
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCandidate:
    """A candidate with what its page names; one whose items are not open any more is not shown."""

    rank: int
    is_likely: bool
    match: StoredMatch
    parts: tuple[ShownPart, ...]
    customers: tuple[Customer, ...]
    payments: tuple[Payment, ...]


def candidates_of(line: StatementLine) -> list[ShownCandidate]:
    """What a line may be, best first."""
    read = [(each, read_match(each.match)) for each in line.candidates.order_by("rank")]
    items = _items(line, (item for _, match in read for item in match.items))
    customers = Customer.objects.in_bulk([each for _, match in read for each in match.customers])
    payments = Payment.objects.select_related("customer").in_bulk(
        [each for _, match in read for each in match.payments]
    )
    return [
        ShownCandidate(
            rank=each.rank,
            is_likely=each.certainty >= Certainty.LIKELY,
            match=match,
            parts=tuple(ShownPart(item=items[part.item], amount=part.amount, part=part.part) for part in match.parts),
            customers=tuple(customers[key] for key in match.customers if key in customers),
            payments=tuple(payments[key] for key in match.payments if key in payments),
        )
        for each, match in read
        if _still_fits(match, items)
    ]


def _items(line: StatementLine, ids: Iterable[int]) -> dict[int, OpenItem]:
    rows = OpenItem.objects.filter(organisation_id=line.organisation_id, pk__in=set(ids))
    return {each.pk: each for each in rows.select_related("customer")}


def _still_fits(match: StoredMatch, items: dict[int, OpenItem]) -> bool:
    """Whether so much is still open of each item."""
    wanted: dict[int, int] = {}
    for part in match.parts:
        wanted[part.item] = wanted.get(part.item, 0) + part.amount
    return all(item in items and abs(amount) <= items[item].open_minor for item, amount in wanted.items())


def items_to_choose(line: StatementLine, text: str, candidates: Sequence[ShownCandidate]) -> list[OpenItem]:
    """Open items to allocate a line to: what is searched, else what is chosen already and what its customers owe."""
    rows = OpenItem.objects.filter(organisation_id=line.organisation_id, open_minor__gt=0, currency=line.currency)
    rows = rows.select_related("customer").order_by("due_date", "pk")
    if text:
        return _searched(rows, text, line.organisation_id)
    customers = {each.pk for candidate in candidates for each in candidate.customers}
    wanted = Q(pk__in=[int(each) for each in line.split]) | Q(customer__in=customers)
    return list(rows.filter(wanted)[:_FOUND])


def _searched(rows: QuerySet[OpenItem], text: str, organisation_id: int) -> list[OpenItem]:
    customers = Customer.objects.filter(every_word(text), organisation_id=organisation_id)
    wanted = Q(reference__icontains=text.strip()) | Q(customer__in=customers.values("pk"))
    if (minor := amount_in(text)) is not None:
        wanted |= Q(open_minor=minor) | Q(amount_minor=minor)
    return list(rows.filter(wanted)[:_FOUND])


def customers_to_choose(line: StatementLine, text: str, candidates: Sequence[ShownCandidate]) -> list[Customer]:
    """For whom a line may be kept as an advance."""
    if text:
        return list(choosable_customers(line.organisation, text)[:10])
    found = {each.pk: each for candidate in candidates for each in candidate.customers}
    return list(found.values())[:10]


def payments_to_link(line: StatementLine) -> list[Payment]:
    """Payments that were recorded by hand and that no line tells of yet, the likeliest first."""
    rows = Payment.objects.filter(
        organisation_id=line.organisation_id,
        line=None,
        undone_at=None,
        returned_by=None,
        currency=line.currency,
        on__range=(line.booked - timedelta(days=120), line.booked + timedelta(days=15)),
    )
    rows = rows.filter(amount_minor__gt=0) if line.amount_minor > 0 else rows.filter(amount_minor__lt=0)
    if line.kind not in (LineKind.CHEQUE, LineKind.CARD, LineKind.CASH):
        rows = rows.filter(amount_minor=line.amount_minor)
    return list(rows.select_related("customer").order_by("on", "pk")[:_FOUND])


def line_after(lines: QuerySet[StatementLine], line: StatementLine) -> StatementLine | None:
    """The line to look at once one is decided: the next in the list, else the first."""
    later = lines.filter(Q(booked__gt=line.booked) | Q(booked=line.booked, pk__gt=line.pk))
    return later.first() or lines.exclude(pk=line.pk).first()
