"""What the past of a firm teaches about when its invoices are paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reglo.core.forecast.effects import Effect, Effects, learn_effects
from reglo.core.forecast.facts import Owed, PaidInvoice, require_past
from reglo.core.forecast.rhythm import Rhythm, learn_rhythm
from reglo.core.forecast.spread import Case, Spread, learn_spread
from reglo.core.forecast.together import Together, learn_together
from reglo.core.forecast.traits import Levels, Trait, Traits, learn_traits

#: A dispute is assumed to cost two weeks before any is known; that counts as five disputes.
_ASSUMED_DISPUTE, _ASSUMED_DISPUTES = 14.0, 5


@dataclass(frozen=True, slots=True)
class PaymentModel:
    """How customers pay, as known on a day."""

    today: date
    count: int  #: payments that it is learnt from
    traits: Traits
    effects: Effects
    spread: Spread
    rhythm: Rhythm
    together: Together
    dispute_days: float  #: how much later a disputed invoice is paid

    def delay(self, owed: Owed) -> float:
        """Expected days after the due date, of an invoice of which only what it says itself is known."""
        return self.effects.delay(self.traits.levels(owed))

    def causes(self, owed: Owed) -> dict[Trait, Effect]:
        """What makes this delay, trait by trait."""
        return self.effects.of(self.traits.levels(owed))


def learn_model(history: Sequence[PaidInvoice], still_open: Sequence[Owed], *, today: date) -> PaymentModel:
    """Learn from the payments of `history`, and from `still_open` that they are not paid on `today`.

    Raises InvalidForecast if anything in them is later than `today`.
    """
    require_past(history, still_open, today)
    traits = learn_traits(history)
    paid = [(traits.levels(each), each.delay) for each in history]
    unpaid = [(traits.levels(each), (today - each.due).days) for each in still_open]
    effects = learn_effects(paid, unpaid)
    spread = learn_spread([*_cases(paid, effects, is_paid=True), *_cases(unpaid, effects, is_paid=False)], effects)
    return PaymentModel(
        today=today,
        count=len(history),
        traits=traits,
        effects=effects,
        spread=spread,
        rhythm=learn_rhythm([each.paid for each in history]),
        together=learn_together(history, spread.of_paid),
        dispute_days=_dispute_days(history, paid, effects),
    )


def _cases(told: Sequence[tuple[Levels, int]], effects: Effects, *, is_paid: bool) -> list[Case]:
    return [Case(str(levels[0]), days - effects.delay(levels), is_paid) for levels, days in told]


def _dispute_days(history: Sequence[PaidInvoice], paid: Sequence[tuple[Levels, int]], effects: Effects) -> float:
    """How much later than others disputed invoices were paid, each beside what was expected of it."""
    errors = [days - effects.delay(levels) for levels, days in paid]
    disputed = [error for error, each in zip(errors, history, strict=True) if each.disputed]
    others = [error for error, each in zip(errors, history, strict=True) if not each.disputed]
    usual = sum(others) / len(others) if others else 0.0
    known = sum(error - usual for error in disputed)
    return max((known + _ASSUMED_DISPUTE * _ASSUMED_DISPUTES) / (len(disputed) + _ASSUMED_DISPUTES), 0.0)
