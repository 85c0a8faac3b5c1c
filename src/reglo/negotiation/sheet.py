"""What the templates of the answer read: rows of tables with their letters, and the drawings beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reglo.accounts.language import page_language
from reglo.charts.points import PointChart, Spot, point_chart
from reglo.core.findings import Finding, Text
from reglo.core.negotiation import FairPoint, JudgedRound, Move, Offer, Point, Side
from reglo.core.terms.figures import amount_text
from reglo.formats.pdf.figures import MINUS
from reglo.negotiation.differences import differences
from reglo.negotiation.models import Round
from reglo.negotiation.queries.answering import Story, Table
from reglo.negotiation.taking import packed
from reglo.negotiation.wording import LEVERS, SIDES, VERDICTS

_SHOWN = 20  # points of the frontier in the table: enough to choose from, few enough to read
_LETTERS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """A point that can be taken into the sliders."""

    letter: str  #: in the drawing; "" where it has none there
    words: Text  #: what it changes in today's terms
    point: Point
    packed: str
    meaning: Text | None = None  #: why it is fair


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """A lever moved by itself."""

    lever: str | Promise
    words: Text
    move: Move
    packed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """A round and what it means."""

    number: int  #: in the drawing
    made: Round
    judged: JudgedRound
    side: str | Promise
    verdict: tuple[str | Promise, str]
    words: Text
    packed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that the page of a negotiation shows of an offer."""

    table: Table
    verdict: tuple[str | Promise, str]  #: what my limits say, and its colour
    room_shown: Decimal | None  #: euros a year within or beyond the walk-away line, without a sign
    chart: PointChart
    fair: tuple[PointRow, ...]
    best: tuple[PointRow, ...]  #: of the frontier, where both gain; all of it where nobody does
    best_left_out: int
    concessions: tuple[MoveRow, ...]
    requests: tuple[MoveRow, ...]
    law: dict[str, tuple[Finding, ...]]  #: by the part of the form that they stand beside


_LAW_PLACES = ("delay", "instalments", "penalty")  # parts of the form that the law speaks of


def sheet_of(table: Table, rounds: Sequence[Point]) -> Sheet:
    """The answer, ready to be shown. rounds: they stand in the drawing by their numbers."""
    answer, base = table.answer, table.deal.current
    fair = tuple(_fair_rows(answer.fair, base))
    both = [point for point in answer.frontier if point.helps_both] or list(answer.frontier)
    shown = _thinned(both)
    return Sheet(
        table=table,
        verdict=VERDICTS[table.stand.verdict],
        room_shown=None if table.stand.room is None else abs(table.stand.room),
        chart=_chart(table, fair, rounds),
        fair=fair,
        best=tuple(
            PointRow(letter="", words=differences(each.offer, base), point=each, packed=packed(each.offer))
            for each in shown
        ),
        best_left_out=len(both) - len(shown),
        concessions=tuple(_moves(answer.concessions, base)),
        requests=tuple(_moves(answer.requests, base)),
        law=_law((*answer.fence.bars, *answer.fence.warnings)),
    )


def round_rows(story: Story, base: Offer) -> Iterator[RoundRow]:
    """The rounds, as the page lists them. base: today's terms."""
    for number, (made, judged) in enumerate(story.rounds, start=1):
        yield RoundRow(
            number=number,
            made=made,
            judged=judged,
            side=SIDES[Side(made.by)],
            verdict=VERDICTS[judged.stand.verdict],
            words=differences(judged.round.offer, base),
            packed=packed(judged.round.offer),
        )


def _fair_rows(fair: Iterable[FairPoint], base: Offer) -> Iterator[PointRow]:
    """Each point once more where it is fair in both meanings, under the same letter."""
    letters = dict[tuple[Decimal, Decimal], str]()
    for each in fair:
        point = each.point
        letter = letters.setdefault((point.ours, point.theirs), _LETTERS[len(letters)])
        yield PointRow(
            letter=letter,
            words=differences(point.offer, base),
            point=point,
            packed=packed(point.offer),
            meaning=each.meaning,
        )


def _thinned(points: Sequence[Point]) -> Sequence[Point]:
    """At most so many points as a table shows, evenly from end to end."""
    if len(points) <= _SHOWN:
        return points
    return [points[round(place * (len(points) - 1) / (_SHOWN - 1))] for place in range(_SHOWN)]


def _moves(moves: Iterable[Move], base: Offer) -> Iterator[MoveRow]:
    for each in moves:
        offer = each.point.offer
        yield MoveRow(lever=LEVERS[each.lever], words=differences(offer, base), move=each, packed=packed(offer))


def _law(findings: Sequence[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Findings by the part of the form that they are about; those about none stand in the answer alone."""
    found: dict[str, tuple[Finding, ...]] = dict.fromkeys(_LAW_PLACES, ())
    for each in findings:
        where = each.where or ""
        place = "penalty" if where in ("penalty", "indemnity") else where.partition("[")[0].partition(".")[0]
        if place in found:
            found[place] += (each,)
    return found


def _chart(table: Table, fair: Sequence[PointRow], rounds: Sequence[Point]) -> PointChart:
    """What both gain, with the part of the frontier in sight where an agreement may lie."""
    answer = table.answer
    focus = [each for each in answer.frontier if each.helps_both] or answer.frontier
    return point_chart(
        [(each.ours, each.theirs) for each in answer.points],
        [(each.ours, each.theirs) for each in answer.frontier],
        [*_spots(table, fair, rounds)],
        focus=[(each.ours, each.theirs) for each in focus],
        key="zone",
        title=_("What both gain"),
        about=_(
            "Each dot is a combination of the levers: the further right, the more we gain a year; the higher, the more "
            "they do. In the coloured quarter both gain. The line joins what cannot be bettered. Figures are in the "
            "tables beside."
        ),
        across=_("our gain a year"),
        up=_("their gain a year"),
        figure=whole_euros,
    )


def _spots(table: Table, fair: Sequence[PointRow], rounds: Sequence[Point]) -> Iterator[Spot]:
    for number, point in enumerate(rounds, start=1):
        yield Spot(
            across=point.ours,
            up=point.theirs,
            letter=str(number),
            label=_("Round %(number)s") % {"number": number},
        )
    seen = set[str]()
    for each in fair:
        if each.letter not in seen:
            seen.add(each.letter)
            label = each.meaning.in_language(page_language()) if each.meaning else ""
            yield Spot(across=each.point.ours, up=each.point.theirs, letter=each.letter, label=label)
    answer = table.answer
    yield Spot(across=answer.ours.gain, up=answer.theirs.gain, letter="A", label=_("The offer above"), is_chosen=True)


def whole_euros(value: Decimal) -> str:
    """An amount for an axis, in the language of the page."""
    return amount_text(value.to_integral_value()).in_language(page_language()).replace("-", MINUS)
