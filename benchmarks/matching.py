"""Matching bank lines with open invoices: how fast, and how right on a statement of labelled mess.

The seeds are not those of the tests. Quality is that of a month in which somebody decides each morning: the lines of a
day are matched, what is not certain is decided (the truth is posted), and each decision teaches. So lines of one day
compete, and no line profits from what came after it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from tests.core.matching.mess import Labelled, Mess, mess

from benchmarks.measure import Row, seconds
from reglo.core.bank import BankLine
from reglo.core.matching import Certainty, Decision, Match, MatchingIndex, OpenItem, learn, match_all

_SEED = 20_260_401
_SHAPES = ("F2026-{:05d}", "FA{:06d}", "2026/{:05d}")
_FIRST = 3  #: candidates among which the truth should be


def matching_speed(quick: bool) -> Iterator[Row]:
    """10,000 lines against 100,000 open invoices, beside one look at each invoice for each line."""
    items, lines = (10_000, 1_000) if quick else (100_000, 10_000)
    made = mess(seed=_SEED, items=items, lines=lines)
    statement = [each.line for each in made.lines]
    built = list[MatchingIndex]()
    indexed = seconds(lambda: built.append(MatchingIndex(made.items, made.customers, made.settled)))
    index = built[0]
    yield Row(f"index {items:,} open invoices", indexed)
    ours = seconds(lambda: match_all(statement, index))
    few = statement[:: max(lines // 50, 1)]
    naive = seconds(lambda: [_by_scanning(line, made.items) for line in few]) * lines / len(few)
    yield Row(
        f"match {lines:,} lines", ours, naive, "each line looks at each invoice", "" if quick else "≤ 10 s",
        f"alternative from {len(few)} lines, amount and number only",
    )  # fmt: skip


def _by_scanning(line: BankLine, items: list[OpenItem]) -> list[OpenItem]:
    """Exact amount or number in the text, without any index."""
    text = line.text.upper()
    return [item for item in items if item.amount == line.amount or item.number.upper() in text]


def matching_quality(quick: bool) -> Iterator[Row]:
    """Precision and recall of certain matches, and whether the truth is among the first of likely ones."""
    items, lines = (4_000, 1_000) if quick else (20_000, 5_000)
    counts, told = defaultdict[str, Counter[str]](Counter), Counter[str]()
    for at, shape in enumerate(_SHAPES):
        made = mess(seed=_SEED + at, items=items, lines=lines, shape=shape)
        for each, decision in decided_each_morning(made):
            counts[each.kind][verdict(each, decision)] += 1
            told[verdict(each, decision)] += each.is_told and each.pays
    for kind in sorted(counts):
        yield _row(f"  {kind}", counts[kind])
    paying = sum((counts[kind] for kind in counts if kind not in _NOT_PAYING), Counter[str]())
    every = sum(counts.values(), Counter[str]())
    yield Row("certain: precision", None, reach="100 %", note=_share(every["right"], every["right"] + every["wrong"]))
    yield Row("certain: recall, those that tell", None, reach="≥ 90 %", note=_share(told["right"], told.total()))
    yield Row("certain: recall, all that pay", None, note=_share(paying["right"], paying.total()))
    likely = sum(paying[each] for each in ("first", "among three", "missed"))
    yield Row(
        "likely: truth in first three", None, reach="≥ 98 %", note=_share(likely - paying["missed"], likely)
    )  # fmt: skip
    yield from _with_nobody_deciding(mess(seed=_SEED, items=items, lines=lines))


def _with_nobody_deciding(made: Mess) -> Iterator[Row]:
    """The month as one statement: what is not certain stays open for all lines after it."""
    decisions = match_all([each.line for each in made.lines], MatchingIndex(made.items, made.customers, made.settled))
    pairs = list(zip(made.lines, decisions, strict=True))
    every = Counter(verdict(each, decision) for each, decision in pairs)
    telling = Counter(verdict(each, decision) for each, decision in pairs if each.pays and each.is_told)
    precision = _share(every["right"], every["right"] + every["wrong"])
    recall = _share(telling["right"], telling.total())
    yield Row("a month and nobody decides", None, note=f"precision {precision}; recall, those that tell: {recall}")


_NOT_PAYING = ("paid twice", "no payment of an invoice")


def decided_each_morning(made: Mess) -> Iterator[tuple[Labelled, Decision]]:
    """Match day after day; the truth of each line is posted and learnt before the next day."""
    index = MatchingIndex(made.items, made.customers, made.settled)
    for _, day in groupby(made.lines, key=lambda each: each.line.booked):
        lines = list(day)
        decisions = match_all([each.line for each in lines], index)
        yield from zip(lines, decisions, strict=True)
        for each in lines:
            _post(each, index)


def _post(labelled: Labelled, index: MatchingIndex) -> None:
    if not labelled.pays:
        return
    owners = {item.customer for each in labelled.allocations if (item := index.item(each.item))}
    truth = Match(
        allocations=tuple(labelled.allocations),
        certainty=Certainty.CERTAIN,
        score=0,
        reasons=(),
        customers=tuple(owners),
        remaining=labelled.remaining,
        shortfall=Decimal(0),
    )
    index.apply(truth)
    for owner in owners:
        index.know(learn(index.facts(owner), labelled.line, truth))


def verdict(labelled: Labelled, decision: Decision) -> str:
    """What became of a line."""
    place = labelled.place_in(decision)
    if decision.certain:
        return "right" if place == 0 else "wrong"
    if not decision.matches or decision.matches[0].certainty is not Certainty.LIKELY:
        return "left, but listed" if place is not None else "left"
    return "missed" if place is None or place >= _FIRST else "among three" if place else "first"


def _row(work: str, counts: Counter[str]) -> Row:
    told = ("right", "wrong", "first", "among three", "missed", "left, but listed", "left")
    note = ", ".join(f"{counts[each]} {_NAMES.get(each, each)}" for each in told if counts[each])
    return Row(work, None, note=f"{counts.total()}: {note}")


_NAMES = {
    "right": "certain",
    "wrong": "CERTAIN AND WRONG",
    "first": "likely and first",
    "among three": "likely, second or third",
    "missed": "likely, not among three",
}


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %, {part:,} of {whole:,}" if whole else "none"
