"""Values of elements that no term carries: the readers judge the others, and say of them what is wrong.

The time of issue of a UBL invoice, say, is nothing to the model, but the schema refuses one that is no time.
"""

import re
from collections.abc import Iterator

from lxml import etree

from reglo.formats.reading import Reading
from reglo.formats.xml import elements_at, prefixed
from reglo.rules.schema.types import Kind, Mistake, Type

_ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00)"
_PATTERNS = {
    "decimal": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII),
    "boolean": re.compile("true|false|0|1"),
    "date": re.compile(_DAY + _ZONE, re.ASCII),
    "time": re.compile(_TIME + _ZONE, re.ASCII),
    "datetime": re.compile(f"{_DAY}T{_TIME}{_ZONE}", re.ASCII),
    "base64": re.compile(r"[A-Za-z0-9+/=\s]*", re.ASCII),
}


def wrong_values(reading: Reading, above: Type) -> Iterator[tuple[Mistake, etree._Element]]:
    """Values in what the model does not hold, that are not of the kind which the schema with `above` its root wants."""
    if reading.root is None or not reading.unknown:
        return
    for element in elements_at(reading.root, reading.unknown):
        type_ = _type_of(element, above)
        if type_ is not None:
            yield from _wrong_inside(element, type_)


def _type_of(element: etree._Element, above: Type) -> Type | None:
    found: Type | None = above
    for each in (*reversed(list(element.iterancestors())), element):
        found = None if found is None else found.type_inside(each.tag)
    return found


def _wrong_inside(element: etree._Element, type_: Type) -> Iterator[tuple[Mistake, etree._Element]]:
    pattern = _PATTERNS.get(type_.kind)
    if pattern is not None and not pattern.fullmatch((element.text or "").strip()):
        yield Mistake(Kind.VALUE, prefixed(element.tag)), element
    for child in element:
        inner = type_.type_inside(child.tag)
        if inner is not None:
            yield from _wrong_inside(child, inner)
