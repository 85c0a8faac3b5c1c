"""The forecast tried against the past: replayed day by day with only what was known on each day.

An invoice is known from the day it was issued, its payment from the day it was paid, a dispute from the day of the
payment (before it, nobody wrote down when it began). Each invoice is forecast on the day it is issued: that is the
headline. Those that stay open are forecast again at ages of one week, two, and so on: that is the table by horizon.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.forecast.baselines import BASELINES, Known
from reglo.core.forecast.facts import OpenInvoice, Owed, PaidInvoice
from reglo.core.forecast.invoice import Forecaster
from reglo.core.forecast.model import learn_model

#: Ages of an invoice in days at which it is forecast; 0 is the day of issue.
AGES = (0, 7, 14, 21, 28, 42, 56)


class NothingToReplay(DomainError):
    """A day before which nothing is known, or after which nothing was issued and paid."""

    code = "nothing-to-replay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One forecast of one invoice, beside what came."""

    invoice: PaidInvoice
    age: int  #: days from issue to the forecast
    expected: date
    low: date  #: one in ten comes before
    high: date  #: one in ten comes after
    guesses: Mapping[str, float]  #: baseline → days from the due date

    @property
    def error(self) -> int:
        """Days between the day expected and the day paid."""
        return abs((self.invoice.paid - self.expected).days)

    @property
    def is_covered(self) -> bool:
        """Whether the payment came within the 80 % band."""
        return self.low <= self.invoice.paid <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What came out of some trials."""

    count: int
    mean_absolute_error: float  #: days
    coverage_80: float  #: share of payments within the band of 80 %
    band_days: float  #: mean width of that band
    baselines: Mapping[str, float]  #: name → mean absolute error in days, of the same invoices on the same days


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """How right the forecast was."""

    at_issue: Score
    by_age: Mapping[int, Score]  #: age in days → score of the invoices still open at that age; 0 is at issue
    trials: tuple[Trial, ...]


def backtest(
    paid: Sequence[PaidInvoice], *, from_day: date, unpaid: Sequence[Owed] = (), ages: Sequence[int] = AGES
) -> Backtest:
    """Replay the days from `from_day` on.

    unpaid: invoices whose payment is not known to this day; they are open throughout and no error can be told of them.
    Raises NothingToReplay where there is nothing before `from_day`, or nothing from it on.
    """
    _require_both(paid, unpaid, from_day)
    trials = tuple(_replay(paid, unpaid, from_day, ages))
    by_age = {age: [each for each in trials if each.age == age] for age in ages}
    scores = {age: _score(found) for age, found in by_age.items() if found}
    return Backtest(at_issue=scores[0], by_age=scores, trials=trials)


def _require_both(paid: Sequence[PaidInvoice], unpaid: Sequence[Owed], from_day: date) -> None:
    issued = [each.issued for each in (*paid, *unpaid)]
    if not any(day < from_day for day in issued):
        first = f", qui commencent le {min(issued):%d/%m/%Y}" if issued else ""
        since = f", which begin on {min(issued)}" if issued else ""
        raise NothingToReplay(
            Text(
                fr=f"Rien n'est connu avant le {from_day:%d/%m/%Y}\N{NO-BREAK SPACE}: choisissez un jour plus tard "
                f"dans les factures{first}.",
                en=f"Nothing is known before {from_day}: choose a later day within the invoices{since}.",
            ),
            field="from",
        )
    if not any(each.issued >= from_day for each in paid):
        raise NothingToReplay(
            Text(
                fr=f"Aucune facture payée n'a été émise à partir du {from_day:%d/%m/%Y}\N{NO-BREAK SPACE}: choisissez "
                f"un jour plus tôt\N{NO-BREAK SPACE}; la dernière facture est du {max(issued):%d/%m/%Y}.",
                en=f"No invoice that was paid was issued on or after {from_day}: choose an earlier day; the last "
                f"invoice is of {max(issued)}.",
            ),
            field="from",
        )


def _replay(
    paid: Sequence[PaidInvoice], unpaid: Sequence[Owed], from_day: date, ages: Sequence[int]
) -> Iterator[Trial]:
    """All trials, day by day; each day learns anew from what is known on it."""
    asked = sorted(
        (
            (each.issued + timedelta(days=age), age, place)
            for place, each in enumerate(paid)
            for age in ages
            if each.issued >= from_day and (age == 0 or each.issued + timedelta(days=age) < each.paid)
        ),
    )
    for today, group in groupby(asked, key=lambda each: each[0]):
        history, still_open = _known_on(today, paid, unpaid)
        forecaster = Forecaster(learn_model(history, still_open, today=today), promise_kept=0.0)
        known = Known(history)
        for _, age, place in group:
            yield _trial(paid[place], age, today, forecaster, known)


def _known_on(today: date, paid: Sequence[PaidInvoice], unpaid: Sequence[Owed]) -> tuple[list[PaidInvoice], list[Owed]]:
    """What was paid by `today`, and what was open; of invoices issued before it, so that none speaks for itself."""
    before = [each for each in (*paid, *unpaid) if each.issued < today]
    history = [each for each in before if isinstance(each, PaidInvoice) and each.paid <= today]
    return history, [each for each in before if not (isinstance(each, PaidInvoice) and each.paid <= today)]


def _trial(invoice: PaidInvoice, age: int, today: date, forecaster: Forecaster, known: Known) -> Trial:
    found = forecaster.forecast(_as_open(invoice))
    return Trial(
        invoice=invoice,
        age=age,
        expected=found.expected_day,
        low=found.by_chance(0.1),
        high=found.by_chance(0.9),
        guesses={
            name: _not_before(guess(known.of(invoice.customer)), invoice, today) for name, guess in BASELINES.items()
        },
    )


def _as_open(invoice: PaidInvoice) -> OpenInvoice:
    """The invoice without what came later: neither its payment nor its dispute."""
    return OpenInvoice(
        key="",
        customer=invoice.customer,
        segment=invoice.segment,
        channel=invoice.channel,
        issued=invoice.issued,
        due=invoice.due,
        amount=invoice.amount,
    )


def _not_before(guess: float, invoice: PaidInvoice, today: date) -> float:
    """What is not paid yet is not guessed to be: the baselines know the day, too."""
    return max(guess, float((today - invoice.due).days))


def _score(trials: Sequence[Trial]) -> Score:
    count = len(trials)
    return Score(
        count=count,
        mean_absolute_error=sum(each.error for each in trials) / count,
        coverage_80=sum(each.is_covered for each in trials) / count,
        band_days=sum((each.high - each.low).days for each in trials) / count,
        baselines={
            name: sum(abs(each.invoice.delay - each.guesses[name]) for each in trials) / count for name in BASELINES
        },
    )
