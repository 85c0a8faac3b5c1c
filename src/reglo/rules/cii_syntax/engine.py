"""Hold a document against the table of a profile, in one walk.

The contexts of the table become a tree of places as the walk meets them: a place knows which demands its elements
have, and, by tag and by the conditions they meet, the places of the elements inside. A thousand lines of an invoice
are the same few places a thousand times, so that after the first line nothing is looked up twice; which counts are
wrong is remembered by the sequence of tags inside an element.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from reglo.formats.profiles import Profile
from reglo.formats.xml import prefixed
from reglo.rules.cii_syntax.demands import Check, Count, check_of, count_of
from reglo.rules.cii_syntax.predicates import Predicate, predicate
from reglo.rules.cii_syntax.table import Context, Demand, contexts_of
from reglo.rules.schema import Kind, Mistake, Type, elements_with_stray_text

#: Longer sequences of tags (the lines of an invoice) are not remembered: they seldom come again.
_LONGEST = 64
#: So many sets of attributes are remembered for a place.
_MOST_KEPT = 100
#: A document with so many breaches is none that others are like: what was learnt from it is forgotten.
_MANY = 100

#: A demand that an element does not meet, or a mistake of the element by its schema.
Breach = tuple[Demand | Mistake, etree._Element]


def breaches(root: etree._Element, profile: Profile, above: Type) -> list[Breach]:
    """Every demand of the profile, and of the schema with `above` its root, that the document does not meet."""
    found: list[Breach] = [(Mistake(Kind.STRAY, prefixed(each.tag)), each) for each in elements_with_stray_text(root)]
    top, place, tags = root, _root_place(profile, above).inside(root), list[str]()
    place.look(root, found)
    place.look_at_attributes(root, found)
    last, inside = top, place
    frames: list[tuple[etree._Element, _Place, list[str]]] = []
    elements = root.iter("*")
    next(elements)
    for element in elements:
        parent = element.getparent()
        if parent is not top:
            if parent is last:
                frames.append((top, place, tags))
                top, place, tags = last, inside, []
            while parent is not top:
                place.count(top, tags, found)
                top, place, tags = frames.pop()
        tag = element.tag
        tags.append(tag)
        last, inside = element, place.places.get(tag) or place.inside(element)
        if inside.checks:
            inside.look(element, found)
        if tuple(element.keys()) not in inside.good_attributes:
            inside.look_at_attributes(element, found)
        if inside.counts or inside.is_structure:
            frames.append((top, place, tags))
            top, place, tags = element, inside, []
    frames.append((top, place, tags))
    for element, place, tags in reversed(frames):
        place.count(element, tags, found)
    if len(found) > _MANY:
        _root_place.cache_clear()
    return found


#: A context, and how many of its steps lead to a place.
_Progress = tuple[Context, int]


#: What is wrong with the elements inside another, and the position of the one at fault.
_Wrong = tuple[Demand | Mistake, int | None]


@dataclass(slots=True)
class _Place:
    """Where elements stand whose ancestors have the same tags and meet the same conditions."""

    type: Type | None  #: in the schema; None inside of what that does not know
    begun: list[_Progress]  #: contexts that may end at an element inside, or further down
    anywhere: list[_Progress]  #: those that may begin at any element
    counts: list[Count] = field(default_factory=list)
    checks: list[tuple[Demand, Check]] = field(default_factory=list)
    places: dict[str, "_Place"] = field(default_factory=dict)  #: of the elements inside, by tag
    choices: dict[str, "_Choice"] = field(default_factory=dict)  #: or by tag and conditions
    is_structure: bool = False  #: whether it is there to hold elements, and no text
    good_attributes: set[tuple[str | bytes, ...]] = field(default_factory=set)  #: names that are good together
    _wrong: dict[tuple[str, ...], list[_Wrong]] = field(default_factory=dict)

    def inside(self, element: etree._Element) -> "_Place":
        """The place of an element inside, made if this is the first of its kind."""
        tag = element.tag
        if tag not in self.places and tag not in self.choices:
            self._grow(tag)
        place = self.places.get(tag)
        return self.choices[tag].place_of(element) if place is None else place

    def _grow(self, tag: str) -> None:
        progress = [(context, done) for context, done in self.begun if context.steps[done].fits(tag)]
        conditions = sorted({str(each.steps[done].condition) for each, done in progress if each.steps[done].condition})
        inner = None if self.type is None else self.type.type_inside(tag)
        if conditions:
            predicates = [predicate(each) for each in conditions]
            self.choices[tag] = _Choice(inner, progress, self.anywhere, conditions, predicates)
        else:
            self.places[tag] = _place(inner, progress, self.anywhere)

    def look(self, element: etree._Element, found: list[Breach]) -> None:
        """Note what an element itself does not meet."""
        for demand, check in self.checks:
            if not check(element):
                found.append((demand, element))

    def look_at_attributes(self, element: etree._Element, found: list[Breach]) -> None:
        """Note the attributes that the schema does not let an element have, and those that it must have."""
        names = tuple(element.keys())
        mistakes = [] if self.type is None else list(self.type.attribute_mistakes(names))
        found += [(mistake, element) for mistake in mistakes]
        if not mistakes and len(self.good_attributes) < _MOST_KEPT:
            self.good_attributes.add(names)

    def count(self, element: etree._Element, tags: list[str], found: list[Breach]) -> None:
        """Note which elements stand too often, too seldom, or where they should not, inside another."""
        if not tags and self.is_structure and (element.text or "").strip():
            found.append((Mistake(Kind.STRAY, prefixed(element.tag)), element))
        wrong = self._judge(tags) if len(tags) > _LONGEST else self._remembered(tuple(tags))
        if wrong:
            inside = list(element.iterchildren("*"))
            found += [(demand, element if position is None else inside[position]) for demand, position in wrong]

    def _remembered(self, tags: tuple[str, ...]) -> list[_Wrong]:
        wrong = self._wrong.get(tags)
        if wrong is None:
            wrong = self._wrong[tags] = self._judge(tags)
        return wrong

    def _judge(self, tags: Sequence[str]) -> list[_Wrong]:
        """The counts that are wrong, and what else is against the schema: of a count, one of both is said."""
        counts = [each for each in self.counts if not _is_met(each, tags)]
        said = {prefixed(each.tag) for each in counts}
        mistakes = [] if self.type is None else self.type.mistakes_inside(tags)
        return [
            *((each.demand, None) for each in counts),
            *((each, position) for each, position in mistakes if each.name not in said),
        ]


def _is_met(count: Count, tags: Sequence[str]) -> bool:
    number = tags.count(count.tag)
    return number >= count.least and (count.most is None or number <= count.most)


@dataclass(slots=True)
class _Choice:
    """Places of elements of one tag, by the conditions that they meet."""

    type: Type | None
    progress: list[_Progress]
    anywhere: list[_Progress]
    conditions: list[str]
    predicates: list[Predicate]
    _places: dict[tuple[bool, ...], _Place] = field(default_factory=dict)

    def place_of(self, element: etree._Element) -> _Place:
        """The place for the conditions that `element` meets."""
        met = tuple([each(element) for each in self.predicates])
        place = self._places.get(met)
        if place is None:
            holding = [None, *(each for each, holds in zip(self.conditions, met, strict=True) if holds)]
            progress = [(each, done) for each, done in self.progress if each.steps[done].condition in holding]
            place = self._places[met] = _place(self.type, progress, self.anywhere)
        return place


@cache
def _root_place(profile: Profile, above: Type) -> _Place:
    """What stands above the root element."""
    contexts = contexts_of(profile)
    anywhere = [(each, 0) for each in contexts if each.anywhere]
    return _Place(type=above, begun=[(each, 0) for each in contexts], anywhere=anywhere)


def _place(type_: Type | None, progress: list[_Progress], anywhere: list[_Progress]) -> _Place:
    """The place to which `progress` leads with one step more."""
    begun = [(context, done + 1) for context, done in progress if done + 1 < len(context.steps)]
    place = _Place(type=type_, begun=[*begun, *anywhere], anywhere=anywhere)
    place.is_structure = type_ is not None and type_.is_structure
    for demand in _demands([context for context, done in progress if done + 1 == len(context.steps)]):
        if demand.kind == "count":
            place.counts.append(count_of(demand))
        else:
            place.checks.append((demand, check_of(demand)))
    return place


def _demands(contexts: list[Context]) -> Iterator[Demand]:
    """Of each pattern the first context counts."""
    patterns = set()
    for context in sorted(contexts, key=lambda each: each.order):
        if context.pattern not in patterns:
            patterns.add(context.pattern)
            yield from context.demands
