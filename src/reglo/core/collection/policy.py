"""A policy of collection: the ladder of steps, when messages may leave, and how often."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from reglo.core.collection.vocabulary import Channel, Stance, Tone
from reglo.core.dates import Region, is_holiday

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung of the ladder: a reminder (*rappel*) before the due date, a dunning step (*relance*) after it."""

    key: str  #: stable: what was done is remembered by it
    offset: int  #: days from the due date; below zero is before it
    tone: Tone
    channel: Channel = Channel.EMAIL
    template: str = ""  #: key of a text of its own; "" is the text of the tone
    least_amount: Decimal = Decimal(0)  #: what must be open of a receivable, in its currency, for the step to be done
    stances: frozenset[Stance] = frozenset(Stance)  #: for which customers


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingTimes:
    """When messages may leave, in the time of the organisation."""

    weekdays: frozenset[int] = frozenset(range(5))  #: Monday is 0
    opens: time = time(9)
    closes: time = time(18)  #: nothing leaves from then on
    region: Region = Region.FRANCE  #: whose public holidays are kept

    def is_sending_day(self, day: date) -> bool:
        """Whether messages may leave on `day`: one of the weekdays and no public holiday."""
        return day.weekday() in self.weekdays and not is_holiday(day, self.region)

    def first_sending_day(self, day: date) -> date:
        """`day`, or the first day after it on which messages may leave."""
        while not self.is_sending_day(day):
            day += _ONE_DAY
        return day

    def first_moment(self, local: datetime) -> datetime:
        """`local`, or the first moment after it at which messages may leave. Both in the zone of the organisation.

        Local time is kept as such: where clocks change, 9 o'clock stays 9 o'clock.
        """
        if self.is_sending_day(local.date()) and local.time() < self.closes:
            return max(local, self._opening(local, local.date()))
        return self._opening(local, self.first_sending_day(local.date() + _ONE_DAY))

    def _opening(self, local: datetime, day: date) -> datetime:
        return datetime.combine(day, self.opens, tzinfo=local.tzinfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How an organisation collects. Sound if `check_policy` finds nothing fatal."""

    steps: tuple[Step, ...]  #: in the order of their offsets
    times: SendingTimes = SendingTimes()
    days_between: int = 5  #: least days between two messages to a customer, and after an invoice is issued
    small_amount: Decimal = Decimal(15)  #: no message goes out for less alone; it waits to be bundled
    promise_grace_days: int = 2  #: calendar days for the bank to book what was promised for a day
    most_days_late: int = 730  #: what is later, and was never chased, is put before a person


DEFAULT_STEPS: Final = (
    Step(key="gentle", offset=-10, tone=Tone.GENTLE),
    Step(key="practical", offset=-2, tone=Tone.PRACTICAL),
    Step(key="friendly", offset=3, tone=Tone.FRIENDLY),
    Step(key="firm", offset=10, tone=Tone.FIRM),
    Step(key="last", offset=20, tone=Tone.LAST),
    Step(key="formal-notice", offset=30, tone=Tone.FORMAL_NOTICE, channel=Channel.LETTER),
)

#: What an organisation begins with.
DEFAULT_POLICY: Final = Policy(steps=DEFAULT_STEPS)
