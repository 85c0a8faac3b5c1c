"""One walk over the XML that holds each text against the rules on its field.

The paths of `places` are laid together into a tree of element names, so that the walk enters only elements in which
something is to be looked at, and meets each element once however many rules concern it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from reglo.core.findings import Text
from reglo.rules.fr_ctc.wording import value_read
from reglo.rules.rule import Rule

Holds = Callable[[str], bool]
Broken = tuple[Rule, Text | None]
Judge = Callable[[etree._Element], Iterable[Broken]]
Breach = tuple[Rule, etree._Element, Text | None]


@dataclass(slots=True)
class Place:
    """What is looked at in the elements of one path."""

    inner: dict[str, "Place"] = field(default_factory=dict)
    texts: list[tuple[Holds, Rule]] = field(default_factory=list)  #: on the text of the element
    judges: list[Judge] = field(default_factory=list)  #: on the element and what is in it

    def at(self, path: Iterable[str]) -> "Place":
        """The place at `path` below this one, made where it is not there yet."""
        place = self
        for name in path:
            place = place.inner.setdefault(name, Place())
        return place


def walk(root: etree._Element, start: Place) -> list[Breach]:
    """Every breach of the rules laid out in `start`, in the order of the document."""
    breaches: list[Breach] = []
    for judge in start.judges:
        for rule, detail in judge(root):
            breaches.append((rule, root, detail))
    _walk(root, start.inner, breaches)
    return breaches


def _walk(element: etree._Element, inner: dict[str, Place], breaches: list[Breach]) -> None:
    for child in element:
        place = inner.get(child.tag)
        if place is None:
            continue
        if place.texts:
            text = child.text or ""
            for holds, rule in place.texts:
                if not holds(text):
                    breaches.append((rule, child, value_read(text)))
        for judge in place.judges:
            for rule, detail in judge(child):
                breaches.append((rule, child, detail))
        if place.inner:
            _walk(child, place.inner, breaches)
