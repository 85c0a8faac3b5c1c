"""The types of elements that the official schemas know, and what of an element is against its type.

The tables under `data` have a row for each type (→ stands for a tab here). One whose elements hold elements lists these
in their order, with how often they stand (none for once, then ? * + {0,2}) and their type; a choice is joined by "|":

    ram:NoteType → ram:ContentCode?=v3 → ram:Content*=v3 → ram:SubjectCode?=v6

One whose elements hold a value says of what kind that is, and the attributes, with "!" behind those that must be there:

    v10 → decimal → @currencyID! → @currencyCodeListVersionID

The row "/" has the root elements, and the type "*" is that of elements inside which anything may stand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files

from lxml import etree

from reglo.formats.xml import NAMESPACES, SCHEMA_INSTANCE, clark, prefixed

_PARTICLE = re.compile(r"(?P<name>\w+:\w+)(?P<often>[?*+]|\{(?P<least>\d+),(?P<most>\d+)\})?=(?P<type>\S+)")
_ONCE = (1, 1)
_OFTEN: Mapping[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_ANYTHING = "*"
#: Attributes that any element may have: where its schema is.
_ALWAYS = frozenset((f"{SCHEMA_INSTANCE}schemaLocation", f"{SCHEMA_INSTANCE}noNamespaceSchemaLocation"))


class Kind(StrEnum):
    """What may be against a schema; each is a rule."""

    UNKNOWN = "REGLO-XML-UNKNOWN"  #: an element that does not exist at its place
    ORDER = "REGLO-XML-ORDER"  #: one that stands behind another that comes later
    MISSING = "REGLO-XML-MISSING"
    REPEATED = "REGLO-XML-REPEATED"
    ATTRIBUTE = "REGLO-XML-ATTRIBUTE"  #: an attribute that does not exist there
    NO_ATTRIBUTE = "REGLO-XML-NO-ATTRIBUTE"  #: one that is not there and must be
    VALUE = "REGLO-XML-VALUE"  #: a value of another kind: no number, no date
    STRAY = "REGLO-XML-STRAY"  #: text between elements


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something against the schema, of an element or of what stands inside it."""

    kind: Kind
    name: str  #: of the element or attribute that is missing, too much or unknown


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands at one place in the order: an element, or one of several."""

    names: tuple[str, ...]  #: as people write them
    least: int
    most: int | None


class Type:
    """What may stand inside an element, and its attributes. Read from its row when first looked at."""

    def __init__(self, table: "_Table", row: Sequence[str]) -> None:
        self._table = table
        self._row = row

    @cached_property
    def inside(self) -> Mapping[str, tuple[int, "Type | None"]]:
        """The elements inside, by tag: the place in the order, and the type; no type where anything may stand."""
        return {
            clark(each["name"]): (place, self._table.type_of(each["type"]))
            for place, choice in enumerate(self._choices)
            for each in choice
        }

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The attributes that it may have."""
        return frozenset(field[1:].rstrip("!") for field in self._row if field.startswith("@"))

    @cached_property
    def required_attributes(self) -> tuple[str, ...]:
        """Those that must be there."""
        return tuple(field[1:-1] for field in self._row if field.startswith("@") and field.endswith("!"))

    @cached_property
    def _choices(self) -> list[list[re.Match[str]]]:
        """The elements inside by place; none of a value."""
        found = ([_PARTICLE.fullmatch(each) for each in field.split("|")] for field in self._row)
        return [[each for each in choice if each] for choice in found if any(choice)]

    @cached_property
    def _places(self) -> list[_Place]:
        return [_Place(tuple(each["name"] for each in choice), *_occurrence(choice[0])) for choice in self._choices]

    def type_inside(self, tag: str) -> "Type | None":
        """The type of an element inside, if it has one."""
        known = self.inside.get(tag)
        return None if known is None else known[1]

    def mistakes_inside(self, tags: Sequence[str]) -> list[tuple[Mistake, int | None]]:
        """What is wrong with elements of these tags in this order, and the position of the one at fault."""
        found, furthest = list[tuple[Mistake, int | None]](), -1
        met: dict[int, list[int]] = {}
        for position, tag in enumerate(tags):
            known = self.inside.get(tag)
            if known is None:
                found.append((Mistake(Kind.UNKNOWN, prefixed(tag)), position))
                continue
            met.setdefault(known[0], []).append(position)
            if known[0] < furthest:
                found.append((Mistake(Kind.ORDER, prefixed(tag)), position))
            furthest = max(furthest, known[0])
        return [*found, *self._miscounted(met)]

    def _miscounted(self, met: Mapping[int, Sequence[int]]) -> Iterator[tuple[Mistake, int | None]]:
        """What stands too seldom or too often, given the positions of what was met at each place of the order."""
        for number, place in enumerate(self._places):
            positions = met.get(number, ())
            name = " / ".join(place.names)
            if len(positions) < place.least:
                yield Mistake(Kind.MISSING, name), None
            if place.most is not None and len(positions) > place.most:
                yield Mistake(Kind.REPEATED, name), positions[place.most]

    @cached_property
    def is_structure(self) -> bool:
        """Whether it may have no text of its own."""
        return bool(self.inside) or self.kind in ("", "empty")

    @property
    def kind(self) -> str:
        """What kind of value it holds: text, decimal, date …; nothing of the kind where it holds elements."""
        return "" if self.inside or not self._row else self._row[0]

    def attribute_mistakes(self, attributes: tuple[str | bytes, ...]) -> Iterator[Mistake]:
        """What is wrong with the attributes of an element, by their names."""
        names = list(map(str, attributes))
        for name in names:
            if name not in self.attributes and name not in _ALWAYS:
                yield Mistake(Kind.ATTRIBUTE, prefixed(name))
        for name in self.required_attributes:
            if name not in names:
                yield Mistake(Kind.NO_ATTRIBUTE, name)


def _occurrence(particle: re.Match[str]) -> tuple[int, int | None]:
    if particle["least"]:
        return int(particle["least"]), int(particle["most"])
    return _OFTEN.get(particle["often"] or "", _ONCE)


class _Table:
    """The types of one schema, by name."""

    def __init__(self, name: str) -> None:
        text = (files("reglo.rules.schema") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
        rows = (line.split("\t") for line in text.splitlines())
        self._types = {name: Type(self, row) for name, *row in rows}

    def type_of(self, name: str) -> Type | None:
        return None if name == _ANYTHING else self._types[name]


@cache
def above_root(schema: str) -> Type:
    """The type that holds the root elements of a schema: a name of a file under `data`."""
    top = _Table(schema).type_of("/")
    assert top is not None
    return top


#: Texts beside elements. Written so that libxml2 looks at each node once.
_STRAY = etree.XPath(
    "/descendant::*[*]/text()[normalize-space()]/parent::*[not(ancestor-or-self::ext:ExtensionContent)]",
    namespaces={"ext": NAMESPACES["ext"]},
)


def elements_with_stray_text(root: etree._Element) -> list[etree._Element]:
    """The elements that hold both elements and text."""
    found = _STRAY(root)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, etree._Element)]
