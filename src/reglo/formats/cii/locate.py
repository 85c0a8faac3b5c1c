"""From a place in the model to the place in a document."""

import re
from collections.abc import Iterator

from lxml import etree

from reglo.formats.cii.grammar import Kind, Node, grammar
from reglo.formats.cii.state import stated_currency
from reglo.formats.xml import PathFinder, clark

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_Step = tuple[str, int]  #: a field and, where it repeats, which one

#: Fields of values that one element holds with its attributes.
_PARTS_OF_VALUES = frozenset({"value", "scheme", "content", "mime_code", "filename"})
#: Terms of the invoice that CII has in its VAT breakdown.
_IN_BREAKDOWN = frozenset({"tax_point_date", "tax_point_code"})


def locate_cii(root: etree._Element, where: str) -> str:
    """The XPath, in this document, of a path in the model: "seller.address.country", "lines[2].price.net".

    Positions count from 0, as in Python. Where the element is missing, the path is that of the nearest one above it
    that is there; where `where` is no path in the model, that of the root.
    """
    return CiiLocator(root).locate(where)


class CiiLocator:
    """`locate_cii` for many places in one document: the elements of a kind are looked for once."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._known: dict[tuple[etree._Element, int], list[etree._Element]] = {}
        self._paths = PathFinder()

    def locate(self, where: str) -> str:
        """The same path that `locate_cii` gives."""
        steps = [(name, int(position or 0)) for name, position in _STEP.findall(where)]
        if where in _IN_BREAKDOWN:
            steps.insert(0, ("vat_breakdown", 0))
        return self._paths.path_of(self._nearest(self._root, grammar(), steps))

    def _nearest(self, element: etree._Element, node: Node, steps: list[_Step]) -> etree._Element:
        """The element that carries the last of `steps`, or the deepest one on the way that exists."""
        best, depth = element, -1
        for inside, child, rest in self._ways(element, node, steps):
            if not rest:
                return inside
            found = self._nearest(inside, child, rest)
            reached = len(list(found.iterancestors()))
            if reached > depth:
                best, depth = found, reached
        return best

    def _ways(
        self, element: etree._Element, node: Node, steps: list[_Step]
    ) -> Iterator[tuple[etree._Element, Node, list[_Step]]]:
        """Elements inside `element` that lead to the field, with what is left of the path there."""
        names = tuple(name for name, _ in steps)
        before = 0
        for child in node.children:
            for target in _targets(child):
                rest = names[len(target) :]
                if names[: len(target)] == target and _leads_to(child, rest):
                    matching = self._matching(element, child)
                    first = before if child.kind is Kind.OTHER_PLACE else 0
                    position = steps[len(target) - 1][1] - first if child.repeats else 0
                    before = len(matching)
                    if 0 <= position < before:
                        yield matching[position], child, steps[len(target) :]

    def _matching(self, element: etree._Element, node: Node) -> list[etree._Element]:
        key = (element, id(node))  # the nodes of the grammar are made once, and stay
        if key not in self._known:
            self._known[key] = _matching(element, node)
        return self._known[key]


def _targets(node: Node) -> tuple[tuple[str, ...], ...]:
    """The fields that an element carries, those in its attributes among them."""
    return (node.target, *(each.target for each in node.attributes if each.target and not each.outer))


def _leads_to(node: Node, names: tuple[str, ...]) -> bool:
    """Whether what is left of a path may be found in `node`: a field of its object, or of one inside."""
    if not names:
        return bool(node.target)
    if not node.children:
        return bool(node.target) and len(names) == 1 and names[0] in _PARTS_OF_VALUES
    return any(
        names[: len(target)] == target and _leads_to(child, names[len(target) :])
        for child in node.children
        for target in _targets(child)
    )


def _matching(element: etree._Element, node: Node) -> list[etree._Element]:
    """The elements inside `element` that `node` is about."""
    if node.repeats and node.kind in (Kind.PLAIN_ID, Kind.GLOBAL_ID):
        return list(element.iterchildren(clark("ram:ID"), clark("ram:GlobalID")))
    return [each for each in element.iterchildren(node.tag) if _passes(each, node)]


def _passes(element: etree._Element, node: Node) -> bool:
    """Whether `element` is of the variant that `node` is."""
    if node.test is None:
        return True
    if node.test.path == ("@currencyID",):
        return element.get("currencyID") == stated_currency(element.getroottree().getroot(), node.test.value)
    found: str | None = None
    for name in node.test.path:
        if name.startswith("@"):
            found = element.get(name[1:])
        else:
            child = next(element.iterchildren(clark(name)), None)
            if child is None:
                return False
            element, found = child, child.text
    return (found or "").strip() == node.test.value
