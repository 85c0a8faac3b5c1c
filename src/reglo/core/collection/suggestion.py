"""Which relationship profile a customer's habit suggests. The user decides."""

from collections.abc import Iterator
from dataclasses import dataclass

from reglo.core.collection.vocabulary import Stance
from reglo.core.findings import Text
from reglo.core.habit import Habit
from reglo.core.terms.figures import number_text

_RELIABLE_DELAY = 5  # days: a bank and a holiday
_RELIABLE_SPREAD = 10
_SLOW_DELAY = 20
_WORSE = 10
_BROKEN_WORDS = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A stance and why. reasons: whole sentences."""

    stance: Stance
    reasons: tuple[Text, ...]


def suggest_profile(habit: Habit | None, *, broken_promises: int = 0, years_known: int = 0) -> Suggestion:
    """Considerate for who pays on time or long did, firm for who pays late, worse and worse, or breaks its word.

    broken_promises: in the last year. years_known: since the first invoice.
    """
    hard = tuple(_hard_reasons(habit, broken_promises))
    if hard:
        return Suggestion(Stance.FIRM, hard)
    soft = tuple(_soft_reasons(habit, years_known))
    if soft:
        return Suggestion(Stance.CONSIDERATE, soft)
    if habit is None:
        return Suggestion(
            Stance.STANDARD,
            (Text(fr="Trop peu de paiements pour juger.", en="Too few payments to judge."),),
        )
    days = number_text(habit.median)
    return Suggestion(
        Stance.STANDARD,
        (
            Text(
                fr=f"Paie d'habitude à {days.fr} jours de l'échéance, sans tendance marquée.",
                en=f"Usually pays {days.en} days from the due date, without a marked trend.",
            ),
        ),
    )


def _hard_reasons(habit: Habit | None, broken_promises: int) -> Iterator[Text]:
    if broken_promises >= _BROKEN_WORDS:
        yield Text(
            fr=f"{broken_promises} promesses non tenues en un an.", en=f"{broken_promises} promises broken in a year."
        )
    if habit is not None and habit.median >= _SLOW_DELAY:
        days = number_text(habit.median)
        yield Text(fr=f"Paie d'habitude avec {days.fr} jours de retard.", en=f"Usually pays {days.en} days late.")
    if habit is not None and habit.trend is not None and habit.trend >= _WORSE and habit.median > _RELIABLE_DELAY:
        days = number_text(habit.trend)
        yield Text(fr=f"Le retard s'allonge de {days.fr} jours.", en=f"The delay has grown by {days.en} days.")


def _soft_reasons(habit: Habit | None, years_known: int) -> Iterator[Text]:
    if habit is None or not (habit.median <= _RELIABLE_DELAY and habit.spread <= _RELIABLE_SPREAD):
        return
    worse = habit.trend is not None and habit.trend >= _WORSE
    if not worse:
        yield Text(
            fr=f"Paie régulièrement à l'heure ({habit.count} factures).",
            en=f"Regularly pays on time ({habit.count} invoices).",
        )
        if years_known >= 3:
            yield Text(fr=f"Client depuis {years_known} ans.", en=f"A customer for {years_known} years.")
