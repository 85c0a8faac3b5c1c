"""Damages to the structure of an XML document, which its schema is there to find: the same seed gives the same ones.

Each moves, renames, adds or empties one element, adds an attribute, or puts a text between elements.
"""

import copy
import random
from collections.abc import Callable, Iterator

from lxml import etree

from reglo.formats.xml import parse_xml, xpath_of
from tests.rules.mutations import Mutation

_ATTRIBUTES = ("schemeID", "listID", "unitCode", "currencyID", "format", "name", "mimeCode", "unknown", "{urn:x}a")


def displacements(data: bytes, *, count: int, seed: int) -> Iterator[Mutation]:
    """`count` damages to `data`, each alone, drawn by `seed`."""
    choose = random.Random(seed)
    for _ in range(count):
        root = parse_xml(data)
        target = choose.choice(list(root.iterdescendants("*")))
        way, where = choose.choice(_WAYS), xpath_of(target)
        way(target, choose)
        description = f"{way.__name__.strip('_')} {where}"
        yield Mutation(description=description, data=etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _move(target: etree._Element, choose: random.Random) -> None:
    """To the end of another element, or behind it."""
    places = [each for each in _others(target) if target not in each.iterancestors()]
    place = choose.choice(places)
    choose.choice((place.append, place.addnext))(target)


def _rename(target: etree._Element, choose: random.Random) -> None:
    target.tag = choose.choice(_others(target)).tag


def _add(target: etree._Element, choose: random.Random) -> None:
    """An element that exists elsewhere, nowhere, or in no namespace of an invoice."""
    namespace = str(etree.QName(target).namespace)
    tag = choose.choice((choose.choice(_others(target)).tag, f"{{{namespace}}}Unknown", "{urn:x}Unknown"))
    target.addnext(etree.Element(tag))


def _attribute(target: etree._Element, choose: random.Random) -> None:
    target.set(choose.choice(_ATTRIBUTES), "EUR")


def _stray(target: etree._Element, choose: random.Random) -> None:
    target.tail = "text"


def _swap(target: etree._Element, choose: random.Random) -> None:
    following = target.getnext()
    if following is not None:
        following.addnext(target)


def _nest(target: etree._Element, choose: random.Random) -> None:
    target.append(copy.deepcopy(target))


def _empty(target: etree._Element, choose: random.Random) -> None:
    target.text = None
    del target[:]


def _fill(target: etree._Element, choose: random.Random) -> None:
    target.text = "text"
    del target[:]


def _others(target: etree._Element) -> list[etree._Element]:
    return [each for each in target.getroottree().getroot().iterdescendants("*") if each is not target]


_WAYS: tuple[Callable[[etree._Element, random.Random], None], ...] = (
    *(_move, _rename, _add, _attribute, _stray, _swap, _nest, _empty, _fill),
)
