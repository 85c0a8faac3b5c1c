"""What a forecast must beat: simple guesses of the delay, made with the same knowledge on the same day."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from reglo.core.forecast.facts import PaidInvoice

_WEIGHT_OF_LAST = 0.3  #: of exponential smoothing


class Known:
    """The delays that are known on a day, each customer's in the order of its payments."""

    def __init__(self, history: Sequence[PaidInvoice]) -> None:
        self.everybody = [each.delay for each in history]
        self._of = defaultdict[str, list[int]](list)
        for each in sorted(history, key=lambda each: (each.paid, each.issued)):
            self._of[each.customer].append(each.delay)

    def of(self, customer: str) -> list[int]:
        """Those of a customer; of everybody while it has none."""
        return self._of.get(customer) or self.everybody


def _on_due_date(_: Sequence[int]) -> float:
    return 0.0


def _mean(delays: Sequence[int]) -> float:
    return sum(delays) / len(delays) if delays else 0.0


def _smoothed(delays: Sequence[int]) -> float:
    """Each new delay moves the guess by three tenths of the way (simple exponential smoothing)."""
    guess = float(delays[0]) if delays else 0.0
    for each in delays[1:]:
        guess += _WEIGHT_OF_LAST * (each - guess)
    return guess


#: Name → guess of days after the due date from the customer's known delays.
BASELINES: dict[str, Callable[[Sequence[int]], float]] = {
    "due_date": _on_due_date,
    "customer_mean_delay": _mean,
    "exponential_smoothing": _smoothed,
}
