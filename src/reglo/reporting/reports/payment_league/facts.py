"""How each customer paid in a period, judged by `core.habit`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from reglo.core.habit import Habit, Settled, habit_of
from reglo.core.money import minor_units, round_half_up
from reglo.reporting.paid import PaidItem

_NOTHING = Decimal(0)
CLASSES = (0, 15, 30, 60)  #: days late at which a class of delays ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """How a customer paid."""

    customer_id: int
    name: str
    count: int  #: invoices that it paid in full
    amount: Decimal  #: what it paid of them, with tax
    median: Decimal  #: days late; below zero is early
    habit: Habit | None  #: None with too few invoices to speak of one
    late_amount: Decimal
    cost: Decimal  #: of the days late, at the own cost of money

    @property
    def late_share(self) -> Decimal | None:
        """The part of its money that came late."""
        return self.late_amount / self.amount if self.amount > 0 else None


def payers_of(items: Iterable[PaidItem], *, money_percent: Decimal, currency: str) -> list[Payer]:
    """All who paid, the latest first; among equals, whose delay costs most."""
    names: dict[int, str] = {}
    settled: dict[int, list[Settled]] = {}
    for each in items:
        names[each.customer_id] = each.customer
        settled.setdefault(each.customer_id, []).append(each.settled)
    payers = [
        _payer(pk, names[pk], found, money_percent=money_percent, currency=currency) for pk, found in settled.items()
    ]
    return sorted(payers, key=lambda each: (-each.median, -each.cost, each.name, each.customer_id))


def _payer(pk: int, name: str, settled: Sequence[Settled], *, money_percent: Decimal, currency: str) -> Payer:
    return Payer(
        customer_id=pk,
        name=name,
        count=len(settled),
        amount=sum((each.amount for each in settled), _NOTHING),
        median=Decimal(str(median(each.delay for each in settled))),
        habit=habit_of(settled),
        late_amount=sum((each.amount for each in settled if each.delay > 0), _NOTHING),
        cost=cost_of_delay(settled, money_percent=money_percent, currency=currency),
    )


def cost_of_delay(settled: Iterable[Settled], *, money_percent: Decimal, currency: str) -> Decimal:
    """What money that came late would have spared or earned until then, at a yearly rate; rounded once."""
    euro_days = sum((each.amount * max(each.delay, 0) for each in settled), _NOTHING)
    return round_half_up(euro_days * money_percent / 36500, minor_units(currency))


def by_class(settled: Iterable[Settled]) -> Mapping[int | None, tuple[int, Decimal]]:
    """How many invoices and how much money came up to each class of days late; the last class has no end."""
    found: dict[int | None, tuple[int, Decimal]] = dict.fromkeys((*CLASSES, None), (0, _NOTHING))
    for each in settled:
        end = next((end for end in CLASSES if each.delay <= end), None)
        count, amount = found[end]
        found[end] = (count + 1, amount + each.amount)
    return found
