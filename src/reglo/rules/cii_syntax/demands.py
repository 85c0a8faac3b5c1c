"""What a demand asks, as functions: of the counts of the elements inside, or of the element itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from reglo.formats.xml import clark
from reglo.rules.cii_syntax.predicates import text_of, xpath_condition
from reglo.rules.cii_syntax.table import Demand, codes_of

#: Whether an element meets a demand.
Check = Callable[[etree._Element], bool]


@dataclass(frozen=True, slots=True)
class Count:
    """How often an element of a name may stand inside another."""

    demand: Demand
    tag: str
    least: int
    most: int | None


def count_of(demand: Demand) -> Count:
    """A demand of the kind "count": `ram:ID = 1`, `ram:Name <= 1`, `ram:TypeCode >= 1`."""
    name, comparison, number = demand.argument.split(" ")
    least = int(number) if comparison in ("=", ">=") else 0
    most = int(number) if comparison in ("=", "<=") else None
    return Count(demand, clark(name), least, most)


def check_of(demand: Demand) -> Check:
    """A demand of any other kind."""
    return _CHECKS[demand.kind](demand.argument)


def _attribute(name: str) -> Check:
    return lambda element: element.get(name) is not None


def _no_attribute(name: str) -> Check:
    return lambda element: element.get(name) is None


def _code(argument: str) -> Check:
    """The text of the element or of an attribute is in a list, spaces and all; what is empty is not looked at."""
    of, name = argument.split(" ")
    codes = codes_of(name) | {"", None}
    if of == ".":
        return lambda element: text_of(element) in codes
    return lambda element: element.get(of[1:]) in codes


def _matches(pattern: str) -> Check:
    compiled = re.compile(pattern.replace(r"\d", "[0-9]").replace(r"\s", "[ \t\r\n]"))
    return lambda element: compiled.search(text_of(element)) is not None


def _same(path: str) -> Check:
    """All elements at the end of a path, wherever they stand, have the same text."""
    outer, name = map(clark, path.split("/"))

    def check(root: etree._Element) -> bool:
        texts = {" ".join(text_of(each).split()) for parent in root.iter(outer) for each in parent.iterchildren(name)}
        return len(texts) <= 1

    return check


def _unit(name: str) -> Check:
    """No quantity of a document has a unit, unless the invoiced quantity of some line has one."""
    tag = clark(name)

    def check(root: etree._Element) -> bool:
        with_unit = {each.tag for each in root.iter("{*}*") if each.tag.endswith("Quantity") and each.get("unitCode")}
        return not with_unit or tag in with_unit

    return check


_CHECKS: dict[str, Callable[[str], Check]] = {
    "attribute": _attribute,
    "no-attribute": _no_attribute,
    "code": _code,
    "matches": _matches,
    "same": _same,
    "unit": _unit,
    "xpath": xpath_condition,
    "unused": lambda _: lambda _: False,  # that the element is there is the breach
}
