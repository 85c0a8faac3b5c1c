"""The table of `mapping`, made into a tree that can be walked."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any

from reglo.formats.cii.mapping import DOCUMENT, TABLES
from reglo.formats.xml import QDT, RAM, RSM, UDT, clark

NAMESPACES = {"rsm": RSM, "ram": RAM, "udt": UDT, "qdt": QDT}


class Kind(StrEnum):
    """How the content of an element or attribute is to be understood."""

    STRUCTURE = "structure"  #: holds other elements
    ALWAYS = "always"  #: a structure that the schema wants even if empty
    FIRST = "first"  #: a structure that some profile lets repeat, of which the model holds the first
    TEXT = "text"  #: kept as it stands
    CODE = "code"  #: an identifier or code (xs:token): without spaces around it
    NUMBER = "number"
    DATE = "date"  #: in format 102, YYYYMMDD
    BINARY = "binary"  #: base64, with MIME code and file name
    CONSTANT = "constant"  #: what the syntax asks to write
    ID = "id"  #: an Identifier, its scheme in @schemeID
    PLAIN_ID = "plain-id"  #: an Identifier without scheme
    GLOBAL_ID = "global-id"  #: an Identifier with scheme
    IBAN = "iban"  #: an account number that is an IBAN
    PROPRIETARY = "proprietary"  #: an account number that is not
    TAX_POINT = "tax-point"  #: UNTDID 2475 here, UNTDID 2005 in the model
    OTHER_NAME = "other-name"  #: read where the name before it is missing, never written
    OTHER_PLACE = "other-place"  #: a structure with more of what the structure before it holds, never written
    GROSS_BASE = "gross-base"  #: BT-149 again, on the gross price


STRUCTURES = frozenset({Kind.STRUCTURE, Kind.ALWAYS, Kind.FIRST, Kind.OTHER_PLACE})
#: What is read only: the model is written elsewhere.
UNWRITTEN = frozenset({Kind.OTHER_NAME, Kind.OTHER_PLACE})


@dataclass(frozen=True, slots=True)
class Test:
    """What tells an element from others of its name: the value at a path inside it."""

    path: tuple[str, ...]  #: element names, the last perhaps an @attribute
    value: str


@dataclass(frozen=True, slots=True)
class Node:
    """One element or attribute of the syntax, and the field that it carries."""

    name: str  #: with prefix; an attribute begins with @
    kind: Kind
    target: tuple[str, ...] = ()  #: fields from the object of the node above to what this one carries
    repeats: bool = False
    outer: bool = False  #: the target is a field of the invoice
    constant: str | None = None
    test: Test | None = None
    profile: str = "M"
    term: str | None = None
    children: tuple["Node", ...] = ()
    attributes: tuple["Node", ...] = ()

    @property
    def tag(self) -> str:
        """The name as lxml writes it: {namespace}local."""
        return clark(self.name)


@cache
def grammar() -> Node:
    """The whole syntax, from the root element."""
    return Node("rsm:CrossIndustryInvoice", Kind.ALWAYS, children=_nodes(_rows(DOCUMENT)))


@dataclass(frozen=True, slots=True)
class _Row:
    depth: int
    columns: tuple[str, ...]


def _rows(table: str, above: int = 0) -> list[_Row]:
    """The lines of a table, with those it uses in their place."""
    rows: list[_Row] = []
    for line in table.strip("\n").split("\n"):
        text = line.lstrip(" ")
        depth = above + (len(line) - len(text)) // 2
        if text.startswith("use "):
            rows += _used(text, depth)
        else:
            rows.append(_Row(depth, tuple(re.split(r" {2,}", text))))
    return rows


def _used(line: str, depth: int) -> list[_Row]:
    """The rows of the table that a line uses, with the profiles that the line says."""
    _, name, *profiles = line.split()
    higher = {
        f"ram:{element}": profile
        for profile, _, elements in (each.partition("=") for each in profiles)
        for element in elements.split(",")
    }
    return [_with_profile(row, higher) if row.depth == depth else row for row in _rows(TABLES[name], depth)]


def _with_profile(row: _Row, higher: Mapping[str, str]) -> _Row:
    name, target, kind, profile, *term = row.columns
    element = re.split(r"[/\[]", name)[0]
    return _Row(row.depth, (name, target, kind, higher.get(element, profile), *term))


def _nodes(rows: Sequence[_Row]) -> tuple[Node, ...]:
    return tuple(_node(row, below) for row, below in _families(rows))


def _families(rows: Sequence[_Row]) -> Iterator[tuple[_Row, Sequence[_Row]]]:
    """Each row of the highest level, with the rows below it."""
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and rows[end].depth > rows[start].depth:
            end += 1
        yield rows[start], rows[start + 1 : end]
        start = end


def _node(row: _Row, below: Sequence[_Row]) -> Node:
    path, target, kind, profile, term = (*row.columns, "")[:5]
    inner = _nodes(below)
    *outer_names, name = re.split(r"/(?![^\[]*\])", path)
    name, test = _name_and_test(name)
    node = Node(
        name,
        Kind(kind),
        repeats=target.endswith("[]"),
        outer=target.startswith("^"),
        constant=target[1:] if target.startswith("=") else None,
        target=() if target[0] in "-=" else tuple(target.strip("^[]").split(".")),
        profile=profile,
        term=term or None,
        children=tuple(each for each in inner if not each.name.startswith("@")),
        attributes=tuple(each for each in inner if each.name.startswith("@")),
        test=test,
    )
    for outer in reversed(outer_names):
        node = Node(outer, Kind.STRUCTURE, profile=profile, children=(node,))
    return node


def _name_and_test(name: str) -> tuple[str, Test | None]:
    name, _, test = name.rstrip("]").partition("[")
    if not test:
        return name, None
    path, _, value = test.partition("=")
    return name, Test(tuple(path.split("/")), value)


def getter(path: tuple[str, ...]) -> Callable[[Any], Any]:  # Any: the model has many classes
    """How to get the field at `path` of an object, None where something on the way is missing."""
    first, *others = path
    get = attrgetter(first)
    if not others:
        return get
    rest = getter(tuple(others))

    def get_inside(value: object) -> object:
        inside = get(value)
        return None if inside is None else rest(inside)

    return get_inside
