"""When one open invoice will be paid: in one part, or in those of its promise or plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.forecast.facts import OpenInvoice
from reglo.core.forecast.model import PaymentModel
from reglo.core.forecast.outlook import Outlook, in_rhythm, promised, still_possible
from reglo.core.forecast.reasons import reason_of

_KNOWN_DAYS = 400  #: from today on, of which the rhythm is looked at
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A sum and when it will come."""

    amount: Decimal
    outlook: Outlook


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceForecast:
    """When an open invoice will be paid, and why one thinks so."""

    key: str
    customer: str
    parts: tuple[Part, ...]  #: one, or those of a promise of less than all, or of a plan
    is_guess: bool  #: later than payments have been: the past says nothing about it any more
    reason: Text

    @property
    def amount(self) -> Decimal:
        """What is open, all parts together."""
        return sum((each.amount for each in self.parts), Decimal(0))

    @property
    def expected_day(self) -> date:
        """The day by which it is as likely as not to be paid in full."""
        return max(each.outlook.expected_day for each in self.parts)

    def by_chance(self, chance: float) -> date:
        """The day by which its last part has come with this probability, over 0 and under 1."""
        return max(each.outlook.by_chance(chance) for each in self.parts)


class Forecaster:
    """A model, and what is the same for all invoices of a day."""

    def __init__(self, model: PaymentModel, *, promise_kept: float) -> None:
        self.model = model
        self.promise_kept = promise_kept
        self.weights = model.rhythm.weights(model.today, _KNOWN_DAYS)

    def forecast(self, invoice: OpenInvoice) -> InvoiceForecast:
        """When `invoice` will be paid."""
        delay = self.model.delay(invoice) + (self.model.dispute_days if invoice.disputed else 0.0)
        ahead, is_known = self._habit(invoice, invoice.due, delay)
        if invoice.plan is not None:
            parts = self._instalments(invoice, delay, ahead)
        elif invoice.promise is not None and invoice.promise.by >= self.model.today:
            parts = self._promised(invoice, ahead)
        else:
            parts = [Part(invoice.amount, self._outlook(ahead))]
        return InvoiceForecast(
            key=invoice.key,
            customer=invoice.customer,
            parts=tuple(parts),
            is_guess=not is_known,
            reason=reason_of(invoice, self.model, is_known=is_known),
        )

    def _outlook(self, ahead: tuple[int, ...]) -> Outlook:
        return Outlook(self.model.today, ahead)

    def _habit(self, invoice: OpenInvoice, due: date, delay: float) -> tuple[tuple[int, ...], bool]:
        """Days ahead by what the past teaches, given that it is not paid yet, for a debt due on `due`."""
        spread = self.model.spread
        scale = spread.scale(invoice.customer, self.model.effects)
        middle = (due - self.model.today).days + delay + 0.5
        left, is_known = still_possible(
            spread.errors,
            middle=middle,
            scale=scale,
            days_late=(self.model.today - due).days,
            is_new=invoice.issued == self.model.today,
        )
        return in_rhythm(left, self.weights), is_known

    def _promised(self, invoice: OpenInvoice, ahead: tuple[int, ...]) -> list[Part]:
        """The promise may be of a part only; the rest comes as it would have."""
        assert invoice.promise is not None
        told = min(invoice.promise.amount, invoice.amount)
        parts = [Part(told, self._outlook(self._on_word(ahead, invoice.promise.by)))]
        if told < invoice.amount:
            parts.append(Part(invoice.amount - told, self._outlook(ahead)))
        return parts

    def _instalments(self, invoice: OpenInvoice, delay: float, ahead: tuple[int, ...]) -> list[Part]:
        """Each instalment is a debt of its own, promised for its day; what the plan leaves out comes by habit."""
        assert invoice.plan is not None
        parts, rest = list[Part](), invoice.amount
        for each in invoice.plan.instalments:
            amount = min(each.amount, rest)
            own, _ = self._habit(invoice, each.on, delay)
            if amount > 0:
                parts.append(Part(amount, self._outlook(self._on_word(own, each.on))))
            rest -= max(amount, Decimal(0))
        return [*parts, Part(rest, self._outlook(ahead))] if rest or not parts else parts

    def _on_word(self, ahead: Sequence[int], day: date) -> tuple[int, ...]:
        """What a word given makes of `ahead`; a word that is past weighs nothing any more."""
        while day.weekday() >= _SATURDAY and self._no_weekend():
            day += timedelta(days=1)
        on = (day - self.model.today).days
        return promised(tuple(ahead), on=on, kept=self.promise_kept) if on >= 0 else tuple(ahead)

    def _no_weekend(self) -> bool:
        saturday, sunday = self.model.rhythm.weekdays[_SATURDAY:]
        return max(saturday, sunday) < 0.5  #: half of what would come if all days were alike
