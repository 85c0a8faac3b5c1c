"""Invoices about which one wrote, invoices about which one did not, and when each was paid; two queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Max, Min, OuterRef, Q, Subquery

from reglo.collection.models import StepItem, StepState
from reglo.core.accounting import EventKind
from reglo.core.collection import Tone
from reglo.core.money import from_minor
from reglo.organisations.models import Organisation
from reglo.reporting.paid import asking_items, with_payment
from reglo.reporting.report import Asked

WINDOWS = (7, 14, 30)  #: days after a step within which payment is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """An invoice watched from a day on: that of a step, or that on which others of its age had one."""

    due: date
    start: date
    paid_on: date | None

    @property
    def age(self) -> int:
        """Days past the due date on that day; below zero is before it."""
        return (self.start - self.due).days

    @property
    def days(self) -> int | None:
        """From that day to payment; None while it is not paid."""
        return (self.paid_on - self.start).days if self.paid_on else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """An invoice that a step was about."""

    step_id: int
    tone: Tone
    customer: str
    number: str
    asked: Decimal  #: what was open of it then
    watched: Watched


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """An invoice, when it was paid, and when one first wrote about it."""

    booked: date
    due: date
    paid_on: date | None
    reminded_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What happened after the steps of one tone, and to invoices of the same age without any."""

    tone: Tone
    messages: int
    asked: Decimal
    reminded: tuple[Watched, ...]
    others: tuple[Watched, ...]  #: not written about until that age


def reminded_invoices(organisation: Organisation, asked: Asked) -> list[Reminded]:
    """All that steps of the period were about, the newest first; steps that a person let be do not count."""
    live = Q(item__debit_allocations__reverses=None, item__debit_allocations__reversal=None)
    kinds = "item__debit_allocations__credit_item__kind"
    rows = (
        StepItem.objects.of(organisation)
        .filter(step__state=StepState.DONE, step__day__range=(asked.start, asked.end), item__currency=asked.currency)
        .exclude(key="")
        .exclude(item__due_date=None)
        .annotate(
            paid=Max("item__debit_allocations__on", filter=live & Q(**{kinds: EventKind.PAYMENT})),
            moved=Max("item__debit_allocations__on", filter=live & Q(**{kinds: EventKind.DOUBTFUL})),
        )
        .order_by("-step__day", "-pk")
    )
    fields = ("step", "tone", "step__customer__name", "item__reference", "open_minor", "item__due_date", "step__day")
    return [
        Reminded(
            step_id=step,
            tone=Tone(tone),
            customer=customer,
            number=number,
            asked=from_minor(minor, asked.currency),
            watched=Watched(due=due, start=day, paid_on=None if left or moved else paid),
        )
        for step, tone, customer, number, minor, due, day, left, paid, moved in rows.values_list(
            *fields, "item__open_minor", "paid", "moved"
        )
    ]


def owing_invoices(organisation: Organisation, asked: Asked, ages: Sequence[int]) -> Iterator[Owing]:
    """The invoices that were of one of these ages on a day of the period."""
    if not ages:
        return
    first, last = asked.start - timedelta(days=max(ages)), asked.end - timedelta(days=min(ages))
    items = with_payment(asking_items(organisation, asked.currency).filter(due_date__range=(first, last)))
    steps = StepItem.objects.filter(item=OuterRef("pk"), step__state=StepState.DONE).exclude(key="").order_by()
    earliest = steps.values("item").annotate(day=Min("step__day")).values("day")
    rows = items.annotate(reminded_on=Subquery(earliest)).order_by()
    values = rows.values_list("date", "due_date", "open_minor", "moved", "paid_on", "reminded_on")
    for booked, due, left, moved, paid_on, reminded_on in values.iterator(chunk_size=2000):
        is_paid = not left and not moved
        yield Owing(booked=booked, due=due, paid_on=paid_on if is_paid else None, reminded_on=reminded_on)


def effects_of(reminded: Sequence[Reminded], owing: Iterable[Owing], asked: Asked) -> list[Effect]:
    """What happened after each tone, from the gentlest on."""
    known = list(owing)
    by_tone = [(tone, [each for each in reminded if each.tone is tone]) for tone in Tone]
    return [_effect(tone, found, known, asked) for tone, found in by_tone if found]


def age_of(found: Sequence[Reminded]) -> int:
    """At how many days past the due date a tone is usually sent."""
    return round(median(each.watched.age for each in found))


def _effect(tone: Tone, found: Sequence[Reminded], owing: Sequence[Owing], asked: Asked) -> Effect:
    return Effect(
        tone=tone,
        messages=len({each.step_id for each in found}),
        asked=sum((each.asked for each in found), Decimal(0)),
        reminded=tuple(each.watched for each in found),
        others=tuple(_others(owing, age_of(found), asked)),
    )


def _others(owing: Sequence[Owing], age: int, asked: Asked) -> Iterator[Watched]:
    """Invoices that were open at an age within the period, and that nobody had written about until then."""
    for each in owing:
        day = each.due + timedelta(days=age)
        was_open = each.booked <= day and (each.paid_on is None or each.paid_on > day)
        was_left_alone = each.reminded_on is None or each.reminded_on > day
        if asked.start <= day <= asked.end and was_open and was_left_alone:
            yield Watched(due=each.due, start=day, paid_on=each.paid_on)


def paid_within(watched: Sequence[Watched], days: int, *, today: date) -> Decimal | None:
    """The part that was paid so many days later, of those for which so many days have passed; None of none."""
    over = [each for each in watched if each.start + timedelta(days=days) <= today]
    paid = [each for each in over if each.days is not None and each.days <= days]
    return Decimal(len(paid)) / len(over) if over else None


def median_age(watched: Sequence[Watched]) -> Decimal | None:
    """Half of them were fewer days past their due date."""
    return Decimal(str(median(each.age for each in watched))) if watched else None


def median_days(watched: Sequence[Watched]) -> Decimal | None:
    """Days until payment of those that are paid: half of them took fewer."""
    known = [each.days for each in watched if each.days is not None]
    return Decimal(str(median(known))) if known else None
