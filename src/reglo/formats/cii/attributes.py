"""The attributes that no term carries.

Asking each element for its attributes is slow, and most documents have none but those that are read. So they are
counted, by libxml2 for the whole document and by the readers for what they read; only if the numbers differ does
somebody go and look.
"""

from collections.abc import Iterator
from functools import cache
from typing import cast

from lxml import etree

from reglo.formats.cii.grammar import Kind, Node, grammar
from reglo.formats.cii.state import State
from reglo.formats.xml import SCHEMA_INSTANCE

_COUNT = etree.XPath("count(//@*)")
_WITH_ATTRIBUTES = etree.XPath("//*[@*]")

_OF_KIND = {
    Kind.DATE: ("format",),
    Kind.BINARY: ("mimeCode", "filename"),
    Kind.ID: ("schemeID",),
    Kind.PLAIN_ID: ("schemeID",),
    Kind.GLOBAL_ID: ("schemeID",),
    Kind.GROSS_BASE: ("unitCode",),
}


def list_unknown_attributes(state: State) -> None:
    """Note each attribute that nothing in the model holds.

    Left out are xsi:*, which is about the schema, and a currency that repeats that of the document.
    """
    of_root = sum(str(name).startswith(SCHEMA_INSTANCE) for name in state.root.attrib)
    if _COUNT(state.root) == state.attributes + of_root:
        return
    for element in cast("list[etree._Element]", _WITH_ATTRIBUTES(state.root)):
        if not _known_anywhere().get(element.tag, frozenset()).issuperset(element.keys()):
            _look_at(element, state)


def _look_at(element: etree._Element, state: State) -> None:
    known = _known().get(_path(element))
    if known is not None:  # else it stands inside of something unknown, which is listed already
        for name in _others(element, known, state):
            state.is_unknown(element, name)


def _others(element: etree._Element, known: frozenset[str], state: State) -> Iterator[str]:
    # Not items(): libxml2 looks for each value from the first attribute on, the square of a hundred thousand of them.
    for name in cast("list[str]", element.keys()):  # never bytes in Python 3
        repeats = name == "currencyID" and element.get(name) == state.invoice.get("currency")
        if not (name in known or repeats or name.startswith(SCHEMA_INSTANCE)):
            yield name


def _path(element: etree._Element) -> tuple[str, ...]:
    return (element.tag, *(ancestor.tag for ancestor in element.iterancestors()))


@cache
def _known() -> dict[tuple[str, ...], frozenset[str]]:
    """The attributes that are read, by the tags of the element and its ancestors."""
    known: dict[tuple[str, ...], frozenset[str]] = {}
    _gather(grammar(), (), known)
    return known


@cache
def _known_anywhere() -> dict[str, frozenset[str]]:
    """The attributes that are read of every element of a tag, wherever it stands."""
    anywhere: dict[str, frozenset[str]] = {}
    for path, names in _known().items():
        anywhere[path[0]] = anywhere.get(path[0], names) & names
    return anywhere


def _gather(node: Node, above: tuple[str, ...], known: dict[tuple[str, ...], frozenset[str]]) -> None:
    path = (node.tag, *above)
    names = (*_OF_KIND.get(node.kind, ()), *(each.name[1:] for each in node.attributes))
    known[path] = known.get(path, frozenset()) | frozenset(names)
    for child in node.children:
        _gather(child, path, known)
