"""Small damages to an XML document: the same seed gives the same ones, so that a difference can be looked at again.

Each damage drops, duplicates or alters one element, or removes or alters one attribute, as careless software does.
"""

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from reglo.formats.xml import parse_xml, xpath_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A damaged document."""

    description: str  #: what was done and where: "drop /Invoice/cbc:ID"
    data: bytes


#: Texts that stand for another code, identifier or number somewhere in an invoice, and some that stand for none.
_CODES = (
    *("380", "381", "384", "386", "389", "751", "30", "49", "58", "59", "S", "E", "AE", "K", "G", "O", "Z", "L", "M"),
    *("FR", "DE", "IT", "XX", "EUR", "USD", "ZZZ", "0002", "0009", "0088", "0225", "9957", "EM", "VAT", "FC", "102"),
    *("C62", "HUR", "QQQ", "B1", "S1", "M4", "S8", "PMT", "PMD", "AAB", "BAR", "TXD", "B2B", "B2C", "AFL", "AVV"),
    *("VATEX-EU-O", "VATEX-EU-AE", "130", "50", "916", "LISIBLE", "RIB", "true", "false", "1", "5", "29", "72", "41"),
)
_NUMBERS = ("0", "1", "-1", "0.00", "19.6", "20", "20.0", "7", "1000000.00", "1.123", "0.001", "99999999999999999.99")
_NO_NUMBERS = ("2400,00", "NaN", "1e3", "douze", "1 000.00", "+5", ".5", "5.", "1.2.3")
_DATES = ("20260231", "20991231", "19991231", "2026-02-31", "2026-12-24", "1999-12-24", "20261224")

_Choose = random.Random


def mutations(data: bytes, *, count: int, seed: int) -> Iterator[Mutation]:
    """`count` damages to `data`, each alone, drawn by `seed`."""
    choose = random.Random(seed)
    root = parse_xml(data)
    paths = [root.getroottree().getpath(element) for element in root.iter() if element is not root]
    prefixes = _prefixes(root)
    for _ in range(count):
        damaged = copy.deepcopy(root)
        found = damaged.xpath(choose.choice(paths), namespaces=prefixes)
        assert isinstance(found, list)
        target = found[0]
        assert isinstance(target, etree._Element)
        description = _damage(target, choose)
        yield Mutation(description=description, data=etree.tostring(damaged, encoding="UTF-8", xml_declaration=True))


def _prefixes(root: etree._Element) -> dict[str, str]:
    return {name: uri for node in root.iter() for name, uri in node.nsmap.items() if name}


def _damage(target: etree._Element, choose: _Choose) -> str:
    """Damage the tree at `target`, and say how."""
    where = xpath_of(target)
    ways: list[Callable[[etree._Element, _Choose], str]] = [_drop, _duplicate]
    if len(target) == 0:
        ways += [_alter] * 5
    if target.attrib:
        ways += [_alter_attribute] * 2
    return f"{choose.choice(ways)(target, choose)} at {where}"


def _drop(target: etree._Element, choose: _Choose) -> str:
    _parent(target).remove(target)
    return "drop"


def _duplicate(target: etree._Element, choose: _Choose) -> str:
    target.addnext(copy.deepcopy(target))
    return "duplicate"


def _alter(target: etree._Element, choose: _Choose) -> str:
    before = target.text or ""
    target.text = _other_text(target, before.strip(), choose)
    return f"{_short(before)} -> {_short(target.text)}"


def _other_text(target: etree._Element, before: str, choose: _Choose) -> str:
    number = _number(before)
    if number is None or (before.isdigit() and len(before) < 4 and choose.random() < 0.5):
        return choose.choice(
            (
                "",
                choose.choice(_CODES),
                choose.choice(_CODES),
                _text_of_sibling(target, choose),
                f" {before} ",
                before.lower(),
                before + "€",
                before[:-1],
                "x" * 101,
                *((choose.choice(_DATES), choose.choice(_DATES)) if before.replace("-", "").isdigit() else ()),
            )
        )
    return choose.choice(
        (
            "",
            str(-number),
            str(number + Decimal("0.01")),
            str(number + 1),
            f"{number}1" if "." in before else f"{number}.001",
            f"{number}00" if "." in before else f"{number}.0",
            f" {before} ",
            choose.choice(_NUMBERS),
            choose.choice(_NO_NUMBERS),
            _text_of_sibling(target, choose),
        )
    )


def _number(text: str) -> Decimal | None:
    """The number that `text` is; a date of eight digits is none."""
    if len(text) == 8 and text.isdigit():
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _text_of_sibling(target: etree._Element, choose: _Choose) -> str:
    siblings = [each.text or "" for each in _parent(target) if each is not target and len(each) == 0]
    return choose.choice(siblings) if siblings else "?"


def _alter_attribute(target: etree._Element, choose: _Choose) -> str:
    name = str(choose.choice(sorted(map(str, target.attrib))))
    before = str(target.attrib.pop(name))
    after = choose.choice((None, "", choose.choice(_CODES), choose.choice(_CODES), before.lower()))
    if after is None:
        return f"remove @{name}"
    target.set(name, after)
    return f"@{name} {_short(before)} -> {_short(after)}"


def _parent(target: etree._Element) -> etree._Element:
    parent = target.getparent()
    assert parent is not None
    return parent


def _short(text: str) -> str:
    return repr(text if len(text) <= 24 else f"{text[:20]}…")
