"""What the templates read of doubts: the drawing of guesses and its table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reglo.charts.tornado import Swing, Tornado, tornado_chart
from reglo.core.findings import Text
from reglo.core.negotiation import Guess, TornadoRow
from reglo.core.terms.figures import amount_text, number_text, percent_text
from reglo.negotiation.queries.answering import Doubts
from reglo.negotiation.sheet import whole_euros
from reglo.negotiation.wording import GUESSES


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessRow:
    """A guess, and our gain at both ends of its range."""

    label: str | Promise
    low: Text  #: the ends of the range
    high: Text
    row: TornadoRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtSheet:
    """How sure the answer is, as the page shows it."""

    doubts: Doubts
    tornado: Tornado
    guesses: tuple[GuessRow, ...]


def doubt_sheet_of(doubts: Doubts) -> DoubtSheet:
    """The doubts, ready to be shown."""
    _, expected, _ = doubts.scenarios
    return DoubtSheet(
        doubts=doubts,
        tornado=_tornado(doubts.tornado, expected.ours.gain),
        guesses=tuple(_guesses(doubts.tornado)),
    )


def _tornado(rows: Sequence[TornadoRow], gain: Decimal) -> Tornado:
    swings = [
        Swing(
            label=str(GUESSES[each.range.guess]),
            low=each.ours_low,
            high=each.ours_high,
            ends=f"{whole_euros(each.ours_low)} … {whole_euros(each.ours_high)}",
        )
        for each in rows
    ]
    return tornado_chart(
        swings,
        base=gain,
        key="tornado",
        title=_("Which guess matters most"),
        about=_("Our gain a year if one guess is at the low or the high end of its range. Figures are in the table."),
    )


def _guesses(rows: Iterable[TornadoRow]) -> Iterator[GuessRow]:
    for each in rows:
        guess = each.range.guess
        yield GuessRow(
            label=GUESSES[guess], low=_unit(guess, each.range.low), high=_unit(guess, each.range.high), row=each
        )


def _unit(guess: Guess, value: Decimal) -> Text:
    if guess is Guess.VOLUME:
        return amount_text(value)
    if guess is not Guess.LATENESS:
        return percent_text(value)
    days = number_text(value)
    return Text(fr=f"{days.fr}\N{NO-BREAK SPACE}jours", en=f"{days.en} days")
