"""The letters of allocated lines (*lettrage*), as they stood at the end of a period.

Lines that settle each other make a group: items that allocations join, and what an allocation itself moved from one
customer's account to another (416 for 411). A group has letters where all of it is settled by the last day, lies within
the file and comes to nothing on each account: then whoever reads the file finds that it does. Such a group can grow no
more, so its letters, made of its first line, never change, whatever is booked later.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from reglo.core.accounting import CUSTOMER_ROLES, EventKind
from reglo.ledger.models import Allocation, OpenItem, Side
from reglo.reporting.accounting.extent import Extent
from reglo.reporting.accounting.lines import BookLine

_IDS_AT_ONCE = 5_000  #: in one query; SQLite takes some 30,000
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FEWEST = 3
_SIDES = ("debit_item", "credit_item")
_OF_EDGES = ("pk", "debit_item_id", "credit_item_id", "amount_minor", "on")
_CUSTOMER = Coalesce("customer__merged_into_id", "customer_id")  #: the one that is left, where several were merged


class Letters(NamedTuple):
    """What an allocated line bears."""

    code: str  #: EcritureLet
    on: date  #: DateLet: since when all of its group is settled


class _Edge(NamedTuple):
    """An allocation that holds."""

    id: int
    debit: int
    credit: int
    amount: int
    on: date


class _Part(NamedTuple):
    """A line of a group; debits count up."""

    id: int
    amount: int
    account: str
    customer: int | None
    day: date
    sequence: int
    place: int


def letters_of(lines: Sequence[BookLine], extent: Extent) -> Mapping[int, Letters]:
    """The letters of those of some lines that have any, by the id of the line."""
    moves = [line for line in lines if line.customer_id and line.kind == EventKind.ALLOCATION]
    items = {line.id: _part_of(line) for line in lines if line.customer_id and line.kind != EventKind.ALLOCATION}
    edges = _edges_around(items, {line.source_id for line in moves}, extent)
    groups = _groups(edges)
    parts = items | _parts(_ends(edges) - items.keys())
    moved = _moved_within(groups, parts, extent)
    return dict(chain.from_iterable(_lettered(group, parts, moved, extent) for group in groups))


def letters(number: int) -> str:
    """A number as letters, three at least: 0 is AAA, 1 AAB, 17,576 BAAA."""
    code = ""
    while number or len(code) < _FEWEST:
        number, place = divmod(number, len(_ALPHABET))
        code = _ALPHABET[place] + code
    return code


def _part_of(line: BookLine) -> _Part:
    amount = line.debit_minor - line.credit_minor
    return _Part(line.id, amount, line.account, line.customer_id, line.day, line.sequence, line.place)


def _edges_around(items: Collection[int], allocations: Collection[int], extent: Extent) -> Sequence[_Edge]:
    """All allocations of the groups that items and allocations are in: from end to end until no new one is found.

    The items of a block follow each other, so they are asked for by the first and the last; what lies between them and
    is none of the block's does no harm.
    """
    holding = _holding(extent)
    first, last = (min(items), max(items)) if items else (0, 0)
    found = {edge.id: edge for edge in _edges(holding, "pk", allocations)}
    for name in _SIDES:
        between = holding.filter(**{f"{name}__gte": first, f"{name}__lte": last}).values_list(*_OF_EDGES)
        found |= {edge.id: edge for edge in map(_Edge._make, between)}
    ahead = {end for end in _ends(found.values()) if not first <= end <= last}
    seen: set[int] = set()
    while ahead:
        seen |= ahead
        new = {edge.id: edge for name in _SIDES for edge in _edges(holding, name, ahead)}
        found |= new
        ahead = {end for end in _ends(new.values()) if not first <= end <= last} - seen
    return list(found.values())


def _holding(extent: Extent) -> QuerySet[Allocation]:
    """The allocations that hold at the end of the last day."""
    known = Allocation.objects.of(extent.organisation).filter(pk__lte=extent.last_allocation, on__lte=extent.end)
    undone = Q(reversal__pk__lte=extent.last_allocation, reversal__on__lte=extent.end)
    return known.filter(reverses=None).exclude(undone)


def _edges(holding: QuerySet[Allocation], name: str, ids: Collection[int]) -> Iterator[_Edge]:
    for some in _some(ids):
        yield from map(_Edge._make, holding.filter(**{f"{name}__in": some}).values_list(*_OF_EDGES))


def _some(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while some := list(islice(rest, _IDS_AT_ONCE)):
        yield some


def _ends(edges: Iterable[_Edge]) -> set[int]:
    return {end for edge in edges for end in (edge.debit, edge.credit)}


def _groups(edges: Iterable[_Edge]) -> Sequence[Sequence[_Edge]]:
    """The allocations that hang together."""
    leaders: dict[int, int] = {}

    def leader(item: int) -> int:
        while (above := leaders.setdefault(item, item)) != item:
            leaders[item] = item = leaders[above]
        return item

    edges = list(edges)
    for edge in edges:
        leaders[leader(edge.debit)] = leader(edge.credit)
    groups: defaultdict[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        groups[leader(edge.debit)].append(edge)
    return list(groups.values())


def _parts(ids: Collection[int]) -> dict[int, _Part]:
    """The items that are in other parts of the file, or in none."""
    columns = ("pk", "amount_minor", "line__account", _CUSTOMER, "date", "entry__sequence", "line__place", "side")
    found: dict[int, _Part] = {}
    for some in _some(ids):
        for *facts, side in OpenItem.objects.filter(pk__in=some).values_list(*columns):
            part = _Part._make(facts)
            found[part.id] = part if side == Side.DEBIT else part._replace(amount=-part.amount)
    return found


def _moved_within(
    groups: Sequence[Sequence[_Edge]], parts: Mapping[int, _Part], extent: Extent
) -> Mapping[int, Sequence[_Part]]:
    """What allocations moved between customers' accounts, by allocation, of groups that are on several of them."""
    across = [edge.id for group in groups if len({_account(parts[end]) for end in _ends(group)}) > 1 for edge in group]
    moved: defaultdict[int, list[_Part]] = defaultdict(list)
    columns = ("entry__source_id", "pk", "debit_minor", "credit_minor", "account", _CUSTOMER, "date")
    for some in _some(across):
        lines = extent.lines.filter(role__in=CUSTOMER_ROLES, entry__source_kind="allocation", entry__source_id__in=some)
        for source, pk, debit, credit, *facts in lines.values_list(*columns, "entry__sequence", "place"):
            moved[source].append(_Part(pk, debit - credit, *facts))
    return moved


def _account(part: _Part) -> tuple[str, int | None]:
    return part.account, part.customer


def _lettered(
    group: Sequence[_Edge], parts: Mapping[int, _Part], moved: Mapping[int, Sequence[_Part]], extent: Extent
) -> Iterator[tuple[int, Letters]]:
    """The lines of a group with their letters, where it has any."""
    items = [parts[end] for end in _ends(group)]
    lines = [*items, *(part for edge in group for part in moved.get(edge.id, ()))]
    if not (_is_settled(group, items) and _is_within(lines, extent) and _comes_to_nothing(lines)):
        return
    first = min(items, key=lambda part: (part.sequence, part.place))
    code = letters(first.sequence) + (str(first.place) if first.place else "")
    given = Letters(code, max(edge.on for edge in group))
    yield from ((line.id, given) for line in lines)


def _is_settled(group: Sequence[_Edge], items: Sequence[_Part]) -> bool:
    """Whether nothing is open of any item."""
    settled: defaultdict[int, int] = defaultdict(int)
    for edge in group:
        settled[edge.debit] += edge.amount
        settled[edge.credit] += edge.amount
    return all(settled[item.id] == abs(item.amount) for item in items)


def _is_within(lines: Sequence[_Part], extent: Extent) -> bool:
    return all(extent.start <= line.day <= extent.end and line.sequence <= extent.last_sequence for line in lines)


def _comes_to_nothing(lines: Sequence[_Part]) -> bool:
    """Whether the lines balance on each customer's account."""
    left: defaultdict[tuple[str, int | None], int] = defaultdict(int)
    for line in lines:
        left[_account(line)] += line.amount
    return not any(left.values())
